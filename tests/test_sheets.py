"""Tables as people keep them."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualikit.errors import SheetError
from qualikit.sheets import csv_bytes, plain_cell, read_sheet, required, safe_cell, write_whole

WANTED = [{"Nom": "Aubagne", "Année": "2023"}, {"Nom": "Laval", "Année": "2024"}]


@pytest.mark.parametrize(
    "data",
    [
        "Nom,Année\nAubagne,2023\nLaval,2024\n".encode(),
        "Nom;Année\r\nAubagne;2023\r\nLaval;2024\r\n".encode("utf-8-sig"),
        "Nom\tAnnée\nAubagne\t2023\n\nLaval\t2024".encode("utf-16"),
        "Nom;Année\nAubagne;2023\nLaval;2024\n".encode("cp1252"),
        "Nom;Anne\u0301e\n Aubagne ;2023\n;\nLaval;2024;en trop\n".encode(),
        "sep=;\r\nNom;Année\r\nAubagne;2023\r\nLaval;2024\r\n".encode(),
        "Nom;Année\rAubagne;2023\rLaval;2024\r".encode("mac_roman"),
    ],
    ids=["utf-8", "excel", "utf-16", "cp1252", "untidy", "says its separator", "old macintosh"],
)
def it_reads_csv_in_the_dialects_that_spreadsheets_write(data):
    assert [row for _, row in read_sheet(data, "t.csv").rows] == WANTED


def it_reads_excel_even_when_it_is_called_csv(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Nom", "Date", "Valeur"])
    book.active.append(["Laval", datetime.datetime(2024, 3, 5), 3.0])
    book.save(tmp_path / "t.xlsx")

    expected = [(2, {"Nom": "Laval", "Date": "2024-03-05", "Valeur": "3"})]
    assert list(read_sheet(tmp_path / "t.xlsx").rows) == expected
    assert list(read_sheet((tmp_path / "t.xlsx").read_bytes(), "t.csv").rows) == expected


def it_keeps_line_breaks_in_cells_and_numbers_rows_where_they_begin():
    sheet = read_sheet(b'a,b\n"un\ndeux",2\ntrois,3\n', "t.csv")

    assert sheet.rows == ((2, {"a": "un\ndeux", "b": "2"}), (4, {"a": "trois", "b": "3"}))


def it_numbers_rows_after_the_line_that_says_the_separator():
    assert read_sheet(b"sep=,\na\n1\n", "t.csv").rows == ((3, {"a": "1"}),)


def workbook(rows: str, dimension: str) -> bytes:
    """An Excel workbook whose first sheet holds that XML and says that it has that extent."""
    book = openpyxl.Workbook()
    made, content = io.BytesIO(), io.BytesIO()
    book.save(made)
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    )
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return content.getvalue()


def _row(number: int, *words: str) -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in words)
    return f'<row r="{number}">{cells}</row>'


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576"])
def it_reads_what_a_workbook_holds_whatever_extent_it_says(dimension):
    data = workbook(_row(1, "Nom", "Lieu") + _row(4, "Roux", "Laval"), dimension)

    assert read_sheet(data, "t.xlsx").rows == ((4, {"Nom": "Roux", "Lieu": "Laval"}),)


@pytest.mark.parametrize(
    "rows",
    [_row(1, "Nom") + _row(10**12, "Roux"), _row(1, "x" * (300 * 2**20))],
    ids=["a row far below", "a bomb"],
)
def it_refuses_a_workbook_made_to_fill_the_memory(rows):
    with pytest.raises(SheetError, match="ne peut pas être lu"):
        read_sheet(workbook(rows, "A1:B2"), "t.xlsx")


def it_refuses_entities_that_grow():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    made, content = io.BytesIO(workbook("", "A1")), io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, f"{bomb}]>".encode() + b"<worksheet>&i;</worksheet>" if "sheet1" in name else data)

    with pytest.raises(SheetError):
        read_sheet(content.getvalue(), "t.xlsx")


def it_tells_columns_of_the_same_name_apart():
    assert read_sheet(b"Observation,Observation\n1,2\n", "t.csv").columns == ("Observation", "Observation 2")


def it_knows_a_column_by_any_of_its_names():
    sheet = read_sheet(b"Type de  source;TERRITOIRE\nx;y\n", "t.csv")

    assert sheet.column("Source", "type de source") == "Type de  source"
    assert sheet.column("Territoire") == "TERRITOIRE"
    with pytest.raises(SheetError, match=r"«.Document.».*TERRITOIRE"):
        required(sheet, "t.csv", "Document")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "est vide"),
        (b"\n\n", "est vide"),
        (b"a\x00b", "n'est pas un tableau"),
        (b"PK\x03\x04broken", "ne peut pas être lu"),
    ],
)
def it_says_what_is_wrong_with_a_file(data, said):
    with pytest.raises(SheetError, match=said):
        read_sheet(data, "t.csv")


def it_says_when_there_is_no_file(tmp_path):
    with pytest.raises(SheetError, match="ne peut pas être lu"):
        read_sheet(tmp_path / "rien.csv")


def it_reads_a_real_sheet(shared):
    sheet = read_sheet(shared / "data" / "interviews_artisans" / "recap_entretien.csv")

    assert sheet.columns[:3] == ("Index", "Nom Fichier", "Consentement")
    assert sheet.columns[-1] == "Observation 2"
    assert "\n" in dict(sheet.rows)[14]["Observation"] or any("\n" in row["Observation"] for _, row in sheet.rows)


class DescribeACell:
    @pytest.mark.parametrize("text", ["=1+1", "+33 6", "-bien", "@nom", "\t=1", "'=1", "''=1"])
    def it_does_not_run_and_reads_back_as_it_was(self, text):
        assert safe_cell(text)[0] == "'"
        assert plain_cell(safe_cell(text)) == text

    @pytest.mark.parametrize("text", ["", "texte", "'tis", "l'eau", "1 = 1", "– oui", "«\u00a0=\u00a0»"])
    def it_is_left_alone_where_it_cannot_run(self, text):
        assert safe_cell(text) == plain_cell(text) == text

    @given(st.text(alphabet="'=+-@ a\t\r"))
    def it_reads_back_whatever_it_is(self, text):
        assert plain_cell(safe_cell(text)) == text
        assert safe_cell(text)[:1] not in tuple("=+-@\t\r")


def it_writes_csv_that_spreadsheets_open_and_that_runs_nothing():
    data = csv_bytes(["é", "n"], [["=1+1", -5], ["un\ndeux", 3]])

    assert data == '\ufeffé,n\r\n\'=1+1,-5\r\n"un\ndeux",3\r\n'.encode()


class DescribeAFileWrittenWhole:
    def it_takes_the_place_of_the_one_before(self, tmp_path):
        (tmp_path / "t.csv").write_text("avant")
        write_whole(tmp_path / "t.csv", b"apr\xc3\xa8s")

        assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("t.csv", b"apr\xc3\xa8s")]

    def it_leaves_nothing_behind_where_it_cannot(self, tmp_path):
        (tmp_path / "t.csv").mkdir()

        with pytest.raises(OSError, match=r"t\.csv"):
            write_whole(tmp_path / "t.csv", b"x")
        assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]
