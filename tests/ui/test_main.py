"""The application without a browser: what it shows, and what it never shows."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from qualikit import Project
from qualikit.store import files
from qualikit.ui import state
from qualikit.ui.pages import projet
from tests.conftest import ROOT


@pytest.fixture
def run(monkeypatch, tmp_path):
    """``run(project)`` draws the application's first page on a project, or on none."""
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("HOME", str(tmp_path))

    def draw(place=None, **query):
        if place is None:
            monkeypatch.delenv("QUALIKIT_PROJECT", raising=False)
        else:
            monkeypatch.setenv("QUALIKIT_PROJECT", str(place))
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return draw


def labels(app):
    return [button.label for button in app.button]


def test_the_first_page_offers_three_choices(run):
    app = run()
    assert not app.exception
    assert {"Créer", "Ouvrir l'exemple"} <= {button.label for button in app.button}
    fields = ["Nom de l'évaluation", "Dossier", "Votre nom", "Fichier ou dossier"]
    assert [field.label for field in app.text_input] == fields


def test_a_new_evaluation_asks_who_codes_where_nobody_said(run, tmp_path, monkeypatch):
    monkeypatch.delenv("QUALIKIT_CODER", raising=False)
    app = run()
    app.text_input(key="new_name").input("Aide numérique")
    app.text_input(key="new_folder").input(str(tmp_path / "projets"))
    assert app.text_input(key="new_coder").value == ""
    create = next(button for button in app.button if button.label == "Créer")
    create.click().run()
    assert any("qui code ici" in error.value for error in app.error)
    assert not (tmp_path / "projets").exists()
    app.text_input(key="new_coder").input(" Sacha ")
    next(button for button in app.button if button.label == "Créer").click().run()
    with Project.open(tmp_path / "projets" / "Aide numérique.qualikit") as project:
        assert project.coder == "Sacha"


def test_a_project_is_shown_with_what_undo_would_undo(run, place):
    app = run(place)
    assert not app.exception
    assert "Sauvegarder maintenant" in labels(app)
    assert any(label.startswith("Annuler\u00a0: ") and "Météo" in label for label in labels(app))


def test_a_project_is_copied_when_it_is_opened_and_not_twice_a_day(run, place):
    run(place)
    state._store.clear()
    app = run(place)
    assert not app.error
    assert len(files.backups(place)) == 1


def test_a_project_that_cannot_be_copied_opens_and_says_so(run, place):
    files.backup_folder(place).write_text("a file stands where the folder should")
    app = run(place)
    assert "Sauvegarder maintenant" in labels(app)
    assert any("n'a pas pu être écrite" in error.value.replace("\\", "") for error in app.error)


def test_a_project_with_nothing_in_it_is_not_copied(run, tmp_path):
    Project.create(tmp_path / "vide.qualikit", name="Vide").close()
    run(tmp_path / "vide.qualikit")
    assert files.backups(tmp_path / "vide.qualikit") == []


def test_undo_takes_back_what_it_says(run, place, project):
    app = run(place)
    app.button(key="undo").click().run()
    assert not app.exception
    assert project.coding.codings() == []
    app.button(key="redo").click().run()
    assert len(project.coding.codings()) == 1


def test_undo_that_is_refused_is_said_in_words(run, place, project):
    text = project.corpus.text("Groupe Laval")
    Project(project.store, "Sacha").coding.add("Groupe Laval", 0, text.index(" "), "Météo")
    app = run(place)
    app.button(key="undo").click().run()  # Camille's coding
    assert not app.error
    app.button(key="undo").click().run()  # her code, which Sacha has put on a passage since
    assert not app.exception
    (error,) = app.error
    assert "ne peut pas être annulé" in error.value
    assert project.coding.codebook.by_name("Météo") is not None


def test_a_project_that_is_not_one_is_said_and_the_choices_come_back(run, tmp_path):
    stranger = tmp_path / "photo.qualikit"
    stranger.write_bytes(b"GIF89a")
    app = run(stranger)
    assert not app.exception
    assert "n'est pas un projet qualikit" in app.error[0].value.replace("\\", "")
    assert "Créer" in labels(app)


def test_what_nobody_foresaw_is_said_in_one_sentence_without_its_details(run, place, monkeypatch):
    def broken(project):
        raise ZeroDivisionError("division by zero in page")

    monkeypatch.setattr(projet, "show", broken)
    app = run(place)
    assert not app.exception
    (error,) = app.error
    assert "Une erreur imprévue" in error.value
    assert "division" not in error.value
    assert "Zero" not in error.value


def test_the_address_opens_only_a_project_that_was_opened_here_before(run, place, tmp_path):
    from qualikit import settings

    other = tmp_path / "ailleurs.qualikit"
    Project.create(other, name="Ailleurs").close()
    app = run(place, projet=str(other))
    assert app.session_state["qk_project"] == str(place)
    settings.remember_project(other)
    app = run(place, projet=str(other))
    assert app.session_state["qk_project"] == str(other)


def test_a_tab_keeps_its_coder_and_its_language_in_its_address(run, place):
    app = run(place, codeur="Sacha", langue="en")
    assert app.session_state["qk_coder"] == "Sacha"
    assert app.session_state["qk_language"] == "en"
    assert app.query_params["codeur"] == "Sacha"


def test_what_is_derived_is_made_again_only_when_the_project_changed(project):
    made = []

    def make():
        made.append(1)
        return len(made)

    assert [state.kept(project, "essai", make) for _turn in range(3)] == [1, 1, 1]
    project.coding.add_code("Horaires")
    assert state.kept(project, "essai", make) == 2
    assert state.kept(project, "essai", make, "autre") == 3


def test_it_speaks_the_language_of_the_command_that_started_it_until_told_otherwise(run, monkeypatch):
    monkeypatch.setenv("QUALIKIT_LANGUAGE", "en")

    assert "Ouvrir l'exemple" not in labels(run())
    assert "Ouvrir l'exemple" in labels(run(langue="fr"))
