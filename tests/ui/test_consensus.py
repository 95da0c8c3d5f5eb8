"""The page Consensus without a browser: what it shows, what its buttons do."""

from __future__ import annotations

import json
import shutil

import pytest
from streamlit.testing.v1 import AppTest

from qualikit import Project, sample

AUBAGNE, LAVAL = "FG_usagers_Aubagne_2023-11-14", "FG_usagers_Laval_2024-02-06"


def script():
    from qualikit.ui import messages, places, state
    from qualikit.ui.pages import consensus

    places.know({})
    places.link = lambda *words, **more: None  # no other page here to lead to
    messages.show_left()
    with messages.guarded():
        consensus.show(state.project())


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return sample.build(tmp_path_factory.mktemp("exemple"))


@pytest.fixture
def full(built, tmp_path):
    return shutil.copy(built, tmp_path / "exemple.qualikit")


@pytest.fixture
def open_page(monkeypatch, tmp_path):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("QUALIKIT_CODER", "Camille")

    def draw(place, **query):
        monkeypatch.setenv("QUALIKIT_PROJECT", str(place))
        app = AppTest.from_function(script, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return draw


@pytest.fixture
def ids(full):
    """Ids of a document, of a code, of a participant, by what they are called."""
    with Project.open(full, coder="Camille") as project:
        grid = project.themes.consensus()
        people = {
            f"{group.territory} {person.name}": person.id for group in grid.groups for person in group.participants
        }
        return {group.title: group.id for group in grid.groups} | {row.name: row.code_id for row in grid.rows} | people


def words(app):
    return " ".join(element.proto.body for element in app.get("html")).replace("\u00a0", " ").replace("&#x27;", "'")


def table(app):
    """The grid that is sent to the browser: rows, columns, and cells by their names."""
    [data] = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    columns = [column["label"] for column in data["columns"]]
    return {
        row["label"]: dict(zip(columns, cells, strict=True))
        for row, cells in zip(data["rows"], data["cells"], strict=True)
    }


def test_a_group_is_shown_with_letters_colours_counts_and_interval(open_page, full):
    app = open_page(full)
    assert not app.exception
    assert not app.error
    rows = table(app)
    visible = rows["Visibilité et information"]
    assert (visible["Mme Fabre"]["main"], visible["Mme Fabre"]["tone"]) == ("A", "agree")
    assert visible["Mme Nguyen"]["main"] == "NR"
    assert (rows["Lieux et horaires"]["M. Belkacem"]["main"], rows["Confidentialité"]["M. Ortega"]["tone"]) == (
        "D→A",
        "disagree",
    )
    counts = visible["Pour · partagés · contre"]
    assert (counts["main"], counts["sub"]) == ("4 · 1 · 0", "3/8")
    assert visible["Majorité"]["main"].replace("\u00a0", " ") == "4 sur 5 d'accord, 28 à 99 %"
    assert "Météo" not in rows
    assert "13 thèmes sur 29 avec une position" in words(app)


def test_lines_without_a_position_show_when_asked(open_page, full):
    app = open_page(full)
    app.toggle(key="consensus_every").set_value(True).run()
    assert "Météo" in table(app)


def test_the_passages_of_a_cell_are_put_right_one_after_the_other(open_page, full, ids):
    app = open_page(
        full, document=ids[AUBAGNE], code=ids["Autonomie des usagers"], participant=ids["Aubagne Mme Diallo"]
    )
    assert "2 passages" in [each.value for each in app.subheader]
    app.button(key="position 0 D").click().run()
    app.button(key="position 1 A").click().run()
    app.button(key="position 1 F").click().run()
    with Project.open(full, coder="Camille") as project:
        cell = project.themes.consensus(AUBAGNE).cell("Autonomie des usagers", "Mme Diallo")
        assert [support.held.value for support in cell.supports] == ["D", "SE"]
        project.history.undo()
        assert project.themes.consensus(AUBAGNE).cell("Autonomie des usagers", "Mme Diallo").letter == "D→A"


def test_a_cell_is_confirmed_or_put_right_with_a_reason(open_page, full, ids):
    app = open_page(full, document=ids[AUBAGNE], code=ids["Lieux et horaires"], participant=ids["Aubagne M. Belkacem"])
    app.button(key="consensus_confirm").click().run()
    assert table(app)["Lieux et horaires"]["M. Belkacem"]["main"] == "A/D ✓"
    app.button(key="consensus_release").click().run()
    assert table(app)["Lieux et horaires"]["M. Belkacem"]["main"] == "D→A"
    [value] = [each for each in app.selectbox if each.label == "Cette personne"]
    value.select_index(0)
    [correct] = [each for each in app.button if each.label == "Corriger"]
    correct.click().run()
    assert any("pourquoi" in each.value for each in app.error)
    [value] = [each for each in app.selectbox if each.label == "Cette personne"]
    value.select_index(0)
    [reason] = [each for each in app.text_area if each.label == "Pourquoi"]
    reason.set_value("Se rallie pour le mois de mai.")
    [correct] = [each for each in app.button if each.label == "Corriger"]
    correct.click().run()
    assert table(app)["Lieux et horaires"]["M. Belkacem"]["main"] == "A *"
    assert "Se rallie pour le mois de mai" in words(app)
    assert "1 case a été corrigée à la main." in words(app)


def test_what_is_left_to_check_is_gone_through(open_page, full):
    app = open_page(full)
    before = app.button(key="consensus_check").label
    app.button(key="consensus_check").click().run()
    app.button(key="consensus_confirm").click().run()
    assert int(app.button(key="consensus_check").label.split()[0]) == int(before.split()[0]) - 1
    app.button(key="consensus_next").click().run()
    assert not app.exception
    assert app.button(key="consensus_confirm")


def test_both_sides_are_read_face_to_face_in_one_group_and_in_all(open_page, full, ids):
    app = open_page(full, document=ids[LAVAL], code=ids["Accueil sans rendez-vous"])
    said = words(app)
    assert "Paroles d'accord : 3 personnes, dont 1 comptée d'un autre côté" in said
    assert "Moi je suis contre." in said
    app.segmented_control(key="consensus_group").set_value("∑").run()
    rows = table(app)
    assert next(iter(rows)) == "Confidentialité"
    assert rows["Confidentialité"]["Laval — FG_usagers_Laval_2024-02-06"]["main"] == "unanime, pas d'accord"
    assert "À la poste aussi on entend tout" in words(app)


def test_the_questions_of_the_guide_are_offered_where_there_is_one(open_page, full):
    with Project.open(full, coder="Camille") as project:
        project.corpus.guide.add("Que pensez-vous des lieux et des horaires ?")
    app = open_page(full)
    app.segmented_control(key="consensus_kind").set_value("questions").run()
    assert not app.exception
    assert "0 questions sur 1 avec une position" in words(app)


def test_a_page_without_codings_or_without_groups_says_what_it_is_for(open_page, tmp_path):
    with Project.create(tmp_path / "vide.qualikit", coder="Camille"):
        pass
    app = open_page(tmp_path / "vide.qualikit")
    assert "Aucun passage n'est encore codé" in words(app)
    source = tmp_path / "Note.txt"
    source.write_text("Une note sans personne.\n", "utf-8")
    with Project.create(tmp_path / "note.qualikit", coder="Camille") as project:
        project.corpus.import_files([source])
        project.coding.add_code("Lieux")
        project.coding.add("Note", 0, 8, "Lieux")
    app = open_page(tmp_path / "note.qualikit")
    assert not app.exception
    assert "Aucun document ne fait parler plusieurs participants" in words(app)
