"""The page while a corpus is being made ready for assistants in the same server: does an action wait for it?"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable

from benchmarks import application, projects
from benchmarks.browser import new_page
from benchmarks.coder_key import pressed
from benchmarks.data import corpus, transcript
from benchmarks.harness import Row, Run, Unavailable, benchmark
from benchmarks.rows import Rows

KEYS = 10
"""Codings made in a row, before and meanwhile."""
BASELINE = "the same page of the same server, with nothing else going on"


@benchmark("index-page", "the coder while a corpus is indexed in the same server: a key painted, and in the file")
def index_page(run: Run) -> Iterable[Row]:
    figures = run.ours("index-page", lambda: _measured(run)) or {}
    for name, what in (("paint", "to the frame that shows it"), ("file", "to the file that keeps it")):
        before, meanwhile = figures.get(f"{name} before"), figures.get(name)
        yield Row(f"index-page/{name}", meanwhile, "s", f"{BASELINE}: from the key {what}", before)


def _measured(run: Run) -> dict[str, float]:
    """Seconds from the key to the paint and to the file, before the corpus is indexed and meanwhile (medians)."""
    from qualikit import Project

    folder = run.subfolder("index-page")
    source = transcript(run.size(10_000, 600))
    path, document = projects.one_document(folder, source, 0)
    corpus(folder / "files", run.size(100, 6), run.size(5_000, 1_500))
    with Project.open(path, coder=projects.CODER) as project:
        project.corpus.import_files([folder / "files"])
    keys = 2 if run.quick else KEYS
    with application.serve(run, path) as address, new_page() as page, Rows(path, "codings") as rows:
        application.open_document(page, address, document, run.timeout)
        before, _words = pressed(run, page, rows, keys)
        other = page.context.browser.new_context().new_page()
        other.goto(f"{address}/assistance")
        # Tiny sizes are indexed before anything is said of it.
        going = other.get_by_text("Assistance" if run.quick else re.compile(r"Passages lus\W+[1-9]"))
        going.first.wait_for(timeout=run.timeout * 1000)
        meanwhile, _words = pressed(run, page, rows, keys, first=keys)
        if not run.quick and not going.first.is_visible():
            raise Unavailable("the corpus was indexed before the keys were pressed")
    found: dict[str, float] = {}
    for place, name in enumerate(("paint", "file")):
        found[f"{name} before"] = statistics.median(each[place] for each in before)
        found[name] = statistics.median(each[place] for each in meanwhile)
    return found
