"""The habits that a tool can check: direction of imports, types, lint."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_point_one_way():
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("command", [("ruff", "check", "."), ("ruff", "format", "--check", ".")], ids=" ".join)
def test_ruff_finds_nothing(command):
    run(*command)


def test_mypy_finds_nothing():
    run("mypy")


def test_sqlalchemy_stays_in_the_store_and_beside_the_tables():
    allowed = {"store", "queries.py", "tables.py"}
    strangers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "qualikit").rglob("*.py")
        if ({"ui", "cli"} & set(path.relative_to(ROOT).parts) or path.parent == ROOT / "qualikit")
        and "sqlalchemy" in path.read_text("utf-8")
        and path.name not in {"history.py", "checking.py"}
        and not allowed & set(path.relative_to(ROOT).parts)
    ]
    assert strangers == []


def test_no_sql_is_written_by_hand_outside_the_store():
    by_hand = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "qualikit").rglob("*.py")
        if "store" not in path.relative_to(ROOT).parts
        and any(mark in path.read_text("utf-8") for mark in ("sa.text(", "exec_driver_sql", "dialects", "sqlite3"))
    ]
    assert by_hand == []
