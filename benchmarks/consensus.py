"""The consensus grids: what each participant holds of each theme, and the Word document of all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from benchmarks import projects
from benchmarks.harness import Row, Run, benchmark, median

NAIVE = "document by document, every coding against every turn and position in plain Python; no passages, no quotations"
VALUES = ("agreement", "disagreement", "nuance")

Held = dict[tuple[str, str, str], frozenset[str]]
"""Positions by document, code and participant."""


@benchmark("consensus", "consensus grids of 1,000 documents and 50,000 codings, and their Word document")
def consensus(run: Run) -> Iterable[Row]:
    documents, codings = run.size(1_000, 8), run.size(50_000, 400)
    path = run.ours("consensus", lambda: _project(run, documents, codings))
    if path is None:
        yield Row("consensus", None, "s", NAIVE, None)
        return
    ours = run.ours("consensus grids", lambda: _ours(path, run.repeat))
    theirs = run.attempt(NAIVE, lambda: _naive(path))
    if ours and theirs and ours[1] != theirs[1]:
        raise RuntimeError("the two ways do not hold the same")
    yield Row("consensus", ours and ours[0], "s", NAIVE, theirs and theirs[0])
    word = run.ours("consensus in Word", lambda: _word(path, run.subfolder("consensus")))
    yield Row("consensus/word", word, "s", "the grids alone", ours and ours[0])


def _project(run: Run, documents: int, codings: int) -> Path:
    """Three of the thirty codes are positions."""
    from qualikit import Project

    path = projects.many_documents(run.subfolder("consensus"), documents, codings)
    with Project.open(path, coder=projects.CODER) as project:
        for code, value in zip(list(project.coding.codebook)[::10], VALUES, strict=True):
            project.coding.update_code(code, kind="position", value=value)
    return path


def _ours(path: Path, repeat: int) -> tuple[float, Held]:
    from qualikit import Project

    with Project.open(path, coder=projects.CODER) as project:
        grid = project.themes.consensus(sources=["interview"])
        took = median(lambda: project.themes.consensus(sources=["interview"]), repeat)
    held = {
        (document, code, person): frozenset(stance.value.value for stance in cell.stances if stance.value)
        for (code, document, person), cell in grid.cells.items()
        if cell.stances
    }
    return took, held


def _naive(path: Path) -> tuple[float, Held]:
    held: dict[tuple[str, str, str], set[str]] = {}

    def read() -> None:
        for (document,) in connection.execute("SELECT id FROM documents").fetchall():
            turns = connection.execute(
                "SELECT t.participant_id, t.speech_start, t.speech_stop FROM turns t"
                " JOIN documents d ON d.text_version_id = t.text_version_id"
                " JOIN participants p ON p.id = t.participant_id WHERE d.id = ? AND p.role = 'participant'",
                (document,),
            ).fetchall()
            rows = connection.execute(
                "SELECT c.start, c.stop, c.code_id, k.value FROM codings c JOIN codes k ON k.id = c.code_id"
                " WHERE c.document_id = ?",
                (document,),
            ).fetchall()
            cut = [
                (number, person, max(start, first), min(stop, last), code, value, coding)
                for coding, (start, stop, code, value) in enumerate(rows)
                for number, (person, first, last) in enumerate(turns)
                if start < last and stop > first
            ]
            themes = [each for each in cut if each[5] is None]
            best: dict[tuple[int, str], int] = {}
            pairs = []
            for turn, person, start, stop, _code, value, coding in cut:
                if value is None:
                    continue
                for other, _person, first, last, theme, _none, _coding in themes:
                    if other == turn:
                        rank = 0 if start < last and stop > first else 1
                        best[coding, person] = min(rank, best.get((coding, person), 1))
                        pairs.append((coding, person, rank, theme, value))
            for coding, person, rank, theme, value in pairs:
                if rank == best[coding, person]:
                    held.setdefault((document, theme, person), set()).add(value)

    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        took = median(read, 1)
    return took, {key: frozenset(values) for key, values in held.items()}


def _word(path: Path, folder: Path) -> float:
    from qualikit import Project

    with Project.open(path, coder=projects.CODER) as project:
        grid = project.themes.consensus(sources=["interview"])
        return median(lambda: project.themes.export_consensus(folder / "consensus.docx", grid), 1)
