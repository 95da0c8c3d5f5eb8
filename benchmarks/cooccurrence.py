"""Codes that meet: pairs of overlapping codings, and the whole table of codes by codes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from benchmarks import projects
from benchmarks.harness import Row, Run, benchmark, median

JOIN = "one SQL self-join of the codings, on the same file"
LOOP = "a loop over the pairs of codings of each document"
LONGER = 6
"""Times that a passage is as long as those of the other measures, so that it overlaps some others."""


@benchmark("cooccurrence", "204,000 pairs of overlapping codings by the sorted sweep, beside SQL and a loop")
def cooccurrence(run: Run) -> Iterable[Row]:
    documents, codings = run.size(1_000, 8), run.size(50_000, 160)
    place = run.subfolder("cooccurrence")
    path = run.ours("cooccurrence", lambda: _overlapping(place, documents, codings))
    if path is None:
        yield Row("cooccurrence", None, "s", JOIN, None)
        return
    sweep = run.ours("cooccurrence", lambda: _sweep(path, run.repeat))
    whole = run.ours("cooccurrence/codes", lambda: _codes(path, run.repeat))
    for baseline, other, name in ((JOIN, _join, "cooccurrence"), (LOOP, _loop, "cooccurrence/loop")):
        theirs = run.attempt(baseline, lambda other=other: other(path))
        if sweep and theirs and sweep[1] != theirs[1]:
            raise RuntimeError("the two ways do not find the same pairs")
        yield Row(name, sweep and sweep[0], "s", baseline, theirs and theirs[0])
        if name == "cooccurrence":
            yield Row("cooccurrence/codes", whole, "s", baseline, theirs and theirs[0])


def _overlapping(folder: Path, documents: int, codings: int) -> Path:
    """The project of the other rows; its passages made longer, so that each overlaps some others."""
    path = projects.many_documents(folder, documents, codings)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE codings SET stop = min(start + ? * (stop - start),"
            " (SELECT length(text) FROM text_versions v WHERE v.id = codings.text_version_id))",
            (LONGER,),
        )
        connection.execute(
            "UPDATE codings SET quote = (SELECT substr(text, codings.start + 1, codings.stop - codings.start)"
            " FROM text_versions v WHERE v.id = codings.text_version_id)"
        )
    return path


def _sweep(path: Path, repeat: int) -> tuple[float, int]:
    from qualikit import Project
    from qualikit.themes.cooccurrence import coding_pairs
    from qualikit.themes.reading.query import Relation
    from qualikit.themes.reading.reader import reader_of

    with Project.open(path, coder=projects.CODER) as project:
        places = reader_of(project.store).places
        left, _right = coding_pairs(places, Relation.OVERLAPPING)
        return median(lambda: coding_pairs(places, Relation.OVERLAPPING), repeat), len(left)


def _codes(path: Path, repeat: int) -> float:
    from qualikit import Project

    with Project.open(path, coder=projects.CODER) as project:
        project.themes.cooccurrence()
        return median(project.themes.cooccurrence, repeat)


def _join(path: Path) -> tuple[float, int]:
    found: list[int] = []

    def count() -> None:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            query = (
                "SELECT count(*) FROM codings a JOIN codings b ON a.text_version_id = b.text_version_id"
                " AND a.start < b.stop AND b.start < a.stop AND a.id < b.id"
            )
            found[:] = connection.execute(query).fetchone()

    return median(count, 1), found[0]


def _loop(path: Path) -> tuple[float, int]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        by_text: dict[str, list[tuple[int, int]]] = {}
        for version, start, stop in connection.execute("SELECT text_version_id, start, stop FROM codings"):
            by_text.setdefault(version, []).append((start, stop))
    found = [0]

    def count() -> None:
        found[0] = 0
        for spans in by_text.values():
            for number, (start, stop) in enumerate(spans):
                for other, end in spans[number + 1 :]:
                    found[0] += start < end and other < stop

    return median(count, 1), found[0]
