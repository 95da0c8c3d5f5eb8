"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real material that lies beside a developer's checkout; tests that want it are skipped without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared material is not beside the checkout")
    return folder


@pytest.fixture(autouse=True, scope="session")
def _own_settings(tmp_path_factory: pytest.TempPathFactory):
    """No test reads or writes the settings of whoever runs it."""
    os.environ["QUALIKIT_HOME"] = str(tmp_path_factory.mktemp("settings"))
    os.environ["QUALIKIT_CODER"] = "Camille"
    yield
    del os.environ["QUALIKIT_HOME"], os.environ["QUALIKIT_CODER"]
