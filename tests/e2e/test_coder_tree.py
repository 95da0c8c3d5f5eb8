"""The tree of codes beside the text: codes changed while one codes, by the keyboard and by the mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coder_bed import CODER_APP, Desk, env, make_project, names, saved

from qualikit.project import Project

pytestmark = pytest.mark.browser


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


@pytest.fixture
def desk(project: Path, run_app: Callable[..., Any], browser_page: Any) -> Desk:
    app = run_app(CODER_APP, env(project))
    return Desk(browser_page).open(app.url)


def row(desk: Desk, name: str) -> Any:
    return desk.page.locator(".qkc-tree [role=treeitem]", has=desk.page.get_by_text(name, exact=True))


def paths(project: Path) -> list[str]:
    with Project.open(project) as opened:
        book = opened.coding.codebook
        return [book.path(code.id) for code in book.in_use]


def retired(project: Path) -> list[str]:
    with Project.open(project) as opened:
        return [code.name for code in opened.coding.codebook if not code.active]


def test_by_the_keyboard_a_code_is_named_moved_merged_and_retired_and_all_of_it_undone(
    desk: Desk, project: Path
) -> None:
    page = desk.page
    before = paths(project)
    desk.drag("La météo décide de tout").press("2", "1", "Escape").settled()
    assert row(desk, "Météo").locator(".qkc-count").inner_text() == "1 · 1"
    row(desk, "Météo").focus()
    desk.press("F2")
    page.locator(".qkc-pop input").fill("Le temps qu'il fait")
    desk.press("Enter")
    row(desk, "Le temps qu'il fait").wait_for()
    desk.press("Alt+ArrowRight")  # under the code before it
    page.locator("[role=treeitem]:focus[aria-level='2']").wait_for()
    desk.settled()
    assert "Matériel › Le temps qu'il fait" in paths(project)
    desk.press("Alt+ArrowLeft", "Alt+ArrowUp").settled()
    assert paths(project)[:2] == ["Le temps qu'il fait", "Matériel"]
    desk.press("Shift+F10")
    page.get_by_role("menuitem", name="Fusionner dans…").press("Enter")
    page.locator(".qkc-query").fill("materiel")
    desk.press("Enter")
    question = page.get_by_role("group", name="Fusionner « Le temps qu'il fait » dans « Matériel » ?")
    assert "1 codage de 1 codeur dans 1 document" in question.inner_text()
    desk.press("Enter").settled()
    assert names(project, saved(project)) == ["Matériel"]
    assert desk.stripes() == 1
    page.locator("[role=treeitem]:focus", has_text="Matériel").wait_for()
    desk.press("Delete")
    page.get_by_role("group", name="Retirer « Matériel » de la grille ?").wait_for()
    desk.press("Enter").settled()
    assert retired(project) == ["Matériel"]
    page.get_by_role("button", name="1 code retiré").wait_for()
    assert len(saved(project)) == 1
    page.locator(".qkc-scroll").focus()
    desk.press(*["Control+z"] * 6).settled()
    assert paths(project) == before
    assert names(project, saved(project)) == ["Matériel", "Météo"]
    row(desk, "Météo").wait_for()
    assert desk.stripes() == 2


def test_a_code_is_dragged_where_the_mark_shows_and_esc_lets_it_go(desk: Desk, project: Path) -> None:
    mouse = desk.page.mouse

    def take(name: str, over: str, share: float) -> None:
        start, end = row(desk, name).bounding_box(), row(desk, over).bounding_box()
        mouse.move(start["x"] + 60, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(end["x"] + 60, end["y"] + end["height"] * share, steps=6)
        desk.page.locator(".qkc-drop").wait_for()

    before = paths(project)
    take("Horaires", "Matériel", 0.5)
    desk.press("Escape")
    mouse.up()
    take("Horaires", "Matériel", 0.5)
    mouse.up()
    desk.settled()
    assert "Matériel › Horaires" in paths(project)
    take("Besoins", "Météo", 0.1)
    mouse.up()
    desk.settled()
    assert paths(project)[:4] == ["Matériel", "Matériel › Horaires", "Besoins", "Météo"]
    assert saved(project) == []  # the click that ends a drag codes nothing
    pins = desk.page.locator(".qkc-pin")
    start, end = pins.nth(2).bounding_box(), pins.nth(0).bounding_box()
    mouse.move(start["x"] + 60, start["y"] + 10)
    mouse.down()
    mouse.move(end["x"] + 60, end["y"] + 10, steps=6)
    mouse.up()
    desk.page.locator("li:first-child .qkc-pin", has_text="Autonomie").wait_for()
    desk.drag("Bonjour").press("1").settled()
    assert names(project, saved(project)) == ["Autonomie"]
    desk.press("Control+z", "Control+z", "Control+z").settled()
    assert paths(project) == before


def test_a_card_says_what_a_code_means_on_the_focus_and_under_the_pointer(desk: Desk) -> None:
    page = desk.page
    card = page.locator(".qkc-codecard")
    row(desk, "Besoins").focus()
    desk.press("ArrowDown")
    card.wait_for()
    for words in ("Réparation du vélo", "Tout ce qui se casse.", "atelier", "aucun codage"):
        assert words in card.inner_text()
    focused = page.locator("[role=treeitem]:focus")
    assert focused.get_attribute("aria-describedby") == card.get_attribute("id")
    desk.press("Escape")
    card.wait_for(state="hidden")
    row(desk, "Matériel").hover()
    card.wait_for()
    assert "Pas encore de définition." in card.inner_text()
    page.mouse.move(900, 300)
    card.wait_for(state="hidden")


def test_a_codebook_changed_by_somebody_else_meanwhile_loses_no_operation(
    desk: Desk, project: Path, browser_context: Any
) -> None:
    page = desk.page
    with Project.open(project, coder="Alix") as alix:
        alix.coding.update_code("Lien social", name="Liens")
        alix.coding.move_code("Liens", "Matériel")
        alix.coding.retire_code("Visibilité")
    desk.drag("triporteur").press("2", "5", "Escape")
    row(desk, "Liens").wait_for()  # the page has looked
    page.get_by_role("button", name="1 code retiré").click()
    browser_context.set_offline(True)
    desk.drag("garage").press("4")
    row(desk, "Horaires").click(button="right")
    page.get_by_role("menuitem", name="Ajouter un code dessous").click()
    page.locator(".qkc-pop input").fill("Le soir")
    desk.press("Enter")
    row(desk, "Le soir").wait_for()
    page.locator("[role=treeitem]:focus", has_text="Le soir").press("Enter")
    with Project.open(project, coder="Alix") as alix:
        alix.coding.merge_codes("Besoins", "Autonomie")
        alix.coding.retire_code("Accès aux droits")
    browser_context.set_offline(False)
    desk.settled()
    page.locator(".qkc-refused", has_text="est retiré de la grille").wait_for()  # what was coded with it meanwhile
    assert names(project, saved(project)) == ["Le soir", "Liens", "Météo"]
    assert "Horaires › Le soir" in paths(project)
