"""The sections of the page Grille: a version kept, compared and brought back; a workbook looked at, then brought in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pages_bed import APP, OPTIONS, Visit, env

from qualikit import Project, sample

pytestmark = pytest.mark.browser


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


def test_a_version_is_kept_compared_and_brought_back(visit, full):
    tab = visit(full, "grille?partie=versions").click("Garder une version")
    tab.page.get_by_label("Nom de la version").fill("Pilote")
    tab.click("Garder", inside="[data-testid=stPopoverBody]").wait("Les deux grilles sont les mêmes")
    with Project.open(full, coder="Camille") as project:
        project.coding.update_code("Météo", definition="Pluie et vent.")
        project.coding.add_code("Transport")
    tab.open("grille?partie=versions").wait("2 codes diffèrent").wait("Dysfonctionnements › Météo")
    tab.click("Revenir").wait("Ajoutés depuis, gardés en service").click("Revenir", inside=".st-key-restore_now").wait(
        "1 code diffère"
    )
    with Project.open(full, coder="Camille") as project:
        assert [change.name for change in project.coding.compare("Pilote")] == ["Transport"]
    for part, words in (
        ("saturation", "35 codes sur 38 sont employés"),
        ("usage", "762 codages"),
        ("manuel", "Écrire"),
    ):
        tab.open(f"grille?partie={part}").wait(words)


def test_a_workbook_is_looked_at_put_right_and_brought_in(visit, full, tmp_path):
    book = openpyxl.Workbook()
    for row in (["Thème", "Code", "Notes"], ["Usages", "Tablette", "Écran tactile"], [None, "Imprimante", "Papier"]):
        book.active.append(row)
    book.save(tmp_path / "grille.xlsx")
    tab = visit(full, "grille").click("Importer").drop(tmp_path / "grille.xlsx").wait("3 codes à ajouter")
    tab.choose(tab.page.get_by_role("combobox", name="Notes"), "Définition").wait("Écran tactile")
    tab.click("Importer cette grille").wait("3 codes ajoutés")
    with Project.open(full, coder="Camille") as project:
        assert project.coding.code("Imprimante").definition == "Papier"
