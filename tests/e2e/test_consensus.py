"""The consensus grid as an evaluator fills it: opened, gone through by keys, put right, read side by side."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages_bed import APP, OPTIONS, Visit, env

from qualikit import Project, sample

pytestmark = pytest.mark.browser

AUBAGNE = "FG_usagers_Aubagne_2023-11-14"


@pytest.fixture
def full(tmp_path: Path) -> Path:
    return Path(shutil.copy(sample.build(tmp_path / "exemple"), tmp_path / "exemple.qualikit"))


@pytest.fixture
def visit(run_app: Callable[..., Any], browser_page: Any, tmp_path: Path) -> Callable[..., Visit]:
    def open_(place: Path, path: str = "") -> Visit:
        app = run_app(APP, env(place, settings=tmp_path / "reglages"), OPTIONS)
        return Visit(browser_page, app.url).open(path)

    return open_


def cell(tab: Visit, theme: str, person: str) -> Any:
    return tab.page.locator(f'button.cell[aria-label^="{theme}, {person},"]')


def test_cells_are_checked_by_keys_put_right_taken_back_and_read_side_by_side(visit, full):
    tab = visit(full, "consensus")
    page = tab.page
    page.locator("td.tone-agree").first.wait_for()
    assert cell(tab, "Lieux et horaires", "M. Belkacem").inner_text() == "D→A"

    # From cell to cell by the arrows, open by Enter.
    cell(tab, "Lieux et horaires", "M. Belkacem").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    with tab.running():
        page.keyboard.press("Enter")
    page.locator(".st-key-consensus-panel h2", has_text="M. Ortega").wait_for()
    assert "Visibilité et information" in page.locator(".st-key-consensus-panel").inner_text()

    # The first cell to check: its passage is a disagreement, by an example; the cell is confirmed; the next one comes.
    tab.click("cases à vérifier")
    page.locator(".st-key-consensus-panel h2", has_text="M. Ortega").wait_for()
    for key, shown in (("d", "D"), ("f", "SD"), ("v", "SD ✓")):
        with tab.running():
            page.keyboard.press(key)
        cell(tab, "Autonomie des usagers", "M. Ortega").filter(has_text=shown).wait_for()
    with Project.open(full, coder="Camille") as project:
        held = project.themes.consensus(AUBAGNE).cell("Autonomie des usagers", "M. Ortega")
        assert (held.letter, held.confirmed) == ("SD", True)
    with tab.running():
        page.keyboard.press("s")
    page.locator(".st-key-consensus-panel h2", has_text="Mme Diallo").wait_for()

    tab.click("Annuler", inside=".st-key-topline")
    cell(tab, "Autonomie des usagers", "M. Ortega").filter(has_not_text="✓").wait_for()

    # A passage leads to its place in the transcript, and back to the same cell.
    tab.click("Voir dans le texte", inside=".st-key-consensus-panel")
    page.locator(".st-key-back_to_consensus").wait_for()
    tab.click("Retour à la grille de consensus")
    page.locator(".st-key-consensus-panel h2", has_text="Mme Diallo").wait_for()

    page.get_by_role("radio", name="Tous les groupes").click()
    tab.settled()
    cell(tab, "Confidentialité", f"Aubagne — {AUBAGNE}").wait_for()
    assert "À la poste aussi on entend tout" in tab.words()
