"""Comparing territories as an evaluator does: a code read, a word found again in all its uses."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages_bed import APP, OPTIONS, Visit, env

from qualikit import sample

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(run_app: Callable[..., Any], browser_page: Any, tmp_path: Path) -> Callable[..., Visit]:
    def open_(path: str) -> Visit:
        place = Path(shutil.copy(sample.build(tmp_path / "exemple"), tmp_path / "exemple.qualikit"))
        app = run_app(APP, env(place, settings=tmp_path / "reglages"), OPTIONS)
        return Visit(browser_page, app.url).open(path)

    return open_


def test_a_figure_leads_to_its_passages_and_a_word_to_its_uses(visit):
    tab = visit("territoires")
    page = tab.page
    page.locator("tr", has_text="Autorisations").locator("button.cell", has_text="2/10").click()
    tab.settled().wait("2 personnes sur 10")  # in « Lire par code », with the same denominator
    tab.go("Territoires")
    page.get_by_text("Comment ils le disent").click()
    page.get_by_text("Mots propres à").first.wait_for(timeout=180_000)  # the French model is loaded first
    page.locator("tr", has_text="triporteur").locator("button.cell").first.click()
    page.locator(".concordance mark").first.wait_for()
    assert "triporteur" in page.get_by_label("Ce que vous cherchez", exact=True).input_value()
    assert set(page.locator(".concordance mark").all_inner_texts()) <= {"triporteur", "triporteurs"}
