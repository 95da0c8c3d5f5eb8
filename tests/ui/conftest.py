"""Projects for the tests of the application's pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualikit import Project

TALK = """Animatrice : Bonjour à tous, qui commence ?
Mme Martin : Moi. Quand il pleut, personne ne vient.
M. Petit : La météo décide de tout.
Animatrice : Et les horaires ?
Mme Martin : Le matin, c'est bien.
M. Petit : Le soir, il fait noir.
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A project with one text of Laval, one code and one coding."""
    source = tmp_path / "Groupe Laval.txt"
    source.write_text(TALK, "utf-8")
    with Project.create(tmp_path / "essai.qualikit", name="Essai", coder="Camille") as project:
        project.corpus.import_files([source])
        project.coding.add_code("Météo", definition="Le temps qu'il fait.")
        start = project.corpus.text("Groupe Laval").index("Quand il pleut")
        project.coding.add("Groupe Laval", start, start + len("Quand il pleut"), "Météo")
        assert project.path is not None
        return project.path


@pytest.fixture
def project(place: Path) -> Iterator[Project]:
    with Project.open(place, coder="Camille") as opened:
        yield opened
