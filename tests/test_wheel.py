"""The package as it is installed: everything it needs is inside, and it runs from anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytest.importorskip("hatchling", reason="a wheel cannot be built here without the network")


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder that holds what a wheel puts into site-packages."""
    folder = tmp_path_factory.mktemp("roue")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"}
    # -P: nothing is found in the current folder.
    return subprocess.run(
        [sys.executable, "-P", *words], cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False
    )


def test_it_holds_what_ships_and_every_file_of_the_package(installed):
    shipped = installed / "qualikit" / "_shipped"
    for name in ("codebooks", "transcripts_sample"):
        there = {path.name for path in (shipped / name).iterdir()}
        assert there == {path.name for path in (ROOT / name).iterdir() if path.name != "__pycache__"}
    assert (shipped / "app.py").is_file()
    packaged = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "qualikit").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours - packaged == set()


def test_it_holds_nothing_of_the_tests(installed):
    assert {path.name for path in installed.iterdir()} == {"qualikit", "qualikit-0.1.0.dist-info"}


def test_the_sample_is_built_from_it_in_another_folder(installed, tmp_path):
    where = run(installed, tmp_path, "-c", "import qualikit; print(qualikit.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(installed)
    done = run(installed, tmp_path, "-m", "qualikit", "demo", "--build-only", "--dir", "exemple")
    assert done.returncode == 0, done.stderr
    check = run(installed, tmp_path, "-m", "qualikit", "check", done.stdout.strip())
    assert (check.returncode, check.stdout) == (0, "Rien à signaler.\n")


def test_it_finds_itself_in_order(installed, tmp_path):
    done = run(installed, tmp_path, "-m", "qualikit", "doctor")
    assert done.returncode == 0, done.stdout
    assert str(installed / "qualikit" / "_shipped" / "app.py") in done.stdout
