"""The application for those who see little, or use no mouse: axe, the keyboard, what is told, colours, zoom."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from access_bed import axe_source, faults, page_in
from coder_bed import CODER_APP, Desk, env, make_project, saved
from pages_bed import APP, OPTIONS, Visit
from pages_bed import env as pages_env

from qualikit import sample

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def axe() -> str:
    return axe_source()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.build(tmp_path_factory.mktemp("exemple"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def luminance(colour: str) -> float:
    parts = [float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def styles(page: Any, selector: str, *properties: str, pseudo: str | None = None) -> list[str]:
    script = "([s, names, pseudo]) => { const style = getComputedStyle(document.querySelector(s), pseudo); return names.map(n => style.getPropertyValue(n)); }"
    return list(page.evaluate(script, [selector, list(properties), pseudo]))


def focused(page: Any) -> Any:
    return page.locator("*:focus")


def told(page: Any, words: str) -> None:
    """Until those who listen are told these words."""
    page.wait_for_function(
        "words => document.querySelector('.qkc-voice').textContent.replaceAll('\\u00a0', ' ').includes(words)",
        arg=words,
    )


# -- every page


def test_axe_finds_nothing_on_any_page_by_day_and_by_night(
    built: Path, run_app: Callable[..., Any], chromium_browser: Any, axe: str, tmp_path: Path
) -> None:
    place = Path(shutil.copy(built, tmp_path / "exemple.qualikit"))
    app = run_app(APP, pages_env(place, settings=tmp_path / "reglages"), OPTIONS)
    found: dict[str, list[str]] = {}
    with page_in(chromium_browser) as page:
        tab = Visit(page, app.url).open()

        def look(state: str) -> None:
            """In the light, then in the dark, which the page follows where it stands."""
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.wait_for_function(
                    "scheme => getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === scheme",
                    arg=scheme,
                )
                tab.settled()
                found[f"{state}, {scheme}"] = faults(page, axe, rules="cat.color" if scheme == "dark" else "")
            page.emulate_media(color_scheme="light")

        links = page.get_by_test_id("stSidebarNav").get_by_role("link")
        paths = [link.get_attribute("href").rsplit("/", 1)[-1] for link in links.all()]
        assert len(paths) >= 7
        for path in paths:
            tab.open(path)
            if path == "coder":
                Desk(page).ready().press("Alt+ArrowDown")
            # Headings and drop zones are mended a moment after they are there.
            page.wait_for_function("!document.querySelector('[data-testid=stFileUploaderDropzone][role=presentation]')")
            page.wait_for_function(
                """() => { let above = 0; return [...document.querySelectorAll('h1, h2, h3, h4')]
                  .filter(h => h.checkVisibility() && !h.closest('.qkc-coder, [role=dialog]'))
                  .every(h => { const level = Number(h.ariaLevel || h.tagName[1]); const good = level <= above + 1; above = level; return good; }); }"""
            )
            look(path)
            assert page.evaluate("document.documentElement.lang") == "fr"
            assert page.locator("h1").count() == 1, path
            if path == "coder":
                desk = Desk(page)
                desk.press("t", "Enter")
                look("palette")
                page.keyboard.type("zzz")
                look("palette, nothing")
                desk.press("Escape", "Escape", "1")  # nothing is selected: a sentence says so
                page.locator(".qkc-note").wait_for()
                look("a sentence")
                desk.press("?")
                look("keys")
                desk.press("Escape")
    assert {where: what for where, what in found.items() if what} == {}


# -- the keyboard


def test_every_zone_is_reached_and_left_by_keyboard_and_the_focus_is_seen_and_never_lost(
    project: Path, run_app: Callable[..., Any], browser_page: Any
) -> None:
    page = browser_page
    desk = Desk(page).open(run_app(CODER_APP, env(project)).url)
    desk.drag("décide de tout").press("1", "2", "Escape").settled()

    def zone() -> str:
        script = "['.qkc-codes', '.qkc-scroll', '.qkc-inspector', '.qkc-status'].find(s => document.activeElement.closest(s))"
        return str(page.evaluate(script))

    desk.press("Alt+ArrowUp")
    seen = []
    for _step in range(4):
        desk.press("F6")
        seen.append(zone())
        outline, shadow = page.evaluate(
            "(e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).boxShadow])(document.activeElement)"
        )
        assert outline == "solid" or "inset" in shadow, seen
    assert seen == [".qkc-inspector", ".qkc-status", ".qkc-codes", ".qkc-scroll"]

    # The tree: arrows, letters, a digit taken and given back; it stays in the order of Tab by one item.
    desk.press("Shift+F6")
    assert zone() == ".qkc-codes"
    desk.press("End")
    assert "Réparation" in focused(page).inner_text()
    desk.press("a")
    assert "Autonomie" in focused(page).inner_text()
    desk.press("ArrowDown")
    assert "Accès aux droits" in focused(page).inner_text()
    desk.press("-")
    page.wait_for_function("!document.querySelector('.qkc-pins').textContent.includes('Accès aux droits')")
    assert "Accès aux droits" in focused(page).inner_text()
    desk.press("+")
    page.wait_for_function("document.querySelector('.qkc-pins').textContent.includes('Accès aux droits')")
    assert "Accès aux droits" in focused(page).inner_text()
    assert page.locator(".qkc-tree [tabindex='0']").count() == 1
    desk.press("Tab")
    assert zone() != ".qkc-codes"

    # A card and its buttons: the palette gives the focus back, and a coding that goes leaves it to the next one.
    page.locator(".qkc-scroll").focus()
    desk.press("Alt+ArrowUp", "F6")
    assert focused(page).inner_text() == "Recoder"
    desk.press("Enter")
    page.keyboard.type("horaires")
    desk.press("Enter").settled()
    page.wait_for_function("document.activeElement.dataset.act === 'recode'")
    desk.press("Tab", "Tab", "Tab")  # past the bounds and the memo
    assert focused(page).inner_text() == "Retirer"
    desk.press("Enter").settled()
    page.wait_for_function("document.querySelectorAll('.qkc-here .qkc-card').length < 2")
    page.wait_for_function("document.querySelector('.qkc-coder').contains(document.activeElement)")
    assert len(saved(project)) == 1
    desk.press("?", "Escape")
    page.wait_for_function(
        "!document.querySelector('.qkc-help').open && document.querySelector('.qkc-coder').contains(document.activeElement)"
    )

    # From the filter too; and Tab leads out of the coder: nothing is a trap.
    desk.press("f", "F6")
    assert zone() == ".qkc-scroll"
    for _step in range(30):
        desk.press("Tab")
        if not page.evaluate("Boolean(document.activeElement.closest('.qkc-coder'))"):
            break
    else:
        pytest.fail("Tab does not lead out of the coder")


# -- what is told to those who listen


def test_codings_speakers_and_deeds_are_told_and_the_text_stays_as_it_is(
    project: Path, run_app: Callable[..., Any], browser_page: Any
) -> None:
    page = browser_page
    desk = Desk(page).open(run_app(CODER_APP, env(project)).url)
    assert styles(page, ".qkc-voice", "clip-path", "user-select") == ["inset(50%)", "none"]
    assert page.locator(".qkc-voice").get_attribute("aria-live") == "polite"
    desk.drag("décide de tout")
    told(page, "Sélection : décide de tout")
    desk.press("2")
    told(page, "Météo posé")
    desk.press("3")
    told(page, "Autonomie posé")
    desk.press("3")
    told(page, "Autonomie retiré")
    desk.press("Control+z")
    told(page, "Annulé. Autonomie posé")
    desk.press("7")
    told(page, "Horaires posé")
    desk.settled().press("Escape", "Alt+ArrowUp")
    told(page, "M. Petit")
    assert page.locator(".qkc-voice").inner_text().startswith("M. Petit")
    assert "Codé " in page.locator(".qkc-voice").inner_text()
    assert "3 codages ici" in page.locator(".qkc-voice").inner_text()
    desk.press("c")
    page.keyboard.type("besoins")
    desk.press("Enter")
    told(page, "remplacé par Besoins")
    desk.settled().press("Escape", "ArrowDown")
    page.wait_for_function("!document.querySelector('.qkc-voice').textContent.includes('codages')")

    # In the text itself, after the words of the line: readers who go line by line hear it there.
    margin = page.locator(".qkc-margin")
    assert margin.get_attribute("role") == "img"
    assert set(margin.get_attribute("aria-label").split(", ")) <= {"Météo", "Autonomie", "Horaires", "Besoins"}
    turn = page.locator(".qkc-block", has=margin)
    assert turn.locator(".qkc-speaker").inner_text() == "M. Petit"
    # What is copied is the text alone.
    copied = page.evaluate(
        "(getSelection().selectAllChildren(document.querySelector('.qkc-column')), getSelection().toString())"
    )
    assert "La météo décide de tout, et le triporteur" in copied
    assert "Autonomie" not in copied
    assert page.evaluate("document.querySelector('.qkc-coder').lang") == "fr"


# -- colours


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_codings_selection_and_focus_are_told_apart(
    scheme: str, project: Path, run_app: Callable[..., Any], chromium_browser: Any
) -> None:
    app = run_app(CODER_APP, env(project))
    with page_in(chromium_browser, forced_colors="active", color_scheme=scheme) as page:
        desk = Desk(page).open(app.url)
        desk.drag("triporteur").press("2", "Escape").drag("panneau").press("3", "Escape").settled()
        paper = styles(page, ".qkc-coder", "background-color")[0]
        style, colour, width = styles(
            page, ".qkc-stripe", "border-left-style", "border-left-color", "border-left-width"
        )
        assert (style, width) == ("solid", "5px")
        assert contrast(colour, paper) >= 7
        number = page.evaluate(
            "[...CSS.highlights.keys()].find(name => name.startsWith('qkc-code') && CSS.highlights.get(name).size)"
        )
        line, ground = styles(
            page, ".qkc-text", "text-decoration-line", "background-color", pseudo=f"::highlight({number})"
        )
        assert line == "underline"
        picked, words = styles(page, ".qkc-text", "background-color", "color", pseudo="::highlight(qkc-selection)")
        assert picked != ground
        assert contrast(picked, words) >= 4.5
        # Else the browser gives what is coded the colours of what is selected.
        assert styles(page, ".qkc-text", "forced-color-adjust") == ["none"]
        desk.press("Alt+ArrowUp")
        assert styles(page, ".qkc-text", "text-decoration-style", pseudo="::highlight(qkc-current)") == ["double"]
        assert styles(page, ".qkc-card.qkc-current", "outline-style") == ["solid"]
        assert styles(page, ".qkc-scroll", "outline-style") == ["solid"]
        # Codes keep their colours, and no word of the coder is lost on its ground.
        assert styles(page, ".qkc-swatch", "forced-color-adjust") == ["none"]
        for place in (".qkc-name", ".qkc-pin", ".qkc-speaker", ".qkc-text", ".qkc-card strong", ".qkc-hint"):
            assert contrast(styles(page, place, "color")[0], paper) >= 4.5, place


def test_in_the_dark_words_stand_out_of_every_tint_and_nothing_moves_for_who_wants_no_motion(
    project: Path, run_app: Callable[..., Any], chromium_browser: Any
) -> None:
    app = run_app(CODER_APP, env(project))
    with page_in(chromium_browser, color_scheme="dark", reduced_motion="reduce") as page:
        desk = Desk(page).open(app.url)
        assert "qkc-dark" in page.locator(".qkc-coder").get_attribute("class")
        desk.drag("décide de tout").press("1", "2", "3", "Escape").settled()
        ink, paper = styles(page, ".qkc-coder", "color", "background-color")
        assert luminance(paper) < 0.1 < luminance(ink)
        over: list[float] = [float(part) for part in re.findall(r"[\d.]+", paper)[:3]]
        tints = page.evaluate(
            """[...CSS.highlights].filter(([name, h]) => name.startsWith('qkc-code') && h.size).map(([name]) =>
              getComputedStyle(document.querySelector('.qkc-text'), `::highlight(${name})`).backgroundColor)"""
        )
        assert len(tints) == 3
        for tint in tints:  # one over the other, as they lie
            *colour, alpha = (float(part) for part in re.findall(r"[\d.]+", tint))
            over = [a * alpha + b * (1 - alpha) for a, b in zip(colour, over, strict=True)]
            assert contrast(json.dumps(over), ink) >= 4.5
        for stripe in page.locator(".qkc-stripe").all():
            assert contrast(stripe.evaluate("e => getComputedStyle(e).backgroundColor"), paper) >= 3
        moving = page.evaluate(
            """[...document.styleSheets].flatMap(sheet => { try { return [...sheet.cssRules]; } catch { return []; } })
              .filter(rule => rule.selectorText?.includes('qkc-') && (rule.style.animationName || rule.style.transitionDuration))
              .map(rule => rule.selectorText)"""
        )
        for selector in moving:
            page.evaluate(
                "name => document.querySelector('.qkc-stripe').classList.add(...name.match(/(?<=\\.)[\\w-]+/g))",
                selector,
            )
        assert styles(page, ".qkc-stripe", "animation-name", "transition-duration") == ["none", "0s"]


# -- zoom


def test_at_two_hundred_per_cent_everything_is_there_and_nothing_lies_on_the_text(
    built: Path, run_app: Callable[..., Any], chromium_browser: Any, axe: str, tmp_path: Path
) -> None:
    place = Path(shutil.copy(built, tmp_path / "exemple.qualikit"))
    app = run_app(APP, pages_env(place, settings=tmp_path / "reglages"), OPTIONS)
    with page_in(chromium_browser, viewport={"width": 640, "height": 360}, device_scale_factor=2) as page:
        page.goto(f"{app.url}/coder")
        desk = Desk(page).ready()
        page.locator(".qkc-coder.qkc-narrow").wait_for()

        def box(selector: str) -> dict[str, float]:
            return dict(page.locator(selector).first.bounding_box())

        def shown(selector: str) -> bool:
            return styles(page, selector, "opacity") == ["1"]

        coder, text, line = box(".qkc-coder"), box(".qkc-scroll"), box(".qkc-status")
        assert coder["x"] >= 0
        assert coder["x"] + coder["width"] <= 640
        assert coder["y"] + coder["height"] <= 360
        assert text["width"] > 520
        assert text["height"] > 180
        assert text["y"] + text["height"] <= line["y"] + 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not shown(".qkc-codes")
        assert not shown(".qkc-inspector")
        # The line at the top keeps its buttons in the window.
        for button in (".st-key-undo button", ".st-key-redo button"):
            there = box(button)
            assert there["x"] >= 0
            assert there["x"] + there["width"] <= 640

        page.get_by_role("button", name="Codes", exact=True).click()
        assert shown(".qkc-codes")
        page.wait_for_function("document.activeElement.getAttribute('role') === 'treeitem'")
        assert faults(page, axe) == []
        desk.press("Escape")
        assert not shown(".qkc-codes")
        desk.press("f")
        assert shown(".qkc-codes")
        desk.press("Escape", "Alt+ArrowDown", "F6")
        assert shown(".qkc-inspector")
        card = box(".qkc-card.qkc-current")
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= 640
        assert card["y"] >= coder["y"]
        assert card["y"] + 20 < line["y"]
        page.mouse.click(text["x"] + 160, text["y"] + 40)
        assert not shown(".qkc-inspector")
        desk.press("t", "Enter")
        palette = box(".qkc-palette")
        assert palette["y"] >= 0
        assert palette["y"] + palette["height"] <= 360
        desk.press("Escape", "?")
        keys = box(".qkc-help h2")
        assert 0 <= keys["y"] < 100
        desk.press("Escape")
