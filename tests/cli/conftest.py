"""The command line, run in this process as the command would be, and a project to run it on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qualikit.cli import main
from qualikit.i18n import use_language


@dataclass(frozen=True)
class Answer:
    """What one command gave. ``err`` and ``said`` have ordinary spaces where French has no-break ones."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @property
    def said(self) -> str:
        return self.text.replace("\u00a0", " ")

    @property
    def json(self) -> Any:
        return json.loads(self.out.decode("utf-8"))


Cli = Callable[..., Answer]


@pytest.fixture
def cli(capfdbinary, monkeypatch) -> Cli:
    """Run ``qualikit WORDS…``: through ``main``, so that refusals and wrong usage are seen as a user sees them."""
    monkeypatch.setenv("COLUMNS", "100")

    def run(*words: str | Path) -> Answer:
        capfdbinary.readouterr()
        try:
            status = main([str(word) for word in words])
        finally:
            use_language("fr")
        out, err = capfdbinary.readouterr()
        answer = Answer(status, out, err.decode("utf-8").replace("\u00a0", " "))
        assert "Traceback" not in answer.err + answer.out.decode("utf-8", "replace")
        return answer

    return run


INTERVIEW = """\
Entretien avec la médiatrice

Chercheuse : Bonjour, pouvez-vous vous présenter ?

Médiatrice : Oui. Je tiens le triporteur depuis un an, à Aubagne. On s'installe au pied des immeubles 🚲.

Chercheuse : Qu'est-ce qui change pour les gens ?

Médiatrice : Ils osent. Une dame m'a dit : « je l'ouvre toute seule, maintenant ».

Chercheuse : Et ce qui ne va pas ?

Médiatrice : La pluie. Quand il pleut, on ne sort pas.
"""


@pytest.fixture
def interview(tmp_path) -> Path:
    path = tmp_path / "Entretien médiatrice.txt"
    path.write_text(INTERVIEW, "utf-8")
    return path


@pytest.fixture
def project(tmp_path, cli) -> Path:
    """An empty project."""
    path = tmp_path / "evaluation.qualikit"
    assert cli("new", path).status == 0
    return path


@pytest.fixture
def filled(project, interview, cli) -> Path:
    """A project with one interview and the codebook of two codes."""
    assert cli("import", project, interview, "--territory", "Aubagne").status == 0
    grid = project.with_name("grille.csv")
    grid.write_text("name,parent,definition\nImpacts,,Ce qui change\nAutonomie,Impacts,Faire seul\n", "utf-8")
    assert cli("codebook", "import", project, grid).status == 0
    return project
