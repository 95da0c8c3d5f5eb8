"""The sections of the page Corpus: a document opened and closed, files that wait, people made one, a sheet whose names match nearly, a territory renamed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages_bed import APP, HEAD, OPTIONS, ROOT, ROW, Visit, env

from qualikit import Project, sample

pytestmark = pytest.mark.browser

INTERVIEWS = ROOT.parent / "shared" / "data" / "interviews_artisans"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.build(tmp_path_factory.mktemp("exemple"))


@pytest.fixture
def full(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(built, tmp_path / "exemple.qualikit"))


@pytest.fixture
def visit(run_app: Callable[..., Any], browser_page: Any, tmp_path: Path) -> Callable[..., Visit]:
    def open_(place: Path, path: str) -> Visit:
        app = run_app(APP, env(place, settings=tmp_path / "reglages"), OPTIONS)
        return Visit(browser_page, app.url).open(path)

    return open_


def opened(place: Path) -> Project:
    return Project.open(place, coder="Camille")


def point_at_table(tab: Visit, filters: str) -> None:
    """Point at the table under the filters, whose bar then comes to stand below them and not on them."""
    tab.page.locator("[data-testid=stDataFrame]").first.hover()
    tab.page.wait_for_function(
        """filters => {
          const bar = [...document.querySelectorAll("[data-testid=stElementToolbarButton]")].find(e => e.checkVisibility());
          return bar?.getBoundingClientRect().top >= document.querySelector(filters).getBoundingClientRect().bottom;
        }""",
        arg=filters,
    )


def test_a_document_opens_in_place_of_the_list_which_comes_back_as_it_was(visit, full):
    tab = visit(full, "corpus").write("Chercher un titre", "CCAS").wait("1 document sur 9")
    point_at_table(tab, ".st-key-documents-filters")
    tab.write_cell(".st-key-page-corpus", 0, 100, "Entretien CCAS, relu")
    box = tab.page.locator("[data-testid=stDataFrame] canvas").first.bounding_box()
    tab.page.mouse.click(box["x"] + 33, box["y"] + HEAD + ROW / 2)
    tab.settled().wait("Coder ce document")
    head = tab.page.get_by_role("heading", name="Entretien CCAS, relu").bounding_box()
    assert head["y"] < tab.page.viewport_size["height"] / 2
    assert not tab.page.get_by_label("Chercher un titre").count()
    tab.click("Fermer").wait("1 document sur 9")
    tab.page.locator(".st-key-document").wait_for(state="detached")
    tab.page.locator("canvas td", has_text="Entretien CCAS, relu").wait_for(state="attached", timeout=8000)


def test_a_figure_that_leads_to_the_list_closes_the_open_document(visit, full):
    with opened(full) as project:
        chosen = project.corpus.document("Entretien_CCAS_Laval").id
    tab = visit(full, f"corpus?document={chosen}").wait("Coder ce document").go("Projet")
    tab.page.get_by_role("button", name=re.compile("^Aubagne, Entretien, 2 documents")).click()
    tab.settled().wait("2 documents sur 9")


def test_the_types_of_files_that_wait_are_whole_and_those_set_aside_have_a_heading(visit, full, tmp_path):
    files = {
        "Rapport_activite_Laval_2024.txt": "Rapport d'activité de l'année.\n" * 5,
        "Note_observation_Laval.txt": "Il pleut, personne ne vient.\n" * 5,
        "abîmé.docx": "PK\x03\x04 coupe",
    }
    for name, words in files.items():
        (tmp_path / name).write_text(words, "utf-8")
    tab = visit(full, "corpus").drop(*(tmp_path / name for name in files)).wait("2 fichiers à enregistrer")
    kinds = tab.page.locator(".st-key-incoming input[aria-label*='Type de source']")
    for place, kind in enumerate(("Rapport d'activité", "Note d'observation")):
        tab.page.wait_for_function(
            "([field, kind]) => field.value === kind", arg=[kinds.nth(place).element_handle(), kind]
        )
        assert kinds.nth(place).evaluate("field => field.scrollWidth <= field.clientWidth")
    tab.page.get_by_text("Mis de côté", exact=True).wait_for()


def test_people_are_ticked_made_one_and_undone(visit, full):
    tab = visit(full, "corpus?partie=personnes")
    point_at_table(tab, ".st-key-people-filters")
    tab.write("Chercher une personne", "Évaluatrice").wait("3 personnes sur 26")
    tab.click("Tout cocher").wait("3 personnes cochées")
    tab.click("Réunir…").wait("Elle parle dans 3 documents.")
    tab.write("Son nom", "Évaluatrice du cabinet").click("Réunir 3 personnes")
    tab.wait("1 personne sur 24")
    with opened(full) as project:
        assert len(project.corpus.people.find("Évaluatrice du cabinet").places) == 3
    tab.click("Annuler : ").wait("3 personnes sur 26")


def test_a_territory_is_renamed_with_what_is_written_about_it(visit, full):
    tab = visit(full, "corpus?partie=attributs")
    tab.page.get_by_role("button", name="Renommer").locator("visible=true").first.click()
    tab.settled().write("Nouveau nom", "Laval").wait("mis à la suite d'autres")  # both have syntheses
    tab.write("Nouveau nom", "Pays d'Aubagne").wait("« Aubagne » s'appellera « Pays d'Aubagne » partout")
    tab.page.locator(".st-key-value_rename_now button").click()
    tab.settled().wait("Annuler : Territoire : « Aubagne » devient « Pays d'Aubagne »")
    with opened(full) as project:
        assert project.corpus.territories() == ["Pays d'Aubagne", "Laval", "National"]
        assert not any(each.value == "Aubagne" for each in project.themes.syntheses())
    tab.page.get_by_text("Composition", exact=True).click()
    tab.settled().wait("Qui a été entendu, et qui ne l'a pas été").wait("Pays d'Aubagne")
    tab.wait("Parts de 13 025 mots dits dans tous les documents, par 20 participants".replace("13 025", "13\u202f025"))


def test_a_sheet_whose_names_match_nearly_is_reviewed_and_applied(visit, tmp_path):
    if not INTERVIEWS.is_dir():
        pytest.skip("the shared material is not beside the checkout")
    with Project.create(tmp_path / "reel.qualikit", coder="Camille") as project:
        project.corpus.import_files(sorted(INTERVIEWS.glob("*.docx")))
        plan = project.corpus.attributes.plan(INTERVIEWS / "recap_entretien.csv").accepting(90)
        every, left = len(plan.changes), len(plan.without("Comment Anonym").changes)
    tab = visit(tmp_path / "reel.qualikit", "corpus")
    tab.click("Importer un tableau d'attributs").drop(INTERVIEWS / "recap_entretien.csv", place=-1)
    tab.wait("12 documents sur 12 trouvent leur ligne").wait(f"{every} valeurs changent")
    tab.page.get_by_role("button", name="Comment Anonym").click()  # a column left out
    tab.settled().wait(f"{left} valeurs changent").click("Appliquer 15 lignes")
    tab.wait("15 lignes appliquées, 50 laissées de côté")
    with opened(tmp_path / "reel.qualikit") as project:
        described = [document.document.attributes for document in project.corpus.documents()]
    assert all(own["Matériau"] for own in described)
    assert not any("Comment Anonym" in own for own in described)
