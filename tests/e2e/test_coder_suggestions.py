"""Suggestions in the coder: gone through, accepted, refused, put under another code, taken back, hidden."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coder_bed import CODER_APP, Desk, env, make_project, names, saved

from qualikit.coding.model import Origin
from qualikit.project import Project

pytestmark = pytest.mark.browser


@pytest.fixture
def project(tmp_path: Path) -> Path:
    place = make_project(tmp_path)
    with Project.open(place, coder="Camille") as opened:
        opened.coding.update_code("Météo", keywords=["pleut", "météo"])
        opened.coding.update_code("Matériel", keywords=["vélo cargo", "triporteur", "panneau"])
        opened.coding.update_code("Autonomie", keywords=["autonome"])
        opened.coding.suggest("keywords")
    return place


@pytest.fixture
def desk(project: Path, run_app: Callable[..., Any], browser_page: Any) -> Desk:
    app = run_app(CODER_APP, env(project))
    desk = Desk(browser_page).open(app.url)
    browser_page.locator(".qkc-stripe.qkc-suggested").first.wait_for()
    return desk


def current(desk: Desk) -> str:
    return str(desk.page.locator(".qkc-proposal.qkc-current strong").inner_text())


def count(desk: Desk, words: str) -> None:
    desk.page.locator(".qkc-suggestions", has_text=words).wait_for()


def verdicts(place: Path) -> list[tuple[str, str]]:
    with Project.open(place) as opened:
        frame = opened.coding.decisions_frame()
        return list(frame[["code", "verdict"]].itertuples(index=False, name=None))


def test_suggestions_are_gone_through_decided_and_taken_back_by_keys(desk: Desk, project: Path) -> None:
    page = desk.page
    count(desk, "6 suggestions")
    assert page.locator(".qkc-suggested small").first.inner_text() == "suggestion"
    assert saved(project) == []
    desk.press("s")
    card = page.locator(".qkc-proposal.qkc-current")
    assert current(desk) == "Matériel"
    assert card.locator("u").all_inner_texts() == ["vélo-cargo"]
    assert "suggestion" in card.inner_text()
    assert "mot-clé de Matériel" in card.inner_text()
    # Accept: a coding at once, then the next one; nothing else is counted.
    desk.press("a")
    page.wait_for_function("document.querySelectorAll('.qkc-stripe:not(.qkc-suggested)').length === 1")
    assert current(desk) == "Météo"
    count(desk, "5 suggestions")
    # Refuse: gone, no coding.
    desk.press("x")
    count(desk, "4 suggestions")
    # Accept with another code.
    assert current(desk) in {"Météo", "Matériel"}
    desk.press("e")
    page.locator(".qkc-query").fill("lien")
    desk.press("Enter").settled()
    count(desk, "3 suggestions")
    assert names(project, saved(project)) == ["Lien social", "Matériel"]
    assert {coding.origin for coding in saved(project)} == {Origin.SUGGESTION}
    assert [verdict for _code, verdict in verdicts(project)] == ["accepted", "rejected", "corrected"]
    # Undo brings each back, in hand again; redo decides again.
    desk.press("Control+z")
    count(desk, "4 suggestions")
    desk.press("Control+z")
    count(desk, "5 suggestions")
    assert current(desk) == "Météo"
    desk.press("Control+z").settled()
    count(desk, "6 suggestions")
    assert saved(project) == []
    assert verdicts(project) == []
    assert current(desk) == "Matériel"
    desk.press("Control+Shift+z").settled()
    count(desk, "5 suggestions")
    assert names(project, saved(project)) == ["Matériel"]
    page.reload()
    desk.ready()
    count(desk, "5 suggestions")


def test_coding_by_hand_answers_and_hiding_is_remembered(desk: Desk, project: Path) -> None:
    page = desk.page
    # The suggestion's own passage with its own code: accepted without asking.
    desk.press("s", "1").settled()
    count(desk, "5 suggestions")
    assert verdicts(project) == [("Matériel", "accepted")]
    assert [coding.origin for coding in saved(project)] == [Origin.HAND]
    # A click on the text shows what is suggested there; the buttons do what the keys do.
    desk.press("Escape").click("autonome")
    page.locator(".qkc-proposal [data-act=refuse]").click()
    count(desk, "4 suggestions")
    desk.settled()
    assert ("Autonomie", "rejected") in verdicts(project)
    page.locator(".qkc-suggestions").click()
    count(desk, "cachées")
    assert page.locator(".qkc-suggested").count() == 0
    desk.press("s")
    page.locator(".qkc-note", has_text="cachées").wait_for()
    page.wait_for_function("!Object.keys(localStorage).some(k => k.startsWith('qualikit:outbox:'))")
    page.reload()
    desk.ready()
    count(desk, "cachées")
    page.locator(".qkc-suggestions").click()
    count(desk, "4 suggestions")


def test_a_decision_that_python_refuses_is_taken_back_and_said(desk: Desk, project: Path) -> None:
    desk.press("s", "s", "s")
    chosen = current(desk)
    with Project.open(project, coder="Camille") as opened:
        code = opened.coding.code(chosen)
        one = next(
            each for each in opened.coding.suggestions() if each.code_id == code.id and "triporteur" in each.quote
        )
        opened.coding.decide(one.id, accept=False)
    desk.press("a")
    desk.settled()
    count(desk, "5 suggestions")
    assert (chosen, "rejected") in verdicts(project)
