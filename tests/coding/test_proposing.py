"""Proposals answered from a list, one or many at once, each as one event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualikit import Project
from qualikit.coding.assistants import MEDIUM
from qualikit.coding.examples import examples_of
from qualikit.coding.groups import Group
from qualikit.coding.model import Origin
from qualikit.errors import CodebookError, CodingRefused, NotFound
from tests.coding import talks


@pytest.fixture
def project(tmp_path):
    with talks.make(tmp_path) as project:
        yield project


@pytest.fixture
def sacha(project):
    return Project(project.store, "Sacha")


def proposed(project, name="Météo", assistant="keywords", least="weak"):
    return project.coding.batch([name], assistant, least=least)


def examples(project, coder="Camille"):
    with project.store.read() as connection:
        return examples_of(connection, coder)


class DescribeNamingAGroup:
    def it_makes_the_code_and_puts_it_on_its_first_passages_in_one_step(self, project):
        group = Group(4, ("orage", "pluie"), tuple(proposed(project, "Craintes") + proposed(project, "Matériel")), 2)
        before = len(project.history.events())
        id = project.coding.name_group("Gêne", group, 1)
        code = project.coding.code(id)
        assert (code.name, code.keywords, code.example) == ("Gêne", group.words, group.passages[0].words)
        [coding] = project.coding.codings()
        assert (coding.quote, coding.code_id, coding.origin) == (group.passages[0].words, id, Origin.HAND)
        assert len(project.history.events()) == before + 1
        assert project.history.events(limit=1)[0].label == "code Gêne créé sur 1 passage"
        project.history.undo()
        assert project.coding.codings() == []
        assert "Gêne" not in [each.name for each in project.coding.codebook]

    def it_makes_the_code_alone_where_no_passage_is_wanted(self, project):
        group = Group(4, ("orage",), tuple(proposed(project)), 2)
        project.coding.name_group("Gêne", group)
        assert project.coding.codings() == []

    def it_writes_nothing_where_a_passage_has_changed_or_the_name_is_taken(self, project):
        [one] = proposed(project)
        for name, passage in (("Gêne", replace(one, words="Ailleurs.")), ("Craintes", one)):
            with pytest.raises((CodingRefused, CodebookError)):
                project.coding.name_group(name, Group(4, (), (passage,), 1), 1)
        assert project.coding.codings() == []
        assert len(list(project.coding.codebook)) == 4


class DescribeAccepting:
    def it_codes_as_proposed_and_counts_as_a_suggestion(self, project):
        [one] = proposed(project)
        assert project.coding.answer(one, assistant="keywords") == 1
        [coding] = project.coding.codings()
        assert (coding.quote, coding.code_id, coding.origin) == (one.words, one.code_id, Origin.SUGGESTION)
        assert project.history.events(limit=1)[0].label == "suggestion acceptée\u00a0: code Météo"
        [kept] = project.coding.suggestions(status="accepted")
        assert (kept.assistant, kept.reason, kept.score) == ("keywords", one.reason, one.score)

    def it_codes_with_another_code_where_one_is_named(self, project):
        [one] = proposed(project)
        project.coding.answer(one, "Craintes", assistant="keywords")
        assert [each.code_id for each in project.coding.codings()] == [project.coding.code("Craintes").id]
        [kept] = project.coding.suggestions(status="corrected")
        assert kept.chosen_id == project.coding.code("Craintes").id
        assert {(each.code_id, each.holds) for each in examples(project)} == {
            (one.code_id, False),
            (kept.chosen_id, True),
        }

    def it_takes_several_as_one_event_that_is_undone_in_one(self, project):
        project.coding.update_code("Météo", keywords=["pleut", "froid", "orage"])
        some = proposed(project)
        assert len(some) == 3
        assert project.coding.answer(some, assistant="keywords") == 3
        assert project.history.events(limit=1)[0].label == "3 passages codés en lot"
        project.history.undo()
        assert project.coding.codings() == []
        assert examples(project) == []
        assert len(proposed(project)) == 3
        project.history.redo()
        assert len(project.coding.codings()) == 3
        assert project.check() == []

    def it_answers_once(self, project):
        [one] = proposed(project)
        assert [project.coding.answer(each, assistant="keywords") for each in (one, one, [one, one])] == [1, 0, 0]
        assert len(project.coding.codings()) == 1
        assert len(project.coding.decisions_frame()) == 1

    def it_makes_no_second_coding_where_this_one_is_there(self, project):
        [one] = proposed(project)
        talks.code(project, one.words, "Météo")
        assert project.coding.answer(one, assistant="keywords") == 0
        assert [each.origin for each in project.coding.codings()] == [Origin.HAND]

    def it_writes_nothing_for_nothing(self, project):
        revision = project.revision
        assert project.coding.answer([]) == 0
        assert project.revision == revision


class DescribeRefusing:
    def it_teaches_and_is_not_proposed_again(self, project):
        [one] = proposed(project)
        project.coding.refuse(one, assistant="keywords")
        assert project.coding.codings() == []
        assert [(each.words, each.holds) for each in examples(project)] == [(one.words, False)]
        assert proposed(project) == []
        assert project.history.events(limit=1)[0].label == "1 suggestion refusée"
        project.history.undo()
        assert len(proposed(project)) == 1

    def it_lowers_the_code_there_and_accepting_raises_it(self, project):
        def score():
            seen = project.coding.assisted()
            number = next(n for n, piece in enumerate(seen.read) if piece.words == one.words)
            place = [code.id for code in seen.learned.codes].index(one.code_id)
            return float(seen.learned.scores.score[number][place])

        one = proposed(project, assistant="meaning")[0]
        before = score()
        project.coding.refuse(one)
        assert score() < before
        project.history.undo()
        project.coding.answer(one)
        assert score() > before


class DescribeABatch:
    def it_writes_nothing_and_leaves_out_what_bears_the_code(self, project):
        revision = project.revision
        [one] = proposed(project)
        assert project.revision == revision
        talks.code(project, one.words[:20], "Météo")
        assert proposed(project) == []

    def it_keeps_to_documents_codes_and_levels(self, project):
        found = project.coding.batch(["Météo", "Matériel"], "keywords", ["Entretien 1"], least="weak")
        assert {each.title for each in found} == {"Entretien 1"}
        assert {each.code_id for each in found} == {project.coding.code(name).id for name in ("Météo", "Matériel")}
        assert all(each.score >= MEDIUM for each in proposed(project, least="medium"))

    def it_refuses_what_is_not_there(self, project):
        with pytest.raises(NotFound):
            project.coding.batch(["Ailleurs"])
        with pytest.raises(NotFound):
            project.coding.batch(["Météo"], documents=["Ailleurs"])
        with pytest.raises(ValueError, match="haut"):
            project.coding.batch(["Météo"], least="haut")


class DescribeWhatMovedOn:
    def it_refuses_what_the_text_does_not_say_any_more(self, project):
        [one] = proposed(project)
        text = project.corpus.text(one.title)
        project.corpus.correct(one.title, new_text=text.replace("Quand il pleut", "Quand la pluie tombe"))
        for answer in (project.coding.answer, project.coding.refuse):
            with pytest.raises(CodingRefused, match="texte a changé"):
                answer(one, assistant="keywords")
        assert project.coding.codings() == []

    def it_takes_all_of_a_batch_or_none(self, project):
        project.coding.update_code("Météo", keywords=["pleut", "froid"])
        some = proposed(project)
        text = project.corpus.text(some[1].title)
        project.corpus.correct(some[1].title, new_text=text.replace("froid", "gel"))
        with pytest.raises(CodingRefused):
            project.coding.answer(some, assistant="keywords")
        assert project.coding.codings() == []

    def it_refuses_a_document_and_codes_that_went(self, project):
        [one] = proposed(project)
        project.coding.remove_code("Météo")
        with pytest.raises(CodingRefused, match="plus dans la grille"):
            project.coding.answer(one, assistant="keywords")
        project.history.undo()
        project.corpus.remove_document(one.title)
        with pytest.raises(CodingRefused):
            project.coding.answer(one, assistant="keywords")


class DescribeTwoCoders:
    def it_lets_each_answer_apart_on_one_suggestion(self, project, sacha):
        [one] = proposed(project)
        project.coding.answer(one, assistant="keywords")
        sacha.coding.refuse(proposed(sacha)[0], assistant="keywords")
        frame = project.coding.decisions_frame()
        assert frame[["coder", "verdict"]].values.tolist() == [["Camille", "accepted"], ["Sacha", "rejected"]]
        assert len(project.coding.suggestions(status=None)) == 1
        assert [each.holds for each in examples(project)] == [True]
        assert [each.holds for each in examples(project, "Sacha")] == [False]
        assert [each.coder for each in project.coding.codings()] == ["Camille"]
