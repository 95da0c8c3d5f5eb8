"""The annex: tables that Excel knows as tables, one row a thing, figures as figures."""

from __future__ import annotations

import openpyxl
import pytest


@pytest.fixture
def book(project, tmp_path):
    def write(**options):
        return openpyxl.load_workbook(project.themes.export_annex(tmp_path / "annexe.xlsx", **options))

    return write


def rows(book, name):
    header, *lines = book[name].iter_rows(values_only=True)
    return [dict(zip(header, line, strict=True)) for line in lines if any(cell is not None for cell in line)]


def test_a_sheet_says_what_is_in_the_others(project, book):
    made = book()
    said = {line[0]: line[1] for line in made["Sommaire"].iter_rows(min_row=5, max_row=13, values_only=True)}
    assert list(said) == made.sheetnames[1:]
    assert said["Codages"] == len(project.coding.codings()) == len(rows(made, "Codages"))
    assert all(made[name].tables for name in said)


def test_codings_have_their_passage_its_number_and_where_it_is(project, book):
    line = next(row for row in rows(book(named=True), "Codages") if row["Passage"] == "Ça dépend des jours")
    coding = next(one for one in project.coding.codings() if one.quote == "Ça dépend des jours")
    assert (line["Code"], line["Chemin"], line["Qui parle"]) == ("Météo", "Freins › Météo", "Mme Fabre")
    assert (line["Début"], line["Fin"], line["Codeur"]) == (coding.start, coding.stop, "Camille")
    assert isinstance(line["N° du passage"], int)


def test_the_matrix_has_its_denominators(book):
    line = next(row for row in rows(book(), "Matrice") if (row["Code"], row["Territoire"]) == ("Météo", "Aubagne"))
    assert (line["Personnes"], line["Personnes possibles"], line["Part des personnes"]) == (3, 4, 0.75)


def test_without_pseudonyms_nobody_is_named_but_in_what_was_said(book):
    made = book()
    for name in ("Participants", "Documents", "Verbatims", "Positions"):
        assert not [cell for row in rows(made, name) for cell in row.values() if "Roux" in str(cell)]
    assert [row["Personne"] for row in rows(made, "Participants") if row["Rôle"] == "Animation"]
    assert {row["Document"] for row in rows(made, "Codages")} == {row["Document"] for row in rows(made, "Documents")}


def test_syntheses_and_memos_and_chosen_verbatims_are_there(project, book, coding_of):
    project.themes.set_synthesis("Météo", "territory", "Aubagne", "=1+1 Il pleut.")
    project.coding.write_memo("À revoir.", document="FG Laval")
    project.themes.choose_verbatim(coding_of("il fait froid", "Météo"))
    made = book(named=True)
    [synthesis] = rows(made, "Synthèses")
    assert (synthesis["Thème"], synthesis["Colonne"], synthesis["Synthèse"]) == ("Météo", "Aubagne", "=1+1 Il pleut.")
    assert (synthesis["Selon"], synthesis["État"]) == ("Territoire", "brouillon")
    assert [(row["Lequel"], row["Mémo"]) for row in rows(made, "Mémos")] == [("FG Laval", "À revoir.")]
    assert [row["Verbatim"] for row in rows(made, "Verbatims")] == ["il fait froid"]


def test_an_attribute_called_as_a_column_has_a_heading_of_its_own(project, book):
    project.corpus.update_document("FG Laval", attributes={"Mots": "beaucoup"})
    header = [cell.value for cell in book()["Documents"][1]]
    assert "Mots (2)" in header
    assert len(header) == len({name.lower() for name in header})


def test_the_same_project_gives_the_same_bytes_twice(project, tmp_path):
    one, two = (project.themes.export_annex(tmp_path / f"{n}.xlsx").read_bytes() for n in (1, 2))
    assert one == two


def test_a_passage_found_to_hold_no_position_says_so(project, coding_of, tmp_path):
    import openpyxl

    project.themes.set_position(coding_of("Ça dépend des jours", "Météo"), "Mme Fabre", None)
    book = openpyxl.load_workbook(project.themes.export_annex(tmp_path / "a.xlsx"))
    assert any("Aucune" in row for row in book["Positions"].values)
