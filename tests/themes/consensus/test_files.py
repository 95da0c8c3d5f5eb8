"""The grids in Word, Excel and CSV, opened again as those who receive them do."""

from __future__ import annotations

import csv
from datetime import date

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from qualikit.errors import ExportFailed
from qualikit.themes.consensus.excel import excel
from qualikit.themes.consensus.exporting import About
from qualikit.themes.consensus.word import word


def plain(text):
    return text.replace("\u00a0", " ")


def texts(table):
    return [[plain(cell.text) for cell in row.cells] for row in table.rows]


@pytest.fixture
def corrected(held):
    held.themes.correct_cell("FG Aubagne", "Lieux", "M. Petit", "A", "Se rallie à la fin.")
    held.coding("FG Aubagne", "Le matin c'est trop tôt", "Horaires")
    return held


def opened(world, path, **options):
    return docx.Document(str(world.themes.export_consensus(path / "grille.docx", **options)))


class DescribeWord:
    def it_has_a_legend_a_table_a_group_both_sides_and_the_method(self, corrected, tmp_path):
        document = opened(corrected, tmp_path)
        legend, grid, facing = document.tables[:3]
        assert texts(legend)[0][:2] == ["A", "Accord"]
        [head, family, lieux, horaires] = texts(grid)
        assert head[:6] == ["Thème", "M. Diallo", "M. Muet", "M. Petit", "Mme Le Gall", "Mme Roux"]
        assert head[6:10] == ["A + SE", "N + A/D", "D + SD", "NR"]
        assert lieux == ["Lieux", "D", "NR", "A *", "N", "A", "2", "1", "1", "1/5", "2 sur 4 d'accord, 7 à 93 %"]
        assert horaires[1:6] == ["A", "NR", "NR", "NR", "NR"]
        assert horaires[-2:] == ["4/5", "une seule voix"]
        assert family[0] == "Service"
        assert texts(facing)[0] == [
            "Paroles d'accord", "Paroles de désaccord", "Nuances, ou les deux à la fois",
        ]  # fmt: skip
        agree, disagree, torn = texts(facing)[1]
        assert "« Le marché c'est parfait »" in agree
        assert "— Mme Roux, tour 2, A" in agree
        assert "« Non, le marché c'est bruyant »" in disagree
        assert "« Ça dépend des jours, le marché »" in torn

    def it_counts_groups_beside_one_another_where_there_are_many(self, world, tmp_path):
        for name in ("Lieux", "Accord", "Désaccord"):
            world.code(name, position={"Accord": "agreement", "Désaccord": "disagreement"}.get(name))
        for number in range(17):
            people = [world.person(f"P{number}{letter}") and f"P{number}{letter}" for letter in "ab"]
            title = f"FG {number:02}"
            world.document(title, [(name, f"Le marché {name}") for name in people], territory="Aubagne")
            for name in people:
                world.coding(title, f"Le marché {name}", "Lieux")
                world.coding(title, f"Le marché {name}", "Désaccord" if number == 3 else "Accord")
        beside = opened(world, tmp_path).tables[-1]
        assert texts(beside) == [
            ["Thème", "Groupes d'accord", "Pas d'accord", "Partagés", "Trop peu de positions", "Ensemble"],
            ["Lieux", "16", "1", "0", "0", "Sens opposés. D'accord : Aubagne (16 groupes). Pas d'accord : « FG 03 »."],
        ]

    def it_says_what_was_put_right_by_hand_and_how_it_was_made(self, corrected, tmp_path):
        said = plain("\n".join(paragraph.text for paragraph in opened(corrected, tmp_path).paragraphs))
        assert (
            "* Lieux, M. Petit : corrigé à la main par Camille : Se rallie à la fin ; les passages disent D→A." in said
        )
        assert "5 participants présents : M. Diallo, M. Muet, M. Petit, Mme Le Gall, Mme Roux." in said
        assert "Se taire n'est pas être d'accord" in said
        assert "Clopper et Pearson" in said
        assert "ceux de Camille" in said

    def it_is_landscape_with_named_styles_and_tints_that_letters_say_too(self, corrected, tmp_path):
        document = opened(corrected, tmp_path)
        section = document.sections[0]
        assert section.page_width > section.page_height
        assert {p.style.name for p in document.paragraphs} >= {
            "Title",
            "Heading 1",
            "Heading 2",
            "Heading 3",
            "Caption",
        }
        cell = document.tables[1].rows[2].cells[1]
        assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "FBE3CF"
        assert document.tables[1].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None

    def it_quotes_as_many_as_asked(self, corrected, tmp_path):
        one = plain("\n".join(texts(opened(corrected, tmp_path, quotes=1).tables[2])[1]))
        assert one.count("«") == 3
        none = opened(corrected, tmp_path, quotes=0)
        assert len(none.tables) == 2
        assert "Les paroles face à face" not in [paragraph.text for paragraph in none.paragraphs]

    def it_breaks_a_large_group_into_several_tables(self, world, tmp_path):
        names = [f"Participante {number}" for number in range(30)]
        for name in names:
            world.person(name)
        world.document("Assemblée", [(name, f"Avis {number}.") for number, name in enumerate(names)])
        world.code("Lieux")
        world.code("Accord", position="agreement")
        for quote in ("Avis 0.", "Avis 29."):
            world.coding("Assemblée", quote, "Lieux")
            world.coding("Assemblée", quote, "Accord")
        tables = opened(world, tmp_path).tables
        heads = [texts(table)[0] for table in tables[1:5]]
        assert [len(head) for head in heads] == [9, 9, 9, 12]
        assert sorted(name for head in heads for name in head if name.startswith("Participante")) == sorted(names)

    @pytest.mark.parametrize("questions", [False, True])
    def it_says_why_it_is_empty(self, group, tmp_path, questions):
        grid = group.themes.consensus(questions=questions)
        document = opened(group, tmp_path, grid=grid)
        said = " ".join(paragraph.text for paragraph in document.paragraphs)
        assert ("guide d'entretien" if questions else "Aucune position") in said

    def it_stands_hostile_text(self, held, tmp_path):
        held.themes.correct_cell(
            "FG Aubagne", "Lieux", "M. Petit", "A", "<&\x0c> =1+1 \ud83d".encode("utf-8", "ignore").decode()
        )
        for ending in ("docx", "xlsx", "csv"):
            held.themes.export_consensus(tmp_path / f"x.{ending}")
        assert docx.Document(str(tmp_path / "x.docx")).tables


class DescribeExcel:
    def it_has_a_sheet_to_read_and_tables_to_compute_with(self, corrected, tmp_path):
        book = openpyxl.load_workbook(corrected.themes.export_consensus(tmp_path / "grille.xlsx"))
        assert book.sheetnames == ["Aubagne — FG Aubagne", "Comptes", "Cases", "Passages", "Méthode"]
        sheet = book.worksheets[0]
        [head, _family, lieux, *_rest] = [
            [plain(str(c)) for c in row] for row in sheet.iter_rows(5, 8, values_only=True)
        ]
        assert head[:6] == ["Thème", "M. Diallo", "M. Muet", "M. Petit", "Mme Le Gall", "Mme Roux"]
        assert lieux[:11] == ["   Lieux", "D", "NR", "A *", "N", "A", "2", "1", "1", "1", "5"]
        assert sheet["D7"].comment is not None
        assert sheet["B7"].fill.start_color.rgb == "FFFBE3CF"
        counts = list(book["Comptes"].iter_rows(values_only=True))
        assert counts[0][:3] == ("Document", "Territoire", "Chemin")
        assert counts[2][3:9] == (5, 2, 1, 1, 1, 0)
        passages = [plain(row[6]) for row in book["Passages"].iter_rows(2, values_only=True)]
        assert "Le marché c'est parfait" in passages

    def it_names_two_groups_of_one_title_apart(self, new_world, world, tmp_path):
        world.person("A")
        for town in ("Aubagne", "Laval"):
            world.document("Un groupe dont le titre est bien trop long [2023]", [("A", "Oui.")], territory=None)
            del town
        book = openpyxl.load_workbook(world.themes.export_consensus(tmp_path / "grille.xlsx"))
        assert len({name.lower() for name in book.sheetnames}) == len(book.sheetnames) >= 6


class DescribeCsv:
    def it_has_one_row_a_cell(self, corrected, tmp_path):
        path = corrected.themes.export_consensus(tmp_path / "grille.csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == 3 * 5
        [petit] = [row for row in rows if (row["theme"], row["participant"]) == ("Lieux", "M. Petit")]
        assert (petit["value"], petit["derived"], petit["corrected"]) == ("A", "AD", "True")
        assert petit["reason"] == "Se rallie à la fin."


def test_the_same_grids_of_the_same_day_give_the_same_bytes(corrected):
    about = About("Projet", "Titre", 3, date(2024, 3, 18))
    for make in (word, excel):
        assert make(corrected.themes.consensus(), about) == make(corrected.themes.consensus(), about)


def test_another_ending_is_refused(held, tmp_path):
    with pytest.raises(ExportFailed, match="docx"):
        held.themes.export_consensus(tmp_path / "grille.odt")
    assert not list(tmp_path.glob("grille*"))
