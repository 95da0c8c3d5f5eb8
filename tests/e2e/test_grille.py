"""The page Grille: codes merged, split, retired, moved, each said before it is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coder_bed import TITLE, make_project
from pages_bed import APP, OPTIONS, Visit, env

from qualikit.project import Project

pytestmark = pytest.mark.browser


@pytest.fixture
def project(tmp_path: Path) -> Path:
    place = make_project(tmp_path)
    for coder, words in (("Camille", "triporteur"), ("Alix", "triporteur"), ("Alix", "Quand il pleut")):
        with Project.open(place, coder=coder) as opened:
            text = opened.corpus.text(TITLE)
            start = text.index(words)
            opened.coding.add(TITLE, start, start + len(words), "Météo")
    return place


@pytest.fixture
def tab(project: Path, tmp_path: Path, run_app: Callable[..., Any], browser_page: Any) -> Visit:
    app = run_app(APP, env(project, settings=tmp_path / "home"), OPTIONS)
    browser_page.set_default_timeout(90_000)  # a first page loads all that the application is made of
    return Visit(browser_page, app.url)


def codes(project: Path) -> dict[str, int]:
    """How often each code in use is used, by its path."""
    with Project.open(project) as opened:
        book, counts = opened.coding.codebook, opened.coding.usage_counts()
        return {book.path(code.id): counts.get(code.id, 0) for code in book.in_use}


def choose(tab: Visit, name: str) -> Visit:
    tab.page.locator(".st-key-code-tree").get_by_role("button", name=name).click()
    tab.settled().page.locator(".qk-code-head h2", has_text=name).wait_for()
    return tab


def test_a_code_is_split_passage_by_passage_then_merged_back_and_undone(tab: Visit, project: Path) -> None:
    page = tab.page
    choose(tab.open("grille"), "Météo")
    tab.click("Scinder…").write("Les nouveaux codes, séparés par des points-virgules", "Pluie ; Cargo")
    tab.wait("3 passages sur 3").write("Filtrer les passages", "tripo").wait("2 passages sur 3")
    tab.click("Tous à « Cargo »").write("Filtrer les passages", "pleut").wait("1 passage sur 3")
    tab.click("Tous à « Pluie »")
    tab.wait("1 va à « Pluie », 2 vont à « Cargo », 0 reste sur « Météo »")
    page.get_by_role("button", name="Scinder", exact=True).click()
    tab.settled().wait("Code scindé")
    assert (codes(project)["Pluie"], codes(project)["Cargo"], codes(project)["Météo"]) == (1, 2, 0)
    choose(tab, "Cargo").click("Fusionner…")
    tab.choose(page.get_by_label("Fusionner « Cargo » dans"), "Météo")
    tab.wait("2 codages de 2 codeurs dans 1 document seront déplacés")
    page.get_by_role("button", name="Fusionner", exact=True).click()
    tab.settled().wait("Codes fusionnés")
    assert codes(project)["Météo"] == 2
    tab.click("Annuler : code Cargo fusionné").click("Annuler : code Météo scindé")
    assert codes(project)["Météo"] == 3
    assert "Pluie" not in codes(project)


def test_a_code_is_moved_coloured_noted_retired_and_taken_back(tab: Visit, project: Path) -> None:
    page = tab.page
    choose(tab.open("grille"), "Météo").click("Ranger sous celui d'avant")
    assert "Matériel › Météo" in codes(project)
    tab.click("Sortir d'un niveau").click("Monter d'un rang")
    assert next(iter(codes(project))) == "Météo"
    page.locator(".st-key-code_colour button").first.click()
    tab.settled().click("Olive")
    page.keyboard.press("Escape")
    page.get_by_text("Écrire un mémo sur ce code").click()
    tab.settled().write("Mémo", "À **revoir** en équipe.")
    page.locator("strong", has_text="revoir").wait_for()
    with Project.open(project, coder="Alix") as alix:
        assert alix.coding.code("Météo").color == "#666611"
        assert [memo.text for memo in alix.coding.code_memos("Météo")] == ["À **revoir** en équipe."]
    tab.click("Retirer…").wait("3 codages de 2 codeurs dans 1 document sont gardés")
    page.get_by_role("button", name="Retirer", exact=True).locator("visible=true").last.click()
    tab.settled().wait("1 code retiré")
    assert "Météo" not in codes(project)
    tab.click("Remettre en service")
    assert codes(project)["Météo"] == 3


def test_the_coder_leads_to_a_code_in_the_codebook(tab: Visit, project: Path) -> None:
    page = tab.page
    tab.open("coder")
    page.locator(".qkc-tree [role=treeitem]", has_text="Horaires").click(button="right")
    page.get_by_role("menuitem", name="Ouvrir dans Grille").click()
    page.locator(".qk-code-head h2", has_text="Horaires").wait_for()
