"""The browser too: a page of the application asks nothing of anybody but this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from qualikit import sample
from tests.conftest import ROOT

pytestmark = pytest.mark.browser


@pytest.fixture
def demo(tmp_path):
    """The sample evaluation, served as ``qualikit demo`` serves it; its address."""
    sample.build(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "qualikit", "demo", "--no-browser", "--dir", str(tmp_path)],
        cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    yield process.stdout.readline().decode("utf-8").split()[-1]
    process.terminate()
    process.wait(60)
    process.stdout.close()


def test_every_page_asks_only_this_machine(demo, browser_page):
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.on("websocket", lambda socket: asked.append(socket.url))
    browser_page.goto(demo)
    browser_page.get_by_test_id("stSidebarNavLink").first.wait_for()
    links = browser_page.get_by_test_id("stSidebarNavLink")
    assert links.count() >= 5
    seen = set()
    for number in range(links.count()):
        # By the page itself: the navigation is folded away beside some pages.
        href = links.nth(number).evaluate("link => { link.click(); return link.href.split('?')[0]; }")
        browser_page.wait_for_function("href => location.href.split('?')[0] === href", arg=href)
        browser_page.get_by_test_id("stApp").and_(
            browser_page.locator("[data-test-script-state=notRunning]")
        ).wait_for()
        browser_page.wait_for_load_state("networkidle")
        seen.add(browser_page.url.split("?")[0])
    assert len(seen) == links.count()
    assert len(asked) > 20
    elsewhere = {url for url in asked if urlsplit(url).scheme not in {"data", "blob"} and not _is_here(url, demo)}
    assert elsewhere == set()


def _is_here(url: str, demo: str) -> bool:
    return urlsplit(url).netloc == urlsplit(demo).netloc
