"""The Excel workbook, opened again: a sheet to read, a sheet to compute with."""

from __future__ import annotations

import openpyxl
import pytest


@pytest.fixture
def book(two_groups, tmp_path):
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.coding("FG Aubagne", "Le vélo est en panne", "Matériel")
    two_groups.coding("FG Laval", "il fait froid", "Météo")
    two_groups.themes.set_synthesis("Météo", "territory", "Laval", "=2+2 reste un texte")
    path = two_groups.themes.export(two_groups.themes.matrix(), tmp_path / "m.xlsx")
    return openpyxl.load_workbook(path)


def test_the_sheets(book):
    assert book.sheetnames == ["Matrice", "Données", "Verbatims"]


def test_the_sheet_to_read_stays_readable_when_one_scrolls(book):
    sheet = book["Matrice"]
    assert sheet.freeze_panes == "B6"
    assert sheet["A1"].value == "Matrice thématique par territoire"
    assert "Ensemble 4" in sheet["A3"].value
    assert [cell.value for cell in sheet[4]][:8] == [None, "Aubagne", None, None, "Laval", None, None, None]
    headings = [cell.value for cell in sheet[5]]
    assert headings[:8] == [
        "Thème",
        "Personnes",
        "Documents",
        "Codages",
        "Personnes",
        "Documents",
        "Codages",
        "Synthèse",
    ]
    assert [sheet.cell(row, 1).value for row in range(6, 11)] == [
        "Freins",
        "Météo",
        "Matériel",
        "Lien social",
        "Ensemble",
    ]
    assert [sheet.cell(row, 1).alignment.indent for row in range(6, 10)] == [0, 1, 1, 0]
    assert [sheet.row_dimensions[row].outlineLevel for row in range(6, 10)] == [0, 1, 1, 0]
    assert len(sheet.conditional_formatting) == 3


def test_a_figure_is_a_number_that_shows_its_denominator(book):
    cell = book["Matrice"]["B6"]
    assert (cell.value, cell.data_type, cell.number_format) == (2, "n", '0"/2"')
    assert book["Matrice"]["J6"].number_format == '0"/3"'


def test_a_text_is_never_a_formula(book):
    cell = book["Matrice"]["H7"]
    assert (cell.value, cell.data_type) == ("=2+2 reste un texte", "s")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_sheet_to_compute_with_has_one_row_a_cell(book):
    rows = list(book["Données"].iter_rows(values_only=True))
    assert rows[0][:4] == ("Chemin", "Code", "Niveau", "Territoire")
    assert len(rows) == 1 + 4 * 2
    assert rows[4] == ("Freins › Météo", "Météo", 1, "Laval", 1, 1, 1, 1, 2, 0.5, 1, 1, 1, "=2+2 reste un texte")
    assert book["Données"].auto_filter.ref == "A1:N9"


def test_the_verbatims_say_who_where_and_how_they_were_chosen(book):
    rows = list(book["Verbatims"].iter_rows(values_only=True))
    assert rows[1] == (
        "Freins › Météo",
        "Aubagne",
        "Quand il pleut",
        "Mme Roux",
        "FG Aubagne",
        "Focus group",
        2,
        None,
        "Camille",
        "automatique",
    )


def test_what_a_cell_cannot_hold_is_cut_and_says_so(two_groups, tmp_path):
    two_groups.themes.set_synthesis("Météo", "territory", "Laval", "🙂" * 20_000)
    path = two_groups.themes.export(two_groups.themes.matrix(), tmp_path / "m.xlsx")
    texts = [row[-1] for row in openpyxl.load_workbook(path)["Données"].iter_rows(values_only=True) if row[-1]]
    assert texts[1].endswith("trop long pour une cellule d'Excel)")
    assert len(texts[1].encode("utf-16-le")) // 2 <= 32_767


def test_without_verbatims_there_is_no_sheet_for_them(two_groups, tmp_path):
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    path = two_groups.themes.export(two_groups.themes.matrix(), tmp_path / "m.xlsx", verbatims="none")
    assert openpyxl.load_workbook(path).sheetnames == ["Matrice", "Données"]
