"""Marks: put, kept once a turn, taken away; they follow corrections, pseudonyms and removals; what is said under them."""

from __future__ import annotations

import pytest

from qualikit import Project
from qualikit.corpus.correction import Fate
from qualikit.corpus.guide.model import MarkOrigin, QuestionMark
from qualikit.corpus.guide.stretches import stretches
from qualikit.corpus.model import Turn
from qualikit.errors import GuideRefused, NotFound, UndoRefused
from qualikit.rebasing import Edit
from qualikit.text import Span

TITLE = "Entretien Laval"


def turn_of(project: Project, words: str, title: str = TITLE) -> Turn:
    text = project.corpus.text(title)
    return next(turn for turn in project.corpus.turns(title) if words in turn.speech.of(text))


def mark(project: Project, words: str, question: int, title: str = TITLE) -> QuestionMark:
    return project.corpus.guide.mark(title, turn_of(project, words, title).speech, question)


class DescribeMarks:
    def it_marks_a_turn_once_and_takes_it_away(self, guided):
        guide = guided.corpus.guide
        made = mark(guided, "une journée de tournée", 1)
        assert (made.origin, made.coder, made.quote[:10]) == (MarkOrigin.HAND, "Camille", "Bonjour 🙂.")
        assert guide.mark(TITLE, Span(made.start + 4, made.stop), 1) == made
        assert guide.marks(TITLE, 1) == [made] == guide.marks()
        assert guide.unmark(made) == 1
        assert guide.marks() == []
        with pytest.raises(GuideRefused, match="n'est plus marquée"):
            guide.unmark(made.id)
        guided.history.undo()
        assert guide.marks() == [made]

    def it_is_one_set_for_the_team(self, guided):
        made = mark(guided, "une journée", 1)
        other = Project(guided.store, "Alix")
        assert other.corpus.guide.marks() == [made]
        other.corpus.guide.unmark(made)
        assert guided.corpus.guide.marks() == []

    @pytest.mark.parametrize("span", [Span(0, 0), Span(5000, 5010), Span(10, 99999)])
    def it_refuses_what_is_not_in_the_text(self, guided, span):
        with pytest.raises(GuideRefused):
            guided.corpus.guide.mark(TITLE, span, 1)

    def it_refuses_another_quote_another_document_another_question(self, guided):
        guide = guided.corpus.guide
        with pytest.raises(GuideRefused, match="ne correspond pas"):
            guide.mark(TITLE, Span(0, 5), 1, quote="Autre")
        with pytest.raises(NotFound):
            guide.mark("Absent", Span(0, 5), 1)
        with pytest.raises(NotFound):
            guide.mark(TITLE, Span(0, 5), 12)

    def it_does_not_undo_a_question_that_somebody_marked_since(self, guided):
        guided.corpus.guide.add("Et la suite ?")
        Project(guided.store, "Alix").corpus.guide.mark(TITLE, Span(0, 5), 4)
        with pytest.raises(UndoRefused):
            guided.history.undo()
        assert guided.corpus.guide.remove(4) == 1
        assert guided.check() == []


class DescribeCorrections:
    def it_takes_marks_along_and_never_counts_them_as_codings(self, guided):
        made = mark(guided, "Qu'est-ce qui a changé", 2)
        place = guided.corpus.text(TITLE).index("D'accord.")
        edits = [Edit(place, place + 9, "Très bien, alors.")]
        assert guided.corpus.preview_correction(TITLE, edits=edits).reviewed == ()
        done = guided.corpus.correct(TITLE, edits=edits)
        assert done.count(Fate.CHANGED) == 0
        assert done.by_names() == {}
        (after,) = guided.corpus.guide.marks()
        assert after.id == made.id
        assert after.quote.startswith("Très bien, alors. Qu'est-ce")
        assert guided.check() == []

    def it_says_which_marks_lost_their_words(self, guided):
        made = mark(guided, "Et la pluie", 1)
        text = guided.corpus.text(TITLE)
        guided.corpus.correct(TITLE, new_text=text.replace("Enquêtrice : Et la pluie ?\n", ""))
        assert guided.corpus.guide.marks() == []
        assert [lost.id for lost in guided.corpus.guide.lost()] == [made.id]
        guided.history.undo()
        assert [mark.id for mark in guided.corpus.guide.marks()] == [made.id]

    def it_sees_a_mark_that_no_longer_fits(self, guided):
        import sqlalchemy as sa

        from qualikit.corpus.tables import question_marks

        mark(guided, "Et la pluie", 1)
        with guided.store.write("x") as transaction:
            transaction.connection.execute(sa.update(question_marks).values(quote="autre chose"))
        (said,) = guided.check()
        assert "le passage marqué" in said

    def it_goes_with_its_document_and_comes_back(self, guided):
        mark(guided, "Et la pluie", 1)
        guided.corpus.remove_document(TITLE)
        assert guided.corpus.guide.marks() == []
        guided.history.undo()
        assert len(guided.corpus.guide.marks()) == 1
        guided.corpus.erase_document(TITLE)
        assert guided.corpus.guide.marks() == []
        assert guided.check() == []

    def it_survives_a_person_taken_out(self, guided):
        mark(guided, "Et la pluie", 1)
        mark(guided, "Qu'est-ce qui a changé", 2)
        removal = guided.corpus.remove_person("Médiatrice")
        assert removal.codings == 0
        assert len(guided.corpus.guide.marks()) == 2
        assert guided.corpus.remove_person("Enquêtrice").codings == 0
        assert guided.corpus.guide.marks() == []
        assert guided.check() == []

    def it_lets_names_in_questions_be_replaced(self, guided):
        from qualikit.corpus import prose

        guided.corpus.guide.add("Que pensez-vous de Mme Benali ?")
        with guided.store.read() as connection:
            found = {value for one in prose.written(connection) for value in one.strings}
        assert "Que pensez-vous de Mme Benali ?" in found


class DescribeStretches:
    def it_goes_from_one_marked_turn_to_the_next(self, guided):
        first, second = mark(guided, "une journée", 1), mark(guided, "Qu'est-ce qui a changé", 2)
        text = guided.corpus.text(TITLE)
        found = guided.corpus.guide.stretches(TITLE)
        (one,), (two,) = found[first.question_id], found[second.question_id]
        assert one.of(text).startswith("Enquêtrice : Bonjour")
        assert one.of(text).endswith("on rentre.\n")
        assert (one.stop, two.stop) == (two.start, len(text))

    def it_lets_two_questions_of_one_turn_share_their_answer(self):
        turns = [Turn(0, 0, 10, 4, 10, "A", "a"), Turn(1, 10, 20, 14, 20, "B", "b"), Turn(2, 20, 30, 24, 30, "A", "a")]

        def at(id: str, place: int) -> QuestionMark:
            return QuestionMark(id, id, "d", "v", place, place + 2, "xx", MarkOrigin.HAND, "C", "")

        found = [(s.mark_id, s.start, s.stop) for s in stretches(turns, [at("q", 7), at("p", 5), at("r", 24)])]
        assert sorted(found) == [("p", 0, 20), ("q", 0, 20), ("r", 20, 30)]
        assert stretches([], []) == []

    def it_begins_at_the_mark_where_nobody_speaks(self):
        turns = [Turn(0, 0, 100, 0, 100)]
        one = QuestionMark("m", "q", "d", "v", 40, 50, "x" * 10, MarkOrigin.HAND, "C", "")
        assert [(s.start, s.stop) for s in stretches(turns, [one])] == [(40, 100)]
