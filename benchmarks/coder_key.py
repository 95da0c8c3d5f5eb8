"""From the key that codes to the frame that shows it, and to the file that keeps it."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable
from typing import TYPE_CHECKING

from benchmarks import application, projects, taguette, taguette_page
from benchmarks.browser import new_page
from benchmarks.data import Transcript, spans, transcript
from benchmarks.harness import Row, Run, Unavailable, benchmark, seconds
from benchmarks.rows import Rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = {"10k": (10_000, 1_500), "100k": (100_000, 5_000)}
QUICK = {"10k": (600, 30), "100k": (1_200, 60)}
KEYS = 20
"""Codings made in a row; the median of their times is kept."""

FROM_SAVE = "from the click on « Save »"

Times = list[tuple[float, float]]
"""Seconds to the paint and to the file, of each coding."""

_WATCH_KEYS = """
() => addEventListener('keydown', (event) => { window.__key = performance.timeOrigin + event.timeStamp; }, true)
"""

# Where the words on the screen are that stand alone between spaces: each can be coded once, the same key twice on one
# would take its code away. Those of one line are far apart in the list, as a reader's passages are.
WORDS_ON_SCREEN = """
() => {
  const found = [];
  for (const text of document.querySelectorAll('.qkc-text')) {
    const node = text.firstChild;
    [...(node?.data ?? '').matchAll(/(?<=^|\\s)\\p{L}{4,}(?=\\s|$)/gu)].forEach((word, place) => {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const [box] = range.getClientRects();
      if (box && box.top > 200 && box.bottom < innerHeight - 120)
        found.push([place, word[0], box.left + box.width / 2, box.top + box.height / 2]);
    });
  }
  return found.sort((one, other) => one[0] - other[0]);
}
"""


@benchmark("key-to-paint", "from the key that codes to the frame that shows the coding")
def key_to_paint(run: Run) -> Iterable[Row]:
    return _rows(run, "key-to-paint", 0)


@benchmark("key-to-durable", "from the key that codes to the coding's being in the project file")
def key_to_durable(run: Run) -> Iterable[Row]:
    return _rows(run, "key-to-durable", 1)


def _rows(run: Run, name: str, which: int) -> Iterable[Row]:
    return [_row(run, name, which, size) for size in SIZES]


def _row(run: Run, name: str, which: int, size: str) -> Row:
    words, count = (QUICK if run.quick else SIZES)[size]
    source = transcript(words)
    passages = spans(source.text, count)
    ours = run.ours(f"{name}-{size}", lambda: _ours(run, size, source, count))
    baseline, theirs = f"{taguette.NAME}, {FROM_SAVE}", None
    if size == "10k" or run.quick:
        theirs = run.attempt(baseline, lambda: _theirs(run, size, source, passages))
    elif which == 1:
        baseline = f"{taguette.NAME}, its server alone, asked directly: its page takes minutes to open this"
        theirs = run.attempt(baseline, lambda: _server_alone(run, source, passages))
    else:
        run.say(f"  {baseline}: not measured (its page takes minutes to open this: see coder-open-100k)")
    return Row(f"{name}-{size}", _middle(ours, which), "s", baseline, _middle(theirs, which))


def _middle(times: Times | None, which: int) -> float | None:
    return None if times is None else statistics.median(each[which] for each in times)


def _ours(run: Run, size: str, source: Transcript, count: int) -> Times:
    """Measured once for both benchmarks."""
    return run.once(f"keys in {size}", lambda: _press(run, source, count))


def _theirs(run: Run, size: str, source: Transcript, passages: list[tuple[int, int]]) -> Times:
    times = 1 if run.quick else KEYS // 2
    return run.once(f"highlights in {size}", lambda: taguette_page.seconds_to_highlight(run, source, passages, times))


def _press(run: Run, source: Transcript, count: int) -> Times:
    path, document = projects.one_document(run.subfolder("keys"), source, count)
    wanted = 2 if run.quick else KEYS
    with application.serve(run, path) as address, new_page() as page, Rows(path, "codings") as rows:
        application.open_document(page, address, document, run.timeout)
        times, words = pressed(run, page, rows, wanted)
    quotes = projects.quotes(path)
    if len(quotes) != count + wanted or not set(words) <= set(quotes):
        raise Unavailable("the codings in the file are not those of the words taken")
    return times


def pressed(run: Run, page: Page, rows: Rows, wanted: int, first: int = 0) -> tuple[Times, list[str]]:
    """The times of so many codings of words on the screen of an open document, and the words; ``first`` are left out.
    Raises Unavailable where the screen has fewer."""
    page.wait_for_function("performance.getEntriesByName('qualikit:painted').length", timeout=run.timeout * 1000)
    page.evaluate(_WATCH_KEYS)
    words = page.evaluate(WORDS_ON_SCREEN)[first : first + wanted]
    if len(words) < wanted:
        raise Unavailable(f"only {len(words)} words on the screen to code")
    times: Times = []
    for _place, _word, x, y in words:
        known = rows.count()
        page.mouse.dblclick(x, y)
        page.wait_for_timeout(300)  # as long as it takes to choose a code, and nothing is still being drawn
        page.evaluate("performance.clearMeasures('qualikit:key-to-paint')")
        page.keyboard.press("Digit1")
        stored = rows.grown(known, run.timeout)
        times.append((_painted(page, run), (stored - page.evaluate("window.__key")) / 1000))
        page.keyboard.press("Escape")
    return times, [word for _place, word, _x, _y in words]


def _painted(page: Page, run: Run) -> float:
    entries = "performance.getEntriesByName('qualikit:key-to-paint')"
    page.wait_for_function(f"{entries}.length === 1", timeout=run.timeout * 1000)
    return float(page.evaluate(f"{entries}[0].duration")) / 1000


def _server_alone(run: Run, source: Transcript, passages: list[tuple[int, int]]) -> Times:
    """Its answer comes after its commit: the time of the answer is the time to the file."""
    with taguette.serve(run, source, passages) as server, Rows(server.database, "highlights") as rows:
        client, known = server.client(), rows.count()

        def ask(start: int, stop: int) -> float:
            wanted = {"start_offset": source.byte_offset(start), "end_offset": source.byte_offset(stop)}
            body = json.dumps({**wanted, "tags": server.tags[:1]}).encode()
            path = f"document/{server.document}/highlight/new"
            return seconds(lambda: client.post(path, body, "application/json", run.timeout))

        times = [ask(start, stop) for start, stop in spans(source.text, KEYS // 2, seed=99)]
        if rows.count() != known + len(times):
            raise Unavailable("its highlights are not all in its file")
    return [(took, took) for took in times]
