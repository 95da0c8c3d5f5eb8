"""README says what is true: its commands and its examples run as they stand, and `.ci/run` runs what it says."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qualikit.cli import main
from qualikit.corpus.readers import extensions
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    return found


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A folder with what the examples name."""
    for name in ("transcripts_sample", "codebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_two_commands_are_there_word_for_word():
    lines = [line.strip() for line in README.splitlines()]
    assert "python3 -m pip install . && python3 -m qualikit demo" in lines
    assert 'python3 -m pip install ".[test]" && python3 -m pytest -n 2 --dist loadfile' in lines


def test_the_commands_of_the_tour_run_one_after_the_other(clone, capfd):
    for line in block("console").splitlines():
        program, *words = shlex.split(line)
        assert program == "qualikit"
        expanded = [path for word in words for path in (sorted(map(str, Path().glob(word))) if "*" in word else [word])]
        assert main(expanded) == 0, (line, capfd.readouterr().err)
    assert (clone / "matrice.docx").stat().st_size > 10_000


def test_the_python_example_runs_and_finds_the_rain(clone):
    done = subprocess.run(
        [sys.executable, "-c", block("python")], cwd=clone, env=_with_this_package(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert "Météo" in done.stdout.decode("utf-8")
    assert (clone / "meteo.xlsx").exists()


def test_the_formats_that_are_read_are_those_that_can_be():
    (row,) = [line for line in README.splitlines() if line.startswith("| transcripts")]
    for extension in (".docx", ".txt", ".md"):
        assert f"`{extension}`" in row
        assert extension in extensions()


def test_every_file_it_links_to_is_there():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_the_continuous_integration_finds_both_its_lines_in_it():
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    patterns = re.findall(r"in_readme '(.*?)'\)", script)
    assert len(patterns) == 2
    for pattern in patterns:
        python = pattern.replace("[[:space:]]", r"\s")
        assert sum(bool(re.search(python, line)) for line in README.splitlines()) == 1, pattern
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)


def _with_this_package() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
