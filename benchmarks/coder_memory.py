"""An hour of coding in one page: does it grow?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks import application, projects
from benchmarks.browser import new_page
from benchmarks.data import transcript
from benchmarks.harness import Row, Run, Unavailable, benchmark

if TYPE_CHECKING:
    from playwright.sync_api import Page

OPERATIONS = 2_000
WARM_UP = 400
"""Operations after which lists have their size, code is compiled and the server has its libraries."""
ROUND = 8

_WAIT = """Object.keys(localStorage).every(key => !key.startsWith('qualikit:outbox:')
  || JSON.parse(localStorage.getItem(key)).op === 'pref')"""

_SCROLL = """number => {
  const text = document.querySelector('.qkc-scroll');
  text.scrollTop = (number * 700) % Math.max(1, text.scrollHeight - 800);
}"""


@dataclass(frozen=True)
class Held:
    """What the page and the server hold at a moment."""

    heap: float
    """Bytes of JavaScript, after a collection."""
    nodes: float
    listeners: float
    server: float
    """Bytes of the server's own memory."""


@benchmark("coder-memory", "2,000 operations in one page: what it holds more at the end than after the first 400")
def memory(run: Run) -> Iterable[Row]:
    found = run.ours("coder-memory", lambda: _work(run))
    before, after = found if found else (None, None)
    units = {
        "heap": ("bytes", "JavaScript"),
        "nodes": ("nodes", "elements and texts"),
        "listeners": ("listeners", "listeners"),
    }
    for name, (unit, what) in {**units, "server": ("bytes", "the server's memory")}.items():
        value, start = (None if each is None else float(getattr(each, name)) for each in (after, before))
        yield Row(
            f"coder-memory/{name}", value, unit, f"the same after {run.size(WARM_UP, ROUND)} operations: {what}", start
        )


def _work(run: Run) -> tuple[Held, Held]:
    source = transcript(run.size(10_000, 600))
    path, document = projects.one_document(run.subfolder("memory"), source, run.size(500, 10), codes=9)
    with application.serve(run, path) as address, new_page() as page:
        application.open_document(page, address, document, run.timeout)
        page.wait_for_function("performance.getEntriesByName('qualikit:painted').length", timeout=run.timeout * 1000)
        session = page.context.new_cdp_session(page)
        known = projects.quotes(path)
        _operate(page, run.size(WARM_UP, ROUND))
        before = _held(page, session, address)
        _operate(page, run.size(OPERATIONS - WARM_UP, 2 * ROUND))
        after = _held(page, session, address)
    if sorted(projects.quotes(path)) != sorted(known):
        raise Unavailable("what was done and undone has left something in the file")
    return before, after


def _operate(page: Page, count: int) -> None:
    """Rounds of eight, each elsewhere: two codings added, one recoded, one given a memo, and all of it undone."""
    page.locator(".qkc-scroll").focus()
    for number in range(count // ROUND):
        page.evaluate(_SCROLL, number)
        for key in ("Escape", "t", "Digit1", "Digit2", "n", "c"):
            page.keyboard.press(key)
        query = page.locator("dialog[open] .qkc-query")
        query.press("PageDown")  # the last of the codes: one that is not on the passage
        query.press("Enter")
        page.locator("dialog[open]").wait_for(state="detached")
        page.keyboard.press("m")
        page.keyboard.type(f"à voir {number}")
        page.keyboard.press("Control+Enter")
        for _undo in range(4):
            page.keyboard.press("Control+z")
        page.wait_for_function(_WAIT)


def _held(page: Page, session: Any, address: str) -> Held:
    page.wait_for_timeout(3000)
    for _time in range(2):
        session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    counted = session.send("Memory.getDOMCounters")
    return Held(heap, counted["nodes"], counted["jsEventListeners"], application.memory(address))
