"""What leaves is read first: names of the key, numbers and addresses stop it, unless it is wanted so."""

from __future__ import annotations

import pytest

from qualikit.corpus.pseudonyms.model import Decision, Kind
from qualikit.errors import NamesLeft
from tests.themes.documents.readback import sound, words

PASSPHRASE = "une phrase de passe assez longue"


@pytest.fixture
def key(project):
    service = project.corpus.pseudonyms
    made = service.create_key(PASSPHRASE)
    entry = service.add(made, "Mme Fabre", Kind.PERSON)
    service.decide(made, [entry.id], Decision.REPLACE)
    return made


def test_a_name_of_the_key_stops_the_document(project, key, tmp_path):
    with pytest.raises(NamesLeft, match="« Mme Fabre »"):
        project.themes.export_synthesis(tmp_path / "s.docx", "Aubagne", key=key, verbatims="all")
    assert not (tmp_path / "s.docx").exists()


def test_it_leaves_when_that_is_wanted(project, key, tmp_path):
    options = {"key": key, "allow_names": True, "verbatims": "all"}
    document = sound(project.themes.export_synthesis(tmp_path / "s.docx", "Aubagne", **options))
    assert "Mme Fabre" in words(document)


def test_a_key_that_is_not_opened_stops_it_too(project, key, tmp_path):
    with pytest.raises(NamesLeft, match="n'est pas ouverte"):
        project.themes.export_annex(tmp_path / "a.xlsx")


def test_once_pseudonyms_are_in_the_texts_it_leaves_under_them(project, key, tmp_path):
    service = project.corpus.pseudonyms
    service.apply(key)
    pseudonym = key.entries[0].pseudonym
    project.themes.export_annex(tmp_path / "a.xlsx", key=key)
    said = words(sound(project.themes.export_verbatims(tmp_path / "v.docx", verbatims="all", key=key)))
    assert "Fabre" not in said
    assert pseudonym.split()[-1] in said  # people are under their pseudonyms, not under numbers


def test_a_name_written_in_a_synthesis_stops_it(project, key, tmp_path):
    project.corpus.pseudonyms.apply(key)
    project.themes.set_synthesis("Météo", "territory", "Aubagne", "Mme Fabre hésite.")
    with pytest.raises(NamesLeft, match="Fabre"):
        project.themes.export_synthesis(tmp_path / "s.docx", "Aubagne", key=key)


def test_a_telephone_number_stops_it_without_any_key(project, tmp_path):
    project.themes.set_synthesis("Météo", "territory", "Aubagne", "Rappeler au 06 12 34 56 78.")
    with pytest.raises(NamesLeft, match="06 12 34 56 78"):
        project.themes.export_synthesis(tmp_path / "s.docx", "Aubagne")
    project.themes.export_verbatims(tmp_path / "v.docx")


def test_a_turn_in_a_reference_is_no_address(project, tmp_path):
    project.corpus.update_document("FG Aubagne", title="FG 2023-11-14")
    project.themes.export_synthesis(tmp_path / "s.docx", "Aubagne")


EXPORTS = {
    "matrice.docx": lambda themes, path: themes.export(themes.matrix(), path, verbatims="all"),
    "matrice.csv": lambda themes, path: themes.export(themes.matrix(columns="participant"), path),
    "matrice.svg": lambda themes, path: themes.export(themes.matrix(columns="participant"), path),
    "consensus.docx": lambda themes, path: themes.export_consensus(path),
    "consensus.xlsx": lambda themes, path: themes.export_consensus(path),
    "comparaison.csv": lambda themes, path: themes.export_comparison(path, what="passages"),
    "manuel.docx": lambda themes, path: themes.export_manual(path, named=True, examples=9),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_every_file_that_quotes_people_is_read_before_it_is_written(project, key, coding_of, tmp_path, name):
    write = EXPORTS[name]
    project.themes.choose_verbatim(coding_of("Ça dépend des jours", "Météo"))
    with project.themes.refusing_names(key), pytest.raises(NamesLeft, match="Mme Fabre"):
        write(project.themes, tmp_path / name)
    assert list(tmp_path.glob(f"*{name[-5:]}")) == []
    with project.themes.refusing_names(key, allow=True):
        write(project.themes, tmp_path / name)
    assert (tmp_path / name).exists()


def test_a_picture_and_figures_are_no_names(project, key, tmp_path):
    with project.themes.refusing_names(key):
        project.themes.export(project.themes.matrix(columns="territory"), tmp_path / "m.png")
        project.themes.export_cooccurrence(project.themes.cooccurrence(), tmp_path / "c.csv")


def test_the_project_tells_what_a_file_could_hold(project, key):
    assert project.themes.names_left().locked
    assert {one.match for one in project.themes.names_left(key).names} == {"Mme Fabre"}
    project.corpus.pseudonyms.apply(key)
    assert project.themes.names_left(key).clean


def test_whatever_was_written_beside_the_texts_is_looked_at_too(project, key, coding_of):
    project.corpus.pseudonyms.apply(key)
    assert project.themes.names_left(key).clean
    project.themes.correct_cell("FG Aubagne", "Météo", "M. Diallo", "A", "Mme Fabre l'a contredit")
    assert {one.match for one in project.themes.names_left(key).names} == {"Mme Fabre"}
    project.history.undo()
    project.coding.write_memo("Voir avec Mme Fabre", coding=coding_of("Ça dépend des jours", "Météo"))
    assert not project.themes.names_left(key).clean


def test_a_picture_of_points_is_read_by_the_words_in_it(project, key, tmp_path):
    with project.themes.refusing_names(key), pytest.raises(NamesLeft, match=r"png\s».*Mme Fabre"):
        project.themes.export(project.themes.matrix(columns="participant"), tmp_path / "m.png")


def test_a_number_to_call_alone_in_a_cell_is_one(project, tmp_path):
    project.coding.update_code("Météo", name="0612345678")
    with project.themes.refusing_names(), pytest.raises(NamesLeft, match="0612345678"):
        project.themes.export(project.themes.matrix(), tmp_path / "m.csv")


def test_what_is_allowed_leaves_whatever_was_asked_around_it(project, key, tmp_path):
    with project.themes.refusing_names(key):
        project.themes.export_annex(tmp_path / "a.xlsx", key=key, allow_names=True)
    assert (tmp_path / "a.xlsx").exists()
