"""Reading by code as an evaluator does: gathered, worked on by the keyboard, opened in the text, found again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages_bed import APP, OPTIONS, Visit, env

from qualikit import Project, sample
from qualikit.themes.reading.query import Query, Term

pytestmark = pytest.mark.browser

CURRENT = ".qkr-card.qkr-current"


@pytest.fixture
def full(tmp_path: Path) -> Path:
    return Path(shutil.copy(sample.build(tmp_path / "exemple"), tmp_path / "exemple.qualikit"))


@pytest.fixture
def visit(run_app: Callable[..., Any], browser_page: Any, tmp_path: Path) -> Callable[..., Visit]:
    def open_(place: Path, path: str = "") -> Visit:
        app = run_app(APP, env(place, settings=tmp_path / "reglages"), OPTIONS)
        return Visit(browser_page, app.url).open(path)

    return open_


def saved(tab: Visit) -> None:
    tab.page.locator(".qkr-bar", has_text="Enregistré").wait_for()


def test_passages_are_recoded_noted_chosen_removed_and_taken_back_by_the_keyboard(visit, full):
    with Project.open(full, coder="Camille") as project:
        weather = project.coding.code("Météo").id
        order = project.themes.passages("Météo")
        ids = order.ids()
    tab = visit(full, f"lire?code={weather}")
    page = tab.page
    page.locator(f"{CURRENT} mark").wait_for()
    assert page.locator(".qkr-card").first.get_attribute("aria-setsize") == str(len(order))
    page.locator(CURRENT).focus()

    page.keyboard.press("v")
    page.locator(f"{CURRENT}.qkr-chosen").wait_for()
    saved(tab)
    page.keyboard.press("m")
    page.locator(".qkr-memo-text").fill("À **garder** 🌧")
    page.keyboard.press("Control+Enter")
    page.locator(f"{CURRENT} .qkr-has-memo").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.locator(".qkc-query").fill("coordination")
    page.keyboard.press("Enter")
    page.locator(f"{CURRENT} .qkr-code", has_text="Coordination").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    page.locator(f"{CURRENT}.qkr-gone").wait_for()
    page.keyboard.press("Control+z")
    page.locator(f"{CURRENT}:not(.qkr-gone)").wait_for()
    saved(tab)
    page.wait_for_function("() => !document.querySelector('.qkr-pending')")
    with Project.open(full, coder="Camille") as project:
        assert [each.coding_id for each in project.themes.verbatims()] == [ids[0]]
        assert [memo.text for memo in project.coding.memos(coding=ids[0])] == ["À **garder** 🌧"]
        assert project.coding.coding(ids[1]).code_id == project.coding.code("Coordination").id
        assert project.coding.coding(ids[2]).code_id == weather
        assert project.check() == []

    page.keyboard.press("Home")  # several at once: one action, taken back in one
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press(" ")
    page.keyboard.press("j")
    page.keyboard.press(" ")
    page.keyboard.press("c")
    page.locator(".qkc-title", has_text="des 2 passages").wait_for()
    page.locator(".qkc-query").fill("coordination")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.qkr-pending').length === 0")
    saved(tab)
    with Project.open(full, coder="Camille") as project:
        assert project.history.events(limit=1)[0].label == "2 passages recodés en Coordination"
    page.keyboard.press("Control+z")
    page.wait_for_function("() => document.querySelectorAll('.qkr-pending').length === 0")
    saved(tab)
    page.locator(".qkr-card[data-place='2'] .qkr-code", has_text="Météo").wait_for()
    with Project.open(full, coder="Camille") as project:
        assert {project.coding.coding(id).code_id for id in ids[2:4]} == {weather}


def test_a_passage_is_opened_in_its_text_and_the_list_is_found_where_it_was_left(visit, full):
    tab = visit(full, "lire")
    page = tab.page
    page.locator(f"{CURRENT} mark").wait_for()
    page.locator(CURRENT).focus()
    for _n in range(3):
        page.keyboard.press("PageDown")  # from group to group
    page.locator(f"{CURRENT} mark").wait_for()
    place = page.locator(CURRENT).get_attribute("data-place")
    quote = page.locator(f"{CURRENT} mark").inner_text()
    page.keyboard.press("Enter")
    page.locator(f"{CURRENT}.qkr-open").wait_for()
    page.keyboard.press("o")
    tab.wait("Retour aux passages lus")
    page.locator(".qkc-centre").wait_for()
    tab.click("Retour aux passages lus")
    page.locator(f"{CURRENT}[data-place='{place}'] mark").wait_for()
    assert page.locator(f"{CURRENT} mark").inner_text() == quote


def test_conditions_are_said_counted_and_kept_under_a_name(visit, full):
    with Project.open(full, coder="Camille") as project:
        weather = project.coding.code("Météo").id
        project.themes.queries.save("Météo à Laval", Query(codes=Term("Météo"), territories=("Laval",)))
        project.themes.queries.save("Rien", Query(codes=Term("Météo"), territories=("National",), memo=True))
        found = project.themes.passages(Query(codes=Term(weather), territories=("Laval",)))
    tab = visit(full, "lire")
    page = tab.page
    tab.click("Recherches").click("Météo à Laval", inside="[data-testid=stPopoverBody]")
    tab.wait(f"{len(found)} passages, {found.people} personnes sur {found.people_total}")
    assert "Météo, à Laval" in tab.words()
    page.keyboard.press("Escape")
    tab.click("Écrire")
    assert page.get_by_role("textbox", name="Codes", exact=True).input_value() == "Météo"
    tab.write("Codes", "Météo ET (Freins").wait("il manque une parenthèse fermante")
    tab.write("Codes", "Meteu").wait("Vouliez-vous dire « Météo » ?")
    tab.write("Codes", "Météo ET/document Impacts").wait("Météo et Impacts (dans le même document), à Laval")
    tab.click("Recherches").click("Rien", inside="[data-testid=stPopoverBody]").wait(
        "Ce qui reste après chaque condition"
    )
    page.keyboard.press("Escape")
    tab.click("Retirer les conditions").wait("passages,")
