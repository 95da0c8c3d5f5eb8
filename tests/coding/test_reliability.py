"""How well the assistants do on one project: tallies, thresholds by parts, how codings began."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualikit import Project
from qualikit.coding.assistants import Level
from qualikit.coding.reliability import CALIBRATED, THRESHOLDS, Tally
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
        assert (own.assistant, own.versions, own.whole) == ("meaning", ("2",), Tally(6, 0, 4))
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

    def it_tells_each_level_apart_once_there_are_enough(self, project):
        decide(project, CALIBRATED - 1, 20)
        assert project.coding.accepted_by_level() == {}
        [one] = project.coding.batch(["Craintes"], least="weak")
        project.coding.answer(replace(one, score=0.7), "Météo")
        assert project.coding.accepted_by_level() == {
            ("meaning", Level.STRONG): (20, CALIBRATED - 1),
            ("meaning", Level.MEDIUM): (0, 1),
        }
        assert Project(project.store, "Sacha").coding.accepted_by_level() == {}

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


class DescribeOrigins:
    def it_counts_how_codings_began(self, project):
        talks.code(project, FEAR[1], "Craintes")
        [one] = project.coding.batch(["Météo"], least="weak")
        project.coding.answer(one, assistant="keywords")
        other = project.coding.batch(["Matériel"], least="weak")[0]
        project.coding.refuse(other, assistant="keywords")
        made = project.coding.origins()
        assert (made.codings, dict(made.suggested), made.refused) == (2, {("keywords", "2"): 1}, 1)
        assert project.coding.origins(["Entretien 2"]).codings == 1
        project.coding.remove(next(each.id for each in project.coding.codings() if each.quote == one.words))
        assert dict(project.coding.origins().suggested) == {}
