"""What opens on the way, for those who see little or use no mouse: axe looks at each of these as it stands open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from access_bed import axe_source, faults, page_in
from coder_bed import CODER_APP, TITLE, Desk, env, make_project

from qualikit import Project
from qualikit.corpus.guide.model import GuideLine

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def axe() -> str:
    return axe_source()


@pytest.fixture
def busy(tmp_path: Path) -> Path:
    """A text with everything that can stand beside it: suggestions, a colleague's codings, questions, memos, a retired code."""
    place = make_project(tmp_path)
    with Project.open(place, coder="Alix") as alix:
        text = alix.corpus.text(TITLE)
        at = text.index("reste au garage")
        alix.coding.add(TITLE, at, at + len("reste au garage"), "Matériel")
    with Project.open(place, coder="Camille") as project:
        project.corpus.guide.replace(
            [GuideLine("Qui veut commencer ?", "Accueil"), GuideLine("Qu'en est-il des horaires ?", "Le service")]
        )
        project.coding.retire_code("Visibilité")
        for words, code in (("accès aux droits", "Accès aux droits"), ("personne ne vient", "Lien social")):
            at = text.index(words)
            coding = project.coding.add(TITLE, at, at + len(words), code)
            project.coding.write_memo(f"**Piste** : {words}", coding=coding.id)
        project.coding.write_memo("groupe *agité*", document=TITLE)
        project.coding.write_memo("à *revoir*", code="Accès aux droits")
        project.coding.update_code("Météo", keywords=["pleut", "météo"])
        project.coding.update_code("Matériel", keywords=["triporteur", "panneau"])
        project.coding.suggest("keywords")
    return place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens_beside_the_text(
    scheme: str, busy: Path, run_app: Callable[..., Any], chromium_browser: Any, axe: str
) -> None:
    app = run_app(CODER_APP, env(busy))
    found: dict[str, list[str]] = {}
    with page_in(chromium_browser, color_scheme=scheme) as page:
        desk = Desk(page).open(app.url)
        page.locator(".qkc-suggested").first.wait_for()

        def look(state: str, shown: str) -> None:
            page.locator(shown).locator("visible=true").first.wait_for()
            desk.painted()
            found[state] = faults(page, axe, rules="cat.color" if scheme == "dark" else "")

        desk.press("s")
        look("a suggestion", ".qkc-proposal.qkc-current")
        desk.press("e")
        look("another code for it", ".qkc-palette[open]")
        desk.press("Escape", "Escape", "o")
        page.locator(".qkc-other").first.click()
        look("a colleague's coding", ".qkc-their")
        desk.press("Escape")
        desk.click("accès aux droits")
        look("the grips of a coding with a memo", ".qkc-grip")
        desk.press("m")
        look("a memo that is written", "textarea.qkc-memo-edit")
        desk.press("Escape")
        look("all memos", "input[type=search].qkc-filter")
        desk.press("/")
        page.keyboard.type("météo")
        look("words found", ".qkc-find")
        desk.press("Enter")
        look("one of them", ".qkc-find")
        desk.press("/", "Escape", "Escape")
        desk.click("Et pour les horaires").press("q")
        look("the questions", ".qkc-palette[open]")
        page.keyboard.type("horaires")
        desk.press("Enter").settled()
        look("a question above its turn", ".qkc-questions .qkc-question")

        # The tree: its menu, and each thing that the menu opens.
        page.get_by_role("button", name="1 code retiré").click()
        row = page.locator(".qkc-tree [role=treeitem]", has_text="Autonomie")
        row.focus()
        row.hover()
        look("what a code means", ".qkc-codecard")
        desk.press("Shift+F10")
        look("the menu of a code", ".qkc-menu")
        for name in ("Renommer", "Changer la couleur", "Ajouter un code dessous", "Fusionner", "Scinder", "Retirer"):
            page.get_by_role("menuitem", name=name).press("Enter")
            look(f"the menu: {name}", ".qkc-pop:not(.qkc-menu), .qkc-palette[open]")
            desk.press("Escape")
            page.locator("[role=treeitem]:focus", has_text="Autonomie").press("Shift+F10")
            page.locator(".qkc-menu").wait_for()
        desk.press("Escape")

        page.locator(".qkc-scroll").focus()
        desk.press("?")
        page.locator(".qkc-help[open] .qkc-key").first.click()
        look("a key that is replaced", ".qkc-key.qkc-asked")
        desk.press("Escape", "Escape")
        box = page.locator(".qkc-overview").bounding_box()
        page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
        look("what the overview tells", ".qkc-tip")
    assert {where: what for where, what in found.items() if what} == {}
