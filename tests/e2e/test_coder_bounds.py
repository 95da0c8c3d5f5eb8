"""The two ends of a coding moved by keys and by their grips, with a real server and a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coder_bed import CODER_APP, TALK, Desk, env, make_project, names, saved, text_of
from playwright.sync_api import expect

from qualikit.project import Project

pytestmark = pytest.mark.browser


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, TALK * 6)


@pytest.fixture
def desk(project: Path, run_app: Callable[..., Any], browser_page: Any) -> Desk:
    app = run_app(CODER_APP, env(project))
    return Desk(browser_page).open(app.url)


def quotes(project: Path) -> list[str]:
    return sorted(coding.quote for coding in saved(project))


def rebounds(project: Path) -> int:
    with Project.open(project) as opened:
        return sum(event.action == "coding.rebound" for event in opened.history.events())


def until_saved(desk: Desk, project: Path, wanted: list[str]) -> None:
    """Bounds are sent once the keys stand still: wait for them to have come to the file."""
    for _attempt in range(150):
        if quotes(project) == wanted:
            break
        desk.page.wait_for_timeout(100)
    assert quotes(project) == wanted
    desk.settled()


def pull(desk: Desk, grip: str, x: float, y: float) -> None:
    box = desk.page.locator(f".qkc-grip-{grip}").bounding_box()
    desk.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    desk.page.mouse.down()
    desk.page.mouse.move(x, y, steps=4)


def test_keys_move_the_end_and_the_start_and_presses_in_a_row_are_one_action(desk: Desk, project: Path) -> None:
    desk.drag("La météo décide").press("2", "Escape").settled()
    grips = desk.page.locator(".qkc-grip:visible")
    expect(grips).to_have_count(0)
    desk.press("Alt+ArrowUp")  # to the coding: its ends show their grips
    expect(grips).to_have_count(2)

    desk.press("Shift+ArrowRight", "Shift+ArrowRight", "Alt+ArrowLeft", "Alt+Shift+ArrowRight")
    assert desk.tinted() == ["ient. La météo décide de tout"]  # painted at once; by character, the end moved last
    assert "ient. La météo" in desk.page.locator(".qkc-bound").inner_text()
    desk.press("Alt+Shift+ArrowLeft")
    until_saved(desk, project, ["vient. La météo décide de tout"])
    assert rebounds(project) == 1
    desk.press("Control+z").settled()
    assert quotes(project) == ["La météo décide"]
    assert desk.tinted() == ["La météo décide"]
    desk.press("Control+Shift+Z").settled()
    assert quotes(project) == ["vient. La météo décide de tout"]

    desk.press("Shift+ArrowRight", "Escape").settled()  # left: sent at once
    assert quotes(project) == ["vient. La météo décide de tout, et"]
    desk.press("Escape").click("personne ne").press("ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowRight")
    assert desk.selected() == ". La"  # the keyboard that walks over a coding selects as everywhere
    desk.press("3").settled()
    assert quotes(project) == [". La", "vient. La météo décide de tout, et"]

    desk.click("décide de").press("Shift+ArrowRight")
    desk.page.reload()  # in the middle of it
    desk.ready().settled()
    until_saved(desk, project, [". La", "vient. La météo décide de tout, et le"])


def test_grips_go_over_turns_and_screens_and_what_is_refused_goes_back(desk: Desk, project: Path) -> None:
    page = desk.page
    desk.drag("Les démarches en ligne").press("4", "Escape").settled()
    desk.click("démarches")
    pull(desk, "end", *desk.place_of("as. Maintenant j'"))
    assert desk.tinted() == ["Les démarches en ligne, je n'y arrivais pas"]
    page.mouse.up()
    desk.settled()
    assert quotes(project) == ["Les démarches en ligne, je n'y arrivais pas"]

    page.keyboard.down("Alt")
    pull(desk, "start", *desk.place_of("émarches"))
    page.mouse.up()
    page.keyboard.up("Alt")
    desk.settled()
    assert quotes(project) == ["émarches en ligne, je n'y arrivais pas"]

    screen = page.locator(".qkc-scroll").bounding_box()
    pull(desk, "end", screen["x"] + 300, screen["y"] + screen["height"] - 3)
    page.wait_for_function("document.querySelector('.qkc-scroll').scrollTop > 500")
    page.mouse.up()
    desk.settled()
    text = text_of(project)
    [long] = saved(project)
    assert text[long.start : long.stop] == long.quote
    assert long.quote.startswith("émarches en ligne")
    assert "\nMme Martin : Aujourd'hui 👩🏽‍🔧" in long.quote
    desk.press("Control+z", "Control+z", "Control+z").settled()
    assert quotes(project) == ["Les démarches en ligne"]

    pull(desk, "end", *desk.place_of("as. Maintenant j'"))
    desk.press("Escape")  # let go in the middle: as it was
    page.mouse.up()
    assert desk.tinted() == ["Les démarches en ligne"]

    desk.press("Escape").drag("démarches en ligne").press("4", "b")  # the one of the selection, in hand
    assert desk.here()[0] == "Accès aux droits"
    desk.press("Alt+ArrowLeft")
    page.locator(".qkc-refused", has_text="porte déjà le code").wait_for()
    assert desk.tinted() == ["Les démarches en ligne", "démarches en ligne"]
    assert names(project, saved(project)) == ["Accès aux droits"] * 2
