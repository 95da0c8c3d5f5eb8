"""Many files brought in at once: a zip archive dropped, a folder named, the work stopped, the rest in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages_bed import APP, OPTIONS, Visit, env

from qualikit import Project
from tests.corpus.zip_file import archive

pytestmark = pytest.mark.browser

TALK = "Chercheuse : Bonjour, vous venez souvent ?\nMme Roux : Oui, le {n} du mois.\n" * 3


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    with Project.create(tmp_path / "neuf.qualikit", name="Évaluation neuve", coder="Camille"):
        return tmp_path / "neuf.qualikit"


@pytest.fixture
def visit(run_app: Callable[..., Any], browser_page: Any, tmp_path: Path) -> Callable[..., Visit]:
    def open_(place: Path, path: str) -> Visit:
        app = run_app(APP, env(place, settings=tmp_path / "reglages"), OPTIONS)
        return Visit(browser_page, app.url).open(path)

    return open_


def opened(place: Path) -> Project:
    return Project.open(place, coder="Camille")


def test_an_archive_with_broken_files_goes_in_but_for_those(visit, bare, tmp_path):
    good = {
        f"{place}/Entretien {n:02}.txt": TALK.format(n=n) for n in range(28) for place in [("Aubagne", "Laval")[n % 2]]
    }
    bad = {"Laval/abîmé.docx": b"PK\x03\x04 coupe", "Laval/vide.txt": b"", "../dehors.txt": "x", "dedans.zip": b"PK"}
    junk = {"__MACOSX/._a.txt": b"x", "Laval/.DS_Store": b"x", "Laval/marché.jpg": b"x"}
    (tmp_path / "Terrain.zip").write_bytes(archive({**good, **bad, **junk}))
    tab = visit(bare, "corpus").drop(tmp_path / "Terrain.zip")
    tab.wait("28 fichiers à enregistrer").wait("28 prêts, 4 mis de côté").wait("marché.jpg")
    tab.wait("1 à 25 sur 32").click("Suivants").wait("26 à 32 sur 32")
    tab.page.get_by_role("radio", name="Mis de côté (4)").click()
    for sentence in (
        "« abîmé.docx » est endommagé",
        "« vide.txt » ne contient aucun texte",
        "est hors d'elle",
        "est une archive dans une archive",
    ):
        tab.wait(sentence)
    assert "_a.txt" not in tab.words()
    tab.click("Enregistrer les 28 fichiers prêts").wait("28 documents sur 28")
    tab.wait("4 fichiers mis de côté")
    with opened(bare) as project:
        found = project.corpus.documents()
        assert {(doc.document.territory, doc.document.source_kind.value) for doc in found} == {
            ("Aubagne", "interview"),
            ("Laval", "interview"),
        }
        assert project.check() == []


def test_saving_is_seen_from_any_page_and_what_is_saved_when_it_stops_stays(visit, bare, tmp_path):
    folder = tmp_path / "Entretiens Laval"
    folder.mkdir()
    for n in range(30):
        (folder / f"Personne {n:02}.txt").write_text(TALK.format(n=n), "utf-8")
    tab = visit(bare, "corpus")
    tab.click("Un dossier de cet ordinateur").write("Adresse du dossier, ou de l'archive zip", str(tmp_path / "rien"))
    tab.click("Lire ce dossier").wait("Il n'y a rien à cet endroit")
    tab.write("Adresse du dossier, ou de l'archive zip", f'"{folder}"').click("Lire ce dossier").wait("30 prêts")

    with opened(bare) as colleague, colleague.store.write("Sacha"):  # who holds the project: nothing is saved meanwhile
        tab.click("Enregistrer les 30 fichiers prêts").wait("Enregistrement de")
        tab.go("Grille").wait("Enregistrement de « Personne 00.txt » (1 sur 30)").wait("La grille est vide")
        tab.click("Arrêter").wait("arrêt demandé")
    tab.wait("Enregistrement arrêté")
    tab.go("Corpus").wait("29 fichiers à enregistrer")
    with opened(bare) as project:
        assert [document.title for document in project.corpus.documents()] == ["Personne 00"]
        assert project.check() == []

    (folder / "Personne 29.txt").write_text("autre chose", "utf-8")
    tab.click("Enregistrer les 29 fichiers prêts").wait("a changé depuis qu'il a été lu")
    with opened(bare) as project:
        assert len(project.corpus.documents()) == 29
