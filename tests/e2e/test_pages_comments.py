"""A Word file with comments in its margin, brought in with them from the page Corpus."""

from __future__ import annotations

import pytest
from pages_bed import APP, OPTIONS, Visit, env

from qualikit import Project
from tests.coding.exchange.test_comments import file
from tests.corpus.word_file import p

pytestmark = pytest.mark.browser


def test_comments_become_codings_with_the_document_and_are_undone_with_it(run_app, browser_page, tmp_path):
    place = tmp_path / "essai.qualikit"
    with Project.create(place, coder="Camille") as project:
        project.coding.add_code("Accueil")
    talk = "".join(p(f"{name} : C'est bien, non ?") for name in ("Animatrice", "Mme B.") * 4)
    (tmp_path / "Focus group Laval.docx").write_bytes(
        file(("Sacha", "Acceuil : à revoir"), ("Lou", "Météo"), more=talk)
    )
    app = run_app(APP, env(place, settings=tmp_path / "reglages"), OPTIONS)
    tab = Visit(browser_page, app.url).open("corpus")
    tab.drop(tmp_path / "Focus group Laval.docx").wait("2 commentaires dans la marge, laissés de côté")
    tab.click("Voir").wait("En faire des codages")
    tab.page.get_by_text("En faire des codages").click()
    tab.settled().wait("nouveau code")
    tab.click("C'est le code « Accueil »").wait("1 code n'est pas dans la grille")
    tab.click("Enregistrer le fichier prêt").wait("1 document enregistré")
    with Project.open(place, coder="Camille") as project:
        names = {code.id: code.name for code in project.coding.codebook}
        assert [(names[one.code_id], one.coder) for one in project.coding.codings()] == [
            ("Accueil", "Sacha"),
            ("Météo", "Lou"),
        ]
        assert [memo.text for memo in project.coding.memos()] == ["à revoir"]
        project.history.undo()
        assert project.corpus.documents() == []
        assert {code.name for code in project.coding.codebook} == {"Accueil"}
