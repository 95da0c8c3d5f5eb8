"""Reading through a long document: how long each frame takes while the text scrolls by."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import TYPE_CHECKING

from benchmarks import application, projects, taguette, taguette_page
from benchmarks.browser import new_page
from benchmarks.data import Transcript, spans, transcript
from benchmarks.harness import Row, Run, Unavailable, benchmark

if TYPE_CHECKING:
    from playwright.sync_api import Page

FRAMES = 600
STEP = 120
"""Pixels a frame: a turn of the wheel at each of them, faster than anybody reads."""

# Scrolls by so many pixels in each frame, and gives the milliseconds between frames. Every third of the way it leaps to
# another part of the text, as one does with the scroll bar.
_SCROLL = """
([selector, frames, step]) => new Promise((resolve) => {
  const scroller = selector ? document.querySelector(selector) : document.scrollingElement;
  const times = [];
  let last = null;
  let done = 0;
  const frame = (now) => {
    if (last !== null) times.push(now - last);
    last = now;
    if (done === frames) return resolve([times, scroller.scrollTop]);
    done += 1;
    if (done % Math.ceil(frames / 3) === 0) scroller.scrollTop += scroller.scrollHeight / 4;
    else scroller.scrollTop += step;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})
"""


@benchmark("coder-scroll", "100,000 words with 5,000 codings scrolled through: time of a frame")
def scroll(run: Run) -> Iterable[Row]:
    words, count = run.size(100_000, 3_000), run.size(5_000, 60)
    source = transcript(words)
    ours = run.ours("coder-scroll", lambda: _ours(run, source, count))
    small = transcript(run.size(10_000, 3_000))
    passages = spans(small.text, run.size(1_500, 30))
    theirs_is = f"{taguette.NAME}, 10,000 words with 1,500 highlights: its page takes minutes to open the longer text"
    theirs = run.attempt(theirs_is, lambda: _theirs(run, small, passages))
    for name, share in (("p50", 50), ("p95", 95), ("p99", 99)):
        mine, other = (None if times is None else _percentile(times, share) for times in (ours, theirs))
        yield Row(f"coder-scroll/{name}", mine, "s", theirs_is, other)


def _percentile(times: list[float], share: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1] / 1000


def _ours(run: Run, source: Transcript, count: int) -> list[float]:
    path, document = projects.one_document(run.subfolder("scroll"), source, count)
    with application.serve(run, path) as address, new_page() as page:
        application.open_document(page, address, document, run.timeout)
        page.wait_for_function("performance.getEntriesByName('qualikit:painted').length", timeout=run.timeout * 1000)
        return _frames(run, page, ".qkc-scroll")


def _theirs(run: Run, source: Transcript, passages: list[tuple[int, int]]) -> list[float]:
    with taguette_page.opened(run, source, passages) as (_server, page, _took):
        return _frames(run, page, "")


def _frames(run: Run, page: Page, selector: str) -> list[float]:
    page.wait_for_timeout(1000)  # what was still being drawn is drawn
    times, place = page.evaluate(_SCROLL, [selector, run.size(FRAMES, 30), STEP])
    if place <= 0 or not times:
        raise Unavailable("nothing scrolled")
    return [float(each) for each in times]
