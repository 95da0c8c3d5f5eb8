"""Opening a document that has been coded for days."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from pathlib import Path

from benchmarks import application, projects, taguette, taguette_page
from benchmarks.browser import new_page
from benchmarks.data import spans, transcript
from benchmarks.harness import Row, Run, benchmark

OPENED = "from the click on the document's name"
BY_ADDRESS = "by its address, in an empty tab"


@benchmark("coder-open-10k", "10,000 words with 1,500 codings, until they are painted")
def open_10k(run: Run) -> Iterable[Row]:
    return _open(run, "coder-open-10k", run.size(10_000, 600), run.size(1_500, 30))


@benchmark("coder-open-100k", "100,000 words with 5,000 codings, until they are painted")
def open_100k(run: Run) -> Iterable[Row]:
    return _open(run, "coder-open-100k", run.size(100_000, 1_200), run.size(5_000, 60))


def _open(run: Run, name: str, words: int, count: int) -> Iterable[Row]:
    source = transcript(words)
    passages = spans(source.text, count)
    made = run.ours(name, lambda: projects.one_document(run.subfolder(name), source, count, beside=True))
    chosen = tab = None
    if made is not None:
        chosen = run.ours(name, lambda: _chosen(run, made[0], count))
        tab = run.ours(f"{name}/tab", lambda: _tab(run, *made, count))
    baseline, theirs = run.least(
        f"{taguette.NAME}, {OPENED}", lambda: taguette_page.seconds_to_open(run, source, passages)
    )
    yield Row(name, chosen, "s", baseline, theirs)
    if theirs is None or theirs < run.timeout:  # else it would be given up once more
        baseline, theirs = run.least(
            f"{taguette.NAME}, {BY_ADDRESS}",
            lambda: taguette_page.seconds_to_open(run, source, passages, by_address=True),
        )
    yield Row(f"{name}/tab", tab, "s", baseline, theirs)


def _chosen(run: Run, project: Path, count: int) -> float:
    """From the click that chooses the document, another one being open."""
    figures = []
    beside = projects.document_id(project, projects.BESIDE)
    with application.serve(run, project) as address:
        for _turn in range(run.repeat):
            projects.stir(project)
            with new_page() as page:
                application.open_document(page, address, beside, run.timeout)
                application.watch(page, count)
                application.choose(page, projects.TITLE)
                end = application.painted(page, run.timeout)
                figures.append((end - page.evaluate("window.__clicked")) / 1000)
    return statistics.median(figures)


def _tab(run: Run, project: Path, document: str, count: int) -> float:
    """From the moment an empty tab is sent to the document's address."""
    figures = []
    with application.serve(run, project) as address:
        for turn in range(run.repeat + 1):
            projects.stir(project)
            with new_page() as page:
                page.goto(f"{address}/coder?document={document}")
                application.watch(page, count)
                end = application.painted(page, run.timeout)
                if turn:  # the first time, the server loads its libraries
                    figures.append((end - page.evaluate("performance.timeOrigin")) / 1000)
    return statistics.median(figures)
