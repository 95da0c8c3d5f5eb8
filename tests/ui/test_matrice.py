"""The page Matrice without a browser: what is crossed, what is shown, what a cell leads to."""

from __future__ import annotations

import json
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest


def script():
    from qualikit.ui import messages, places, state
    from qualikit.ui.pages import matrice

    places.know({})
    with messages.guarded():
        matrice.show(state.project())


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


def table(app):
    [found] = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return {
        (row["label"], column["label"]): cell
        for row, cells in zip(found["rows"], found["cells"], strict=True)
        for column, cell in zip(found["columns"], cells, strict=True)
    }


def words(app):
    return unescape(" ".join(element.proto.body for element in app.get("html"))).replace("\u00a0", " ")


def test_themes_by_territory_are_shown_first_with_people_out_of_those_who_speak(open_page):
    app = open_page()
    assert not app.exception
    cell = table(app)["Météo", "Ensemble"]
    assert (cell["main"], cell["sub"]) == ("1", "1/2 pers.")
    assert "1 codage dans 1 document" in words(app)


def test_rows_columns_and_what_cells_show_are_chosen(open_page):
    app = open_page()
    app.selectbox(key="matrice_rows").set_value("participant")
    app.selectbox(key="matrice_columns").set_value("source").run()
    assert not app.exception, app.exception
    assert not app.error, app.error
    cells = table(app)
    assert cells["Mme Martin", "Ensemble"]["main"] == "1"
    assert cells["M. Petit", "Ensemble"] is None  # they speak, and nothing of it is coded
    app.selectbox(key="matrice_columns").set_value("code").run()
    app.segmented_control(key="matrice_value").select("words").run()
    assert table(app)["Mme Martin", "Météo"]["main"] == "3"


def test_what_is_in_rows_cannot_be_in_columns_too(open_page):
    app = open_page()
    app.selectbox(key="matrice_rows").set_value("territory").run()
    assert app.selectbox(key="matrice_columns").value == "code"
    assert "Territoire" not in app.selectbox(key="matrice_columns").options
    assert not app.exception


def test_filters_narrow_the_denominators(open_page, project):
    app = open_page()
    app.multiselect(key="matrice_participants").set_value(
        [person.id for person in project.corpus.participants() if person.name == "M. Petit"]
    ).run()
    assert table(app)["Météo", "Ensemble"] is None
    assert "Seulement : Tous les passages codés, dits par M. Petit" in words(app)


@pytest.mark.parametrize("view", ["chaleur", "bulles"])
def test_the_same_is_drawn_and_told(open_page, view):
    app = open_page(partie=view)
    assert not app.exception
    [chart] = app.get("arrow_vega_lite_chart") or app.get("vega_lite_chart")
    assert chart.proto.alt.endswith("Le plus fort : Météo, Laval : 1.".replace(" :", "\u00a0:"))


def test_codes_that_never_meet_are_said_to(open_page, project):
    app = open_page(partie="cooccurrences")
    assert not app.exception
    assert "Aucun code n'en rencontre un autre ainsi" in app.info[0].value


def test_codes_that_meet_are_counted_out_of_their_passages(open_page, project):
    project.coding.add_code("Fréquentation")
    text = project.corpus.text("Groupe Laval")
    start = text.index("personne ne vient")
    project.coding.add("Groupe Laval", start, start + len("personne ne vient"), "Fréquentation")
    app = open_page(partie="cooccurrences")
    app.selectbox(key="matrice_relation").set_value("turn").run()
    cells = table(app)
    assert cells["Météo", "Fréquentation"]["main"] == "1/1"
    assert not cells["Météo", "Météo"]["live"]


def test_an_empty_project_says_what_the_page_is_for(open_page, project):
    project.coding.remove(*[coding.id for coding in project.coding.codings()])
    app = open_page()
    assert "Aucun passage n'est encore codé" in words(app)
