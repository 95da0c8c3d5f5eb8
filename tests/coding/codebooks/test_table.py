"""Codebooks as tables: from whatever spreadsheet, in French or English."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from qualikit.coding.codebooks import load_codebook, read_codebook, save_codebook
from qualikit.coding.model import Code, Codebook
from qualikit.errors import CodebookError, ExportFailed, SheetError

ROWS = [
    ["name", "parent", "definition", "include", "exclude", "keywords", "example", "color"],
    [
        "Autonomie",
        "Impacts",
        "Faire seul.",
        "On ose.",
        "Envie d'apprendre.",
        "seul; toute seule ;",
        "Moi, seule.",
        "#2656d9",
    ],
    ["Impacts", "", "Ce que ça change", "", "", "", "", ""],
]
FRENCH = ["Nom", "Parent", "Définition", "Inclure", "Exclure", "Mots-clés", "Exemple", "Couleur"]


def written(tmp_path, rows, delimiter=",", encoding="utf-8", name="g.csv"):
    path = tmp_path / name
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


class TestReading:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("header", [ROWS[0], FRENCH])
    def test_in_any_dialect(self, tmp_path, delimiter, encoding, header):
        book = load_codebook(written(tmp_path, [header, *ROWS[1:]], delimiter, encoding))
        assert [book.path(code.id) for code in book] == ["Impacts", "Impacts › Autonomie"]
        code = book.by_name("autonomie")
        assert (code.definition, code.use, code.avoid) == ("Faire seul.", "On ose.", "Envie d'apprendre.")
        assert (code.keywords, code.example, code.color) == (("seul", "toute seule"), "Moi, seule.", "#2656D9")
        assert book.by_name("Impacts").color != ""

    def test_from_excel(self, tmp_path):
        workbook = openpyxl.Workbook()
        for row in [FRENCH, *ROWS[1:], [2024, "Impacts", None, None, None, 4, None, None]]:
            workbook.active.append(row)
        workbook.save(tmp_path / "g.xlsx")
        book = load_codebook(tmp_path / "g.xlsx")
        assert [code.name for code in book] == ["Impacts", "Autonomie", "2024"]
        assert book.by_name("2024").keywords == ("4",)

    def test_only_names_are_needed_and_other_columns_are_said_to_be_ignored(self, tmp_path):
        file = read_codebook(written(tmp_path, [["Remarque", "Nom"], ["à voir", "Météo"]]))
        assert ([entry.name for entry in file.entries], file.ignored) == (["Météo"], ("Remarque",))
        assert not file.says_parents

    def test_positions_in_french(self, tmp_path):
        rows = [["nom", "nature", "sens"], ["Consensus", "Position", "accord"], ["Refus", "", "Désaccord"]]
        book = load_codebook(written(tmp_path, rows))
        assert [code.value for code in book] == ["agreement", "disagreement"]

    def test_a_parent_may_be_given_by_its_path(self, tmp_path):
        rows = [["name", "parent"], ["A", ""], ["B", "A"], ["C", "A › B"]]
        book = load_codebook(written(tmp_path, rows))
        assert book.path(book.by_name("C").id) == "A › B › C"


class TestMistakes:
    @pytest.mark.parametrize(
        ("rows", "line", "words"),
        [
            ([["name", "parent"], ["A", "Impact"], ["Impacts", ""]], 2, ["Impact", "Vouliez-vous dire", "Impacts"]),
            ([["name", "parent"], ["A", "B"], ["B", "A"]], 2, ["sous lui-même"]),
            ([["name", "parent"], ["A", "a"]], 2, ["sous lui-même"]),
            ([["name"], ["Météo"], ["METEO"]], 3, ["déjà à la ligne 2"]),
            ([["name", "shortcut"], ["A", "1"], ["B", "1"]], 3, ["raccourci 1"]),
            ([["name", "definition"], ["", "x"]], 2, ["avoir un nom"]),
        ],
    )
    def test_are_told_with_their_row(self, tmp_path, rows, line, words):
        with pytest.raises(CodebookError) as caught:
            load_codebook(written(tmp_path, rows))
        assert caught.value.line == line
        assert all(word in str(caught.value) for word in words)

    def test_a_table_without_names(self, tmp_path):
        with pytest.raises(SheetError, match="definition"):
            load_codebook(written(tmp_path, [["definition"], ["x"]]))

    def test_an_empty_file(self, tmp_path):
        with pytest.raises(SheetError):
            load_codebook(written(tmp_path, []))


class TestWriting:
    EVIL = Codebook.of(
        [
            Code("1", '=HYPERLINK("http://x")', definition="+33", use="-1", avoid="@SUM(A1)", example="'=1"),
            Code("2", "-enfant", parent_id="1", keywords=("=1+1", "+2"), definition="ligne\n=2\n\u00a0« fin »"),
        ]
    )

    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_what_looks_like_a_formula_reads_back_as_it_was(self, tmp_path, ending):
        save_codebook(self.EVIL, tmp_path / f"g.{ending}")
        again = load_codebook(tmp_path / f"g.{ending}")
        for one, other in zip(self.EVIL, again, strict=True):
            for field in ("name", "definition", "use", "avoid", "example", "keywords"):
                assert getattr(one, field) == getattr(other, field)

    def test_no_cell_of_the_csv_runs(self, tmp_path):
        save_codebook(self.EVIL, tmp_path / "g.csv")
        with (tmp_path / "g.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0][:8] == ROWS[0]
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]

    def test_every_cell_of_the_workbook_is_text(self, tmp_path):
        save_codebook(self.EVIL, tmp_path / "g.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "g.xlsx").worksheets[0]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
        assert sheet["A2"].value == '=HYPERLINK("http://x")'

    def test_what_does_not_fit_in_excel_is_refused(self, tmp_path):
        with pytest.raises(ExportFailed, match="trop long"):
            save_codebook(Codebook.of([Code("1", "A", definition="x" * 40_000)]), tmp_path / "g.xlsx")
        assert not list(tmp_path.iterdir())

    def test_nowhere_to_write_or_no_such_format(self, tmp_path):
        with pytest.raises(ExportFailed):
            save_codebook(Codebook(), tmp_path / "rien" / "g.csv")
        with pytest.raises(ExportFailed):
            save_codebook(Codebook(), tmp_path / "rien" / "g.xlsx")
        with pytest.raises(ExportFailed, match=r"\.yaml"):
            save_codebook(Codebook(), tmp_path / "g.docx")
