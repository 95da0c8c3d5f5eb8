"""How many keys and clicks it takes to code a hundred passages, once each of them is selected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from benchmarks import application, projects, taguette, taguette_page
from benchmarks.browser import new_page
from benchmarks.coder_key import WORDS_ON_SCREEN
from benchmarks.data import Transcript, spans, transcript
from benchmarks.harness import Row, Run, Unavailable, benchmark
from benchmarks.rows import Rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

BASELINE = f"{taguette.NAME}: « new highlight », the tag, « Save »"

# Every key but the modifiers, every press of a button of the mouse.
_COUNT = """
() => {
  window.__gestures = 0;
  const held = new Set(['Shift', 'Control', 'Alt', 'Meta']);
  addEventListener('keydown', (event) => { if (!held.has(event.key)) window.__gestures += 1; }, true);
  addEventListener('mousedown', () => { window.__gestures += 1; }, true);
}
"""
_GESTURES = "window.__gestures"
_SCROLL = (
    "document.querySelector('.qkc-scroll').scrollTop += innerHeight - 320"  # the height that WORDS_ON_SCREEN takes
)
_SELECT_THEIRS = """
(number) => {
  const line = document.querySelectorAll('#document-contents p')[number + 3];
  line.scrollIntoView({block: 'center'});
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const node = walker.nextNode();
  getSelection().setBaseAndExtent(node, 0, node, Math.min(12, node.length));
}
"""

Way = Callable[["Page", int], None]


def _press(*keys: str) -> Way:
    def way(page: Page, _number: int) -> None:
        for key in keys:
            page.keyboard.press(key)

    return way


def _digit(page: Page, number: int) -> None:
    page.keyboard.press(f"Digit{number % 2 + 1}")


def _click(page: Page, number: int) -> None:
    page.locator(".qkc-pin").nth(number % 2).click()


def _palette(page: Page, number: int) -> None:
    _press("k", str(number % 2), "Enter")(page, number)


WAYS: dict[str, Way] = {
    "digit": _digit,
    "click": _click,
    "repeat": _press("r"),
    "in-vivo": _press("v"),
    "palette-recent": _press("Enter", "Enter"),
    "palette-typed": _palette,
}
"""By name, what is done once a passage is selected by the mouse."""


@benchmark("coder-gestures", "keys and clicks to code a hundred selected passages, the ways there are")
def gestures(run: Run) -> Iterable[Row]:
    count = run.size(100, 3)
    source = transcript(run.size(4_000, 400))
    theirs = run.attempt(BASELINE, lambda: _theirs(run, source, count))
    for name, way in WAYS.items():
        value = run.ours(f"coder-gestures/{name}", lambda way=way: _ours(run, source, count, way))  # type: ignore[misc]
        yield Row(f"coder-gestures/{name}", value, "gestures", BASELINE, theirs)
    value = run.ours("coder-gestures/keyboard", lambda: _hits(run, source, count))
    yield Row("coder-gestures/keyboard", value, "gestures", BASELINE, theirs)


def _ours(run: Run, source: Transcript, count: int, way: Way) -> float:
    """Gestures for so many passages taken with the mouse; taking them is not counted."""
    path, document = projects.one_document(run.subfolder("gestures"), source, 0)
    done, total = -1, 0  # the first passage is not counted: it gives the code that is repeated
    with application.serve(run, path) as address, new_page() as page, Rows(path, "codings") as rows:
        application.open_document(page, address, document, run.timeout)
        page.evaluate(_COUNT)
        while done < count:
            words = page.evaluate(WORDS_ON_SCREEN)[: count - done]
            if not words:
                raise Unavailable("no words on the screen to code")
            for _place, _word, x, y in words:
                page.mouse.dblclick(x, y)
                before = page.evaluate(_GESTURES)
                (way if done >= 0 else _digit)(page, 0 if done < 0 else done)
                total += page.evaluate(_GESTURES) - before if done >= 0 else 0
                done += 1
                rows.grown(done, run.timeout)
            page.evaluate(_SCROLL)
            page.wait_for_timeout(100)
    if len(projects.quotes(path)) != count + 1:
        raise Unavailable("the codings in the file are not those of the passages taken")
    return float(total)


def _hits(run: Run, source: Transcript, count: int) -> float:
    """Gestures to go from hit to hit of a search and code each: here selecting is counted too."""
    path, document = projects.one_document(run.subfolder("gestures"), source, 0)
    with application.serve(run, path) as address, new_page() as page, Rows(path, "codings") as rows:
        application.open_document(page, address, document, run.timeout)
        page.locator(".qkc-scroll").focus()
        page.keyboard.press("/")
        page.keyboard.type("le")
        page.evaluate(_COUNT)
        for number in range(count):
            page.keyboard.press("g" if number else "Enter")
            page.keyboard.press("Digit1")
            rows.grown(number, run.timeout)
        return float(page.evaluate(_GESTURES))


def _theirs(run: Run, source: Transcript, count: int) -> float:
    """The same passages in its page, with the mouse: its shortest way once a passage is selected."""
    passages = spans(source.text, 1)
    with (
        taguette_page.opened(run, source, passages) as (server, page, _took),
        Rows(server.database, "highlights") as rows,
    ):
        page.evaluate(_COUNT)
        total = 0
        known = rows.count()
        for number in range(min(count, 10)):  # each takes as many as the one before
            page.evaluate(_SELECT_THEIRS, number)
            page.wait_for_selector("#hlinfo", state="visible")
            before = page.evaluate(_GESTURES)
            page.locator("#hlinfo a").click()
            page.locator(f"#highlight-add-tags-{server.tags[0]}").click()
            page.locator("#highlight-add-form button[type=submit]").click()
            total += page.evaluate(_GESTURES) - before
            rows.grown(known + number, run.timeout)
            page.wait_for_selector("#highlight-add-modal", state="hidden")
            page.wait_for_selector("#spinner-modal", state="hidden")
        return total * count / min(count, 10)
