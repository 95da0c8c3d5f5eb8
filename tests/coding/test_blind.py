"""The blind sample: drawn, read by an assistant and by a coder, their agreement."""

from __future__ import annotations

import pytest
from sklearn.metrics import cohen_kappa_score

from qualikit import Project
from qualikit.coding.blind import SAMPLE, kappa
from qualikit.coding.vectors import Stopped
from qualikit.errors import CodingRefused, EndpointRefused, NotFound, UnknownPlugin
from tests.coding import talks
from tests.coding.endpoint.server import ModelServer, item
from tests.coding.talks import FEAR, RAIN, REPAIR


@pytest.fixture
def project(tmp_path):
    with talks.make(tmp_path) as project:
        yield project


class DescribeTheBlindSample:
    def it_is_drawn_among_what_is_not_coded_the_same_for_a_seed(self, project):
        talks.code(project, RAIN[0], "Météo")
        assert project.coding.draw_blind(seed=7) == 15 <= SAMPLE
        first = [each.words for each in project.coding.blind_sample()]
        assert RAIN[0] not in first
        project.coding.draw_blind(seed=7)
        assert [each.words for each in project.coding.blind_sample()] == first
        project.coding.draw_blind(seed=8)
        assert [each.words for each in project.coding.blind_sample()] != first

    def it_tells_the_agreement_that_scikit_learn_tells(self, project):
        drawn = project.coding.draw_blind(seed=1)
        names = {**dict.fromkeys(RAIN, "Météo"), **dict.fromkeys(FEAR, "Craintes"), **dict.fromkeys(REPAIR, "Matériel")}
        sample = project.coding.blind_sample()
        for each in sample[:-1]:
            project.coding.answer_blind(each.number, [names[each.words]] if each.words in names else [])
        made = project.coding.blind()
        assert (made.drawn, made.answered) == (drawn, drawn - 1)
        rows = [
            row
            for row in project.store.preference("Camille", "assistance:blind")["rows"]
            if row["answered"] is not None
        ]
        used = sorted({code for row in rows for code in (*row["answered"], *row["proposed"])})
        mine = [code in row["answered"] for row in rows for code in used]
        proposed = [code in row["proposed"] for row in rows for code in used]
        assert made.kappa == pytest.approx(cohen_kappa_score(mine, proposed))
        assert made.same == sum(row["answered"] == row["proposed"] for row in rows)
        assert project.coding.blind_sample()[-1].answered is None

    def it_leaves_out_what_the_coder_answered_a_suggestion_of(self, project):
        one = project.coding.batch(["Craintes"], "keywords", least="weak")
        project.coding.refuse(one, assistant="keywords")
        assert project.coding.draw_blind() == 16 - len(one)
        assert not {each.words for each in one} & {each.words for each in project.coding.blind_sample()}
        for each in project.coding.blind_sample():
            talks.code(project, each.words, "Météo")
        with pytest.raises(CodingRefused, match="Il ne reste pas de passage"):
            project.coding.draw_blind()

    def it_counts_positions_on_neither_side(self, project):
        project.coding.add_code("Favorable", value="agreement", keywords=["pluie", "peur", "panne", "ma fille"])
        project.coding.update_code("Météo", keywords=["pleut", "froid"])
        project.coding.draw_blind(seed=1, assistant="keywords")
        rows = project.store.preference("Camille", "assistance:blind")["rows"]
        position = project.coding.code("Favorable").id
        assert any(position in row["proposed"] for row in rows)
        for number, row in enumerate(rows):
            project.coding.answer_blind(number, [each for each in row["proposed"] if each != position])
        assert (project.coding.blind().same, project.coding.blind().kappa) == (16, 1)

    def it_does_not_count_a_position_against_the_assistant_which_proposes_none(self, project):
        project.coding.add_code("Favorable", value="agreement")
        project.coding.draw_blind(seed=1)
        rows = project.store.preference("Camille", "assistance:blind")["rows"]
        for number in range(len(rows)):
            project.coding.answer_blind(number, ["Favorable"])
        assert project.coding.blind().same == sum(not row["proposed"] for row in rows)

    def it_may_be_answered_again_and_with_no_code(self, project):
        project.coding.draw_blind(seed=1)
        project.coding.answer_blind(0, ["Météo"])
        project.coding.answer_blind(0, [])
        assert project.coding.blind_sample()[0].answered == ()
        assert project.coding.blind().answered == 1

    def it_may_be_left_with_what_was_answered(self, project):
        project.coding.draw_blind(seed=1)
        project.coding.answer_blind(3, ["Météo"])
        project.coding.stop_blind()
        assert (project.coding.blind().drawn, project.coding.blind().answered) == (1, 1)
        assert [each.answered for each in project.coding.blind_sample()] == [(project.coding.code("Météo").id,)]

    def it_is_each_coders_own_and_no_coding(self, project):
        project.coding.draw_blind(seed=1)
        project.coding.answer_blind(0, ["Météo"])
        assert Project(project.store, "Sacha").coding.blind().drawn == 0
        assert project.coding.codings() == []

    def it_leaves_out_passages_whose_text_was_corrected(self, project):
        drawn = project.coding.draw_blind(seed=1)
        text = project.corpus.text("Entretien 1")
        project.corpus.correct("Entretien 1", new_text=text.replace("la place", "la rue"))
        assert len(project.coding.blind_sample()) == drawn - 4

    def it_refuses_a_passage_or_a_code_that_is_not_there(self, project):
        with pytest.raises(CodingRefused, match="échantillon"):
            project.coding.answer_blind(0, [])
        project.coding.draw_blind(seed=1)
        with pytest.raises(NotFound):
            project.coding.answer_blind(0, ["Ailleurs"])

    def it_may_be_another_assistants(self, project):
        project.coding.update_code("Météo", keywords=["pleut", "froid", "orage"])
        project.coding.draw_blind(seed=1, assistant="keywords")
        for each in project.coding.blind_sample():
            project.coding.answer_blind(each.number, ["Météo"] if each.words in RAIN[:3] else [])
        made = project.coding.blind()
        assert (made.assistant, made.version) == ("keywords", "2")
        names = {each.id: each.name for each in project.coding.codebook}
        said = {
            (each.words, names[code])
            for each, row in zip(
                project.coding.blind_sample(),
                project.store.preference("Camille", "assistance:blind")["rows"],
                strict=True,
            )
            for code in row["proposed"]
        }
        assert {words for words, name in said if name == "Météo"} == set(RAIN[:3])

    def it_may_be_a_language_models_without_what_it_did_not_answer(self, project, monkeypatch, tmp_path):
        monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path / "machine"))
        with ModelServer() as server:
            project.coding.endpoint.set(server.url, "essai")
            project.coding.endpoint.consent(server.host)
            answers = {
                RAIN[0]: "ceci n'est pas une réponse",
                RAIN[1]: [item(RAIN[1])],
                RAIN[2]: [item(RAIN[2], sure="?")],
            }
            server.answers = lambda asked: answers.get(asked.passage, [])
            assert project.coding.draw_blind(assistant="endpoint") == 15
            assert len(server.asked) == len({asked.passage for asked in server.asked}) == 16
        rows = project.store.preference("Camille", "assistance:blind")["rows"]
        said = {each.words: row["proposed"] for each, row in zip(project.coding.blind_sample(), rows, strict=True)}
        assert RAIN[0] not in said
        assert {words for words, codes in said.items() if codes} == {RAIN[1]}  # of what it is unsure, nothing is shown
        assert len(project.coding.endpoint.calls()) == 16  # each is in the history

    def it_stays_as_it_was_where_the_new_one_is_stopped_or_refused(self, project):
        project.coding.draw_blind(seed=1)
        before = project.store.preference("Camille", "assistance:blind")
        with pytest.raises(Stopped):
            project.coding.draw_blind(assistant="keywords", progress=lambda done, total, name="": done < 3)
        with pytest.raises(EndpointRefused):
            project.coding.draw_blind(assistant="endpoint")
        with pytest.raises(UnknownPlugin):
            project.coding.draw_blind(assistant="autre")
        assert project.store.preference("Camille", "assistance:blind") == before

    def it_reads_one_that_was_drawn_before_an_assistant_could_be_chosen(self, project):
        project.coding.draw_blind(seed=1)
        rows = project.store.preference("Camille", "assistance:blind")["rows"]
        project.store.set_preference("Camille", "assistance:blind", rows)
        project.coding.answer_blind(0, ["Météo"])
        assert (project.coding.blind().answered, project.coding.blind().assistant) == (1, "meaning")


@pytest.mark.parametrize("pairs", ["11 11 00 10", "11 00", "10 01", "11 10 01 00 00 00 11", "10 10 00"])
def test_kappa_is_that_of_scikit_learn(pairs):
    both = [(one == "1", other == "1") for one, other in pairs.split()]
    assert kappa(both) == pytest.approx(cohen_kappa_score([one for one, _o in both], [other for _o, other in both]))


def test_kappa_is_not_told_where_chance_explains_everything():
    assert kappa([]) is None
    assert kappa([(True, True)] * 3) is None
