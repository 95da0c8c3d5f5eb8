"""Syntheses: written, rewritten, taken away, and undone."""

from __future__ import annotations

import pytest

from qualikit.errors import MatrixError, NotFound
from qualikit.history import History
from qualikit.themes import Themes
from qualikit.themes.model import TOTAL, UNSPECIFIED


def test_a_synthesis_is_kept_and_shown_in_its_cell(two_groups):
    themes = two_groups.themes
    written = themes.set_synthesis("Météo", "territory", "Aubagne", "  La pluie décide.\r\n\r\nTout en dépend.  ")
    assert written is not None
    assert (written.text, written.coder) == ("La pluie décide.\n\nTout en dépend.", "Camille")
    assert themes.synthesis("meteo", "territory", "Aubagne") == written
    assert themes.matrix().cell("Météo", "Aubagne").synthesis == written
    assert themes.matrix().cell("Météo", "Laval").synthesis is None
    assert themes.matrix(columns="source").cell("Météo", "focus_group").synthesis is None


def test_the_synthesis_of_the_whole_is_the_same_whatever_the_columns(two_groups):
    themes = two_groups.themes
    written = themes.set_synthesis("Météo", "territory", TOTAL, "Partout, le temps qu'il fait décide.")
    assert themes.matrix().cell("Météo", TOTAL).synthesis == written
    assert themes.matrix(columns="source").cell("Météo").synthesis == written
    assert themes.synthesis("Météo", "actor", TOTAL) == written


def test_writing_it_is_one_event_that_says_which_and_undo_gives_back_the_former_text(two_groups):
    themes, history = two_groups.themes, History(two_groups.store, "Camille")
    themes.set_synthesis("Météo", "territory", "Aubagne", "Première version.")
    assert history.next()[0] == "synthèse Météo, Aubagne"
    Themes(two_groups.store, "Sacha").set_synthesis("Météo", "territory", "Aubagne", "Seconde version.")
    assert themes.synthesis("Météo", "territory", "Aubagne").coder == "Sacha"
    History(two_groups.store, "Sacha").undo()
    assert themes.synthesis("Météo", "territory", "Aubagne").text == "Première version."
    history.undo()
    assert themes.synthesis("Météo", "territory", "Aubagne") is None


def test_an_empty_text_takes_it_away_and_the_same_text_is_no_event(two_groups):
    themes = two_groups.themes
    themes.set_synthesis("Météo", "territory", "Aubagne", "La pluie décide.")
    events = two_groups.store.revision()
    themes.set_synthesis("Météo", "territory", "Aubagne", "La pluie décide. ")
    assert two_groups.store.revision() == events
    assert themes.set_synthesis("Météo", "territory", "Aubagne", " \n ") is None
    assert themes.syntheses() == []
    themes.set_synthesis("Météo", "territory", "Aubagne", "")
    assert two_groups.store.revision() == events + 1


@pytest.mark.parametrize(
    ("dimension", "value", "label"),
    [
        ("territory", UNSPECIFIED, "synthèse Météo, Sans territoire"),
        ("source", "interview", "synthèse Météo, Entretien"),
        ("document", "FG Laval", "synthèse Météo, FG Laval"),
        ("participant", "M. Petit", "synthèse Météo, M. Petit"),
        ("territory", TOTAL, "synthèse Météo, Ensemble"),
    ],
)
def test_undo_says_the_column_by_its_name(two_groups, dimension, value, label):
    value = two_groups.ids.get(value, value)
    two_groups.themes.set_synthesis("Météo", dimension, value, "Texte.")
    assert History(two_groups.store, "Camille").next()[0] == label


def test_what_does_not_exist_is_refused_and_nothing_is_written(two_groups):
    themes = two_groups.themes
    with pytest.raises(NotFound, match="Inexistant"):
        themes.set_synthesis("Inexistant", "territory", "Aubagne", "Texte.")
    with pytest.raises(MatrixError, match="territory"):
        themes.set_synthesis("Météo", "couleur", "bleu", "Texte.")
    with pytest.raises(NotFound):
        themes.set_synthesis("Météo", "document", "ffffffff", "Texte.")
    with pytest.raises(NotFound):
        themes.set_synthesis("Météo", "source", "roman", "Texte.")
    assert themes.syntheses() == []


def test_a_synthesis_of_a_column_that_is_no_more_is_still_listed(two_groups):
    themes = two_groups.themes
    themes.set_synthesis("Météo", "territory", "Rennes", "Écrit avant que le territoire ne change de nom.")
    assert [each.value for each in themes.syntheses()] == ["Rennes"]
    assert all(cell.synthesis is None for cell in themes.matrix().cells.values())
