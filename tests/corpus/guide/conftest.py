"""Two fictional interviews and a guide, as evaluators write them."""

from __future__ import annotations

import pytest

from qualikit import Project
from tests.corpus.guide.interviews import AUBAGNE, LAVAL, LINES


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p", coder="Camille") as project:
        save = project.corpus.save
        save(project.corpus.preview(LAVAL.encode(), "Entretien Laval.txt", territory="Laval"))
        save(project.corpus.preview(AUBAGNE.encode(), "Entretien Aubagne.txt", territory="Aubagne"))
        yield project


@pytest.fixture
def guided(project):
    project.corpus.guide.replace(LINES)
    return project
