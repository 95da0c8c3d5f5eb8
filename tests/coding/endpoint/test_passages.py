"""Sentences as they leave, and the way back to the words of the project."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualikit.coding.assistants import Heard, Segment
from qualikit.coding.endpoint.hiding import as_they_are, hider
from qualikit.coding.endpoint.passages import LENGTH, passages
from qualikit.corpus.pseudonyms.matching import Matcher
from qualikit.corpus.pseudonyms.model import Decision, Entry, Kind
from qualikit.text import Span, normalise, sentences

FATIMA = Entry("1", Kind.PERSON, ("Fatima Bénali",), ("Fatima",), ("Bénali",), pseudonym="Samira Morel-Dupont",
               whole=False, decision=Decision.REPLACE)  # fmt: skip
KEPT = Entry("2", Kind.PLACE, ("Aubagne",), pseudonym="Ville", decision=Decision.KEEP)


def segments(text: str, version: str = "v", start: int = 0, index: int = 0) -> list[Segment]:
    """The sentences of one turn, as the service gives them."""
    heard = Heard(index, "p", False, text, start)
    return [
        Segment("d", version, start + each.start, start + each.stop, each.of(text), heard)
        for each in sentences(text, Span(0, len(text)))
    ]


def test_sentences_of_a_turn_go_together_turns_each_on_a_line_and_what_says_nothing_stays():
    read = (
        segments("Il pleut.  Tout le temps !") + segments("…", start=50, index=1) + segments("Oui.", start=60, index=2)
    )
    [found] = passages(read, as_they_are)
    assert found.text == "Il pleut.  Tout le temps !\nOui."
    assert found.said(Span(0, 9)) == read[0]
    said = found.said(Span(11, 15))
    assert (said.start, said.stop, said.words) == (11, 15, "Tout")
    assert found.said(Span(27, 30)).start == 60
    assert found.said(Span(20, 30)) is None  # from one turn into another's


def test_sentences_left_out_are_not_sent_with_those_around_them():
    first, _out, last = segments("Il pleut. Secret. Il vente.")
    [found] = passages([first, last], as_they_are)
    assert found.text == "Il pleut.\nIl vente."


def test_passages_are_about_so_long_and_of_one_text():
    read = segments("Il pleut ici. " * 400)
    found = list(passages(read, as_they_are))
    assert max(len(each.text) for each in found) <= LENGTH
    assert sum(each.text.count("pleut") for each in found) == 400
    assert len(list(passages([*segments("Oui."), *segments("Non.", "w")], as_they_are))) == 2


def test_a_quote_is_widened_to_whole_words():
    [found] = passages(segments("Aujourd'hui, évide\u0301mment pluvieux."), as_they_are)
    for sent, said in (
        ("jourd", "Aujourd"),
        ("vide", "évide\u0301mment"),
        ("mment pl", "évide\u0301mment pluvieux"),
        ("hui,", "hui,"),
    ):
        place = found.text.index(sent)
        assert found.said(Span(place, place + len(sent))).words == said


def test_no_break_spaces_leave_as_spaces_and_come_back():
    [found] = passages(segments("Il pleut\u00a0: «\u202foui\u202f»."), as_they_are)
    assert found.text == "Il pleut : « oui »."
    assert found.said(Span(11, 18)).words == "«\u202foui\u202f»"


class DescribeNames:
    text = "D'après Fatima Bénali, d'Aubagne, il pleut. Fatima l'a dit à BÉNALI."

    def it_replaces_them_and_leads_every_quote_back(self):
        [found] = passages(segments(self.text), hider(Matcher([FATIMA, KEPT])))
        assert "Fatima" not in found.text
        assert "nali" not in found.text.lower()
        assert "Aubagne" in found.text
        for sent, said in (
            ("il pleut", "il pleut"),
            ("Samira Morel-Dupont", "Fatima Bénali"),
            ("Samira", "Fatima"),
            ("Dupont, d'Aubagne", "Bénali, d'Aubagne"),
            ("l'a dit à", "l'a dit à"),
            (found.text, self.text),
        ):
            place = found.text.index(sent)
            back = found.said(Span(place, place + len(sent)))
            assert back.words == said
            assert self.text[back.start : back.stop] == said

    @given(st.lists(st.sampled_from(["Fatima", "Bénali", "de", "d'", "Aubagne", "il", "pleut", ".", "\u00a0", ",", "🌧️"])),
           st.data())  # fmt: skip
    def it_always_comes_back_to_words_that_are_there(self, words, data):
        text = normalise(" ".join(words))
        for found in passages(segments(text), hider(Matcher([FATIMA, KEPT]))):
            assert "Fatima" not in found.text
            start = data.draw(st.integers(0, len(found.text)))
            stop = data.draw(st.integers(start, len(found.text)))
            back = found.said(Span(start, stop))
            if back is not None:
                assert text[back.start : back.stop] == back.words
