"""Searching as an evaluator does: hits read, opened, coded together, taken away in a file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages_bed import APP, OPTIONS, Visit, env

from qualikit import Project, sample

pytestmark = pytest.mark.browser


@pytest.fixture
def full(tmp_path: Path) -> Path:
    return Path(shutil.copy(sample.build(tmp_path / "exemple"), tmp_path / "exemple.qualikit"))


@pytest.fixture
def visit(run_app: Callable[..., Any], browser_page: Any, tmp_path: Path) -> Callable[..., Visit]:
    def open_(place: Path, path: str = "") -> Visit:
        app = run_app(APP, env(place, settings=tmp_path / "reglages"), OPTIONS)
        return Visit(browser_page, app.url).open(path)

    return open_


def test_hits_are_read_opened_coded_together_and_taken_back(visit, full, tmp_path):
    tab = visit(full, "chercher")
    page = tab.page
    tab.click("pluie OU froid").wait("dans")  # an example fills the field
    assert page.get_by_label("Ce que vous cherchez", exact=True).input_value() == "pluie OU froid"

    tab.write("Ce que vous cherchez", '"pluie').wait("guillemet")
    tab.write("Ce que vous cherchez", "zanzibar").wait("Rien ne répond à « zanzibar »")
    tab.write("Ce que vous cherchez", "pluie")
    with Project.open(full, coder="Camille") as project:
        hits = project.coding.search("pluie", limit=None)
        before = len(project.coding.codings())
    tab.wait(f"1 à {len(hits)} sur {len(hits)} dans {len({hit.document for hit in hits})} documents")
    assert page.locator(".concordance mark").all_inner_texts() == [hit.match for hit in hits]
    starts = {round(page.locator(".concordance mark").nth(n).bounding_box()["x"]) for n in range(len(hits))}
    assert len(starts) == 1  # aligned on what was found

    page.locator(".concordance .line button").nth(1).click()  # opened in its text
    tab.settled().wait("Retour aux résultats")
    page.locator(".st-key-qk_coder_text, body").first.get_by_text("Sélection").first.wait_for()
    assert hits[1].title in tab.words()
    tab.click("Retour aux résultats").wait("Cochez des résultats")

    page.locator(".concordance thead input").check()
    tab.settled().wait(f"{len(hits)} cochés")
    tab.choose(page.locator(".st-key-search_code_to_put input"), "Dysfonctionnements › Météo")
    with Project.open(full, coder="Camille") as project:
        passages = project.coding.hit_passages(hits, "sentence")
    tab.click(f"Coder les {len(passages)} passages").wait("Cochez des résultats")
    with Project.open(full, coder="Camille") as project:
        added = len(project.coding.codings()) - before
        assert 0 < added <= len(passages)
        assert project.check() == []
    tab.click(f"Annuler : code Météo posé sur {added} passages")
    with Project.open(full, coder="Camille") as project:
        assert len(project.coding.codings()) == before

    page.get_by_role("button", name="Exporter").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert len(rows) == len(hits) + 1


def test_a_search_is_narrowed_and_goes_on_from_page_to_page(visit, full):
    tab = visit(full, "chercher")
    page = tab.page
    tab.write("Ce que vous cherchez", "le").wait("1 à 50 sur")
    first = page.locator(".concordance .line button").first.inner_text()
    tab.click("Suivants").wait("51 à 100 sur")
    assert page.locator(".concordance .line button").first.inner_text() != first
    tab.click("Précédents").wait("1 à 50 sur")

    tab.choose(page.locator(".st-key-search_territory input"), "Laval")
    page.keyboard.press("Escape")
    tab.settled().wait("1 à 50 sur")
    assert set(page.locator(".concordance td.place").all_inner_texts()) == {"Laval"}
    tab.write("Ce que vous cherchez", "Aubagne").wait("Rien ne répond")
    tab.click("Chercher sans les filtres").wait("sur")
    assert page.locator(".concordance mark").count() > 0
