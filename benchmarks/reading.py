"""Passages gathered by code: two codes that overlap, two that are near, over a whole project."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from benchmarks import projects
from benchmarks.harness import Row, Run, benchmark, median, seconds

NAIVE = "one SQL query for the first code, then one a passage for the other, on the same file"
NEAR = 3


@benchmark("reading", "passages of two codes out of 50,000 codings: overlapping, and within three turns")
def reading(run: Run) -> Iterable[Row]:
    documents, codings = run.size(1_000, 8), run.size(50_000, 160)
    path = run.ours("reading", lambda: projects.many_documents(run.subfolder("reading"), documents, codings))
    for name, near in (("reading/overlapping", False), ("reading/near", True)):
        if path is None:
            yield Row(name, None, "s", NAIVE, None)
            continue
        ours = run.ours(name, lambda near=near: _ours(path, near, run.repeat))
        theirs = run.attempt(NAIVE, lambda near=near: _naive(path, near))
        if ours and theirs and ours[1] != theirs[1]:
            raise RuntimeError("the two ways do not gather the same passages")
        yield Row(name, ours and ours[0], "s", NAIVE, theirs and theirs[0])
        if not near:
            first = run.ours("reading/first", lambda: _first(path))
            yield Row("reading/first", first, "s", NAIVE, theirs and theirs[0])


def _codes(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        query = "SELECT k.id FROM codes k LEFT JOIN codes u ON u.parent_id = k.id WHERE u.id IS NULL ORDER BY k.id"
        return [row[0] for row in connection.execute(query)][:2]


def _asked(path: Path, near: bool):
    from qualikit.themes.reading.query import Both, Query, Relation, Term

    first, second = map(Term, _codes(path))
    both = Both((first, second), Relation.NEAR if near else Relation.OVERLAPPING, NEAR)
    return Query(codes=both, everyone=True)


def _ours(path: Path, near: bool, repeat: int) -> tuple[float, set[str]]:
    """With the project read already, as it is from the second query on until something changes."""
    from qualikit import Project

    query = _asked(path, near)
    with Project.open(path, coder=projects.CODER) as project:
        found = project.themes.passages(query)
        took = median(lambda: project.themes.passages(query), repeat)
        return took, set(found.ids())


def _first(path: Path) -> float:
    """The first query, which reads the whole project; libraries are loaded."""
    from qualikit import Project

    with Project.open(path, coder=projects.CODER) as project:
        return seconds(lambda: project.themes.passages(_asked(path, False)))


def _naive(path: Path, near: bool) -> tuple[float, set[str]]:
    first, second = _codes(path)
    found: set[str] = set()

    def turns_of(version: str, start: int, stop: int) -> tuple[int, int] | None:
        low, high = connection.execute(
            'SELECT min("index"), max("index") FROM turns WHERE text_version_id = ? AND start < ? AND stop > ?',
            (version, stop, start),
        ).fetchone()
        return None if low is None else (low, high)

    def gather() -> None:
        rows = connection.execute(
            "SELECT id, text_version_id, start, stop FROM codings WHERE code_id = ?", (first,)
        ).fetchall()
        for id, version, start, stop in rows:
            others = "SELECT start, stop FROM codings WHERE text_version_id = ? AND code_id = ?"
            if not near:
                there = connection.execute(f"{others} AND start < ? AND stop > ?", (version, second, stop, start))
                if there.fetchone() is not None:
                    found.add(id)
                continue
            here = turns_of(version, start, stop)
            for other in connection.execute(others, (version, second)).fetchall():
                place = turns_of(version, *other)
                if here and place and place[0] <= here[1] + NEAR and place[1] >= here[0] - NEAR:
                    found.add(id)

    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return median(gather, 1), found
