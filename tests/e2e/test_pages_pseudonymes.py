"""The page Pseudonymes as an evaluator walks through it, the search apart: that is tested where the model is loaded."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages_bed import APP, OPTIONS, Visit, env

from qualikit import Project
from qualikit.corpus.pseudonyms.model import Kind

pytestmark = pytest.mark.browser

PASSPHRASE = "girafe violon sept nuages"
TALK = """\
Enquêtrice : Bonjour Fatima Bénali.

Mme Bénali : Bonjour. Appelez-moi au 06 12 34 56 78, ou voyez avec Aïcha.

Gwenola : Moi, ce que j'ai dit, je ne veux plus y être.

Enquêtrice : Merci.

Gwenola : Ne gardez rien de moi.
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    source = tmp_path / "Entretien Bénali.txt"
    source.write_text(TALK, "utf-8")
    with Project.create(tmp_path / "essai.qualikit", name="Essai", coder="Camille") as project:
        project.corpus.import_files([source])
    return tmp_path / "essai.qualikit"


@pytest.fixture
def tab(run_app: Callable[..., Any], browser_page: Any, tmp_path: Path, place: Path) -> Visit:
    app = run_app(APP, env(place, settings=tmp_path / "reglages"), OPTIONS)
    return Visit(browser_page, app.url).open("pseudonymes")


def step(tab: Visit, name: str) -> Visit:
    tab.page.get_by_role("radio", name=re.compile(name)).or_(
        tab.page.get_by_role("button", name=re.compile(name))
    ).first.click()
    return tab.settled()


def test_from_the_key_to_the_copy_that_is_handed_over(tab, place):
    tab.wait("Notez la phrase de passe")
    field = tab.page.get_by_label("Phrase de passe").first
    field.fill("trop court")
    tab.page.get_by_label("Encore une fois").first.fill("trop court")
    tab.click("Créer la clé").wait("trop faible")
    field.fill(PASSPHRASE)
    tab.page.get_by_label("Encore une fois").first.fill(PASSPHRASE)
    tab.click("Créer la clé").wait("Rien n'est remplacé à cette étape")

    with Project.open(place, coder="Camille") as project:  # what a search would have found
        service = project.corpus.pseudonyms
        key = service.open_key(PASSPHRASE)
        for name, kind in (("Fatima Bénali", Kind.PERSON), ("Aïcha", Kind.PERSON), ("06 12 34 56 78", Kind.PHONE)):
            service.add(key, name, kind)
        service.rename(key, key.entries[0].id, "Samira Morel")

    step(tab, r"2\. Relire").wait("à remplacer")
    box = tab.page.locator("[data-testid=stDataFrame] canvas").first.bounding_box()
    tab.page.mouse.click(box["x"] + 16, box["y"] + 36 + 15)
    tab.wait("Entretien Bénali")
    tab.write("Pseudonyme", "Samira Roche")
    step(tab, r"3\. Appliquer").wait("Aperçu").wait("Entretien Roche")
    tab.click("Remplacer les noms").wait("Passez à")
    with Project.open(place) as project:
        assert "Mme Roche : Bonjour" in project.corpus.text("Entretien Roche")

    step(tab, r"4\. Contrôler").click("Relire tout le projet").wait("Ce n'est pas une anonymisation")
    step(tab, r"5\. Clé").click("Écrire la copie").wait("Copie écrite")
    copy = place.with_name("essai à remettre.qualikit")
    assert "Bénali".encode() not in copy.read_bytes()
    assert "Bénali".encode() in place.read_bytes()

    tab.page.get_by_text("J'ai compris que cela ne s'annule pas").first.click()
    tab.settled().click("Retirer la clé").wait("Notez la phrase de passe").wait("ce projet peut être remis")
    assert "Bénali".encode() not in place.read_bytes()
    assert not place.with_suffix(".cle").exists()


def test_a_person_is_taken_out_at_their_request(tab, place):
    tab.page.get_by_text("Retirer une personne à sa demande").click()
    field = tab.page.locator(".st-key-remove_person_name [data-testid=stSelectbox]")
    field.scroll_into_view_if_needed()
    tab.standing(field).choose(
        field, "Gwenola"
    )  # the section unfolds, and a list that opens while it does closes again
    tab.wait("2 tours de parole dans 1 document")
    tab.page.get_by_text("J'ai compris que cela ne s'annule pas").locator("visible=true").first.click()
    tab.settled().click("Retirer cette personne").wait("La personne est retirée")
    with Project.open(place) as project:
        assert "[paroles retirées]" in project.corpus.text("Entretien Bénali")
        assert project.check() == []
    assert b"ne veux plus" not in place.read_bytes()
