from __future__ import annotations

import pytest

from qualikit import Project
from tests.coding.endpoint.server import ModelServer, item


@pytest.fixture(autouse=True)
def _machine(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "machine"))


@pytest.fixture
def server():
    with ModelServer(lambda asked: [item(asked.passage.split()[0])]) as server:
        yield server


class DescribeEndpoint:
    def it_is_off_set_allowed_asked_looked_back_on_and_forbidden(self, cli, filled, server):
        assert "rien ne sort" in cli("endpoint", filled).said
        assert "Aucun modèle" in cli("suggest", filled, "--assistant", "endpoint").err
        said = cli("endpoint", filled, "--url", f"{server.url}/v1", "--model", "essai").said
        assert f"--consent {server.host}" in said
        assert "Personne" in cli("suggest", filled, "--assistant", "endpoint").err
        assert "doit nommer" in cli("endpoint", filled, "--consent", "exemple.fr").err
        given = cli("endpoint", filled, "--consent", server.host)
        assert "Accord de Camille" in given.said
        assert "tels quels" in given.err
        assert "Aucun appel" in cli("endpoint", filled, "--calls").said
        assert len(cli("suggest", filled, "--assistant", "endpoint", "--json").json) >= 1
        [call, *_others] = cli("endpoint", filled, "--calls", "--json").json
        assert (call["host"], call["outcome"], call["coder"]) == (server.host, "ok", "Camille")
        assert "réponse lue" in cli("endpoint", filled, "--calls").said
        assert cli("endpoint", filled, "--json").json["allowed"] is True
        assert cli("endpoint", filled, "--withdraw", "--json").json["consent"] is None
        assert "Personne" in cli("suggest", filled, "--assistant", "endpoint").err

    def it_says_when_consent_comes_from_another_machine(self, cli, filled, server, tmp_path, monkeypatch):
        cli("endpoint", filled, "--url", server.url, "--model", "essai", "--consent", server.host)
        monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "autre"))
        assert "cette machine" in cli("endpoint", filled).said
        assert cli("endpoint", filled, "--json").json["consent"]["here"] is False
        assert "cette machine" in cli("suggest", filled, "--assistant", "endpoint").err
        assert server.asked == []

    def it_changes_the_model_alone(self, cli, filled, server):
        cli("endpoint", filled, "--url", server.url, "--model", "essai", "--consent", server.host)
        after = cli("endpoint", filled, "--model", "autre", "--json").json
        assert (after["model"], after["allowed"]) == ("autre", True)

    def it_refuses_what_does_not_go_together(self, cli, filled):
        assert cli("endpoint", filled, "--model", "essai").status == 2
        assert cli("endpoint", filled, "--consent", "x", "--withdraw").status == 2
        assert "chiffrée" in cli("endpoint", filled, "--url", "http://exemple.fr", "--model", "essai").err

    def it_asks_for_the_key_of_the_pseudonyms(self, cli, filled, server, tmp_path):
        cli("endpoint", filled, "--url", server.url, "--model", "essai", "--consent", server.host)
        secret = tmp_path / "phrase"
        secret.write_text("phrase assez longue 42\n", "utf-8")
        with Project.open(filled, coder="Camille") as project:
            project.corpus.pseudonyms.create_key("phrase assez longue 42")
        assert "demandée" in cli("endpoint", filled).said
        assert "phrase de passe" in cli("suggest", filled, "--assistant", "endpoint").err
        assert server.asked == []
        assert cli("suggest", filled, "--assistant", "endpoint", "--passphrase-file", secret).status == 0
