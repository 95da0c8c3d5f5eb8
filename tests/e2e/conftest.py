"""A real server and a real Chromium (Firefox: firefox_bed.py), for the tests that drive the application as its users do."""

from __future__ import annotations

import multiprocessing
import multiprocessing.process
import os
import shutil
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(Path(__file__).parent))  # for the helpers beside the tests: importlib mode adds no path

import served  # noqa: E402

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STREAMLIT = {
    "server.headless": "true",
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "global.developmentMode": "false",
    "runner.postScriptGC": "false",
}


@cache
def servers() -> Any:
    """How a server is started: forked from a process that has the libraries, where the system can."""
    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
    if "forkserver" in ways:
        from multiprocessing import forkserver

        context.set_forkserver_preload([served.__name__])
        with pytest.MonkeyPatch.context() as patch:  # it takes its path from nowhere else
            patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), *sys.path]))
            forkserver.ensure_running()
    return context


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class App:
    """A Streamlit script served on loopback. ``kill`` and ``start`` again keep the address."""

    script: Path
    env: Mapping[str, str]
    log: Path
    options: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: multiprocessing.process.BaseProcess | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> App:
        options = {**STREAMLIT, **self.options, "server.port": str(self.port)}
        arguments = ["run", str(self.script), *(f"--{name}={value}" for name, value in options.items())]
        self.process = servers().Process(
            target=served.serve, args=(arguments, str(ROOT), {**os.environ, **self.env}, str(self.log))
        )
        with pytest.MonkeyPatch.context() as patch:  # a script that AppTest ran stays in its place: not for the server
            patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
            self.process.start()
        for _attempt in range(300):
            if not self.process.is_alive():
                break
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return self
            except (urllib.error.URLError, OSError):
                self.process.join(0.05)
        raise RuntimeError(f"the server did not start:\n{self.log.read_text('utf-8', 'replace')}")

    def kill(self, how: int = signal.SIGKILL) -> None:
        if self.process is not None and self.process.is_alive():
            os.kill(self.process.pid, how)
        if self.process is not None:
            self.process.join(20)
        self.process = None


@pytest.fixture
def run_app(tmp_path: Path) -> Iterator[Callable[..., App]]:
    """``run_app(script, env={…}, options={…})`` serves a script; all are stopped at the end of the test."""
    running: list[App] = []

    def run(script: Path, env: Mapping[str, str] | None = None, options: Mapping[str, str] | None = None) -> App:
        app = App(Path(script), env or {}, tmp_path / f"server-{len(running)}.log", options or {})
        running.append(app)
        return app.start()

    yield run
    for app in running:
        app.kill()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the machine's Chromium: without its windows (a third less work a page), or else whole."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("QUALIKIT_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.skip("no Chromium on this machine (QUALIKIT_CHROMIUM may name one)")
    return found


@pytest.fixture(scope="session")
def chromium_browser(chromium: str) -> Iterator[Any]:
    """A running Chromium, shared by all tests; each takes a context of its own."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browser_context(chromium_browser: Any) -> Iterator[Any]:
    """A fresh profile at 1280×720: two pages of it are two tabs of one user."""
    context = chromium_browser.new_context(viewport={"width": 1280, "height": 720}, locale="fr-FR")
    context.set_default_timeout(90_000)  # on a machine that does three other things
    yield context
    context.close()


@pytest.fixture
def browser_page(browser_context: Any) -> Iterator[Any]:
    """A page whose uncaught script errors fail the test."""
    page = browser_context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert not errors, errors
