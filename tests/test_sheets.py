"""Tables as people keep them."""

from __future__ import annotations

import datetime

import openpyxl
import pytest

from qualikit.errors import SheetError
from qualikit.sheets import read_sheet, required

WANTED = [{"Nom": "Aubagne", "Année": "2023"}, {"Nom": "Laval", "Année": "2024"}]


@pytest.mark.parametrize(
    "data",
    [
        "Nom,Année\nAubagne,2023\nLaval,2024\n".encode(),
        "Nom;Année\r\nAubagne;2023\r\nLaval;2024\r\n".encode("utf-8-sig"),
        "Nom\tAnnée\nAubagne\t2023\n\nLaval\t2024".encode("utf-16"),
        "Nom;Année\nAubagne;2023\nLaval;2024\n".encode("cp1252"),
        "Nom;Anne\u0301e\n Aubagne ;2023\n;\nLaval;2024;en trop\n".encode(),
    ],
    ids=["utf-8", "excel", "utf-16", "cp1252", "untidy"],
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
