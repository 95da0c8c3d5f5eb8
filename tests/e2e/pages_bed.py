"""What a test does to the application's pages, in the words of who uses them. For test_pages*.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qualikit.ui.options import flags

ROOT = Path(__file__).parents[2]
APP = ROOT / "app.py"
OPTIONS = dict(flag.removeprefix("--").split("=", 1) for flag in flags())
ROW, HEAD = 35, 36
"""Heights of a sheet's lines and of its header, in pixels."""


def env(place: Path | None = None, *, settings: Path, coder: str = "Camille") -> dict[str, str]:
    found = {"QUALIKIT_CODER": coder, "QUALIKIT_HOME": str(settings), "HOME": str(settings)}
    return {**found, "QUALIKIT_PROJECT": str(place)} if place is not None else found


RUNS = (Path(__file__).parent / "runs.js").read_text("utf-8")


class Visit:
    """A tab of the application. Each gesture starts when the page is still, and ends when it is again."""

    def __init__(self, page: Any, url: str) -> None:
        self.page = page
        self.url = url
        page.add_init_script(RUNS)

    def open(self, path: str = "") -> Visit:
        self.page.goto(f"{self.url}/{path}")
        return self.settled()

    def settled(self) -> Visit:
        """Until nothing runs, everything is drawn, and nothing more was asked for."""
        self.page.wait_for_function("window.qkRuns?.settled()")
        self.page.locator(".st-key-topline").wait_for()
        return self

    @contextmanager
    def running(self) -> Iterator[None]:
        """For what asks for a run a moment after it is done: a file that goes up, a sheet that collects its changes."""
        self.settled()
        before = self.page.evaluate("qkRuns.runs.asked")
        yield
        self.page.wait_for_function("before => qkRuns.runs.asked > before", arg=before)
        self.settled()

    def go(self, name: str) -> Visit:
        """Another page, by its name in the navigation."""
        self.settled()
        if self.page.get_by_test_id("stExpandSidebarButton").count():
            self.page.get_by_test_id("stExpandSidebarButton").click()
        link = self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True)
        link.click()
        self.settled()
        # Streamlit loses a change of page that meets a timed look of the page that is left: one clicks again.
        if not self.page.evaluate(
            "link => link.href.split('?')[0] === location.href.split('?')[0]", link.element_handle()
        ):
            link.click()
            self.settled()
        return self

    def click(self, name: str, *, inside: str = "body") -> Visit:
        """A button or a link, by the words on it."""
        self.settled()
        place = self.page.locator(inside)
        found = place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name))
        found.locator("visible=true").first.click()
        return self.settled()

    def drop(self, *files: Path | str, place: int = 0) -> Visit:
        """Files into a drop zone."""
        with self.running():
            self.page.locator("input[type=file]").nth(place).set_input_files([str(file) for file in files])
        return self

    def write(self, label: str, text: str) -> Visit:
        """Words into a field, which is then left."""
        self.settled()
        field = self.page.get_by_label(label, exact=True).locator("visible=true").first
        field.fill(text)
        field.blur()
        return self.settled()

    def choose(self, field: Any, option: str) -> Visit:
        """An option of a list; ``field`` is its locator."""
        self.settled()
        field.click()
        self.page.keyboard.insert_text(option)  # opens the list again where it closed while its part unfolded
        self.page.get_by_role("option", name=option, exact=True).click()
        return self.settled()

    def write_cell(self, sheet: str, row: int, x: int, text: str) -> Visit:
        """Words into a cell of a sheet: ``row`` from 0, ``x`` pixels from the left; ``sheet`` is where it stands."""
        with self.running():
            canvas = self.page.locator(sheet).locator("[data-testid=stDataFrame] canvas").first
            canvas.scroll_into_view_if_needed()
            self.settled()
            box = canvas.bounding_box()
            self.page.mouse.dblclick(box["x"] + x, box["y"] + HEAD + ROW * row + ROW / 2)
            field = self.page.locator("#portal textarea, #portal input").first
            field.fill(text)
            self.settled()  # the sheet hears of the words a frame after the field
            field.press("Enter")
        return self

    def standing(self, part: Any) -> Visit:
        """Until a part of the page no longer moves: nothing slides, unfolds or scrolls."""
        self.page.wait_for_function(
            """part => {
              const box = JSON.stringify(part.getBoundingClientRect());
              const same = box === part.qkBox && !document.getAnimations().some(
                each => each.playState === "running" && each.effect.getComputedTiming().iterations !== Infinity);
              part.qkStood = same ? (part.qkStood ?? 0) + 1 : 0;
              part.qkBox = box;
              return part.qkStood >= 5;
            }""",
            arg=part.element_handle(),
        )
        return self

    def words(self) -> str:
        """Everything that is written on the page."""
        return str(self.page.locator("body").inner_text())

    def wait(self, words: str) -> Visit:
        self.page.get_by_text(words).locator("visible=true").first.wait_for()
        return self
