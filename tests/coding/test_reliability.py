"""How well the assistants do on one project: tallies, thresholds by parts, a blind sample, how codings began."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sklearn.metrics import cohen_kappa_score

from qualikit import Project
from qualikit.coding.assistants import Level
from qualikit.coding.reliability import CALIBRATED, SAMPLE, THRESHOLDS, Tally, kappa
from qualikit.errors import CodingRefused, NotFound
from tests.coding import talks
from tests.coding.talks import FAMILY, FEAR, RAIN, REPAIR


@pytest.fixture
def project(tmp_path):
    with talks.make(tmp_path) as project:
        yield project


def decide(project, number, accepted):
    """Answer that many proposals of three words each, the first as proposed, the others refused."""
    texts = {title: project.corpus.text(title) for title in talks.TITLES}
    [like] = project.coding.batch(["Météo"], least="weak")
    made = []
    for title, text in texts.items():
        id = next(key for key, each in project.coding.assisted().documents.items() if each.title == title)
        made += [
            replace(like, document_id=id, title=title, start=at, stop=at + 9, words=text[at : at + 9], score=0.9)
            for at in range(100, 100 + 9 * 10, 9)
        ]
    for each in made[:accepted]:
        project.coding.answer(each)
    project.coding.refuse(made[accepted:number])


class DescribeTallies:
    def it_counts_what_became_of_suggestions_by_level_and_code(self, project):
        assert project.coding.tallies() == ()
        decide(project, 10, 6)
        [own] = project.coding.tallies()
        assert (own.assistant, own.versions, own.whole) == ("meaning", ("1",), Tally(6, 0, 4))
        assert own.whole.precision == pytest.approx(0.6)
        assert own.by_level[Level.STRONG] == Tally(6, 0, 4)
        assert own.by_level[Level.WEAK].precision is None
        assert own.by_code == {"Météo": Tally(6, 0, 4)}

    def it_counts_what_was_corrected_apart(self, project):
        [one] = project.coding.batch(["Météo"], least="weak")
        project.coding.answer(one, "Craintes", assistant="keywords")
        [own] = project.coding.tallies()
        assert own.whole == Tally(corrected=1)
        assert own.whole.precision == 0

    def it_tells_shares_from_thirty_decisions_on(self, project):
        decide(project, CALIBRATED - 1, 20)
        assert not project.coding.tallies()[0].calibrated
        [one] = project.coding.batch(["Entourage"], least="weak")
        project.coding.answer(one)
        assert project.coding.tallies()[0].calibrated

    def it_keeps_coders_apart_unless_asked_for_everybody(self, project):
        decide(project, 4, 2)
        sacha = Project(project.store, "Sacha")
        assert sacha.coding.tallies() == ()
        assert sacha.coding.tallies(everybody=True)[0].whole == Tally(2, 0, 2)

    def it_leaves_removed_documents_out(self, project):
        decide(project, 4, 2)
        project.corpus.remove_document("Entretien 1")
        assert project.coding.tallies() == ()


class DescribeThresholds:
    def it_needs_two_documents_that_are_coded(self, project):
        talks.code(project, RAIN[0], "Météo")
        made = project.coding.evaluate()
        assert (made.thresholds, made.folds) == ((), 0)

    def it_counts_each_document_judged_from_the_others(self, project):
        for name, said in (("Météo", RAIN), ("Craintes", FEAR), ("Matériel", REPAIR), ("Entourage", FAMILY)):
            for words in said:
                talks.code(project, words, name)
        made = project.coding.evaluate()
        assert made.folds == 4
        assert [each.score for each in made.thresholds] == list(THRESHOLDS)
        for one, other in zip(made.thresholds, made.thresholds[1:], strict=False):
            assert one.proposed >= other.proposed
            assert one.found >= other.found
        for each in made.thresholds:
            assert each.right <= each.proposed
            assert each.found <= each.coded == 16
            assert each.right == each.found  # one piece, one code
        assert made.thresholds[0].found >= 5


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
        rows = [row for row in project.store.preference("Camille", "assistance:blind") if row["answered"] is not None]
        used = sorted({code for row in rows for code in (*row["answered"], *row["proposed"])})
        mine = [code in row["answered"] for row in rows for code in used]
        proposed = [code in row["proposed"] for row in rows for code in used]
        assert made.kappa == pytest.approx(cohen_kappa_score(mine, proposed))
        assert made.same == sum(row["answered"] == row["proposed"] for row in rows)
        assert project.coding.blind_sample()[-1].answered is None

    def it_does_not_count_a_position_against_the_assistant_which_proposes_none(self, project):
        project.coding.add_code("Favorable", value="agreement")
        project.coding.draw_blind(seed=1)
        rows = project.store.preference("Camille", "assistance:blind")
        for number in range(len(rows)):
            project.coding.answer_blind(number, ["Favorable"])
        assert project.coding.blind().same == sum(not row["proposed"] for row in rows)

    def it_may_be_answered_again_and_with_no_code(self, project):
        project.coding.draw_blind(seed=1)
        project.coding.answer_blind(0, ["Météo"])
        project.coding.answer_blind(0, [])
        assert project.coding.blind_sample()[0].answered == ()
        assert project.coding.blind().answered == 1

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


@pytest.mark.parametrize("pairs", ["11 11 00 10", "11 00", "10 01", "11 10 01 00 00 00 11", "10 10 00"])
def test_kappa_is_that_of_scikit_learn(pairs):
    both = [(one == "1", other == "1") for one, other in pairs.split()]
    assert kappa(both) == pytest.approx(cohen_kappa_score([one for one, _o in both], [other for _o, other in both]))


def test_kappa_is_not_told_where_chance_explains_everything():
    assert kappa([]) is None
    assert kappa([(True, True)] * 3) is None


class DescribeOrigins:
    def it_counts_how_codings_began(self, project):
        talks.code(project, FEAR[1], "Craintes")
        [one] = project.coding.batch(["Météo"], least="weak")
        project.coding.answer(one, assistant="keywords")
        other = project.coding.batch(["Matériel"], least="weak")[0]
        project.coding.refuse(other, assistant="keywords")
        made = project.coding.origins()
        assert (made.codings, dict(made.suggested), made.refused) == (2, {("keywords", "1"): 1}, 1)
        assert project.coding.origins(["Entretien 2"]).codings == 1
        project.coding.remove(next(each.id for each in project.coding.codings() if each.quote == one.words))
        assert dict(project.coding.origins().suggested) == {}
