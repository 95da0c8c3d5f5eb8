"""Assistance as an evaluator walks through it: a corpus nobody has coded, decisions that teach, ways back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from access_bed import axe_source, faults
from coder_bed import Desk
from pages_bed import APP, OPTIONS, Visit, env

from qualikit import Project, sample

pytestmark = pytest.mark.browser


@pytest.fixture
def full(tmp_path: Path) -> Path:
    return Path(shutil.copy(sample.build(tmp_path / "exemple"), tmp_path / "exemple.qualikit"))


@pytest.fixture
def served(run_app: Callable[..., Any], full: Path, tmp_path: Path) -> Any:
    return run_app(APP, env(full, settings=tmp_path / "reglages", coder="Nova"), OPTIONS)


def section(tab: Visit, name: str) -> Visit:
    tab.page.get_by_role("radio", name=name).click()
    return tab.settled()


def mine(full: Path) -> int:
    with Project.open(full, coder="Nova") as project:
        return len(project.coding.codings(coder="Nova"))


def test_from_nothing_coded_to_decisions_that_teach_and_back(served, browser_page, full):
    tab = Visit(browser_page, served.url).open("assistance")
    page = tab.page
    tab.wait("passages à lire sur").settled()
    assert faults(page, axe_source()) == []
    # A passage of which one code is answered stays, with what is proposed besides, until it is left.
    cards = page.locator("[class*='st-key-card-next']")
    several = next(each for each in cards.all() if each.get_by_role("button", name="Accepter").count() > 1)
    words = several.locator("blockquote").inner_text()
    card = cards.filter(has_text=words[:60])
    left = card.get_by_role("button", name="Accepter").count() - 1
    card.get_by_role("button", name="Accepter").first.click()
    tab.wait("1 suggestion acceptée, 0 refusée").settled()
    assert mine(full) == 1
    assert card.get_by_role("button", name="Accepter").count() == left
    card.get_by_role("button", name="Refuser").first.click()
    tab.wait("1 suggestion acceptée, 1 refusée").settled()
    tab.click("Annuler : ").wait("1 suggestion acceptée, 0 refusée")
    # Another code is put beside what is proposed, which goes on waiting.
    tab.choose(card.get_by_label("Ajouter un code"), "Besoins › Équipement et coût")
    card.get_by_role("button", name="Poser").click()
    tab.settled()
    assert mine(full) == 2
    assert card.get_by_role("button", name="Accepter").count() == left
    card.get_by_role("button", name="Passage suivant").click()
    tab.settled()
    assert card.count() == 0

    tab.click("Comme celui-ci")
    page.get_by_text(re.compile("les plus proches d|1 passage semblable|ne dit nettement")).first.wait_for()
    tab.settled()
    page.get_by_role("textbox", name="Un passage, une phrase").fill("j'ai peur d'appuyer sur le mauvais bouton")
    page.get_by_role("textbox", name="Un passage, une phrase").press("Control+Enter")
    tab.wait("Avant je croyais que si j’appuyais à côté").settled()
    tab.click("Dans le texte")
    tab.wait("Retour à l'assistance")
    # What is on the screen is asked about by one key.
    Desk(page).ready().press("i")
    page.locator(".qkc-suggested").first.wait_for()
    tab.settled().click("Retour à l'assistance")

    section(tab, "Codes qui manquent")
    name = page.get_by_label("Nom du code").first
    name.fill("Papier et poste")
    before = mine(full)
    tab.click("Créer ce code")
    assert mine(full) == before + 3
    tab.click("Annuler : code Papier et poste").settled()
    assert mine(full) == before
    tab.click("Rétablir : ").settled()

    section(tab, "Fiabilité").click("Commencer")
    tab.wait("encore").click("Suivant (encore 50)").wait("encore 49").settled()
    assert page.get_by_text("kappa de Cohen").count() == 0  # it would give away what the assistant says
    assert mine(full) == before + 3
    section(tab, "Moyens").wait("Éteint tant que vous ne l'avez pas réglé et permis")
    assert faults(page, axe_source()) == []


def test_codes_are_put_at_once_and_taken_back_at_once(served, browser_page, full):
    with Project.open(full, coder="Nova") as project:
        project.coding.index()
    tab = Visit(browser_page, served.url).open("assistance?partie=lot")
    page = tab.page
    tab.choose(page.get_by_label("Codes à poser"), "Dysfonctionnements › Météo")
    page.keyboard.press("Escape")
    put = page.get_by_role("button", name=re.compile("^Poser"))
    n = int(re.search(r"\d+", put.inner_text())[0])
    put.click()
    tab.settled()
    assert mine(full) == n
    tab.click("Annuler : ").settled()
    assert mine(full) == 0
