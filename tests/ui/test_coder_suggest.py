"""Suggestions asked for on the page Coder: in the background, seen, stopped, said when done."""

from __future__ import annotations

import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

from qualikit import Project
from qualikit.coding.suggested import SuggestionPart
from qualikit.ui import jobs
from tests.coding.endpoint.server import ModelServer


def script():
    from qualikit.ui import jobs, messages, state
    from qualikit.ui.pages import coder_suggest

    jobs.settle()
    messages.show_left()
    project = state.project()
    with messages.guarded():
        coder_suggest.show(project, project.corpus.documents()[0].id)
        coder_suggest.learn(project, project.corpus.documents()[0].id)
    jobs.show_aside()


@pytest.fixture
def app(monkeypatch, tmp_path, place):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("QUALIKIT_PROJECT", str(place))
    monkeypatch.setenv("QUALIKIT_CODER", "Camille")
    monkeypatch.setattr(jobs, "PATIENCE", 0.0)
    return AppTest.from_function(script, default_timeout=60)


def until(app, condition):
    """Runs of the page until something is so, as its own refreshing makes them."""
    end = time.monotonic() + 60
    while not condition(app):
        assert time.monotonic() < end
        time.sleep(0.02)
        app.run()
    return app


def button(app, words):
    return next(each for each in app.button if each.label == words)


def toasts(app):
    return " ".join(each.value for each in app.toast).replace("\u00a0", " ").replace("\\", "")


def by(app, assistant):
    app.run()
    return app.selectbox(key="suggest_assistant").select(assistant).run()


def test_without_keywords_the_page_leads_to_where_they_are_written(app):
    by(app, "keywords")
    assert not app.exception
    assert "mots-clés" in app.caption[0].value
    assert [each.label for each in app.button] == ["Écrire des mots-clés"]


def test_suggestions_are_asked_for_and_what_came_is_said(app, place):
    with Project.open(place, coder="Camille") as project:
        project.coding.update_code("Météo", keywords=["pleut", "météo"])
    by(app, "keywords")
    button(app, "Suggérer dans ce document").click().run()
    until(app, toasts)
    assert "2 nouvelles suggestions (1 document lu)." in toasts(app)
    with Project.open(place, coder="Camille") as project:
        # « Quand il pleut » bears the code already: one of the two is asked of others only.
        assert [each.quote for each in project.coding.suggestions()] == ["La météo décide de tout."]


def test_it_goes_on_beside_the_page_and_can_be_stopped(app, place, monkeypatch):
    with Project.open(place, coder="Camille") as project:
        project.coding.update_code("Météo", keywords=["pleut", "météo"])
    gate, ask = threading.Event(), SuggestionPart.suggest

    def slowly(self, *arguments, **named):
        gate.wait(60)
        return ask(self, *arguments, **named)

    monkeypatch.setattr(SuggestionPart, "suggest", slowly)
    app.run()
    button(app, "Dans tous les documents").click().run()
    until(app, lambda page: any(each.label == "Arrêter" for each in page.button))
    button(app, "Arrêter").click().run()
    gate.set()
    until(app, toasts)
    assert "arrêté avant la fin" in toasts(app)
    with Project.open(place, coder="Camille") as project:
        assert project.coding.suggestions() == []


def test_what_is_proposed_first_is_what_the_codes_mean_and_no_model_that_nobody_allowed(app):
    app.run()
    offered = app.selectbox(key="suggest_assistant")
    assert offered.value == "meaning"
    assert [each.replace("\\", "") for each in offered.options] == [
        "Le sens et les exemples",
        "Marqueurs de position",
        "Mots-clés",
        "Les passages semblables",
    ]


def test_those_without_an_answer_are_withdrawn(app, place):
    with Project.open(place, coder="Camille") as project:
        project.coding.update_code("Météo", keywords=["pleut", "météo"])
        project.coding.suggest("keywords")
    app.run()
    button(app, "Retirer celles sans réponse").click().run()
    assert "Suggestions retirées" in toasts(app)
    with Project.open(place, coder="Camille") as project:
        assert project.coding.suggestions() == []


def test_what_learns_is_asked_again_once_some_were_answered(app, place, monkeypatch):
    from qualikit.ui.pages import coder_suggest

    asked = []
    ask = SuggestionPart.suggest
    monkeypatch.setattr(SuggestionPart, "suggest", lambda self, *a, **n: asked.append(a[:2]) or ask(self, *a, **n))
    monkeypatch.setattr(coder_suggest, "AFTER", 1)
    with Project.open(place, coder="Camille") as project:
        project.coding.update_code("Météo", keywords=["pleut", "météo"])
    monkeypatch.setattr(coder_suggest, "LEARNS", {"keywords"})  # this text is too short to learn from
    by(app, "keywords")
    button(app, "Suggérer dans ce document").click().run()
    until(app, toasts)
    assert len(asked) == 1
    with Project.open(place, coder="Camille") as project:
        first = project.coding.suggestions()[0]
        project.coding.decide(first.id, accept=True)
    app.run()
    until(app, lambda page: len(asked) == 2)
    assert asked[1] == ("keywords", [first.document_id])


def screen():
    import streamlit as st

    from qualikit.ui import jobs, messages, state
    from qualikit.ui.pages import coder_suggest

    jobs.settle()
    messages.show_left()
    project = state.project()
    with messages.guarded():
        coder_suggest.show(project, project.corpus.documents()[0].id)
        if st.session_state.pop("press", False):
            coder_suggest.on_screen(project, project.corpus.documents()[0].id, 0, 400)
    jobs.show_aside()


def test_what_is_on_the_screen_is_asked_of_who_was_chosen_and_the_host_is_named_each_time(app, place, monkeypatch):
    app = AppTest.from_function(screen, default_timeout=60)
    with ModelServer() as server:
        with Project.open(place, coder="Camille") as project:
            project.coding.endpoint.set(server.url, "essai")
            project.coding.endpoint.consent(server.host)
        by(app, "endpoint")
        assert server.asked == []
        for _time in range(2):
            app.session_state["press"] = True
            app.run()
            assert f"Les passages seront envoyés à {server.host}" in toasts(app)
            until(app, lambda app: not app.session_state["jobs"])
        assert len(server.asked) >= 2
