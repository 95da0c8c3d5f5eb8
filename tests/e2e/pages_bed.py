"""What a test does to the application's pages, in the words of who uses them. For test_pages*.py."""

from __future__ import annotations

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


class Visit:
    """A tab of the application."""

    def __init__(self, page: Any, url: str) -> None:
        self.page = page
        self.url = url

    def open(self, path: str = "") -> Visit:
        self.page.goto(f"{self.url}/{path}")
        return self.settled()

    def settled(self) -> Visit:
        """Until the page is drawn and nothing runs any more."""
        self.page.wait_for_timeout(150)  # a click takes a moment to become a run
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        self.page.locator(".st-key-topline").wait_for()
        return self

    def go(self, name: str) -> Visit:
        """Another page, by its name in the navigation."""
        if self.page.get_by_test_id("stExpandSidebarButton").count():
            self.page.get_by_test_id("stExpandSidebarButton").click()
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()
        return self.settled()

    def click(self, name: str, *, inside: str = "body") -> Visit:
        """A button or a link, by the words on it."""
        place = self.page.locator(inside)
        found = place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name))
        found.locator("visible=true").first.click()
        return self.settled()

    def drop(self, *files: Path | str, place: int = 0) -> Visit:
        """Files into a drop zone."""
        self.page.locator("input[type=file]").nth(place).set_input_files([str(file) for file in files])
        return self.settled()

    def write(self, label: str, text: str) -> Visit:
        """Words into a field, which is then left."""
        field = self.page.get_by_label(label, exact=True).locator("visible=true").first
        field.fill(text)
        field.blur()
        return self.settled()

    def choose(self, field: Any, option: str) -> Visit:
        """An option of a list; ``field`` is its locator."""
        field.click()
        self.page.get_by_role("option", name=option, exact=True).click()
        return self.settled()

    def write_cell(self, sheet: str, row: int, x: int, text: str) -> Visit:
        """Words into a cell of a sheet: ``row`` from 0, ``x`` pixels from the left; ``sheet`` is where it stands."""
        canvas = self.page.locator(sheet).locator("[data-testid=stDataFrame] canvas").first
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        self.page.mouse.dblclick(box["x"] + x, box["y"] + HEAD + ROW * row + ROW / 2)
        field = self.page.locator("#portal textarea, #portal input").first
        field.fill(text)
        self.page.wait_for_timeout(100)  # the sheet hears of the words a moment after the field
        field.press("Enter")
        return self.settled()

    def words(self) -> str:
        """Everything that is written on the page."""
        return str(self.page.locator("body").inner_text())

    def wait(self, words: str) -> Visit:
        self.page.get_by_text(words).locator("visible=true").first.wait_for()
        return self
