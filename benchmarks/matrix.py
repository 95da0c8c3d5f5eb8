"""The theme matrix: how many codings, people and sessions in each cell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from benchmarks import projects
from benchmarks.harness import Row, Run, benchmark, median

NAIVE = "one SQL query a cell, then one a coding for who speaks, on the same file"

Counts = dict[tuple[str, str], tuple[int, int, int]]
"""Codings, people and sessions, by code and column."""


@benchmark("matrix", "codes by territory, and by document, over 1,000 documents and 50,000 codings")
def matrix(run: Run) -> Iterable[Row]:
    documents, codings = run.size(1_000, 8), run.size(50_000, 160)
    path = run.ours("matrix", lambda: projects.many_documents(run.subfolder("matrix"), documents, codings))
    for name, columns, column in (("matrix", "territory", "d.territory"), ("matrix/document", "document", "d.id")):
        if path is None:
            yield Row(name, None, "s", NAIVE, None)
            continue
        ours = run.ours(name, lambda columns=columns: _ours(path, columns, run.repeat))
        theirs = run.attempt(NAIVE, lambda column=column: _naive(path, column))
        if ours and theirs and ours[1] != theirs[1]:
            raise RuntimeError("the two ways do not count the same")
        yield Row(name, ours and ours[0], "s", NAIVE, theirs and theirs[0])


def _ours(path: Path, columns: str, repeat: int) -> tuple[float, Counts]:
    from qualikit import Project

    with Project.open(path, coder=projects.CODER) as project:
        made = project.themes.matrix(rows="code", columns=columns)  # loads numpy too: an application has it already
        took = median(lambda: project.themes.matrix(rows="code", columns=columns), repeat)
    counts = {
        (row.code_id, column.value): (cell.codings, cell.people, cell.sessions)
        for row in made.rows
        for column in made.columns
        if (cell := made.cell(row, column)).codings
    }
    return took, counts


def _naive(path: Path, column: str) -> tuple[float, Counts]:
    counts: Counts = {}

    def count() -> None:
        codes = [row[0] for row in connection.execute("SELECT id FROM codes")]
        values = [row[0] for row in connection.execute(f"SELECT DISTINCT {column} FROM documents d")]
        for code in codes:
            for value in values:
                people, sessions = set(), set()
                cell = connection.execute(
                    "SELECT c.document_id, c.text_version_id, c.start, c.stop FROM codings c"
                    f" JOIN documents d ON d.id = c.document_id WHERE c.code_id = ? AND {column} = ?",
                    (code, value),
                ).fetchall()
                for document, version, start, stop in cell:
                    sessions.add(document)
                    people.update(
                        connection.execute(
                            "SELECT p.id FROM turns t JOIN participants p ON p.id = t.participant_id"
                            " WHERE t.text_version_id = ? AND t.speech_start < ? AND t.speech_stop > ?"
                            " AND p.role = 'participant'",
                            (version, stop, start),
                        )
                    )
                if cell:
                    counts[code, value] = len(cell), len(people), len(sessions)

    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return median(count, 1), counts
