"""The page Exports without a browser: what is made, what is checked first, what stops a document."""

from __future__ import annotations

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest


def script():
    from qualikit.ui import jobs, messages, places, state
    from qualikit.ui.pages import exports

    places.know({})
    jobs.settle()
    with messages.guarded():
        exports.show(state.project())


@pytest.fixture
def open_page(monkeypatch, place, tmp_path):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("QUALIKIT_PROJECT", str(place))

    def draw():
        app = AppTest.from_function(script, default_timeout=120).run()
        if "jobs" in app.session_state:
            for job in app.session_state["jobs"]:
                job.ended.wait(120)
        return app.run()

    return draw


def words(app):
    return unescape(" ".join(element.proto.body for element in app.get("html"))).replace("\u00a0", " ")


def buttons(app):
    return {element.proto.label: element.proto.disabled for element in app.get("download_button")}


def test_each_document_is_a_card_with_its_first_page_and_its_button(open_page, project):
    project.corpus.update_document("Groupe Laval", territory="Laval")
    app = open_page()
    assert not app.exception
    said = words(app)
    for label in (
        "Synthèse thématique – Laval",
        "Matrice thématique",
        "Comparaison des territoires",
        "Grilles de consensus",
        "Recueil de verbatims",
        "Annexe en tableaux",
    ):
        assert f"<h3>{label}</h3>" in said
        assert f'aria-label="Aperçu de la première page : {label}"' in said
    assert "S'écrit…" not in said
    assert buttons(app) == {"Prendre les 6 documents": False, "Word": False, "Excel": False}


def test_what_is_not_written_yet_is_said_with_its_counts(open_page, project):
    project.corpus.update_document("Groupe Laval", territory="Laval")
    said = words(open_page())
    assert "Laval : 1 thème codé sur 1 n'a pas de synthèse (Météo)." in said
    assert "Aucun pseudonyme n'a été mis dans les textes" in said


def test_a_document_that_holds_a_number_waits_for_a_yes(open_page, project):
    project.corpus.update_document("Groupe Laval", territory="Laval")
    project.themes.set_synthesis("Météo", "territory", "Laval", "Rappeler au 06 12 34 56 78.")
    app = open_page()
    assert "06 12 34 56 78" in words(app)
    # The verbatims, the comparison and the grids do not hold it.
    assert "Prendre 3 documents sur 6" in buttons(app)
    app.checkbox(key="exports_allow").check().run()
    assert "Prendre les 6 documents" in buttons(app)


def test_a_project_without_codings_says_what_the_page_is_for(open_page, project):
    for coding in project.coding.codings():
        project.coding.remove(coding.id)
    assert "rien à remettre" in words(open_page())
