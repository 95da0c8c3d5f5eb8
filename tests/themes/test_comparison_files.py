"""The comparison of groups in a file, opened again."""

from __future__ import annotations

import csv
from datetime import date

import docx
import openpyxl
import pytest

from qualikit.errors import ExportFailed

DAY = date(2024, 3, 31)


@pytest.fixture
def spoken(two_groups):
    """Two focus groups that talk enough for words to be compared, and are coded."""
    for place, name in (("Aubagne", "Mme Roux"), ("Laval", "M. Petit")):
        words = "Le vélo roule. " * 6 if place == "Laval" else "La pluie tombe. " * 6
        two_groups.document(f"Encore {place}", [(name, words)], territory=place)
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.coding("FG Laval", "il fait froid", "Météo")
    two_groups.coding("FG Aubagne", "Le vélo est en panne", "Matériel")
    return two_groups


def written(world, path, **asked):
    return world.themes.export_comparison(path, groups=["Aubagne", "Laval"], date=DAY, **asked)


def texts(table):
    return [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in table.rows]


class DescribeTheWordDocument:
    def it_tells_the_story_in_three_parts_and_how_it_was_made(self, spoken, tmp_path):
        document = docx.Document(str(written(spoken, tmp_path / "c.docx")))
        assert document.paragraphs[0].text.replace("\u00a0", " ") == "Comparaison des territoires : Aubagne et Laval"
        headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
        assert headings == [
            "Qui est comparé", "De quoi ils parlent", "Comment ils le disent", "Ce qu'ils disent", "Note de méthode",
        ]  # fmt: skip
        said = " ".join(p.text for p in document.paragraphs).replace("\u00a0", " ")
        assert "Aucun test possible" in said
        assert "Newcombe" in said
        assert "Codages de Camille." in said

    def it_has_every_figure_with_its_denominator(self, spoken, tmp_path):
        tables = [texts(table) for table in docx.Document(str(written(spoken, tmp_path / "c.docx"))).tables]
        assert tables[0][1][:3] == ["Aubagne", "2", "3"]
        codes = next(table for table in tables if table[0][0] == "Code")
        weather = next(row for row in codes if row[0] == "Météo")
        assert weather[1:3] == ["1/2\n1/3 doc.", "1/2\n1/2 doc."]
        assert weather[-1] == "pas de test"

    def it_describes_its_pictures_for_those_who_do_not_see_them(self, spoken, tmp_path):
        document = docx.Document(str(written(spoken, tmp_path / "c.docx")))
        described = [each.get("descr") for each in document.element.iter() if each.tag.endswith("}docPr")]
        assert len(described) == 2
        assert all("Aubagne" in each for each in described)

    def it_puts_what_they_say_side_by_side(self, spoken, tmp_path):
        document = docx.Document(str(written(spoken, tmp_path / "c.docx", what="passages")))
        [table] = [texts(each) for each in document.tables if "—" in each.rows[0].cells[0].text][:1]
        assert table[0] == ["Aubagne — 1 personne sur 2", "Laval — 1 personne sur 2"]
        assert "« Quand il pleut »" in table[1][0]
        assert "« il fait froid »" in table[1][1]

    def it_is_written_where_nothing_can_be_compared(self, world, tmp_path):
        document = docx.Document(str(world.themes.export_comparison(tmp_path / "c.docx", date=DAY)))
        assert any("Aucun code n'est posé" in p.text for p in document.paragraphs)


class DescribeTheWorkbook:
    def it_has_a_tidy_sheet_a_part_and_what_to_know_first(self, spoken, tmp_path):
        book = openpyxl.load_workbook(written(spoken, tmp_path / "c.xlsx"))
        assert book.sheetnames[:2] == ["À lire", "Codes"]
        assert {"Mots", "Passages"} <= set(book.sheetnames)
        rows = list(book["Codes"].iter_rows(values_only=True))
        head, lines = rows[0], [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        assert {"Code", "Groupe", "Personnes", "Personnes possibles"} <= set(head)
        assert next(
            (line["Personnes"], line["Personnes possibles"])
            for line in lines
            if line["Code"] == "Matériel" and line["Groupe"] == "Laval"
        ) == (0, 2)

    def it_never_takes_words_for_formulas(self, spoken, tmp_path):
        spoken.person("Mme Calcul")
        spoken.document("Calcul", [("Mme Calcul", "=1+1 dit-elle")], territory="Laval")
        spoken.coding("Calcul", "=1+1", "Lien social")
        sheet = openpyxl.load_workbook(written(spoken, tmp_path / "c.xlsx", what="passages"))["Passages"]
        assert any(cell.value == "=1+1" and cell.data_type == "s" for row in sheet.iter_rows() for cell in row)


class DescribeTheFiles:
    @pytest.mark.parametrize("ending", ["docx", "xlsx", "csv"])
    def it_gives_the_same_bytes_twice(self, spoken, tmp_path, ending):
        first, second = (written(spoken, tmp_path / f"{number}.{ending}").read_bytes() for number in (1, 2))
        assert first == second

    def it_writes_one_part_as_csv(self, spoken, tmp_path):
        with written(spoken, tmp_path / "c.csv", what="words").open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
        assert {line["group"] for line in lines} == {"Aubagne", "Laval"}
        assert all(line["people_total"] == "2" for line in lines)

    @pytest.mark.parametrize("name", ["c.pdf", "c", "absent/c.docx"])
    def it_refuses_what_it_cannot_write(self, spoken, tmp_path, name):
        with pytest.raises(ExportFailed):
            written(spoken, tmp_path / name, what="codes")
        assert not list(tmp_path.glob("c*"))
