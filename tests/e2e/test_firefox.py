"""The coder's main walks in Firefox: the same gestures as in test_coder*.py, where browsers may differ."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from coder_bed import CODER_APP, TALK, Desk, env, make_project, names, saved, text_of
from firefox_bed import Page, firefox
from line import NOTHING_WAITS
from PIL import Image

from qualikit.project import Project

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    """A running Firefox. Each test has a server, and so an address and a store, of its own."""
    program = os.environ.get("QUALIKIT_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        pytest.skip("no Firefox on this machine (QUALIKIT_FIREFOX may name one)")
    pytest.importorskip("marionette_driver", reason="marionette_driver is not installed")
    with firefox(program) as driver:
        yield driver


@pytest.fixture
def tab(driver: Any) -> Iterator[Page]:
    """Its page at 1280×720, whose uncaught script errors fail the test."""
    page = Page(driver)
    page.resize(1280, 720)
    yield page
    errors = page.errors()
    page.goto("about:blank")
    assert not errors, errors


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, TALK * 12)


@pytest.fixture
def desk(project: Path, run_app: Callable[..., Any], tab: Page) -> Desk:
    return Desk(tab).open(run_app(CODER_APP, env(project)).url)


def quotes(project: Path) -> list[str]:
    return sorted(coding.quote for coding in saved(project))


def colours(page: Page, words: str) -> set[tuple[int, ...]]:
    """The colours that cover much of these words on the screen: of the page, of tints, not of letters."""
    x, y, right, bottom = page.evaluate(
        """(words) => {
          const p = [...document.querySelectorAll('.qkc-text')].find((e) => e.textContent.includes(words));
          const range = document.createRange();
          range.setStart(p.firstChild, p.textContent.indexOf(words));
          range.setEnd(p.firstChild, p.textContent.indexOf(words) + words.length);
          const {left, top, right, bottom} = range.getBoundingClientRect();
          return [left, top, right, bottom].map((n) => Math.round(n * devicePixelRatio));
        }""",
        words,
    )
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").crop((x + 1, y + 1, right - 1, bottom - 1))
    counted = picture.getcolors(1 << 24) or []
    return {colour for count, colour in counted if count > picture.width * picture.height / 5}


def test_a_passage_is_selected_by_the_mouse_painted_coded_undone_and_redone(desk: Desk, project: Path) -> None:
    page = desk.page
    bare = colours(page, "triporteur")
    desk.drag("riporte")
    assert desk.selected() == "triporteur"
    chosen = colours(page, "triporteur")
    assert chosen != bare  # the selection is seen
    desk.press("2", "3").settled()
    desk.press("Escape")
    assert desk.selected() == ""
    assert desk.tinted() == ["triporteur"] * 2
    assert desk.stripes() == 2
    tinted = colours(page, "triporteur")
    assert not tinted & (bare | chosen)
    assert names(project, saved(project)) == ["Autonomie", "Météo"]

    desk.press("Control+z", "Control+z").settled()
    assert saved(project) == []
    assert desk.stripes() == 0
    assert colours(page, "triporteur") == bare
    desk.press("Control+Shift+z", "Control+y").settled()
    assert names(project, saved(project)) == ["Autonomie", "Météo"]
    assert colours(page, "triporteur") == tinted

    desk.drag("reste au garage", "la médiatrice").press("8", "Escape").settled()  # over turns and who speaks
    [long] = [coding for coding in saved(project) if "\n" in coding.quote]
    assert long.quote == text_of(project)[long.start : long.stop]
    assert long.quote.startswith("reste au garage.\nMme Martin : Aujourd'hui 👩🏽‍🔧")
    assert long.quote.endswith("la médiatrice")
    page.mouse.click(*desk.place_of("Les démarches"), click_count=3)
    assert desk.selected() == "Les démarches en ligne, je n'y arrivais pas. Maintenant j'y arrive, petit à petit."
    page.mouse.click(*desk.place_of("démarches"), click_count=2)
    assert desk.selected() == "démarches"
    page.keyboard.down("Alt")
    desk.drag("ersonne ne vie")
    page.keyboard.up("Alt")
    assert desk.selected() == "ersonne ne vie"
    page.keyboard.down("Control")  # which keeps the selection before beside the new one
    desk.drag("petit à petit")
    page.keyboard.up("Control")
    assert desk.selected() == "petit à petit"
    desk.click("triporteur")
    assert sorted(desk.here()) == ["Autonomie", "Météo"]


def test_all_of_it_from_the_keyboard(desk: Desk, project: Path) -> None:
    page = desk.page
    desk.press("ArrowDown", "ArrowDown", "t", "3", "Escape").settled()
    assert quotes(project)[0].startswith("Moi, je viens pour")
    desk.click("Bonjour").press("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    assert desk.selected() == "à tous"
    desk.press("Shift+ArrowDown")
    assert desk.selected().startswith("à tous, qui veut commencer ?|Moi")
    desk.press("Shift+ArrowUp")
    assert desk.selected() == "à tous"
    desk.press("Enter")
    page.keyboard.type("reparation")
    assert page.locator(".qkc-row").count() == 1 + 1  # the code, and the offer to make a new one
    desk.press("Enter").settled()
    assert desk.selected() == "à tous"
    assert "Réparation du vélo" in names(project, saved(project))
    desk.press("Escape").drag("petit à petit").press("k")
    page.keyboard.type("Progrès lent")
    desk.press("Enter").settled()
    assert "Progrès lent" in names(project, saved(project))
    desk.press("Escape", "u", "5", "Escape").settled()
    desk.press("Alt+ArrowUp", "Delete").settled()
    assert names(project, saved(project)) == ["Autonomie", "Progrès lent", "Réparation du vélo"]
    desk.click("👩🏽‍🔧 la médiatrice").press("Alt+Shift+ArrowRight")
    assert desk.selected() == "👩🏽‍🔧"
    desk.press("m")
    page.keyboard.type("à demi écrit")
    desk.press("Control+Enter").settled()
    with Project.open(project) as opened:
        assert [memo.text for memo in opened.coding.memos()] == ["à demi écrit"]

    desk.press("F6", "Escape", "Escape", "?")
    page.locator(".qkc-help[open]").wait_for()
    assert "Répéter le dernier code" in page.locator(".qkc-help").inner_text()
    desk.press("Escape")
    assert not page.locator(".qkc-help").is_visible()
    desk.press("Escape").drag("panneau").press("r").settled()  # the keyboard is the text's again
    assert names(project, saved(project)).count("Lien social") == 1


def test_bounds_are_moved_by_keys_and_grips_and_all_is_there_after_a_reload(desk: Desk, project: Path) -> None:
    page = desk.page
    desk.drag("La météo décide").press("2", "Escape").settled()
    desk.press("Alt+ArrowUp", "Shift+ArrowRight", "Shift+ArrowRight", "Alt+ArrowLeft")  # not a page back
    assert desk.tinted() == ["vient. La météo décide de tout"]
    desk.press("Escape").settled()
    assert quotes(project) == ["vient. La météo décide de tout"]
    desk.press("Control+z").settled()
    assert quotes(project) == ["La météo décide"]
    desk.click("décide")
    box = page.locator(".qkc-grip-end").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(*desk.place_of("iporteur"), steps=4)
    page.mouse.up()
    desk.settled()
    assert quotes(project) == ["La météo décide de tout, et le triporteur"]

    page.evaluate("document.querySelector('.qkc-scroll').scrollTop = 2000")
    top = "[...document.querySelectorAll('.qkc-block')].findIndex(b => b.getBoundingClientRect().bottom > document.querySelector('.qkc-scroll').getBoundingClientRect().top + 1)"
    desk.place_kept()
    before = page.evaluate(top)
    assert before > 10
    page.reload()
    desk.ready()
    page.wait_for_function(f"Math.abs({top} - {before}) <= 1")
    assert len(saved(project)) == 1
    desk.press("Alt+ArrowUp")
    page.wait_for_function("document.querySelectorAll('.qkc-stripe').length === 1")
    assert desk.tinted() == ["La météo décide de tout, et le triporteur"]


def test_words_are_found_and_coded_by_one_key(desk: Desk, project: Path) -> None:
    page = desk.page
    desk.press("/")
    page.keyboard.type("METEO")
    page.wait_for_function("document.querySelector('.qkc-find-count').textContent === '12 mots trouvés'")
    assert page.evaluate("CSS.highlights.get('qkc-hit').size") > 0
    desk.press("Enter", "2", "g", "2", "g", "g", "Shift+g", "2").settled()
    assert quotes(project) == ["météo"] * 3
    assert page.locator(".qkc-find-count").inner_text() == "3 sur 12"
    desk.press("Escape", "Escape", "Escape")
    assert not page.locator(".qkc-find").is_visible()


def test_a_server_killed_and_started_again_has_everything_once(
    project: Path, run_app: Callable[..., Any], tab: Page
) -> None:
    app = run_app(CODER_APP, env(project))
    desk = Desk(tab).open(app.url)

    def go_on() -> None:
        for number in range(6):
            desk.press("Shift+ArrowRight", str(number % 9 + 1), "ArrowRight")

    go_on()
    app.kill()
    go_on()
    assert len(saved(project)) < 12
    assert len(desk.tinted()) == 12
    app.start()
    tab.wait_for_function(NOTHING_WAITS)
    found = saved(project)
    assert len(found) == 12
    assert len({(coding.start, coding.stop) for coding in found}) == 12
    tab.reload()
    assert len(desk.ready().tinted()) == 12
