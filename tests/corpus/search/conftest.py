from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualikit import Project

sys.path.insert(0, str(Path(__file__).parent))  # for the helpers beside the tests: importlib mode adds no path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p", name="P", coder="Camille") as project:
        yield project
