"""Taguette in the browser: a document opened, a highlight made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks import taguette
from benchmarks.browser import new_page
from benchmarks.data import Transcript, spans
from benchmarks.harness import Run, Unfinished
from benchmarks.rows import Rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

_OPEN = """
([name, count]) => {
  const start = name ? performance.timeOrigin + performance.now() : performance.timeOrigin;
  const painted = () => document.querySelector('#document-contents .highlight');
  __afterPaint(() => typeof highlights === 'object' && Object.keys(highlights).length === count && painted())
    .then((end) => { window.__opened = end - start; });
  if (name) document.querySelector(name).click();
}
"""

# From the click on « Save », not from the key: what comes before it is a dialogue in which the user ticks a tag.
_HIGHLIGHT = """
([start, stop, tag]) => new Promise((resolve) => {
  const known = Object.keys(highlights).length;
  createHighlight([start, stop]);
  document.getElementById('highlight-add-tags-' + tag).checked = true;
  setTimeout(() => {
    const begun = performance.timeOrigin + performance.now();
    document.querySelector('#highlight-add-form button[type=submit]').click();
    __afterPaint(() => Object.keys(highlights).length > known).then((painted) => resolve([begun, painted]));
  }, 1000);
})
"""


@contextmanager
def opened(
    run: Run, source: Transcript, passages: list[tuple[int, int]], *, by_address: bool = False
) -> Iterator[tuple[taguette.Taguette, Page, float]]:
    """A server, its page with the document open and every highlight painted, and the seconds that this took: from the
    click on the document's name, or ``by_address`` from an empty tab. Raises Unfinished."""
    from playwright.sync_api import TimeoutError as Late

    with taguette.serve(run, source, passages) as server, new_page() as page:
        page.goto(server.login)
        name = None if by_address else f"#document-link-{server.document} a"
        if name:
            page.goto(server.project_page)
            page.wait_for_selector(name)
            page.evaluate(_OPEN, [name, len(passages)])
        else:
            page.add_init_script(f"({_OPEN})([null, {len(passages)}])")
            page.goto(f"{server.project_page}/document/{server.document}", wait_until="commit")
        try:
            page.wait_for_function("window.__opened !== undefined", timeout=run.timeout * 1000)
        except Late as error:
            raise Unfinished(f"the document is not open after {run.timeout:.0f} s", run.timeout) from error
        yield server, page, page.evaluate("window.__opened") / 1000


def seconds_to_open(
    run: Run, source: Transcript, passages: list[tuple[int, int]], *, by_address: bool = False
) -> float:
    """See :func:`opened`."""
    with opened(run, source, passages, by_address=by_address) as (_server, _page, took):
        return took


def seconds_to_highlight(
    run: Run, source: Transcript, passages: list[tuple[int, int]], count: int
) -> list[tuple[float, float]]:
    """For each of ``count`` new highlights: seconds to its display, and to its presence in the file."""
    with opened(run, source, passages) as (server, page, _took), Rows(server.database, "highlights") as rows:
        figures = []
        for start, stop in spans(source.text, count, seed=99):
            wanted = [source.byte_offset(start), source.byte_offset(stop), server.tags[0]]
            known = rows.count()
            # Only begun here: the file is looked at while the page works.
            page.evaluate(f"window.__highlighting = ({_HIGHLIGHT})({wanted}); 0")
            stored = rows.grown(known, run.timeout)
            begun, painted = page.evaluate("window.__highlighting")
            figures.append(((painted - begun) / 1000, (stored - begun) / 1000))
            page.wait_for_selector("#highlight-add-modal", state="hidden")
            page.wait_for_selector("#spinner-modal", state="hidden")
    return figures
