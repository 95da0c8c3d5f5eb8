"""Questions of the interview guide in the coder: marked by a key, seen above their turns, gone to, taken away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coder_bed import CODER_APP, TITLE, Desk, env, make_project, text_of

from qualikit.corpus.guide.model import GuideLine, QuestionMark
from qualikit.project import Project

pytestmark = pytest.mark.browser

LINES = [
    GuideLine("Qui veut commencer ?", "Accueil"),
    GuideLine("Qu'en est-il des horaires ?", "Le service"),
    GuideLine("Que diriez-vous à d'autres ?", "Le service"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    place = make_project(tmp_path)
    with Project.open(place) as project:
        project.corpus.guide.replace(LINES)
    return place


@pytest.fixture
def desk(project: Path, run_app: Callable[..., Any], browser_page: Any) -> Desk:
    app = run_app(CODER_APP, env(project))
    return Desk(browser_page).open(app.url)


def marks(place: Path) -> list[QuestionMark]:
    with Project.open(place) as project:
        return project.corpus.guide.marks()


def asked(desk: Desk) -> list[str]:
    """The questions above the turns, in the order of the page."""
    return [line.get_attribute("aria-label") for line in desk.page.locator(".qkc-questions .qkc-question").all()]


def choose(desk: Desk, *letters: str) -> None:
    desk.press("q")
    desk.page.locator(".qkc-palette[open]").wait_for()
    desk.page.keyboard.type("".join(letters))
    desk.press("Enter")


def test_a_key_marks_the_question_of_a_turn_and_takes_it_away(desk: Desk, project: Path) -> None:
    desk.click("Et pour les horaires")
    choose(desk, "horaires")
    desk.page.locator(".qkc-questions", has=desk.page.locator("[aria-label^='2. Qu']")).wait_for()
    desk.settled()
    (mark,) = marks(project)
    assert mark.quote == "Et pour les horaires ?"
    assert text_of(project)[mark.start : mark.stop] == mark.quote
    desk.press("Control+z").settled()
    desk.page.locator(".qkc-questions").wait_for(state="detached")
    desk.press("Control+Shift+Z").settled()
    assert len(marks(project)) == 1
    desk.click("Et pour les horaires")
    choose(desk, "horaires")
    desk.page.locator(".qkc-questions").wait_for(state="detached")
    desk.settled()
    assert marks(project) == []


def test_questions_are_gone_to_and_say_what_they_cover_without_touching_the_text(desk: Desk, project: Path) -> None:
    desk.click("Bonjour à tous")
    choose(desk, "commencer")
    desk.click("Et pour les horaires")
    choose(desk, "2")
    desk.settled()
    assert asked(desk) == ["1. Qui veut commencer ?", "2. Qu'en est-il des horaires ?"]
    question = desk.page.locator("section.qkc-question")
    desk.click("Quand il pleut")
    desk.page.wait_for_function("document.querySelector('section.qkc-question').innerText.includes('1. Qui veut')")
    assert "Démarquer" not in question.inner_text()
    desk.press("j")
    desk.page.wait_for_function("document.querySelector('section.qkc-question').innerText.includes('2. Qu')")
    assert "Démarquer" in question.inner_text()
    desk.press("j")
    desk.page.locator(".qkc-note", has_text="Il n'y a plus de question").wait_for()
    desk.press("Shift+J")
    desk.page.wait_for_function("document.querySelector('section.qkc-question').innerText.includes('1. Qui veut')")
    # What is selected over a line is the text alone, at its own place.
    desk.drag("petit à petit", "Le matin c'est")
    assert desk.selected().split("|") == ["petit à petit.", "Et pour les horaires ?", "Le matin c'est"]
    assert "2." not in desk.page.evaluate("document.getSelection().toString()")
    desk.press("1").settled()
    with Project.open(project) as opened:
        (coding,) = opened.coding.codings()
        assert opened.corpus.text(TITLE)[coding.start : coding.stop] == coding.quote
        assert opened.check() == []
    desk.press("Escape").click("Et pour les horaires")
    question.get_by_role("button", name="Démarquer").click()
    desk.settled()
    assert [mark.quote for mark in marks(project)] == ["Bonjour à tous, qui veut commencer ?"]


def test_a_mark_on_a_question_taken_out_elsewhere_is_refused_and_goes(desk: Desk, project: Path) -> None:
    with Project.open(project, coder="Alix") as other:
        other.corpus.guide.remove(3)
    desk.click("Bonjour à tous")
    choose(desk, "d'autres")
    desk.page.locator(".qkc-refused").wait_for()
    assert "n'est plus dans le guide" in desk.notes()
    assert asked(desk) == []
