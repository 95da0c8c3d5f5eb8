"""The page Corpus without a browser: its sections, and the people who may be one."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from qualikit import Project


def script():
    from qualikit.ui import messages, places, state
    from qualikit.ui.pages import corpus

    places.know({})
    with messages.guarded():
        corpus.show(state.project())


@pytest.fixture
def open_page(monkeypatch, tmp_path):
    """``open_page(**query)`` draws the page on three interviews of the same two people, brought in at once."""
    sources = []
    for number in range(3):
        source = tmp_path / f"Entretien {number}.txt"
        said = "Camille Duval : Bonjour, vous allez bien ?\nOdile Martin : Bonjour, oui.\n" * 3
        source.write_text(f"{said}Camille Duval : Merci {number}.\n", "utf-8")
        sources.append(source)
    with Project.create(tmp_path / "essai.qualikit", coder="Camille") as project:
        project.corpus.import_files(sources)
        assert len(project.corpus.people.alike()) > 1
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("QUALIKIT_PROJECT", str(tmp_path / "essai.qualikit"))

    def draw(**query):
        app = AppTest.from_function(script, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return draw


def test_proposals_about_people_who_came_in_together_stand_side_by_side(open_page):
    app = open_page(partie="personnes")
    assert not app.exception
    assert not app.error
    assert [button.label for button in app.button].count("Ce n'est pas la même") > 1


def test_the_documents_are_shown_when_no_section_is_known(open_page):
    app = open_page()
    app.session_state["corpus_section"] = None  # as after a sheet was applied
    app.run()
    assert not app.error
    assert app.session_state["corpus_section"] == "documents"
