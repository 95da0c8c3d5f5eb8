"""The section Guide of the page Corpus: a guide pasted in, its questions found, chosen, read where they are put."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages_bed import APP, OPTIONS, Visit, env

from qualikit import Project, sample

pytestmark = pytest.mark.browser

GUIDE = """Le service
1. Comment avez-vous connu le triporteur ?
2. Qu'est-ce qui ne marche pas ?
Après
3. Que faudrait-il changer pour la suite ?"""


def test_a_guide_is_pasted_found_in_the_corpus_and_its_answers_read(
    run_app: Callable[..., Any], browser_page: Any, tmp_path: Path
) -> None:
    place = Path(shutil.copy(sample.build(tmp_path / "exemple"), tmp_path / "exemple.qualikit"))
    with Project.open(place) as project:
        text = project.corpus.text("FG_usagers_Aubagne_2023-11-14")
        asked = next(
            turn.speech.of(text)
            for turn in project.corpus.turns("FG_usagers_Aubagne_2023-11-14")
            if "?" in turn.speech.of(text)
        )
    question = " ".join(asked.split("?")[0].split()[-14:]) + " ?"
    app = run_app(APP, env(place, settings=tmp_path / "reglages"), OPTIONS)
    tab = Visit(browser_page, app.url).open("corpus?partie=guide").wait("Pas encore de guide d'entretien")
    tab.write("Ou les questions, une par ligne", f"{GUIDE}\n4. {question}").wait("Enregistrer 4 questions")
    tab.click("Enregistrer 4 questions").wait("Une case se modifie d'un double-clic")
    with Project.open(place) as project:
        assert [each.section for each in project.corpus.guide.questions()] == ["Le service"] * 2 + ["Après"] * 2
    tab.page.get_by_text("Où elles sont posées", exact=True).click()
    tab.settled().click("Chercher les questions dans le corpus").wait("Fermer la liste")
    tab.page.locator(".st-key-guide_accept button:enabled").wait_for()
    tab.click("Marquer", inside=".st-key-guide_accept").wait("Annuler : ")
    with Project.open(place) as project:
        marks = project.corpus.guide.marks("FG_usagers_Aubagne_2023-11-14", 4)
    assert marks
    tab.page.get_by_text("Réponses", exact=True).click()
    tab.settled()
    tab.choose(tab.page.locator("[data-testid=stSelectbox] input").first, f"4. {question}")
    tab.wait("répond").click("Lire à sa place")
    tab.page.locator(f".qkc-question[data-mark='{marks[0].id}']").wait_for(state="attached")
    tab.wait("Retour au guide").click("Retour au guide").wait("posée dans")
