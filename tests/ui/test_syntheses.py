"""The page Synthèses without a browser: what is left, one cell with its passages, its state, two people in it."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from qualikit.themes import Themes
from qualikit.themes.syntheses.citations import mark
from qualikit.ui.writing import opened, sent


def script():
    from qualikit.ui import messages, places, state
    from qualikit.ui.pages import syntheses

    places.know({})
    with messages.guarded():
        syntheses.show(state.project())


CELL = ("Météo", "territory", "Laval")


@pytest.fixture
def open_page(monkeypatch, place, tmp_path):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("QUALIKIT_PROJECT", str(place))

    def draw(**query):
        app = AppTest.from_function(script, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return draw


@pytest.fixture
def cell(project):
    """The address of the one coded cell."""
    return {"code": project.coding.code("Météo").id, "valeur": "Laval"}


def component(app, part):
    found = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return next(each for each in found if part in each)


def words(app):
    return " ".join(element.proto.body for element in app.get("html")).replace("\u00a0", " ")


def button(app, key):
    return app.button(key=key)


def test_the_table_says_what_is_left_to_write(open_page, project):
    app = open_page()
    assert not app.exception
    assert "À écrire : 1 · brouillons : 0 · validées : 0, sur 1 case codée" in words(app)
    grid = component(app, "rows")
    assert [row["label"] for row in grid["rows"]] == ["Météo"]
    assert grid["cells"][0][0]["main"] == "à écrire"
    assert grid["cells"][0][0]["sub"].replace("\u00a0", " ") == "1 passage · 1/2 pers."
    assert grid["cells"][0][1]["main"] == "–", "the whole can have one, and is not missed"


def test_a_cell_shows_its_passages_beside_its_text(open_page, project, cell):
    coding = project.coding.codings()[0].id
    project.themes.set_synthesis(*CELL, f"La pluie {mark(coding)}.")
    app = open_page(**cell)
    assert not app.exception
    assert "1 passage, 1 personne sur 2, 1 document sur 1" in words(app)
    text = component(app, "passages")
    assert text["text"] == f"La pluie {mark(coding)}."
    assert [each["quote"] for each in text["passages"]] == ["Quand il pleut"]
    assert text["places"] == {coding: coding}
    assert "par Camille" in text["saved"]


def test_the_same_words_under_another_code_are_one_passage_to_cite(open_page, project, cell):
    start = project.corpus.text("Groupe Laval").index("Quand il pleut")
    project.coding.add_code("Autre")
    other = project.coding.add("Groupe Laval", start, start + len("Quand il pleut"), "Autre").id
    away = project.coding.add("Groupe Laval", 0, 5, "Autre").id
    project.themes.set_synthesis(*CELL, f"A {mark(other)} B {mark(away)}")
    text = component(open_page(**cell), "passages")
    (first,) = text["passages"]
    assert text["places"][other] == first["place"]
    assert [each["id"] for each in text["others"]] == [away]


def test_it_is_validated_reopened_and_flagged_when_something_came_after(open_page, project, cell):
    project.themes.set_synthesis(*CELL, "La pluie.")
    app = open_page(**cell)
    button(app, "validate_synthesis").click().run()
    assert not app.exception
    assert project.themes.synthesis(*CELL).validated_by == "Camille"
    assert "Validée par Camille" in words(app)
    text = project.corpus.text("Groupe Laval")
    project.coding.add("Groupe Laval", text.index("La météo décide"), text.index("La météo décide") + 15, "Météo")
    app = open_page(**cell)
    assert "codé dans cette case depuis la validation" in app.warning[0].value.replace("\\", "")
    assert [each["later"] for each in component(app, "passages")["passages"]] == [False, True]
    app = open_page()
    assert component(app, "rows")["cells"][0][0]["marks"] == "✓ !"
    app = open_page(**cell)
    button(app, "validate_synthesis").click().run()
    assert project.themes.synthesis(*CELL).status == "draft"


def test_a_draft_is_proposed_and_what_was_there_is_in_the_history(open_page, project, cell):
    project.themes.set_synthesis(*CELL, "À moi.")
    app = open_page(**cell)
    button(app, "propose_draft").click().run()
    written = project.themes.synthesis(*CELL)
    assert written.text.startswith("À moi.\n\n[brouillon]")
    assert not any(each.key == "propose_draft" for each in app.button), "one proposal at a time"
    button(app, "validate_synthesis").click().run()
    assert "porte encore la marque" in app.error[0].value.replace("\\", "")
    assert project.themes.synthesis(*CELL).status == "draft"


def test_two_people_in_one_cell_are_told_and_decide(open_page, project, cell):
    Themes(project.store, "Sacha").set_synthesis(*CELL, "Ce que Sacha écrit.")
    project.themes.keep_synthesis_aside(*CELL, "Ce que j'écris.")
    app = open_page(**cell)
    assert "Sacha a écrit dans cette case pendant que vous y écriviez" in app.warning[0].value.replace("\\", "")
    assert "Ce que j&#x27;écris." in words(app)
    button(app, "aside_after").click().run()
    assert project.themes.synthesis(*CELL).text == "Ce que Sacha écrit.\n\nCe que j'écris."
    assert project.themes.synthesis_aside(*CELL) == ""
    assert not app.warning
    assert component(app, "passages")["epoch"] == 1


def test_a_text_left_aside_can_replace_the_other_or_be_given_up(open_page, project, cell):
    for key, expected in (("aside_leave", "Sacha."), ("aside_instead", "Moi.")):
        Themes(project.store, "Sacha").set_synthesis(*CELL, "Sacha.")
        project.themes.keep_synthesis_aside(*CELL, "Moi.")
        app = open_page(**cell)
        button(app, key).click().run()
        assert project.themes.synthesis(*CELL).text == expected
        assert project.themes.synthesis_aside(*CELL) == ""


def test_only_cells_that_ask_for_something_are_listed(open_page, project):
    project.themes.set_synthesis(*CELL, "La pluie.")
    app = open_page()
    app.session_state["syntheses_shown"] = "left"
    app.run()
    assert "Toutes les synthèses attendues sont écrites." in words(app)
    app.session_state["syntheses_shown"] = "moved"
    app.run()
    assert "Rien n'a changé" in words(app).replace("&#x27;", "'")


def test_a_project_without_codings_says_what_the_page_is_for(open_page, project):
    for coding in project.coding.codings():
        project.coding.remove(coding.id)
    assert "thème par thème et territoire par territoire" in words(open_page())


def test_a_cell_that_is_no_more_leads_back_to_the_table(open_page, project, cell):
    app = open_page(code="inconnu", valeur="Laval", colonne="couleur")
    assert not app.exception
    assert component(app, "rows")["corner"]


@pytest.mark.parametrize(
    "state",
    [
        None,
        "x",
        {"written": 3},
        {"written": {"doc": "d", "run": "r", "n": 1, "text": "t", "base": ""}},
        {"written": {"doc": "d", "run": "before", "n": "1", "text": "t", "base": ""}},
        {"written": {"doc": "other", "run": "r", "n": "1", "text": "t", "base": ""}},
    ],
)
def test_what_a_browser_may_send_is_not_believed(state):
    assert sent(state, "d", "r") is None
    assert opened(state, "seen") is None
