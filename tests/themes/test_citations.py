"""Citations: a mark in the text, a number wherever it is shown, and what becomes of them when passages do."""

from __future__ import annotations

import pytest

from qualikit import Project
from qualikit.corpus import prose
from qualikit.history import History
from qualikit.store import new_id
from qualikit.themes.syntheses.citations import cited_ids, mark, without_marks


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.fixture
def coded(two_groups):
    """Two passages of Météo in Aubagne, one in Laval."""
    rain = two_groups.coding("FG Aubagne", "Quand il pleut personne ne vient.", "Météo")
    again = two_groups.coding("FG Aubagne", "La pluie encore la pluie.", "Météo")
    cold = two_groups.coding("FG Laval", "Ici il fait froid", "Météo")
    return two_groups, rain, again, cold


def test_citations_become_numbers_in_the_order_in_which_they_first_stand(coded):
    world, rain, again, cold = coded
    text = f"On ne vient pas {mark(again)}, on le redit {mark(rain)}{mark(again)} ; ailleurs, si {mark(cold)}."
    written = world.themes.set_synthesis("Météo", "territory", "Aubagne", text)
    assert written.text == text
    assert written.numbered == "On ne vient pas [1], on le redit [2][1] ; ailleurs, si [3]."
    assert [(each.number, each.passage.coding_id) for each in written.references] == [(1, again), (2, rain), (3, cold)]
    assert plain(written.whole).splitlines()[2] == "[1] « La pluie encore la pluie. » (Mme Roux, FG Aubagne, tour 4)"


def test_numbers_go_on_from_one_text_of_a_document_to_the_next(coded):
    world, rain, again, cold = coded
    first, second = world.themes.cited(f"A {mark(cold)} B {mark(rain)}", f"C {mark(rain)} D {mark(again)}")
    assert (first.text, second.text) == ("A [1] B [2]", "C [2] D [3]")
    assert [each.number for each in second.references] == [2, 3]


def test_the_same_words_coded_by_two_people_are_one_reference(coded):
    world, rain, _again, _cold = coded
    theirs = world.coding("FG Aubagne", "Quand il pleut personne ne vient.", "Freins", coder="Sacha")
    (cited,) = world.themes.cited(f"A {mark(rain)} B {mark(theirs)}")
    assert (cited.text, len(cited.references)) == ("A [1] B [1]", 1)


def test_a_passage_that_is_gone_is_said_and_undo_brings_its_number_back(coded):
    world, rain, again, _cold = coded
    themes = world.themes
    themes.set_synthesis("Météo", "territory", "Aubagne", f"A {mark(rain)} B {mark(again)} C {mark(new_id())}")
    project = Project(world.store, "Camille")
    project.coding.remove(rain)
    written = themes.synthesis("Météo", "territory", "Aubagne")
    assert written.numbered == "A [passage retiré] B [1] C [passage retiré]"
    assert written.broken == 2
    History(world.store, "Camille").undo()
    assert themes.synthesis("Météo", "territory", "Aubagne").broken == 1


def test_citations_follow_codings_that_become_one_when_codes_are_merged(coded):
    world, rain, _again, _cold = coded
    themes, project = world.themes, Project(world.store, "Camille")
    double = world.coding("FG Aubagne", "Quand il pleut personne ne vient.", "Matériel")
    themes.set_synthesis("Météo", "territory", "Aubagne", f"La pluie {mark(rain)}.")
    themes.set_synthesis("Matériel", "territory", "Aubagne", f"Le vélo {mark(double)}.")
    themes.set_synthesis("Lien social", "territory", "Aubagne", f"Personne {mark(double)} {mark(double)}.")
    themes.validate_synthesis("Météo", "territory", "Aubagne")
    project.coding.merge_codes(["Matériel"], "Météo")
    joined = themes.synthesis("Météo", "territory", "Aubagne")
    assert joined.numbered == "La pluie [1].\n\nLe vélo [1]."
    assert joined.status == "draft", "nobody has validated the two as one text"
    assert themes.synthesis("Lien social", "territory", "Aubagne").numbered == "Personne [1]."
    History(world.store, "Camille").undo()
    assert themes.synthesis("Matériel", "territory", "Aubagne").text == f"Le vélo {mark(double)}."
    assert themes.synthesis("Météo", "territory", "Aubagne").status == "validated"


def test_a_territory_renamed_into_another_joins_their_texts_into_a_draft(coded):
    world, rain, _again, cold = coded
    themes, project = world.themes, Project(world.store, "Camille")
    themes.set_synthesis("Météo", "territory", "Aubagne", f"Ici {mark(rain)}.")
    themes.set_synthesis("Météo", "territory", "Laval", f"Là {mark(cold)}.")
    themes.validate_synthesis("Météo", "territory", "Aubagne")
    project.corpus.attributes.rename("territory", "Laval", "Aubagne")
    joined = themes.synthesis("Météo", "territory", "Aubagne")
    assert (joined.numbered, joined.status, joined.validated_by) == ("Ici [1].\n\nLà [2].", "draft", None)


def test_pseudonyms_change_the_words_and_never_the_marks(coded):
    world, rain, _again, _cold = coded
    world.themes.set_synthesis("Météo", "territory", "Aubagne", f"Mme Roux {mark(rain)} le dit à Mme Roux.")
    piece = rain.split("-")[2]  # as letters of an id may be somebody's name
    with world.store.write("Camille") as transaction, transaction.event("pseudonyms.apply", "noms") as change:
        prose.rewrite(change, lambda text: text.replace("Mme Roux", "Mme Pin").replace(piece, "Inès"))
    assert world.themes.synthesis("Météo", "territory", "Aubagne").numbered == "Mme Pin [1] le dit à Mme Pin."


def test_marks_are_ids_and_nothing_else(coded):
    world, rain, _again, _cold = coded
    text = f"Voir [@note], [1] et [ @{rain}] ; {mark(rain)}"
    assert cited_ids([text, mark(rain)]) == [rain]
    assert without_marks(f"Un mot {mark(rain)}.") == "Un mot ."
    (cited,) = world.themes.cited(text)
    assert cited.text == f"Voir [@note], [1] et [ @{rain}] ; [1]"


def test_every_export_of_the_matrix_shows_numbers_and_what_they_stand_for(coded, tmp_path):
    from zipfile import ZipFile

    world, rain, _again, _cold = coded
    world.themes.set_synthesis("Météo", "territory", "Aubagne", f"La pluie décide {mark(rain)}.")
    matrix = world.themes.matrix()
    records = [each for each in matrix.to_records() if each["synthesis"]]
    assert [each["synthesis"].splitlines()[0] for each in records] == ["La pluie décide [1]."]
    for name in ("m.csv", "m.xlsx", "m.docx"):
        path = world.themes.export(matrix, tmp_path / name)
        parts = (
            [path.read_bytes()] if name.endswith("csv") else [ZipFile(path).read(n) for n in ZipFile(path).namelist()]
        )
        whole = b"".join(parts).decode("utf-8", "replace")
        assert "La pluie décide [1]" in whole
        assert "[1] « Quand il pleut personne ne vient. »" in plain(whole)
        assert rain not in whole
