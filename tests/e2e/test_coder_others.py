"""Two people on one document: blind unless asked, each with their own work, and who is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from coder_bed import CODER_APP, TITLE, Desk, env, make_project, saved

from qualikit.project import Project

pytestmark = pytest.mark.browser


@pytest.fixture
def second_page(chromium_browser: Any) -> Iterator[Any]:
    context = chromium_browser.new_context(viewport={"width": 1280, "height": 720}, locale="fr-FR")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def test_two_people_code_one_document_blind_then_see_each_other(
    tmp_path: Path, run_app: Callable[..., Any], browser_page: Any, second_page: Any
) -> None:
    place = make_project(tmp_path)
    app = run_app(CODER_APP, env(place))
    camille = Desk(browser_page).open(app.url)
    marc = Desk(second_page).open(f"{app.url}?codeur=Marc Duval")
    team, other = camille.page.locator(".qkc-team"), camille.page.locator(".qkc-other")
    team.locator("text=Marc Duval code ce document").wait_for()
    marc.page.locator(".qkc-team", has_text="Camille code ce document").wait_for()
    assert "aveugle" not in team.inner_text()

    marc.drag("triporteur").press("1").settled()
    team.locator("text=Codage en aveugle").wait_for()
    assert other.count() == 0
    # Nothing of Marc's work is in Camille's browser.
    assert camille.page.evaluate("document.documentElement.innerHTML.includes('qkc-stripe')") is False

    camille.press("o")
    other.first.wait_for()
    assert other.first.inner_text() == "MD"
    assert "Matériel" in str(other.first.get_attribute("title"))
    camille.drag("garage").press("2").settled()
    other.first.click()
    card = camille.page.locator(".qkc-their")
    assert "Marc Duval" in card.inner_text()
    assert camille.page.locator(".qkc-pin", has_text="Matériel").locator(".qkc-count").inner_text() == ""
    card.get_by_role("button", name="Reprendre ce code").click()
    camille.settled()
    mine = [coding for coding in saved(place) if coding.coder == "Camille"]
    assert sorted(coding.quote for coding in mine) == ["garage", "triporteur"]

    # What Marc takes away goes from Camille's screen; hers stays; undo is each one's own.
    marc.press("1").settled()
    other.first.wait_for(state="detached")
    assert len([coding for coding in saved(place) if coding.coder == "Camille"]) == 2
    marc.press("Control+z").settled()
    other.first.wait_for()
    # Switched on is remembered; switched off, it is all gone again.
    camille.page.wait_for_function("!Object.keys(localStorage).some(k => k.startsWith('qualikit:outbox:'))")
    camille.page.reload()
    camille.ready()
    other.first.wait_for()
    camille.press("o")
    other.first.wait_for(state="detached")
    team.locator("text=Codage en aveugle").wait_for()
    with Project.open(place, coder="Camille") as opened:
        assert opened.coding.usage_counts("coder", document=TITLE) == {"Camille": 2, "Marc Duval": 1}
