"""Set, allowed, forbidden: what may leave, from where, and what is known of it afterwards."""

from __future__ import annotations

import shutil
import socket

import pytest
import sqlalchemy as sa

from qualikit import Project
from qualikit.coding.endpoint.model import Outcome
from qualikit.coding.tables import endpoint_calls
from qualikit.corpus.pseudonyms.model import Kind
from qualikit.errors import EndpointRefused
from tests.coding.endpoint.server import ModelServer, item

TALK = """Animatrice : La pluie, ça vous gêne ?

Mme Roux : La pluie, c'est tout le temps ! Le vélo-cargo de Fatima Bénali tombe en panne.

M. Petit : Moi je viens. Fatima aussi.
"""
WHOLE = {"Météo": "C1", "Matériel": "C2"}


def rainy(asked):
    return [item("La pluie, c'est tout le temps !", why="Il pleut.")] if "La pluie" in asked.passage else []


@pytest.fixture(autouse=True)
def _machine(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "machine"))
    monkeypatch.delenv("QUALIKIT_ENDPOINT_KEY", raising=False)


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p", coder="Camille") as project:
        project.corpus.save(project.corpus.preview(TALK.encode(), "Groupe.txt", title="Groupe"))
        project.coding.add_code("Météo", definition="Le temps qu'il fait.")
        project.coding.add_code("Matériel", definition="Ce dont Fatima se sert.", example="Le vélo de Mme Bénali")
        yield project


@pytest.fixture
def server():
    with ModelServer(rainy) as server:
        yield server


@pytest.fixture
def allowed(project, server):
    project.coding.endpoint.set(server.url, "essai")
    project.coding.endpoint.consent(server.host)
    return project


@pytest.fixture
def no_socket(monkeypatch):
    """Nothing may even begin to connect."""

    def opened(*_arguments, **_named):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "create_connection", opened)
    monkeypatch.setattr(socket, "getaddrinfo", opened)


def refused(project, words, **named):
    with pytest.raises(EndpointRefused, match=words) as error:
        project.coding.suggest("endpoint", **named)
    assert error.value.todo
    assert project.coding.endpoint.calls() == []
    assert project.coding.suggestions() == []


class DescribeConsent:
    def it_is_off_until_it_is_set_and_allowed(self, project, no_socket):
        assert project.coding.endpoint.setting is None
        refused(project, "Aucun modèle")
        project.coding.endpoint.set("https://modele.exemple.fr/v1", "essai")
        refused(project, r"Personne n'a donné son accord.*modele\.exemple\.fr")
        assert not project.coding.endpoint.setting.allowed

    def it_names_the_host_that_is_set(self, project, no_socket):
        with pytest.raises(EndpointRefused, match="Aucun modèle"):
            project.coding.endpoint.consent("exemple.fr")
        project.coding.endpoint.set("https://modele.exemple.fr", "essai")
        for other in ("exemple.fr", "", "modele.exemple.fr:443", "https://modele.exemple.fr"):
            with pytest.raises(EndpointRefused, match=r"modele\.exemple\.fr"):
                project.coding.endpoint.consent(other)
        refused(project, "Personne")
        given = project.coding.endpoint.consent(" Modele.Exemple.fr ").consent
        assert (given.host, given.coder, given.here) == ("modele.exemple.fr", "Camille", True)
        assert given.created.startswith("20")
        assert project.coding.endpoint.consent("modele.exemple.fr").consent == given

    @pytest.mark.parametrize("other", ["https://autre.exemple.fr", "https://modele.exemple.fr/ailleurs"])
    def it_goes_with_the_address(self, project, no_socket, other):
        project.coding.endpoint.set("https://modele.exemple.fr", "essai")
        project.coding.endpoint.consent("modele.exemple.fr")
        assert project.coding.endpoint.set("https://modele.exemple.fr/v1", "un autre modèle").allowed
        assert not project.coding.endpoint.set(other, "essai").allowed
        refused(project, "Personne")
        project.history.undo()
        assert not project.coding.endpoint.setting.allowed
        refused(project, "cette machine")

    def it_can_be_withdrawn_and_undo_does_not_give_it_back(self, allowed, no_socket):
        allowed.coding.endpoint.withdraw()
        refused(allowed, "Personne")
        assert allowed.history.undo().label == "accord retiré pour envoyer des extraits"
        refused(allowed, "cette machine")

    def it_is_undone_like_anything_else(self, allowed, no_socket):
        allowed.history.undo()
        refused(allowed, "Personne")

    def it_does_not_come_with_a_project_from_elsewhere(self, allowed, tmp_path, monkeypatch, no_socket):
        allowed.close()
        shutil.copy(allowed.path, tmp_path / "reçu.qualikit")
        monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "autre machine"))
        with Project.open(tmp_path / "reçu.qualikit", coder="Sacha") as received:
            assert received.coding.endpoint.setting.consent.coder == "Camille"
            refused(received, "cette machine")
            received.coding.endpoint.consent(received.coding.endpoint.setting.host)
            assert received.coding.endpoint.setting.consent.coder == "Sacha"

    def it_is_not_believed_where_the_machine_cannot_keep_it(self, project, tmp_path, monkeypatch):
        (tmp_path / "fichier").write_text("")
        monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "fichier"))
        project.coding.endpoint.set("https://modele.exemple.fr", "essai")
        with pytest.raises(EndpointRefused, match="gardé"):
            project.coding.endpoint.consent("modele.exemple.fr")
        assert not project.coding.endpoint.setting.allowed

    def it_is_looked_at_again_before_each_call(self, allowed, server):
        allowed.coding.add_code("Neuf autres")
        for number in range(8):
            allowed.coding.add_code(f"Code {number}")

        def withdrawn(_asked):
            allowed.coding.endpoint.withdraw()
            return []

        server.answers = withdrawn
        with pytest.raises(EndpointRefused, match="retiré"):
            allowed.coding.suggest("endpoint")
        assert len(server.asked) == 1

    @pytest.mark.parametrize("model", ["", "  ", "a\u202eb", "m" * 200])
    def it_wants_a_model_with_a_name(self, project, model):
        with pytest.raises(EndpointRefused, match="nom d'un modèle"):
            project.coding.endpoint.set("http://localhost:1", model)


class DescribeWhatIsKept:
    def it_is_a_row_a_call_without_the_words_and_a_line_of_the_history(self, allowed, server):
        allowed.coding.suggest("endpoint")
        [call] = allowed.coding.endpoint.calls()
        assert (call.host, call.model, call.coder) == (server.host, "essai", "Camille")
        assert (call.outcome, call.kept, call.refused) == (Outcome.OK, 1, 0)
        assert call.characters == len(server.asked[0].words) - 1
        assert len(call.prompt_hash) == 64
        with allowed.store.read() as connection:
            row = connection.execute(sa.select(endpoint_calls)).one()
        assert not any("pluie" in str(value) for value in row)
        [event] = [each for each in allowed.history.events() if each.action == "endpoint.ask"]
        assert event.label.replace("\u00a0", " ") == (f"extraits envoyés à {server.host} (essai) : 1 passage, 1 appel")
        frame = allowed.coding.endpoint.calls_frame()
        assert frame.loc[0, ["outcome", "kept", "coder"]].tolist() == ["ok", 1, "Camille"]

    def it_is_passed_over_by_undo_and_redo(self, allowed):
        allowed.coding.suggest("endpoint")
        assert allowed.history.undo().action == "endpoint.consent"
        assert not allowed.coding.endpoint.setting.allowed
        assert len(allowed.coding.endpoint.calls()) == 1
        assert len(allowed.coding.suggestions()) == 1

    def it_is_kept_of_a_call_that_failed_too(self, allowed, server):
        server.answers = lambda _asked: (500, {}, b"")
        with pytest.raises(EndpointRefused, match="500"):
            allowed.coding.suggest("endpoint")
        assert [each.outcome for each in allowed.coding.endpoint.calls()] == [Outcome.HTTP]
        assert any(each.action == "endpoint.ask" for each in allowed.history.events())

    def it_outlives_deleting_for_good_without_its_words(self, allowed):
        allowed.coding.suggest("endpoint")
        allowed.corpus.erase_document("Groupe")
        assert allowed.check() == []
        assert len(allowed.coding.endpoint.calls()) == 1
        [label] = {each.label for each in allowed.history.events() if each.action.startswith("endpoint.")}
        assert label == "modèle de langue réglé ou interrogé"
        assert allowed.coding.endpoint.setting.allowed


class DescribeNames:
    @pytest.fixture
    def key(self, allowed):
        names = allowed.corpus.pseudonyms
        key = names.create_key("phrase assez longue 42", "names")
        names.rename(key, names.add(key, "Fatima Bénali", Kind.PERSON).id, "Samira Morel")
        return key

    def it_refuses_while_the_key_is_closed(self, allowed, key, no_socket):
        refused(allowed, "clé est fermée")

    def it_sends_pseudonyms_and_puts_the_suggestion_on_the_words_of_the_project(self, allowed, key, server):
        server.answers = lambda _asked: [item("Le vélo-cargo de Samira Morel", "C2"), item("Samira aussi", "C1")]
        assert allowed.coding.suggest("endpoint", key=key).added == 2
        for asked in server.asked:
            assert "Fatima" not in asked.words
            assert "Bénali" not in asked.words
        assert "Ce dont Samira se sert." in server.asked[0].words
        text = allowed.corpus.text("Groupe")
        found = allowed.coding.suggestions()
        assert [each.quote for each in found] == ["Le vélo-cargo de Fatima Bénali", "Fatima aussi"]
        assert all(text[each.start : each.stop] == each.quote for each in found)
        assert allowed.check() == []

    def it_goes_on_once_they_are_applied(self, allowed, key, server):
        allowed.corpus.pseudonyms.apply(key)
        server.answers = lambda _asked: [item("Le vélo-cargo de Samira Morel", "C2")]
        allowed.coding.suggest("endpoint", key=key)
        assert [each.quote for each in allowed.coding.suggestions()] == ["Le vélo-cargo de Samira Morel"]


def test_a_key_of_the_server_comes_from_the_environment_and_is_kept_nowhere(allowed, server, monkeypatch):
    monkeypatch.setenv("QUALIKIT_ENDPOINT_KEY", "sk-tres-secret")
    allowed.coding.suggest("endpoint")
    assert server.asked[0].headers["Authorization"] == "Bearer sk-tres-secret"
    allowed.close()
    assert b"sk-tres-secret" not in allowed.path.read_bytes()


@pytest.mark.parametrize(("value", "seconds"), [("", 60), ("x", 60), ("5", 5), ("0", 1), ("1e9", 3600)])
def test_how_long_a_question_may_take(allowed, monkeypatch, value, seconds):
    monkeypatch.setenv("QUALIKIT_ENDPOINT_TIMEOUT", value)
    with allowed.coding.endpoint.asking() as ready:
        assert ready().timeout == seconds
        assert ready() is ready()
