"""qualikit as its user has it: the application started by its own command, and a browser in front of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.browser import free_port
from benchmarks.harness import Run, Unavailable
from benchmarks.projects import CODER

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]

# Writes down the time of the mark that the coder leaves once it has painted a text with so many codings.
_WATCH = """
(count) => {
  performance.clearMarks('qualikit:painted');
  window.__painted = null;
  addEventListener('click', (event) => { window.__clicked = performance.timeOrigin + event.timeStamp; }, true);
  const look = () => {
    const mark = performance.getEntriesByName('qualikit:painted').find((each) => each.detail.codings === count);
    if (mark) window.__painted = performance.timeOrigin + mark.startTime;
    else requestAnimationFrame(look);
  };
  look();
}
"""


_servers: dict[str, int] = {}


@contextmanager
def serve(run: Run, project: Path) -> Iterator[str]:
    """The application on that project: its address. Raises Unavailable."""
    port = free_port()
    folder = run.subfolder("application")
    command = [sys.executable, "-m", "qualikit", "app", str(project), "--no-browser", f"--port={port}"]
    with (folder / "log.txt").open("w+") as log:
        server = subprocess.Popen(
            [*command, f"--coder={CODER}"],
            cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "QUALIKIT_HOME": str(folder)},
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(server, address, log.name)
            _servers[address] = server.pid
            yield address
        finally:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen[bytes], address: str, log: str, patience: float = 60) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            opener.open(f"{address}/_stcore/health", timeout=2).read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Unavailable(f"the application does not start: {Path(log).read_text()[-300:]}")


def memory(address: str) -> float:
    """Bytes of its own memory (not of files) that the server at that address holds. Raises Unavailable."""
    try:
        status = Path(f"/proc/{_servers[address]}/status").read_text()
    except OSError as error:
        raise Unavailable("this machine does not say how much memory a process holds") from error
    return float(next(line.split()[1] for line in status.splitlines() if line.startswith("RssAnon"))) * 1024


def watch(page: Page, count: int) -> None:
    """From now on, notice when a text with ``count`` codings is painted, and when the mouse was last clicked."""
    page.evaluate(_WATCH, count)


def painted(page: Page, patience: float) -> float:
    """Epoch milliseconds of the end of the frame that showed the text watched for."""
    page.wait_for_function("window.__painted", timeout=patience * 1000)
    shown = page.evaluate("[...CSS.highlights.values()].reduce((sum, each) => sum + each.size, 0)")
    if not shown:
        raise Unavailable("the coder says it has painted, and no coding is on the screen")
    return float(page.evaluate("window.__painted"))


def open_document(page: Page, address: str, document: str, patience: float) -> None:
    """Go to the page Coder with the document of that id, and wait until it is there."""
    page.goto(f"{address}/coder?document={document}")
    page.wait_for_selector(".qkc-text", timeout=patience * 1000)
    page.wait_for_load_state("networkidle")


def choose(page: Page, title: str) -> None:
    """Choose another document in the line above the text: the last click is the choice itself."""
    page.locator(".st-key-coder-line [role=combobox]").click()
    page.get_by_role("option", name=title).click(no_wait_after=True)
