"""How far the coding is: turns reached, by coder."""

from __future__ import annotations

import pytest

from qualikit import Project
from qualikit.coding.progress import progress, turns_reached
from qualikit.corpus.model import Turn


def turn(index, start, speech_start, stop):
    return Turn(index, start, stop, speech_start, stop, label="A")


TURNS = [turn(0, 0, 4, 10), turn(1, 10, 14, 20), turn(2, 20, 24, 30)]


@pytest.mark.parametrize(
    ("spans", "reached"),
    [
        ([], 0),
        ([(4, 10)], 1),
        ([(5, 6), (7, 8)], 1),  # twice in one turn
        ([(0, 4)], 0),  # the label alone
        ([(10, 14)], 0),
        ([(9, 15)], 2),  # across two
        ([(0, 30)], 3),
        ([(29, 30), (4, 5)], 2),
        ([(30, 31)], 0),
    ],
)
def test_a_turn_is_reached_when_its_words_are(spans, reached):
    assert turns_reached(TURNS, spans) == reached


def test_progress_tells_coders_apart(tmp_path):
    source = tmp_path / "Entretien.txt"
    source.write_text("Q : Ça va ?\nR : Oui, ça va.\nQ : Et le vélo ?\nR : Il roule.\n", "utf-8")
    with Project.create(tmp_path / "essai.qualikit", coder="Camille") as project:
        project.corpus.import_files([source])
        project.coding.add_code("Vélo")
        text = project.corpus.text("Entretien")
        project.coding.add("Entretien", text.index("vélo"), text.index("Il roule") + 3, "Vélo")
        Project(project.store, "Sacha").coding.add("Entretien", text.index("Oui"), text.index("Oui") + 3, "Vélo")
        (found,) = progress(project.corpus, project.coding).values()
    assert found.codings == 2
    assert found.by_coder == {"Camille": 1, "Sacha": 1}
    assert found.turns == 4
    assert found.turns_by_coder == {"Camille": 2, "Sacha": 1}


def test_what_nobody_says_is_not_a_turn_to_code(tmp_path):
    note = tmp_path / "Note d'observation.txt"
    note.write_text("Il pleut sur la place.\n\nPersonne ne vient.\n", "utf-8")
    talk = tmp_path / "Entretien.txt"
    talk.write_text("Entretien à Laval\n\nQ : Ça va ?\nR : Oui.\nQ : Et le vélo ?\nR : Il roule.\n", "utf-8")
    with Project.create(tmp_path / "essai.qualikit", coder="Camille") as project:
        project.corpus.import_files([note, talk])
        project.coding.add_code("Météo")
        project.coding.add("Note d'observation", 0, 8, "Météo")
        project.coding.add("Entretien", 0, 9, "Météo")
        found = progress(project.corpus, project.coding)
        shown = {each.title: (found[each.id].turns, each.turns) for each in project.corpus.documents()}
        reached = [each.turns_by_coder for each in found.values()]
    assert shown == {"Note d'observation": (0, 0), "Entretien": (4, 4)}  # the same figure on every page
    assert reached == [{"Camille": 0}, {"Camille": 0}]
