"""How many codings a second are stored, each durable and undoable before the next."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable

from benchmarks import projects
from benchmarks.data import spans, transcript
from benchmarks.harness import Row, Run, benchmark, middle, seconds


@benchmark("store-codings", "codings stored one by one, each durable, beside bare inserts each with its commit")
def store_codings(run: Run) -> Iterable[Row]:
    count = run.size(300, 10)
    source = transcript(run.size(10_000, 500))
    passages = spans(source.text, count)

    def ours() -> float:
        from qualikit import Project

        path, document = projects.one_document(run.subfolder("store"), source, codings=0)
        with Project.open(path, coder=projects.CODER) as project:
            codes = [code.id for code in project.coding.codebook]
            waiting = projects.operations(project.corpus.text(document), passages, codes)
            start = time.perf_counter()
            for operation in waiting:
                result = project.coding.apply(document, [operation])
                if result.refused:
                    raise RuntimeError(result.refused[0].reason)
            took = time.perf_counter() - start
            if len(project.coding.codings(document)) != count:
                raise RuntimeError("not all codings are in the project")
        return count / took

    def theirs() -> float:
        connection = sqlite3.connect(run.subfolder("bare") / "bare.sqlite3")
        connection.execute(
            "CREATE TABLE codings (id INTEGER PRIMARY KEY, document INTEGER, start INTEGER, stop INTEGER,"
            " quote TEXT, code INTEGER)"
        )

        def insert() -> None:
            for start, stop in passages:
                connection.execute(
                    "INSERT INTO codings (document, start, stop, quote, code) VALUES (1, ?, ?, ?, 1)",
                    (start, stop, source.text[start:stop]),
                )
                connection.commit()

        took = seconds(insert)
        connection.close()
        return count / took

    yield Row(
        "store-codings",
        run.ours("store-codings", lambda: middle(ours, run.repeat)),
        "codings/s",
        "bare sqlite3: one insert and one commit each, no event, no check, no undo",
        run.attempt("bare sqlite3", lambda: middle(theirs, run.repeat)),
        more_is_better=True,
    )
