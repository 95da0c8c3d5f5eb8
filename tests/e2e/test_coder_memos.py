"""Memos on the right of the coder: written as Markdown, shown as they are meant, found again, others' apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coder_bed import CODER_APP, TITLE, Desk, env, make_project

from qualikit.project import Project

pytestmark = pytest.mark.browser


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


@pytest.fixture
def desk(project: Path, run_app: Callable[..., Any], browser_page: Any) -> Desk:
    app = run_app(CODER_APP, env(project))
    return Desk(browser_page).open(app.url)


def memos(place: Path) -> dict[str, str]:
    with Project.open(place) as project:
        return {memo.target_kind: memo.text for memo in project.coding.memos()}


def write(desk: Desk, text: str) -> None:
    desk.page.locator("textarea.qkc-memo-edit").fill(text)
    desk.press("Control+Enter").settled()


def test_memos_are_written_as_markdown_and_shown_as_they_are_meant(desk: Desk, project: Path) -> None:
    desk.drag("accès aux droits").press("1", "m")
    assert "*italique*" in desk.page.locator(".qkc-passage").inner_text()
    write(desk, "**Piste** : à *revoir*\n- un\n- <b>deux</b> [site](javascript:alert(1))")
    memo = desk.page.locator(".qkc-passage .qkc-md")
    memo.wait_for()
    assert memo.locator("strong").inner_text() == "Piste"
    assert memo.locator("li").all_inner_texts() == ["un", "<b>deux</b> site)"]
    assert memo.locator("a").count() == 0
    desk.press("Escape", "m")
    write(desk, "groupe *agité*")
    desk.click("Quand il pleut")
    desk.page.locator(".qkc-person").get_by_role("button", name="Mémo").click()
    write(desk, "parle peu")
    assert memos(project) == {
        "coding": "**Piste** : à *revoir*\n- un\n- <b>deux</b> [site](javascript:alert(1))",
        "document": "groupe *agité*",
        "participant": "parle peu",
    }
    assert desk.page.locator(".qkc-memos .qkc-memo-line").all_inner_texts() == [
        "Sur le document groupe agité",
        "Matériel Piste : à revoir un <b>deux</b> site)",
        "Sur M. Petit parle peu",
    ]
    desk.page.locator(".qkc-memo-line", has_text="Matériel").click()
    desk.page.locator(".qkc-card.qkc-current").wait_for()
    assert desk.here() == ["Matériel"]
    desk.press("Control+z", "Control+z").settled()
    assert memos(project).keys() == {"coding"}


def test_a_memo_half_written_is_there_after_a_reload_and_folded_parts_stay_folded(desk: Desk, project: Path) -> None:
    desk.drag("le panneau").press("3", "m")
    desk.page.locator("textarea.qkc-memo-edit").fill("à moitié")
    desk.page.evaluate("document.querySelector('.qkc-paper .qkc-fold').click()")
    desk.page.reload()
    desk.ready()
    desk.page.wait_for_function("document.querySelector('.qkc-paper .qkc-fold-body').hidden")
    desk.click("le panneau")
    assert desk.page.locator("textarea.qkc-memo-edit").input_value() == "à moitié"


def test_who_speaks_is_followed_from_turn_to_turn(desk: Desk, project: Path) -> None:
    desk.click("Quand il pleut")
    person = desk.page.locator(".qkc-person")
    assert "1 sur 2 tours de parole" in person.inner_text()
    assert "% des mots" in person.inner_text().replace("\u00a0", " ").replace("\u202f", " ").replace(" %", "%")
    person.get_by_role("button", name="Son tour de parole suivant").click()
    desk.page.wait_for_function("document.querySelector('.qkc-person').innerText.includes('2 sur 2')")
    assert person.get_by_role("button", name="Son tour de parole suivant").is_disabled()


def test_others_memos_show_to_whoever_asked_for_them(project: Path, run_app: Callable[..., Any], browser_page: Any):
    with Project.open(project, coder="Alix") as other:
        other.coding.write_memo("vu **autrement**", document=TITLE)
    app = run_app(CODER_APP, env(project))
    desk = Desk(browser_page).open(app.url)
    assert "autrement" not in desk.page.locator(".qkc-inspector").inner_text()
    with Project.open(project) as own:
        own.set_preference("coder.others", True)
    desk.drag("le panneau").press("3").settled()
    desk.page.locator(".qkc-paper .qkc-memo-other strong", has_text="autrement").wait_for()
    assert "Mémo de Alix" in desk.page.locator(".qkc-paper").inner_text()
