"""From word to word in a text, from the page Chercher to the coder, from document to document, by keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coder_bed import CODER_APP, TALK, Desk, make_project, names, saved
from coder_bed import env as coder_env
from pages_bed import APP, OPTIONS, Visit, env

from qualikit import Project, sample

pytestmark = pytest.mark.browser


def marked(desk: Desk) -> int:
    return int(desk.page.evaluate("CSS.highlights.get('qkc-hit')?.size ?? 0"))


def count(desk: Desk) -> str:
    return str(desk.page.locator(".qkc-find-count").inner_text())


def test_hits_are_gone_through_and_coded_by_one_key(
    tmp_path: Path, run_app: Callable[..., Any], browser_page: Any
) -> None:
    place = make_project(tmp_path, TALK * 8)
    desk = Desk(browser_page).open(run_app(CODER_APP, coder_env(place)).url)
    page = desk.page
    desk.press("/")
    page.keyboard.type("METEO")
    page.wait_for_function("document.querySelector('.qkc-find-count').textContent === '8 mots trouvés'")
    assert marked(desk) > 0
    assert desk.selected() == ""
    desk.press("Enter", "2", "g", "2", "g", "g", "Shift+G", "2").settled()
    assert names(place, saved(place)) == ["Météo"] * 3
    assert {coding.quote for coding in saved(place)} == {"météo"}
    assert desk.selected() == "météo"
    assert count(desk) == "3 sur 8"
    desk.press("Shift+G", "Shift+G", "Shift+G")
    assert count(desk) == "8 sur 8"
    assert "retour au dernier" in desk.notes()

    page.reload()  # the words are still there
    desk.ready().press("g")
    assert desk.selected() == "météo"
    desk.press("/")
    page.keyboard.type("« le triporteur »")
    page.wait_for_function("document.querySelector('.qkc-find-count').textContent === '8 mots trouvés'")
    desk.press("Enter")
    assert desk.selected() == "le triporteur"
    desk.press("/")
    page.keyboard.type("zanzibar")
    page.wait_for_function("document.querySelector('.qkc-find-count').textContent === '0 mot trouvé'")
    desk.press("Escape")
    assert not page.locator(".qkc-find").is_visible()
    assert marked(desk) == 0
    desk.press("g")
    assert "ne se trouve pas" in desk.notes()
    desk.press("Escape", "Escape", "t", "5").settled()  # the keyboard is the text's again
    assert "Lien social" in names(place, saved(place))

    box = page.locator(".qkc-overview").bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    tip = page.locator(".qkc-tip")
    tip.wait_for()
    assert "sur 56" in tip.inner_text()
    page.mouse.down()
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] - 2, steps=3)
    page.mouse.up()
    page.wait_for_function("(e => e.scrollTop > e.scrollHeight * 0.6)(document.querySelector('.qkc-scroll'))")


def test_words_come_along_from_chercher_and_keys_open_the_next_document_and_come_back(
    tmp_path: Path, run_app: Callable[..., Any], browser_page: Any
) -> None:
    full = Path(shutil.copy(sample.build(tmp_path / "exemple"), tmp_path / "exemple.qualikit"))
    with Project.open(full, coder="Camille") as project:
        hits = project.coding.search("pluie", limit=None)
        titles = [document.title for document in project.corpus.documents()]
    app = run_app(APP, env(full, settings=tmp_path / "reglages"), OPTIONS)
    tab = Visit(browser_page, app.url).open("chercher")
    page = tab.page
    tab.write("Ce que vous cherchez", "pluie").wait("1 à")
    page.locator(".concordance .line button").nth(0).click()
    tab.settled()
    desk = Desk(page)
    page.locator(".qkc-find-field").wait_for()
    assert page.locator(".qkc-find-field").input_value() == "pluie"
    page.wait_for_function("[...CSS.highlights.get('qkc-selection') ?? []].length === 1")
    assert desk.selected().casefold() == hits[0].match.casefold()
    assert " sur " in count(desk)

    here = next(number for number, title in enumerate(titles) if title == hits[0].title)
    step, back = ("d", "Shift+D") if here + 1 < len(titles) else ("Shift+D", "d")
    other = titles[here + 1 if step == "d" else here - 1]
    page.evaluate(  # the place asked for is gone to over three frames
        "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(r))))"
    )
    page.evaluate("document.querySelector('.qkc-scroll').scrollTop += 300")
    desk.painted()
    place = page.evaluate("document.querySelector('.qkc-scroll').scrollTop")
    desk.press(step)
    page.locator(f'.qkc-scroll[aria-label="{other}"]').wait_for()
    tab.settled()
    assert page.locator(".qkc-find-field").input_value() == "pluie"  # the same words, in this document
    page.wait_for_function("document.activeElement?.classList.contains('qkc-scroll')")
    desk.press(back)
    page.locator(f'.qkc-scroll[aria-label="{hits[0].title}"]').wait_for()
    page.wait_for_function("y => Math.abs(document.querySelector('.qkc-scroll').scrollTop - y) < 40", arg=place)
    for title in reversed(titles[:here]):
        page.wait_for_function("document.activeElement?.classList.contains('qkc-scroll')")
        desk.press("Shift+D")
        page.locator(f'.qkc-scroll[aria-label="{title}"]').wait_for()
        tab.settled()
    page.wait_for_function("document.activeElement?.classList.contains('qkc-scroll')")
    desk.press("Shift+D")
    page.locator(".qkc-note", has_text="C'est le premier document.").first.wait_for()
