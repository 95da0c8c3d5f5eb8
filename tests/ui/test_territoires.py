"""The page Territoires without a browser: who is compared, the three tabs, what it says when nothing can be."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from qualikit import Project
from qualikit.ui import jobs, places

TALKS = {
    "Aubagne": "Animatrice : La pluie ?\nMme Roux : La pluie tombe, la pluie dure.\nM. Diallo : La pluie gêne, la pluie reste, encore la pluie.\n",
    "Laval": "Animatrice : Et ici ?\nMme Gall : Le vélo roule, le vélo tient.\nM. Petit : Le vélo casse, le vélo tombe, encore le vélo.\n",
}


def script():
    from qualikit.ui import jobs, messages, places, state
    from qualikit.ui.pages import territoires

    places.know({})
    jobs.settle()
    with messages.guarded():
        territoires.show(state.project())


@pytest.fixture
def place(tmp_path):
    with Project.create(tmp_path / "essai.qualikit", coder="Camille") as project:
        project.coding.add_code("Météo")
        for territory, talk in TALKS.items():
            file = tmp_path / f"Groupe {territory}.txt"
            file.write_text(talk, "utf-8")
            project.corpus.import_files([file], territory=territory)
        text = project.corpus.text("Groupe Aubagne")
        start = text.index("La pluie tombe")
        project.coding.add("Groupe Aubagne", start, start + len("La pluie tombe"), "Météo")
        assert project.path is not None
        return project.path


@pytest.fixture
def open_page(monkeypatch, place, tmp_path):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("QUALIKIT_PROJECT", str(place))
    monkeypatch.setattr(jobs, "PATIENCE", 60.0)
    monkeypatch.setattr(places, "link", lambda page, label, **query: None)  # here are no other pages

    def draw(**query):
        app = AppTest.from_function(script, default_timeout=120)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return draw


def words(app):
    return " ".join(element.proto.body for element in app.get("html")).replace("\u00a0", " ")


def grids(app):
    found = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return [each for each in found if "columns" in each]


def test_the_codes_come_first_with_their_denominators_and_why_no_test_is_possible(open_page):
    app = open_page()
    assert not app.exception
    [grid] = grids(app)
    assert [column["label"] for column in grid["columns"]][:2] == ["Aubagne", "Laval"]
    assert grid["cells"][0][0]["main"] == "1/2"
    assert grid["cells"][0][1]["main"] == "0/2"
    assert grid["cells"][0][-1]["main"] == "pas de test"
    assert "Aucun test possible" in words(app)
    assert "6 façons de répartir" in words(app)


def test_the_words_are_read_and_shown_by_group(open_page):
    app = open_page(partie="mots")
    assert not app.exception
    [grid] = grids(app)
    assert grid["rows"][0]["label"] == "pluie"
    assert grid["cells"][0][0]["sub"].replace("\u00a0", " ") == "2/2 pers."


def test_passages_stand_side_by_side(open_page):
    app = open_page(partie="passages")
    assert "La pluie tombe" in words(app)
    assert "1 personne sur 2" in words(app)
    assert "Rien n&#x27;y est codé." in words(app)


def test_one_group_is_not_compared(open_page):
    app = open_page()
    app.multiselect(key="compare_groups territory").set_value(["Laval"]).run()
    assert "au moins deux groupes" in words(app)


def test_a_project_without_territories_says_where_they_are_written(open_page, place):
    with Project.open(place, coder="Camille") as project:
        for territory in TALKS:
            project.corpus.update_document(f"Groupe {territory}", territory="")
    assert "Pour comparer, il faut au moins deux valeurs" in words(open_page())


def test_an_empty_project_says_what_the_page_is_for(monkeypatch, tmp_path, open_page):
    with Project.create(tmp_path / "vide.qualikit", coder="Camille") as project:
        monkeypatch.setenv("QUALIKIT_PROJECT", str(project.path))
    assert "Cette page compare des territoires" in words(open_page())
