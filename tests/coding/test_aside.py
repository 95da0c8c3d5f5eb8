"""Codings set aside by a correction: a likely place for each, put back or removed, by whoever is there."""

from __future__ import annotations

import pytest

from qualikit.coding import Codings
from qualikit.coding.aside import _whole_words, propose
from qualikit.corpus import Corpus
from qualikit.errors import CodingRefused
from qualikit.history import History
from qualikit.text import Span

RAIN = "Quand il pleut 🌧️ on ne vient pas."


@pytest.fixture
def gone(store, document, camille: Codings) -> str:
    """Id of a coding whose words were moved to the end of the text."""
    camille.add_code("Météo")
    corpus = Corpus(store, "Camille")
    text = corpus.text(document)
    start = text.index(RAIN)
    made = camille.add(document, start, start + len(RAIN), "Météo")
    corpus.correct(document, new_text=text.replace(RAIN, "") + f"\nMme Diallo\u00a0: {RAIN}")
    return made.id


class DescribeALikelyPlace:
    def it_is_where_the_same_words_are_nearest(self):
        text = "il pleut. " * 5

        assert propose(text, "il pleut.", 21) is not None
        assert propose(text, "il pleut.", 21).span == Span(20, 29)

    def it_is_where_the_words_are_most_alike_and_whole(self):
        found = propose(
            "Avant. Quand il pleut très fort on ne vient guère. Après.", "Quand il pleut fort, on ne vient pas", 0
        )

        assert found is not None
        assert found.words.startswith("Quand il pleut très fort on ne vient")
        assert 70 <= found.score < 100

    def it_is_whole_words_wherever_in_a_word_the_likeness_begins(self):
        text = "Une chose très importante est dite ici."
        place = text.index("importante")

        for start in range(place, place + len("importante")):
            for stop in range(start + 1, len(text)):
                span = _whole_words(text, start, stop)
                assert (span.start == 0 or not text[span.start - 1].isalnum()) or not len(span)
                assert (span.stop == len(text) or not text[span.stop].isalnum()) or not len(span)

    def it_is_nowhere_where_nothing_is_alike_or_too_little_is_said(self):
        assert propose("Tout autre chose est dit dans ce texte-ci.", "Quand il pleut on ne vient pas", 0) is None
        assert propose("le vel", "velo", 0) is None
        assert propose("court", "une citation plus longue que tout le texte", 0) is None


class DescribePuttingBack:
    def it_puts_a_coding_on_its_words_again(self, camille: Codings, gone: str):
        [aside] = camille.set_aside()
        place = camille.proposals([aside])[gone]

        made = camille.put_back(gone, place.span.start, place.span.stop, place.words)

        assert (made.id, made.quote) == (gone, RAIN)
        assert camille.set_aside() == []
        assert [each.id for each in camille.codings()] == [gone]

    def it_is_undone_in_one(self, store, camille: Codings, gone: str):
        assert camille.accept_proposals(100) == (gone,)
        assert camille.set_aside() == []

        assert History(store, "Camille").undo().label == "1 codage replacé"

        assert [each.id for each in camille.set_aside()] == [gone]

    def it_lets_anybody_settle_the_coding_of_one_who_left_and_says_whose_it_was(
        self, store, camille: Codings, sacha: Codings, gone: str
    ):
        place = sacha.proposals(sacha.set_aside())[gone]

        sacha.put_back(gone, place.span.start, place.span.stop)

        assert [each.coder for each in camille.codings()] == ["Camille"]
        assert History(store, "Sacha").next()[0] == "code Météo replacé, codage de Camille"

    def it_refuses_what_is_not_waiting_or_not_in_the_text(self, store, document, camille: Codings, gone: str):
        with pytest.raises(CodingRefused, match="sort du texte"):
            camille.put_back(gone, 0, 10_000)
        with pytest.raises(CodingRefused, match="sort du texte"):
            camille.put_back(gone, 5, 5)
        with pytest.raises(CodingRefused, match="ne correspond pas"):
            camille.put_back(gone, 0, 5, "autre")
        place = camille.proposals(camille.set_aside())[gone]
        again = camille.add(document, place.span.start, place.span.stop, "Météo")
        with pytest.raises(CodingRefused, match="porte déjà"):
            camille.put_back(gone, place.span.start, place.span.stop)
        assert camille.accept_proposals(0) == ()
        with pytest.raises(CodingRefused, match="attend plus"):
            camille.remove_aside(again.id)


class DescribeRemoving:
    def it_takes_the_coding_away_with_its_memo(self, store, camille: Codings, sacha: Codings, gone: str):
        camille.write_memo("à relire", coding=gone)

        sacha.remove_aside(gone)

        assert camille.set_aside() == []
        assert camille.memos(coding=gone) == []
        assert History(store, "Sacha").next()[0] == "code Météo mis de côté retiré, codage de Camille"
        History(store, "Sacha").undo()
        assert [memo.text for memo in camille.memos(coding=gone)] == ["à relire"]


class DescribeTheBrowser:
    def it_puts_one_back_where_its_coder_draws_it_again(self, document, store, camille: Codings, gone: str):
        text = Corpus(store, "Camille").text(document)
        start = text.index("on ne vient")
        operation = {
            "uuid": "00000000-0000-4000-8000-00000000000a", "op": "rebound", "id": gone,
            "start": start, "end": start + 11, "quote": "on ne vient",
        }  # fmt: skip

        assert not camille.apply(document, [operation]).refused

        assert [each.quote for each in camille.codings()] == ["on ne vient"]
