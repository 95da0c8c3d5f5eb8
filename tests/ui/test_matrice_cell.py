"""The passages of a cell, as they are shown."""

from qualikit import Project
from qualikit.ui.pages.matrice_cell import together


def test_the_same_words_under_the_same_code_are_shown_once_with_both_coders(place):
    with Project.open(place, coder="Sacha") as project:
        text = project.corpus.text("Groupe Laval")
        for words in ("Quand il pleut", "La météo décide de tout"):
            project.coding.add("Groupe Laval", text.index(words), text.index(words) + len(words), "Météo")
        matrix = project.themes.matrix()
        groups = together(project.themes.passages(matrix, "Météo", "Laval"))
    assert [[passage.coder for passage in group] for group in groups] == [["Camille", "Sacha"], ["Sacha"]]
    assert [group[0].quote for group in groups] == ["Quand il pleut", "La météo décide de tout"]
