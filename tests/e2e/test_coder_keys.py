"""Keys that the evaluator gives to commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coder_bed import CODER_APP, TALK, Desk, env, make_project, names, saved

pytestmark = pytest.mark.browser


def test_a_command_gets_another_key_that_lasts_and_conflicts_are_settled(
    tmp_path: Path, run_app: Callable[..., Any], browser_page: Any
) -> None:
    project = make_project(tmp_path)
    desk = Desk(browser_page).open(run_app(CODER_APP, env(project)).url)
    page = desk.page

    def told() -> str:
        return str(page.locator(".qkc-told").inner_text()).replace("\u00a0", " ")

    def change(command: str, *keys: str) -> None:
        page.locator(f"[data-command={command}]").first.click()
        desk.press(*keys)

    desk.press("?")
    change("repeat", "Control+w")
    assert "Le navigateur se sert lui-même de Ctrl+W" in told()
    desk.press("Digit3")
    assert "Les chiffres posent les codes épinglés" in told()
    desk.press("Escape")  # lets the question go, not the sheet
    assert page.locator(".qkc-help").is_visible()
    change("repeat", "t")
    assert "T sert déjà à « Prendre tout le tour de parole »" in told()
    page.get_by_role("button", name="Échanger les deux touches").click()
    assert "T sert maintenant à « Répéter le dernier code »" in told()
    change("filter", "p")
    desk.press("Escape")
    assert not page.locator(".qkc-help").is_visible()

    assert "T répéter" in page.locator(".qkc-hint").inner_text()
    assert page.locator(".qkc-filter").get_attribute("placeholder") == "Filtrer les codes (P)"
    desk.drag("panneau").press("2", "Escape")
    desk.drag("triporteur").press("t", "f").settled()
    assert names(project, saved(project)) == ["Météo", "Météo"]
    assert page.evaluate("document.activeElement.className") == "qkc-scroll"  # F means nothing any more
    page.wait_for_function(
        "!Object.keys(localStorage).some(k => k.startsWith('qualikit:outbox:'))"
    )  # the keys are in the project
    page.evaluate("localStorage.clear()")

    page.reload()
    desk.ready()
    page.wait_for_function("document.querySelector('.qkc-hint').innerText.includes('T répéter')")
    desk.press("Escape").drag("Les démarches").press("p")
    assert page.evaluate("document.activeElement.className") == "qkc-filter"
    desk.press("Escape", "?")
    page.get_by_role("button", name="Remettre les touches d'origine").click()
    assert "R répéter" in page.locator(".qkc-hint").inner_text()
    page.get_by_role("button", name="Reprendre les miennes").click()
    assert "T répéter" in page.locator(".qkc-hint").inner_text()


def test_the_keyboard_goes_to_the_ends_and_begins_at_what_is_read_now(
    tmp_path: Path, run_app: Callable[..., Any], browser_page: Any
) -> None:
    desk = Desk(browser_page).open(run_app(CODER_APP, env(make_project(tmp_path, TALK * 30))).url)
    page = desk.page
    top = "document.querySelector('.qkc-scroll').scrollTop"
    desk.press("n")  # nothing is coded: a key that can do nothing says so
    assert "Aucun codage ici." in desk.notes()
    desk.press("Alt+ArrowDown")
    assert "Vous n'avez encore rien codé dans ce document." in desk.notes().replace("\u00a0", " ")
    desk.press("Control+End", "Shift+ArrowLeft").painted()
    assert desk.selected() == "panneau."
    desk.press("Escape", "Control+Home", "Shift+ArrowRight").painted()
    assert desk.selected() == "Bonjour"
    desk.press("Escape")
    page.evaluate("document.querySelector('.qkc-scroll').scrollTop = 3000")
    page.wait_for_function(f"{top} === 3000")
    desk.press("ArrowDown").painted()
    assert abs(page.evaluate(top) - 3000) < 100
