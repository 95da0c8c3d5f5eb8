"""Long work of the pages Chercher and Pseudonymes: seen from every page, stopped, its result in its place."""

from __future__ import annotations

import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

from qualikit.corpus import Corpus
from qualikit.corpus.pseudonyms.service import Pseudonyms
from qualikit.ui import jobs

PASSPHRASE = "girafe violon sept nuages"


def script():
    import streamlit as st

    from qualikit.ui import jobs, messages, state
    from qualikit.ui.pages import chercher, projet, pseudonymes

    jobs.settle()
    messages.show_left()
    pages = {"chercher": chercher, "projet": projet, "pseudonymes": pseudonymes}
    with messages.guarded():
        pages[st.session_state["page"]].show(state.project())
    jobs.show_aside()


@pytest.fixture
def gate():
    """Work that waits is let through when this is set."""
    found = threading.Event()
    yield found
    found.set()


@pytest.fixture
def open_page(monkeypatch, tmp_path, place):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("QUALIKIT_PROJECT", str(place))
    monkeypatch.setenv("QUALIKIT_CODER", "Camille")
    monkeypatch.setattr(jobs, "PATIENCE", 0.0)

    def draw(name):
        app = AppTest.from_function(script, default_timeout=60)
        return turn(app, name)

    return draw


def turn(app, name):
    app.session_state["page"] = name
    return app.run()


def until(app, condition):
    """Runs of the page until something is so, as its own refreshing makes them."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
        app.run()
    assert not app.exception


def lines(app):
    """Words of the progress bars."""
    return [bar.proto.text for bar in app.get("progress")]


def button(app, label):
    return next(each for each in app.button if each.label == label)


def labels(app):
    return [each.label for each in app.button]


def infos(app):
    return [each.value for each in app.info]


@pytest.fixture
def slow_index(monkeypatch, gate):
    whole = Corpus.index_words

    def index_words(self, progress=None):
        progress(10, 40)
        gate.wait(30)
        if not progress(20, 40):
            return False
        return whole(self, progress)

    monkeypatch.setattr(Corpus, "index_words", index_words)


class DescribeTheFirstSearch:
    def it_leaves_the_page_to_its_user_while_the_texts_are_made_ready(self, open_page, slow_index, gate):
        app = open_page("chercher")
        app.text_input(key="search_query").set_value("météo").run()
        until(app, lambda: any("recherche" in line for line in lines(app)))
        app.text_input(key="search_query").set_value("pleut").run()
        assert not app.exception
        assert len(lines(app)) == 1
        turn(app, "projet")
        assert len(lines(app)) == 1
        assert "Arrêter" in labels(app)
        turn(app, "chercher")
        app.text_input(key="search_query").set_value("pleut").run()
        gate.set()
        until(app, lambda: not lines(app))
        assert "Coder" in labels(app)

    def it_is_stopped_and_asked_for_again(self, open_page, slow_index, gate):
        app = open_page("chercher")
        app.text_input(key="search_query").set_value("pleut").run()
        until(app, lambda: any("recherche" in line for line in lines(app)))
        button(app, "Arrêter").click().run()
        gate.set()
        until(app, lambda: infos(app))
        assert "tous prêts" in infos(app)[0]
        assert "Coder" not in labels(app)
        app.run()
        assert not lines(app)  # not begun again by itself
        button(app, "Chercher").click().run()
        until(app, lambda: "Coder" in labels(app))
        assert not infos(app)


class DescribeThePagePseudonymes:
    @pytest.fixture
    def app(self, open_page, project):
        project.corpus.pseudonyms.create_key(PASSPHRASE)
        app = open_page("pseudonymes")
        next(field for field in app.text_input if field.label == "Phrase de passe").set_value(PASSPHRASE)
        button(app, "Ouvrir").click().run()
        assert "Chercher les noms" in labels(app)
        return app

    @pytest.fixture
    def slow_find(self, monkeypatch, gate):
        def find(self, key, names=(), progress=None, documents=None):
            from qualikit.corpus.pseudonyms.searching import Search

            progress(0, 40, "Groupe Laval")
            gate.wait(30)
            stopped = not progress(1, 40, "Groupe Laval")
            return Search((), frozenset(), 1, 12, stopped=stopped)

        monkeypatch.setattr(Pseudonyms, "find", find)

    def it_shows_elsewhere_how_far_the_search_is_and_has_its_result_on_return(self, app, slow_find, gate):
        button(app, "Chercher les noms").click().run()
        until(app, lambda: any("Groupe Laval" in line for line in lines(app)))
        assert button(app, "Chercher les noms").disabled
        turn(app, "projet")
        assert len(lines(app)) == 1
        gate.set()
        until(app, lambda: not lines(app))
        turn(app, "pseudonymes")
        assert any("1 document lu" in each.value for each in app.success)

    def it_says_what_was_read_when_it_is_stopped(self, app, slow_find, gate):
        button(app, "Chercher les noms").click().run()
        until(app, lambda: any("Groupe Laval" in line for line in lines(app)))
        button(app, "Arrêter").click().run()
        gate.set()
        until(app, lambda: not lines(app))
        assert any("Recherche arrêtée" in each.value for each in app.warning)

    def it_says_why_it_was_refused(self, app, monkeypatch):
        from qualikit.errors import NotFound

        def find(self, key, names=(), progress=None, documents=None):
            raise NotFound("Le modèle de langue n'est pas installé.", "Installez-le.")

        monkeypatch.setattr(Pseudonyms, "find", find)
        button(app, "Chercher les noms").click().run()
        until(app, lambda: not lines(app))
        assert any("pas install" in each.value for each in app.error)
