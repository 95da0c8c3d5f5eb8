"""What assistants read as one: turns, and parts of long ones."""

from __future__ import annotations

from qualikit.coding.assistants import Heard, Segment
from qualikit.coding.assistants.pieces import LONG, pieces
from qualikit.text import count_words


def turn(*sentences: str, start: int = 0, between: str = " ") -> list[Segment]:
    """The sentences of one turn that begins there."""
    heard = Heard(0, "p", False, between.join(sentences), start)
    found, place = [], start
    for words in sentences:
        found.append(Segment("d", "v", place, place + len(words), words, heard))
        place += len(words) + len(between)
    return found


class DescribePieces:
    def it_takes_the_sentences_of_a_turn_together_with_what_parts_them(self):
        [piece] = pieces(turn("Il pleut\u00a0🌧️.", "Rien.", between="\r\n"))
        assert piece.words == "Il pleut\u00a0🌧️.\r\nRien."
        assert [each.words for each in piece.sentences] == ["Il pleut\u00a0🌧️.", "Rien."]

    def it_parts_turns_even_those_that_say_the_same(self):
        assert [each.words for each in pieces([*turn("Oui."), *turn("Oui.", start=50)])] == ["Oui.", "Oui."]

    def it_takes_each_sentence_alone_where_no_turn_is_known(self):
        alone = [Segment("d", "v", 0, 4, "Oui."), Segment("d", "v", 5, 9, "Non.")]
        assert [each.words for each in pieces(alone)] == ["Oui.", "Non."]

    def it_cuts_a_long_turn_between_sentences_into_parts_of_about_one_length(self):
        said = turn(*[f"Phrase numéro {n} de dix mots qui disent peu de choses." for n in range(40)], start=7)
        parts = list(pieces(said))
        assert [one for part in parts for one in part.sentences] == said
        lengths = [count_words(part.words) for part in parts]
        assert max(lengths) <= LONG * 1.2
        assert min(lengths) >= LONG / 2

    def it_leaves_a_sentence_whole_however_long(self):
        one = " ".join(["mot"] * 500)
        assert [each.words for each in pieces(turn("Oui.", one, "Non."))][1] == one

    def it_has_none_of_nothing(self):
        assert list(pieces([])) == []
        assert [each.words for each in pieces(turn(""))] == [""]


def test_a_segment_of_some_sentences_has_the_words_of_the_text():
    first, second, third = turn("Un 🚲.", "Deux.", "Trois.", start=10, between="  ")
    [piece] = pieces([first, second, third])
    both = piece.segment(0, 1)
    assert (both.start, both.stop, both.words) == (first.start, second.stop, "Un 🚲.  Deux.")
    assert piece.segment(2, 2) == third
    assert piece.segment().words == piece.words
