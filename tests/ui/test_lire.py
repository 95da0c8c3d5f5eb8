"""The page Lire par code without a browser: what is counted, what the list is sent, what an address asks for."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from qualikit.themes.reading.query import Query, Term
from qualikit.ui.reading.payload import SIZE, list_payload, outline, rows_payload
from qualikit.ui.reading.show import _pages


def script():
    from qualikit.ui import messages, places, state
    from qualikit.ui.pages import lire

    places.know({})
    with messages.guarded():
        lire.show(state.project())


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


def sent(app):
    found = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return {each["kind"]: each for each in found if "kind" in each}


def words(app):
    return " ".join(element.proto.body for element in app.get("html")).replace("\u00a0", " ")


def test_the_page_counts_with_its_denominators_and_sends_the_cards(open_page, project):
    app = open_page(code=project.coding.code("Météo").id)
    assert not app.exception
    assert "1 passage, 1 personne sur 2, 1 document sur 1" in words(app)
    assert sent(app)["list"]["total"] == 1
    [[place, row]] = sent(app)["feed"]["rows"]
    assert (place, row["quote"], row["mine"]) == (0, "Quand il pleut", True)
    assert row["before"].endswith("Moi. ")


def test_what_leaves_nothing_is_said(open_page, project):
    project.coding.add_code("Autre")
    app = open_page(code=project.coding.code("Autre").id)
    assert "rien codé ainsi" in words(app)


def test_a_project_without_codings_says_what_the_page_is_for(open_page, project):
    for coding in project.coding.codings():
        project.coding.remove(coding.id)
    assert "rassemble les passages" in words(open_page())


def test_the_list_keeps_a_passage_that_was_taken_away_in_its_place(project):
    listed = outline(project.themes.passages(Query(codes=Term("Météo"))), "territory", "t")
    assert list_payload(project, listed)["groups"] == [[group.label, 0, 1] for group in listed.groups]
    [coding] = project.coding.codings()
    project.coding.remove(coding.id)
    [[_place, row]] = rows_payload(listed, (0, 0))
    assert (row["id"], row["gone"]) == (coding.id, True)
    assert rows_payload(listed, (5, 9)) == []
    assert SIZE > 1


@pytest.mark.parametrize("want", [None, "x", {"pages": 3}, {"pages": [1]}, {"pages": [-1, 2]}, {"pages": [0.5, 1]}])
def test_pages_that_make_no_sense_are_not_sent(want):
    assert _pages({"want": want}) is None
    assert _pages({"want": {"pages": [2, 3]}}) == (2, 3)
