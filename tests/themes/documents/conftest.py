"""Two groups, coded by two people, with positions and a synthesis: what documents are made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualikit import Project

AUBAGNE = """Animatrice : Et quand il pleut ?
Mme Roux : Quand il pleut, personne ne vient, et je le comprends.
M. Diallo : Non, moi je viens quand même, la pluie ne me gêne pas.
Mme Fabre : Ça dépend des jours.
M. Muet : Bonjour.
"""
LAVAL = """Animatrice : Et ici ?
Mme Le Gall : Ici il fait froid mais on vient.
M. Petit : Le vélo tient bon.
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "FG Aubagne.txt").write_text(AUBAGNE, "utf-8")
    (tmp_path / "FG Laval.txt").write_text(LAVAL, "utf-8")
    with Project.create(tmp_path / "essai.qualikit", name="Essai", coder="Camille") as made:
        made.corpus.import_files([tmp_path / "FG Aubagne.txt"], territory="Aubagne")
        made.corpus.import_files([tmp_path / "FG Laval.txt"], territory="Laval")
        for name in ("Animatrice",):
            made.corpus.update_participant(
                next(one for one in made.corpus.participants() if one.name == name), role="moderator"
            )
        freins = made.coding.add_code("Freins", definition="Ce qui gêne.")
        made.coding.add_code("Météo", parent=freins.id, definition="Le temps qu'il fait.")
        made.coding.add_code("Matériel", parent=freins.id)
        made.coding.add_code("Lien social")
        positions = made.coding.add_code("Positions")
        made.coding.add_code("D'accord", parent=positions.id, kind="position", value="agreement")
        made.coding.add_code("Pas d'accord", parent=positions.id, kind="position", value="disagreement")
        for words, code in (
            ("Quand il pleut, personne ne vient", "Météo"),
            ("je le comprends", "D'accord"),
            ("la pluie ne me gêne pas", "Météo"),
            ("Non, moi je viens quand même", "Pas d'accord"),
            ("Ça dépend des jours", "Météo"),
        ):
            code_at(made, "FG Aubagne", words, code)
        code_at(made, "FG Laval", "il fait froid", "Météo")
        code_at(made, "FG Laval", "Le vélo tient bon", "Matériel")
        assert made.path is not None
        return made.path


def code_at(project: Project, title: str, words: str, code: str) -> str:
    start = project.corpus.text(title).index(words)
    return project.coding.add(title, start, start + len(words), code).id


@pytest.fixture
def project(place: Path) -> Iterator[Project]:
    with Project.open(place, coder="Camille") as opened:
        yield opened


@pytest.fixture
def coding_of(project):
    """The id of the coding of these words."""

    def find(words: str, code: str) -> str:
        return next(one.id for one in project.coding.codings(code=code) if one.quote == words)

    return find
