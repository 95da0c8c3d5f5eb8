"""Which passages the report quotes: those chosen; and, where nobody has chosen, a fair pick that says what it is."""

from __future__ import annotations

import pytest

from qualikit.errors import MatrixError, NotFound
from qualikit.history import History
from qualikit.themes.model import TOTAL


def quotes(matrix, row, column=TOTAL):
    return [verbatim.quote for verbatim in matrix.cell(row, column).verbatims]


def test_a_chosen_passage_is_in_its_cell_and_in_its_parents(two_groups):
    id = two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.coding("FG Aubagne", "encore la pluie", "Météo")
    two_groups.themes.choose_verbatim(id)
    matrix = two_groups.themes.matrix()
    for row in ("Météo", "Freins"):
        assert quotes(matrix, row, "Aubagne") == quotes(matrix, row) == ["Quand il pleut"]
    assert quotes(matrix, "Météo", "Laval") == []
    (verbatim,) = matrix.cell("Météo", "Aubagne").verbatims
    assert (verbatim.automatic, verbatim.reference) == (False, "Mme Roux, FG Aubagne, tour 2")
    assert [passage.coding_id for passage in two_groups.themes.verbatims()] == [id]


def test_the_same_words_chosen_from_two_coders_are_quoted_once(two_groups):
    for coder in ("Camille", "Sacha"):
        two_groups.themes.choose_verbatim(two_groups.coding("FG Aubagne", "Quand il pleut", "Météo", coder=coder))
    two_groups.themes.choose_verbatim(two_groups.coding("FG Aubagne", "Quand il pleut", "Matériel"))
    matrix = two_groups.themes.matrix()
    assert quotes(matrix, "Météo", "Aubagne") == ["Quand il pleut"]
    assert len(matrix.cell("Freins", "Aubagne").verbatims) == 2


def test_choosing_twice_or_what_is_not_there(two_groups):
    id = two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.themes.choose_verbatim(id)
    events = two_groups.store.revision()
    two_groups.themes.choose_verbatim(id)
    assert two_groups.store.revision() == events
    two_groups.themes.unchoose_verbatim(id)
    two_groups.themes.unchoose_verbatim(id)
    assert two_groups.store.revision() == events + 1
    assert two_groups.themes.verbatims() == []
    with pytest.raises(NotFound):
        two_groups.themes.choose_verbatim("ffffffff")


def test_choosing_is_undone_under_a_name_that_says_what(two_groups):
    id = two_groups.coding("FG Aubagne", "Quand il pleut personne ne vient.\nM. Diallo : Le vélo", "Météo")
    two_groups.themes.choose_verbatim(id)
    history = History(two_groups.store, "Camille")
    assert history.next()[0].replace("\u00a0", " ") == "verbatim choisi : « Quand il pleut personne ne vient. M. Dia… »"
    history.undo()
    assert two_groups.themes.verbatims() == []


def test_a_coding_removed_by_its_coder_takes_its_choice_along_and_undo_brings_both_back(two_groups):
    from qualikit.coding.removal import remove_codings

    id = two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.themes.choose_verbatim(id)
    with two_groups.store.write("Camille") as transaction, transaction.event("coding.remove", "retiré") as change:
        remove_codings(change, [id])
    assert two_groups.themes.verbatims() == []
    History(two_groups.store, "Camille").undo()
    assert [passage.coding_id for passage in two_groups.themes.verbatims()] == [id]


def test_left_to_itself_an_export_completes_the_cells_where_nobody_chose_and_marks_them(two_groups):
    chosen = two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.coding("FG Aubagne", "encore la pluie", "Météo")
    two_groups.coding("FG Laval", "il fait froid", "Météo")
    two_groups.themes.choose_verbatim(chosen)
    matrix = two_groups.themes.with_verbatims(two_groups.themes.matrix(), "auto")
    assert [(v.quote, v.automatic) for v in matrix.cell("Météo", "Aubagne").verbatims] == [("Quand il pleut", False)]
    assert [(v.quote, v.automatic) for v in matrix.cell("Météo", "Laval").verbatims] == [("il fait froid", True)]


def test_only_the_chosen_all_or_none(two_groups):
    chosen = two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo", coder="Sacha")
    two_groups.coding("FG Aubagne", "encore la pluie", "Météo")
    two_groups.coding("FG Aubagne", "personne ne vient", "Freins")
    two_groups.themes.choose_verbatim(chosen)
    themes, matrix = two_groups.themes, two_groups.themes.matrix()
    assert quotes(themes.with_verbatims(matrix, "chosen"), "Météo", "Aubagne") == ["Quand il pleut"]
    # What two coders coded alike is quoted once.
    assert quotes(themes.with_verbatims(matrix, "all"), "Météo", "Aubagne") == ["Quand il pleut", "encore la pluie"]
    assert quotes(themes.with_verbatims(matrix, "all"), "Freins", "Aubagne") == ["personne ne vient"]
    assert quotes(themes.with_verbatims(matrix, "none"), "Météo", "Aubagne") == []
    with pytest.raises(MatrixError, match="auto, chosen, all, none"):
        themes.with_verbatims(matrix, "beaucoup")


def test_the_pick_prefers_other_people_then_other_documents(world):
    good = "Une phrase assez longue pour qu'on la comprenne sans le reste, et assez courte pour tenir sur deux lignes."
    world.person("Animatrice", "moderator")
    for name in ("Anne", "Bruno", "Chloé"):
        world.person(name)
    world.document(
        "A",
        [("Anne", good), ("Anne", f"{good} Bis."), ("Bruno", "Oui."), ("Animatrice", f"{good} Ter.")],
        territory="T",
    )
    world.document("B", [("Chloé", "Certes, mais non.")], territory="T")
    world.code("Avis")
    for document, words in (("A", good), ("A", f"{good} Bis."), ("A", "Oui."), ("A", f"{good} Ter."), ("B", "Certes")):
        world.coding(document, words, "Avis")
    themes = world.themes
    picked = themes.with_verbatims(themes.matrix(), "auto").cell("Avis", "T").verbatims
    # The best length is Anne's; then neither Anne nor the moderator, and rather another document than Bruno's.
    assert [(v.passage.speaker, v.passage.document) for v in picked] == [("Anne", "A"), ("Chloé", "B")]
    assert picked == themes.with_verbatims(themes.matrix(), "auto").cell("Avis", "T").verbatims


def test_the_pick_would_rather_hear_somebody_else_than_open_another_document(world):
    for name in ("Anne", "Bruno"):
        world.person(name)
    world.document("A", [("Anne", "mot " * 45), ("Bruno", "Oui, oui.")], territory="T")
    world.document("B", [("Anne", "mot " * 40)], territory="T")
    world.code("Avis")
    for document, words in (("A", "mot " * 45), ("A", "Oui, oui."), ("B", "mot " * 40)):
        world.coding(document, words, "Avis")
    picked = world.themes.with_verbatims(world.themes.matrix(), "auto").cell("Avis", "T").verbatims
    assert [(v.passage.speaker, v.passage.document) for v in picked] == [("Anne", "A"), ("Bruno", "A")]


def test_the_pick_does_not_quote_the_same_words_twice(world):
    world.person("Anne")
    world.document("A", [("Anne", "Je viens tous les mardis, sauf quand il pleut.")], territory="T")
    world.code("Avis")
    world.coding("A", "Je viens tous les mardis", "Avis")
    world.coding("A", "tous les mardis, sauf quand il pleut", "Avis", coder="Sacha")
    picked = world.themes.with_verbatims(world.themes.matrix(), "auto").cell("Avis", "T").verbatims
    assert len(picked) == 1


def test_a_note_can_be_quoted_and_a_moderator_is_not(two_groups):
    two_groups.coding("Note Aubagne", "Pluie fine", "Météo")
    two_groups.coding("FG Aubagne", "Et la météo", "Météo")
    matrix = two_groups.themes.with_verbatims(two_groups.themes.matrix(), "auto")
    assert quotes(matrix, "Météo", "Aubagne") == ["Pluie fine"]


def test_a_matrix_of_one_coder_shows_that_coders_choices_only(two_groups):
    id = two_groups.coding("FG Aubagne", "Quand il pleut", "Météo", coder="Sacha")
    two_groups.coding("FG Aubagne", "encore la pluie", "Météo", coder="Camille")
    two_groups.themes.choose_verbatim(id)
    assert quotes(two_groups.themes.matrix(coder="Camille"), "Météo", "Aubagne") == []
    assert quotes(two_groups.themes.matrix(coder="Sacha"), "Météo", "Aubagne") == ["Quand il pleut"]
