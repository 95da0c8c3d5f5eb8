"""A Firefox driven through Marionette, the protocol that it speaks itself, with what ``coder_bed.Desk`` asks of a page.

The names and meanings are playwright's, whose own way to Firefox takes a build of Firefox that Debian does not have.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 90_000
"""How long a state is waited for, in ms, on a machine that does three other things."""

PREFERENCES = {
    "marionette.port": 0,  # any free one; Firefox writes which into its profile
    "intl.accept_languages": "fr-FR,fr",
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "dom.ipc.processPrelaunch.enabled": False,
    "browser.newtabpage.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
}
KEYS = {
    "Shift": "\ue008",
    "Control": "\ue009",
    "Alt": "\ue00a",
    "Escape": "\ue00c",
    "Enter": "\ue007",
    "Tab": "\ue004",
    "Delete": "\ue017",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "F6": "\ue036",
}

EVALUATE = """
const [source, argument] = arguments;
const found = (0, eval)(`(${source})`);
return typeof found === "function" ? found(argument) : found;
"""
UNTIL = """
const [source, argument, patience] = arguments;
const began = Date.now();
return new Promise((done) => {
  const look = () => {
    const found = (0, eval)(`(${source})`);
    const value = typeof found === "function" ? found(argument) : found;
    if (value) done(true);
    else if (Date.now() - began > patience) done(false);
    else setTimeout(look, 20);
  };
  look();
});
"""
COMPLAINTS = """
return Services.console.getMessageArray()
  .filter((m) => m instanceof Ci.nsIScriptError && !(m.flags & Ci.nsIScriptError.warningFlag))
  .filter((m) => m.category.startsWith("content") && m.sourceName.startsWith(arguments[0]))
  .map((m) => `${m.errorMessage} (${m.sourceName}:${m.lineNumber})`);
"""


@contextmanager
def firefox(program: str) -> Iterator[Any]:
    """A running Firefox with a profile of its own, as a ``marionette_driver.Marionette`` in session."""
    with warnings.catch_warnings():  # of what it imports, not of ours
        warnings.simplefilter("ignore")
        from marionette_driver.marionette import Marionette
    profile = Path(tempfile.mkdtemp(prefix="qualikit-firefox-"))
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines), "utf-8")
    command = [program, "--marionette", "--remote-allow-system-access", "--headless", "--no-remote"]
    with (profile / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--profile", str(profile), "about:blank"], stdout=log, stderr=subprocess.STDOUT
        )
    try:
        driver = Marionette(port=_port(profile, process))
        driver.start_session()
        driver.timeout.script = PATIENCE / 1000 + 30
        yield driver
        with suppress(OSError):
            driver.delete_session()
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(profile, ignore_errors=True)


def _port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    written = profile / "MarionetteActivePort"
    for _attempt in range(3000):
        if written.exists() and (port := written.read_text("ascii").strip()):
            return int(port)
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            break
    raise RuntimeError(f"Firefox did not start:\n{(profile / 'log').read_text('utf-8', 'replace')}")


class Keyboard:
    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def press(self, chord: str) -> None:
        """« a », « Shift+ArrowRight », « Control+z »."""
        *held, last = chord.split("+") if len(chord) > 1 else [chord]
        keys = self._sequence()
        for key in held:
            keys.key_down(KEYS[key])
        value = KEYS.get(last, last)
        keys.key_down(value).key_up(value)
        for key in reversed(held):
            keys.key_up(KEYS[key])
        keys.perform()

    def type(self, text: str) -> None:
        keys = self._sequence()
        for sign in text:
            keys.key_down(sign).key_up(sign)
        keys.perform()

    def down(self, key: str) -> None:
        self._sequence().key_down(KEYS[key]).perform()

    def up(self, key: str) -> None:
        self._sequence().key_up(KEYS[key]).perform()

    def _sequence(self) -> Any:
        return self._driver.actions.sequence("key", "keyboard")


class Mouse:
    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._at = (0.0, 0.0)

    def move(self, x: float, y: float, steps: int = 1) -> None:
        pointer = self._sequence()
        (from_x, from_y), self._at = self._at, (x, y)
        for step in range(1, steps + 1):
            share = step / steps
            pointer.pointer_move(round(from_x + (x - from_x) * share), round(from_y + (y - from_y) * share), duration=0)
        pointer.perform()

    def down(self) -> None:
        self._sequence().pointer_down().perform()

    def up(self) -> None:
        self._sequence().pointer_up().perform()

    def click(self, x: float, y: float, click_count: int = 1) -> None:
        self.move(x, y)
        pointer = self._sequence()
        for _click in range(click_count):
            pointer.pointer_down().pointer_up()
        pointer.perform()

    def _sequence(self) -> Any:
        return self._driver.actions.sequence("pointer", "mouse", {"pointerType": "mouse"})


@dataclass
class Locator:
    """Elements by a CSS selector, and words that they hold; the first of them where one is needed."""

    page: Page
    selector: str
    has_text: str = ""

    def _ask(self, what: str) -> Any:
        return self.page.evaluate(f"(given) => {{ const found = {FOUND}; return {what}; }}", self._given)

    @property
    def _given(self) -> list[str]:
        return [self.selector, self.has_text]

    @property
    def first(self) -> Locator:
        return self

    def wait_for(self) -> None:
        self.page.wait_for_function(f"(given) => {FOUND}.some((e) => e.checkVisibility())", self._given)

    def count(self) -> int:
        return int(self._ask("found.length"))

    def is_visible(self) -> bool:
        return bool(self._ask("Boolean(found[0]?.checkVisibility())"))

    def inner_text(self) -> str:
        self.wait_for()
        return str(self._ask("found[0].innerText"))

    def all_inner_texts(self) -> list[str]:
        return list(self._ask("found.map((e) => e.innerText)"))

    def input_value(self) -> str:
        return str(self._ask("found[0].value"))

    def focus(self) -> None:
        self.wait_for()
        self._ask("found[0].focus()")

    def bounding_box(self) -> dict[str, float]:
        self.wait_for()
        return dict(self._ask("(({x, y, width, height}) => ({x, y, width, height}))(found[0].getBoundingClientRect())"))

    def click(self) -> None:
        box = self.bounding_box()
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


FOUND = "[...document.querySelectorAll(given[0])].filter((e) => e.textContent.includes(given[1]))"


class Page:
    """The one tab of a Firefox at 1280×720."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.keyboard = Keyboard(driver)
        self.mouse = Mouse(driver)
        self.url = ""

    def resize(self, width: int, height: int) -> None:
        """The window so that the page in it has this size."""
        rest = self.evaluate("[outerWidth - innerWidth, outerHeight - innerHeight]")
        self.driver.set_window_rect(width=width + rest[0], height=height + rest[1])
        self.wait_for_function("([w, h]) => innerWidth === w && innerHeight === h", [width, height])

    def goto(self, url: str) -> None:
        self.url = url
        self.driver.navigate(url)

    def reload(self) -> None:
        self.driver.refresh()

    def evaluate(self, source: str, arg: Any = None) -> Any:
        """The value of an expression, or what a function gives for ``arg``; a promise is waited for."""
        return self.driver.execute_script(EVALUATE, [source, arg], sandbox=None)

    def wait_for_function(self, source: str, arg: Any = None, timeout: float = PATIENCE) -> None:
        assert self.driver.execute_script(UNTIL, [source, arg, timeout], sandbox=None), f"never came: {source} {arg}"

    def locator(self, selector: str, has_text: str = "") -> Locator:
        return Locator(self, selector, has_text)

    def screenshot(self, path: Path | str | None = None) -> bytes:
        picture: bytes = self.driver.screenshot(format="binary", full=False)
        if path:
            Path(path).write_bytes(picture)
        return picture

    def errors(self) -> list[str]:
        """Uncaught errors of the page's scripts since Firefox began."""
        with self.driver.using_context("chrome"):
            return list(self.driver.execute_script(COMPLAINTS, [self.url]))
