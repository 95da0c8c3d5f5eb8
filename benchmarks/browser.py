"""Headless Chromium, the same for everybody, on loopback."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.harness import Unavailable

if TYPE_CHECKING:
    from playwright.sync_api import Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# What a page logs goes through the debugging protocol here and costs time that nobody pays at their desk.
_QUIET = "for (const name of ['log', 'debug', 'info']) console[name] = () => {};"

AFTER_PAINT = """
window.__afterPaint = (done) => new Promise((resolve) => {
  const tick = () => {
    if (!done()) return requestAnimationFrame(tick);
    // A message posted inside a frame's callback is handled once that frame is on the screen.
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
      channel.port2.postMessage(null);
    });
  };
  tick();
});
"""
"""``await __afterPaint(done)``: epoch milliseconds of the end of the frame after ``done()`` became true."""


def executable() -> str:
    """Where Chromium is. Raises Unavailable."""
    for name in (os.environ.get("QUALIKIT_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise Unavailable("no Chromium on this machine (QUALIKIT_CHROMIUM may name one)")


@contextmanager
def new_page() -> Iterator[Page]:
    """A page in a browser of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.add_init_script(_QUIET)
            page.add_init_script(AFTER_PAINT)
            yield page
        finally:
            browser.close()


def free_port() -> int:
    """A port of loopback that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
