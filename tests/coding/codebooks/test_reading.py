"""Codebooks as evaluators write them: Excel with merged cells, levels, numbers; Word with tables, headings, lists."""

from __future__ import annotations

import docx
import openpyxl
import pytest
from openpyxl.styles import Alignment, PatternFill

from qualikit.coding.codebooks import load_codebook, read_codebook
from qualikit.coding.codebooks.layout import Hierarchy, Part, heading_key, part_of_heading
from qualikit.errors import CodebookError, QualikitError, ReadError, SheetError


@pytest.fixture
def excel(tmp_path):
    def write(*sheets, then=None):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        if then:
            then(book)
        book.save(tmp_path / "grille.xlsx")
        return tmp_path / "grille.xlsx"

    return write


@pytest.fixture
def word(tmp_path):
    def write(*blocks):
        document = docx.Document()
        for kind, content in blocks:
            if kind == "table":
                table = document.add_table(rows=0, cols=len(content[0]))
                for row in content:
                    for cell, text in zip(table.add_row().cells, row, strict=True):
                        cell.text = text
            else:
                document.add_paragraph(content, style=kind)
        document.save(tmp_path / "grille.docx")
        return tmp_path / "grille.docx"

    return write


def paths(file):
    book = load_codebook(file)
    return [book.path(code.id) for code in book]


class TestHeadings:
    @pytest.mark.parametrize(
        ("heading", "part"),
        [
            ("Critères d’inclusion (quand l'utiliser)", Part.USE),
            ("QUAND NE PAS L'UTILISER", Part.AVOID),
            ("Mots-clés", Part.KEYWORDS),
            ("Verbatim type", Part.EXAMPLE),
            ("Exemples de verbatims", Part.EXAMPLE),
            ("Sous_thème", Part.LEVEL),
            ("Niveau 2", Part.LEVEL),
            ("N°", Part.NUMBER),
            ("Code couleur", Part.COLOR),
            ("Code parent", Part.PARENT),
            ("Définition du code", Part.DEFINITION),
            ("Fréquence", None),
            ("", None),
        ],
    )
    def test_of_many_spellings(self, heading, part):
        assert part_of_heading(heading) is part

    def test_are_compared_without_accents_hyphens_nor_brackets(self):
        assert heading_key("  Mots\u2011clés (5 au plus)") == heading_key("mots clés")


class TestExcel:
    ROWS = (
        ["Grille de codage — Évaluation du Triporteur 🚲"],
        [],
        ["Définition", "Sous-thème", "Thème", "Code", "Exclure", "Mots-clés", "Couleur", "Remarques"],
        ["Faire seul.", "Usagers", "Impacts", "Autonomie", "Envie", "seul, toute seule", None, "à revoir"],
        ["Un droit obtenu.", None, None, "Accès aux\u00a0droits"],
        ["Usure.", "Équipe", None, "Fatigue"],
        ["Pluie.", None, "Freins", "Météo"],
        ["Des équipes.", None, None, "Autonomie"],
    )

    def test_a_column_a_level_with_merged_cells_and_a_title_above(self, excel):
        def merge(book):
            sheet = book.active
            sheet.merge_cells("C4:C6")
            sheet.merge_cells("B4:B5")
            sheet["G4"].fill = PatternFill("solid", fgColor="FFCC1155")

        file = excel(("Grille", self.ROWS), then=merge)
        assert paths(file) == [
            "Impacts", "Impacts › Usagers", "Impacts › Usagers › Autonomie", "Impacts › Usagers › Accès aux\u00a0droits",
            "Impacts › Équipe", "Impacts › Équipe › Fatigue", "Freins", "Freins › Météo", "Freins › Autonomie (Freins)",
        ]  # fmt: skip
        code = load_codebook(file).by_name("Autonomie")
        assert (code.definition, code.avoid, code.keywords) == ("Faire seul.", "Envie", ("seul", "toute seule"))
        assert code.color == "#CC1155"
        read = read_codebook(file)
        assert read.ignored == ("Remarques",)
        assert read.warnings[0][0] == 8

    def test_numbers_in_a_column_or_before_the_names(self, excel):
        rows = [["N°", "Intitulé"], ["1", "Impacts"], ["1.1", "Autonomie"], ["1.1.2", "Seul"], ["2", "Freins"]]
        expected = ["Impacts", "Impacts › Autonomie", "Impacts › Autonomie › Seul", "Freins"]
        assert paths(excel(("Feuil1", rows))) == expected
        named = [["Code"], *[[f"{number}. {name}"] for number, name in rows[1:]]]
        assert paths(excel(("Feuil1", named))) == expected

    def test_indents_by_format_or_by_blanks(self, excel):
        def indent(book):
            book.active["A3"].alignment = Alignment(indent=1)

        assert paths(excel(("Grille", [["Code"], ["A"], ["B"], ["    C"]]), then=indent)) == ["A", "A › B", "A › B › C"]

    def test_a_merged_row_is_a_code_with_the_rows_after_it(self, excel):
        rows = [["Code", "Définition"], ["IMPACTS"], ["Autonomie", "Seul"], ["FREINS"], ["Météo", "Pluie"]]

        def merge(book):
            for line in (2, 4):
                book.active.merge_cells(f"A{line}:B{line}")

        assert paths(excel(("Grille", rows), then=merge)) == [
            "IMPACTS",
            "IMPACTS › Autonomie",
            "FREINS",
            "FREINS › Météo",
        ]

    def test_a_sheet_a_family_and_one_to_read_first(self, excel):
        head = ["Nom", "Description"]
        file = excel(
            ("À lire", [["Bonjour"]]), ("Impacts", [head, ["Autres", "x"]]), ("Freins", [head, ["Autres", "y"]])
        )
        assert paths(file) == ["Impacts", "Impacts › Autres", "Freins", "Freins › Autres (Freins)"]

    def test_a_family_column_is_a_parent_where_its_values_are_codes(self, excel):
        rows = [["Nom", "Famille"], ["Impacts", None], ["Autonomie", "Impacts"]]
        assert paths(excel(("Grille", rows))) == ["Impacts", "Impacts › Autonomie"]
        assert paths(excel(("Grille", [["Nom", "Famille"], ["Autonomie", "Impacts"]]))) == [
            "Impacts",
            "Impacts › Autonomie",
        ]

    def test_a_merged_cell_over_the_whole_sheet_costs_nothing(self, excel):
        def merge(book):
            book.active.merged_cells.add("A3:XFD1048576")

        assert paths(excel(("Grille", [["Code"], ["A"], ["B"]]), then=merge)) == ["A", "B"]

    @pytest.mark.parametrize("name", ["g.xlsx", "g.docx", "g.csv"])
    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04rien", b"\x00\x01\x02"])
    def test_what_is_damaged_is_refused_in_words(self, tmp_path, name, data):
        (tmp_path / name).write_bytes(data)
        with pytest.raises((SheetError, ReadError)):
            read_codebook(tmp_path / name)


class TestWord:
    def test_tables_under_headings_are_families(self, word):
        head = ("Intitulé", "Quand l’utiliser", "Exemple")
        file = word(
            ("Heading 1", "Impacts"), ("table", [head, ("Autonomie", "On ose", "« Seule »")]),
            ("Heading 1", "Freins"), ("table", [head, ("Météo", "", "")]),
        )  # fmt: skip
        assert paths(file) == ["Impacts", "Impacts › Autonomie", "Freins", "Freins › Météo"]
        assert load_codebook(file).by_name("Autonomie").use == "On ose"

    def test_headings_with_paragraphs_that_say_what_they_are(self, word):
        file = word(
            ("Title", "Manuel"), ("Normal", "À lire avant de coder."), ("Heading 1", "1. Impacts"), ("Normal", "Ce qui change."),
            ("Heading 2", "1.1 Autonomie"), ("Normal", "Définition\u00a0: faire seul."), ("Normal", "Exemples\u00a0:"),
            ("List Bullet", "« Moi, seule »"), ("List Bullet", "« Sans aide »"), ("Heading 1", "2. Freins"),
        )  # fmt: skip
        assert paths(file) == ["Impacts", "Impacts › Autonomie", "Freins"]
        code = load_codebook(file).by_name("Autonomie")
        assert (code.definition, code.example) == ("faire seul.", "« Moi, seule »\n« Sans aide »")

    def test_lists_name_codes_by_their_depth(self, word):
        file = word(
            ("List Bullet", "Impacts : ce qui change"), ("List Bullet 2", "Autonomie"), ("List Bullet", "Freins")
        )
        assert paths(file) == ["Impacts", "Impacts › Autonomie", "Freins"]
        assert load_codebook(file).by_name("Impacts").definition == "ce qui change"

    def test_numbers_typed_by_hand_are_headings(self, word):
        assert paths(word(("Normal", "1. Impacts"), ("Normal", "1.1 Autonomie"), ("Normal", "2. Freins"))) == [
            "Impacts", "Impacts › Autonomie", "Freins",
        ]  # fmt: skip

    def test_a_text_that_names_no_code(self, word):
        with pytest.raises(CodebookError, match="titre"):
            read_codebook(word(("Normal", "Bonjour à tous.")))


class TestBeforeItIsBroughtIn:
    def test_what_was_understood_is_a_value_that_can_be_changed(self, camille, excel, store):
        camille.add_code("Autonomie")
        file = excel(
            ("Grille", [["Thème", "Remarques", "Code"], ["Impacts", "Seul", "Autonomie"], [None, "", "Droits"]])
        )
        before = store.revision()
        seen = camille.preview_codebook(file)
        assert (seen.report.added, seen.report.updated) == (("Impacts", "Droits"), ("Autonomie",))
        assert seen.layout.tables[0].hierarchy is Hierarchy.LEVELS
        assert store.revision() == before

        def changed(layout):
            from dataclasses import replace

            return replace(layout.with_part("Remarques", Part.DEFINITION), without=("Droits",))

        again = camille.preview_codebook(file, changed)
        assert (again.named, again.book.by_name("Autonomie").definition) == (("Impacts", "Autonomie"), "Seul")
        camille.import_codebook(file, changed)
        assert [code.name for code in camille.codebook] == ["Impacts", "Autonomie"]

    def test_what_is_wrong_is_said_with_the_layout_to_put_right(self, camille, excel):
        seen = camille.preview_codebook(excel(("Grille", [["Nom", "Nature"], ["A", "arc-en-ciel"]])))
        assert "Ligne 2" in seen.problem.replace("\u00a0", " ")
        assert camille.preview_codebook(
            excel(("Grille", [["Nom", "Nature"], ["A", "arc-en-ciel"]])),
            lambda one: one.with_part("Nature", Part.LEFT),
        ).report.added == ("A",)
        with pytest.raises(QualikitError, match="Nom"):
            camille.preview_codebook(
                excel(("Grille", [["Nom"], ["A"]])), lambda one: one.with_part("Absente", Part.LEFT)
            )
