"""Questions of the guide: added, changed, moved, taken away, replaced; each undone in one."""

from __future__ import annotations

import pytest

from qualikit.corpus.guide.model import GuideLine
from qualikit.errors import GuideRefused, NotFound
from qualikit.text import Span
from tests.corpus.guide.interviews import LINES


def texts(project) -> list[str]:
    return [question.text for question in project.corpus.guide.questions()]


class DescribeQuestions:
    def it_names_them_by_number_text_or_id(self, guided):
        guide = guided.corpus.guide
        second = guide.question(2)
        assert guide.question("qu'est-ce qui a change pour les habitants") == second == guide.question(second.id)
        assert second.label == "2. Qu'est-ce qui a changé pour les habitants ?"
        with pytest.raises(NotFound, match="9"):
            guide.question(9)

    def it_adds_renames_moves_and_removes_and_each_is_undone(self, guided):
        guide, before = guided.corpus.guide, [line.text for line in LINES]
        guide.add("  Et la\nsuite ? ", "Fin", number=1)
        assert texts(guided) == ["Et la suite ?", *before]
        guide.move(1, 99)
        assert texts(guided) == [*before, "Et la suite ?"]
        guide.rename(4, "Et après ?", section="")
        assert (guide.question(4).text, guide.question(4).section) == ("Et après ?", "")
        assert guide.remove(4) == 0
        for expected in ("Et après ?", "Et la suite ?"):
            guided.history.undo()
            assert texts(guided)[-1] == expected
        guided.history.undo()
        guided.history.undo()
        assert texts(guided) == before
        guided.history.redo()
        assert texts(guided)[0] == "Et la suite ?"

    def it_refuses_what_is_empty_too_long_or_there_already(self, guided):
        guide = guided.corpus.guide
        for text in ("", " \n", "a" * 1001, "QU'EST-CE QUI A CHANGÉ POUR LES HABITANTS"):
            with pytest.raises(GuideRefused):
                guide.add(text)
        with pytest.raises(GuideRefused, match="numéro 2"):
            guide.rename(1, "Qu'est-ce qui a changé pour les habitants ?")
        assert len(texts(guided)) == 3


class DescribeReplacing:
    def it_keeps_the_marks_of_what_is_hardly_reworded_and_says_what_goes(self, guided):
        guide = guided.corpus.guide
        for number in (2, 3):
            guide.mark("Entretien Laval", Span(0, 20), number)
        lines = [LINES[2], GuideLine("Qu'est-ce qui a changé pour les habitantes ?", "Les effets"), GuideLine("Neuf ?")]
        lines[0] = GuideLine("Tout autre chose, sans rapport ?", "Les effets")
        plan = guide.plan(lines)
        assert {kind: plan.count(kind) for kind in ("kept", "changed", "added", "removed")} == {
            "kept": 0, "changed": 1, "added": 2, "removed": 2,
        }  # fmt: skip
        assert plan.marks_lost == 1
        assert texts(guided) == [line.text for line in LINES]
        guide.replace(lines)
        assert texts(guided) == [line.text for line in lines]
        assert [mark.question_id for mark in guide.marks()] == [guide.question(2).id]
        guided.history.undo()
        assert texts(guided) == [line.text for line in LINES]
        assert len(guide.marks()) == 2

    def it_writes_nothing_where_nothing_changes(self, guided):
        revision = guided.revision
        guided.corpus.guide.replace([*LINES, LINES[0]])
        assert guided.revision == revision
        with pytest.raises(GuideRefused):
            guided.corpus.guide.replace([])

    def it_follows_the_order_of_the_lines(self, guided):
        guided.corpus.guide.replace(LINES[::-1])
        assert texts(guided) == [line.text for line in LINES[::-1]]
