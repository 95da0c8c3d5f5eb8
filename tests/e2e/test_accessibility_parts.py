"""The sections of the pages and what opens in them: axe looks at each as it stands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from access_bed import axe_source, faults, page_in
from coder_bed import Desk
from pages_bed import APP, OPTIONS, Visit
from pages_bed import env as pages_env

from qualikit import Project, sample
from qualikit.corpus.guide.model import GuideLine

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_in_the_parts_of_the_pages(
    run_app: Callable[..., Any], chromium_browser: Any, tmp_path: Path
) -> None:
    place = Path(shutil.copy(sample.build(tmp_path / "exemple"), tmp_path / "exemple.qualikit"))
    with Project.open(place, coder="Camille") as project:
        project.corpus.guide.replace([GuideLine("Comment avez-vous connu le service ?", "Le service")])
        project.coding.save_version("Pilote")
        project.coding.update_code("Météo", definition="Pluie et vent.")
    app = run_app(APP, pages_env(place, settings=tmp_path / "reglages"), OPTIONS)
    axe, found = axe_source(), dict[str, list[str]]()
    with page_in(chromium_browser) as page:
        tab = Visit(page, app.url)

        def look(state: str) -> None:
            page.wait_for_function("!document.querySelector('[data-testid=stFileUploaderDropzone][role=presentation]')")
            found[state] = faults(page, axe)

        for path, words in {
            "corpus?partie=personnes": "personnes sur",
            "corpus?partie=attributs": "Territoire",
            "corpus?partie=guide": "Une case se modifie d'un double-clic",
            "corpus?partie=composition": "Qui a été entendu",
            "grille?partie=versions": "code diffère",
            "grille?partie=manuel": "Écrire",
            "grille?partie=usage": "codages",
            "grille?partie=saturation": "codes sur",
        }.items():
            tab.open(path).wait(words)
            look(path)
        tab.open("grille")
        page.locator(".st-key-code-tree").get_by_role("button", name="Météo").click()
        tab.settled()
        look("a code")

        tab.open("lire")
        current = page.locator(".qkr-card.qkr-current")
        current.locator("mark").wait_for()
        look("passages")
        current.focus()
        page.keyboard.press(" ")
        page.keyboard.press("v")
        page.keyboard.press("Enter")
        page.locator(".qkr-card.qkr-current.qkr-open.qkr-chosen").wait_for()
        look("an open passage")
        page.keyboard.press("c")
        page.locator(".qkc-palette[open] .qkc-query").wait_for()
        look("another code for a passage")
        page.keyboard.press("Escape")
        page.keyboard.press("m")
        page.locator(".qkr-memo-text").wait_for()
        look("the memo of a passage")
        page.keyboard.press("Escape")
        page.keyboard.press("x")
        page.locator(".qkr-card.qkr-current.qkr-gone").wait_for()
        look("a passage removed")
        tab.click("Écrire")
        look("conditions in words")

        tab.open("chercher").write("Ce que vous cherchez", "pluie").wait("1 à")
        look("words in their lines")
        tab.open("coder")
        Desk(page).ready()
        page.get_by_role("button", name=re.compile("Suggestions")).first.click()
        tab.settled().wait("Une suggestion ne compte pour rien")
        look("suggestions asked for")
    assert {where: what for where, what in found.items() if what} == {}
