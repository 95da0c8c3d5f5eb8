"""The theme matrix: how many codings, people and sessions in each cell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import projects
from benchmarks.harness import Row, Run, benchmark, median, middle, seconds

if TYPE_CHECKING:
    from qualikit.themes.matrix import Matrix

NAIVE = "one SQL query a cell, then one a coding for who speaks, on the same file"
PANDAS = "pandas: tables read from the same file, merged, overlaps kept by a mask, grouped"

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
    if path is not None:
        yield from _beside_pandas(run, path)


def _beside_pandas(run: Run, path: Path) -> Iterable[Row]:
    theirs = run.attempt(PANDAS, lambda: _pandas(path))
    for name, again in (("matrix/pandas", False), ("matrix/again", True)):
        ours = run.ours(
            name, lambda again=again: _again(path, run.repeat) if again else _ours(path, "territory", run.repeat)
        )
        if ours and theirs and ours[1] != theirs[1]:
            raise RuntimeError("the two ways do not count the same")
        yield Row(name, ours and ours[0], "s", PANDAS, theirs and theirs[0])
    words = run.ours("matrix/words", lambda: _words(path, run.repeat))
    yield Row("matrix/words", words, "s", PANDAS + "; without words", theirs and theirs[0])


def _first(path: Path, repeat: int) -> tuple[float, Counts]:
    return _ours(path, "territory", repeat)


def _again(path: Path, repeat: int) -> tuple[float, Counts]:
    """Other columns asked for, nothing having changed: what was read is kept."""
    from qualikit import Project

    with Project.open(path, coder=projects.CODER) as project:
        made = project.themes.matrix()
        return median(project.themes.matrix, repeat), _counts(made)


def _words(path: Path, repeat: int) -> float:
    from qualikit import Project

    with Project.open(path, coder=projects.CODER) as project:
        project.themes.matrix(value="words")
        return median(lambda: project.themes.matrix(value="words"), repeat)


def _pandas(path: Path) -> tuple[float, Counts]:
    """As it comes to mind: who speaks is found by merging codings with the turns of their text."""
    import pandas as pd

    def count() -> None:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            codings = pd.read_sql(
                "SELECT id, document_id, text_version_id, start, stop, code_id FROM codings", connection
            )
            documents = pd.read_sql("SELECT id AS document_id, territory FROM documents", connection)
            turns = pd.read_sql(
                "SELECT t.text_version_id, t.speech_start, t.speech_stop, p.id AS person FROM turns t"
                " JOIN participants p ON p.id = t.participant_id WHERE p.role = 'participant'",
                connection,
            )
        codings = codings.merge(documents, on="document_id")
        met = codings.merge(turns, on="text_version_id")
        met = met[(met.speech_start < met.stop) & (met.speech_stop > met.start)]
        by = ["code_id", "territory"]
        found = codings.groupby(by).agg(codings=("id", "nunique"), sessions=("document_id", "nunique"))
        found["people"] = met.groupby(by).person.nunique()
        rows = found.fillna(0).astype(int).reset_index()
        counts.update(
            {
                (code, territory): (n, people, sessions)
                for code, territory, n, sessions, people in rows.itertuples(index=False)
            }
        )

    counts: Counts = {}
    return median(count, 1), counts


def _ours(path: Path, columns: str, repeat: int) -> tuple[float, Counts]:
    """Each time in a project opened anew: what is read once is kept until the project changes."""
    from qualikit import Project

    def once() -> float:
        with Project.open(path, coder=projects.CODER) as project:
            return seconds(lambda: project.themes.matrix(rows="code", columns=columns))

    with Project.open(path, coder=projects.CODER) as project:
        made = project.themes.matrix(rows="code", columns=columns)  # loads numpy too: an application has it already
    return middle(once, repeat), _counts(made)


def _counts(made: Matrix) -> Counts:
    return {
        (row.key, column.value): (cell.codings, cell.people, cell.sessions)
        for row in made.rows
        for column in made.columns
        if (cell := made.cell(row, column)).codings
    }


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
