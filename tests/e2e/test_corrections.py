"""A text corrected under the eyes of those who read it: on the page Corpus, and in a coder that shows the old one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coder_bed import CODER_APP, TITLE, Desk, make_project, saved
from coder_bed import env as coder_env
from pages_bed import APP, HEAD, OPTIONS, ROW, Visit, env

from qualikit import Project

pytestmark = pytest.mark.browser


def correct(place: Path, before: str, after: str) -> None:
    with Project.open(place, coder="Sacha") as project:
        text = project.corpus.text(TITLE)
        assert before in text
        project.corpus.correct(TITLE, new_text=text.replace(before, after))


def test_an_open_coder_shows_the_corrected_text_and_says_what_became_of_what_waited(
    tmp_path: Path, run_app: Callable[..., Any], browser_page: Any
) -> None:
    place = make_project(tmp_path)
    app = run_app(CODER_APP, coder_env(place))
    desk = Desk(browser_page).open(app.url)

    correct(place, "triporteur", "tricycle")
    browser_page.get_by_text("tricycle").first.wait_for()
    desk.ready().drag("tricycle").press("2").settled()
    assert [coding.quote for coding in saved(place)] == ["tricycle"]

    app.kill()
    desk.drag("pleut").press("3")
    correct(place, "tricycle", "vélo à trois roues")
    app.start()
    browser_page.get_by_text("vélo à trois roues").first.wait_for(timeout=60_000)
    desk.settled()
    browser_page.locator(".qkc-note").first.wait_for()
    assert "Le texte a été corrigé" in desk.notes()
    assert "pleut" in desk.notes()
    with Project.open(place) as project:
        assert project.check() == []
        assert len(project.coding.codings()) + len(project.coding.set_aside()) == 1


def test_a_turn_is_corrected_on_the_page_and_what_it_set_aside_is_put_back(
    tmp_path: Path, run_app: Callable[..., Any], browser_page: Any
) -> None:
    source = tmp_path / "Entretien.txt"
    source.write_text(
        "Animatrice : Bonjour, qui commence ?\n\nMme Roux : Moi. Quand il pleut, personne ne vient.\n\n"
        "Animatrice : Et le triporter ?\n\nMme Roux : Il passe le mardi.\n",
        "utf-8",
    )
    with Project.create(tmp_path / "p", coder="Camille") as project:
        project.corpus.import_files([source])
        project.coding.add_code("Météo")
        text = project.corpus.text("Entretien")
        start = text.index("Quand il pleut, personne")
        project.coding.add("Entretien", start, start + 30, "Météo")
        quote, document = text[start : start + 30], project.corpus.document("Entretien").id
    app = run_app(APP, env(tmp_path / "p.qualikit", settings=tmp_path / "reglages"), OPTIONS)
    tab = Visit(browser_page, app.url).open(f"corpus?document={document}")

    tab.click("Corriger le texte").wait("Choisissez le tour de parole")
    table = browser_page.locator(".st-key-document [data-testid=stDataFrame] canvas").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    browser_page.mouse.click(box["x"] + 15, box["y"] + HEAD + ROW * 1.5)
    tab.settled().write("Paroles", "Moi. Il est tard.").click("Voir ce qui change")
    tab.wait("1 sera mis de côté, à revoir")
    assert browser_page.locator(".qk-differences del").count()
    tab.click("Enregistrer la correction").wait("À revoir (1)")
    with Project.open(tmp_path / "p.qualikit", coder="Camille") as project:
        assert "Moi. Il est tard." in project.corpus.text("Entretien")
        assert [coding.quote for coding in project.coding.set_aside()] == [quote]

    browser_page.get_by_text("Rechercher et remplacer", exact=True).click()
    tab.settled().write("Rechercher", "Il passe le mardi")
    tab.write("Remplacer par", f"Le mardi. {quote}").click("Voir ce qui change").wait("1 fois, dans 1 tour de parole")
    tab.click("Enregistrer la correction")
    tab.open().click("1 codage à revoir").wait("Peut-être ici").click("Replacer ici").wait("Rien à revoir")
    with Project.open(tmp_path / "p.qualikit", coder="Camille") as project:
        assert [coding.quote for coding in project.coding.codings()] == [quote]
        assert project.check() == []

    browser_page.get_by_text("Versions", exact=True).first.click()
    tab.settled().wait("Revenir à la version 2")
