"""Text as everything else sees it."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualikit.text import (
    Span,
    Utf16Index,
    count_words,
    count_words_between,
    fold,
    normalise,
    sentence,
    stem,
    text_hash,
    tokens,
    word_form,
    words,
)

anything = st.text(alphabet=st.characters(codec="utf-8"))


class DescribeNormalise:
    @pytest.mark.parametrize(
        ("given_text", "wanted"),
        [
            ("a\r\nb\rc\n", "a\nb\nc\n"),
            ("e\u0301le\u0300ve", "élève"),
            ("\ufeffBonjour", "Bonjour"),
            ("Note\u00a0: l’eau\u202f!", "Note\u00a0: l’eau\u202f!"),
            ("a\vb\u2028c\x00d", "a\nb\ncd"),
            ("👩‍👩‍👧 et 🌧", "👩‍👩‍👧 et 🌧"),
        ],
    )
    def it_makes_one_form_of_what_can_be_written_several_ways(self, given_text, wanted):
        assert normalise(given_text) == wanted

    @given(anything)
    def it_changes_nothing_the_second_time(self, text):
        once = normalise(text)

        assert normalise(once) == once
        assert unicodedata.is_normalized("NFC", once)
        assert "\r" not in once


class DescribeASpan:
    def it_is_half_open(self):
        assert Span(2, 5).of("0123456") == "234"
        assert not Span(0, 2).overlaps(Span(2, 4))
        assert Span(0, 3).overlaps(Span(2, 4))
        assert len(Span(2, 5)) == 3

    @pytest.mark.parametrize("bounds", [(-1, 2), (3, 2)])
    def it_cannot_run_backwards(self, bounds):
        with pytest.raises(ValueError, match="not a span"):
            Span(*bounds)


class DescribeUtf16:
    @given(anything)
    def it_counts_as_a_browser_does_and_back(self, text):
        index = Utf16Index(text)
        for offset in range(len(text) + 1):
            units = len(text[:offset].encode("utf-16-le")) // 2
            assert index.to_utf16(offset) == units
            assert index.from_utf16(units) == offset

    def it_takes_the_middle_of_a_pair_back_to_its_start(self):
        assert Utf16Index("a😀b").from_utf16(2) == 1

    @pytest.mark.parametrize("offset", [-1, 4])
    def it_refuses_what_is_outside(self, offset):
        with pytest.raises(ValueError, match="outside"):
            Utf16Index("a😀b").to_utf16(offset)


@pytest.mark.parametrize(
    ("left", "right"), [("Météo", "METEO"), ("Cœur", "coeur"), ("l’eau", "l'eau"), ("10\u00a0h", "10 h")]
)
def test_folding_makes_the_same_what_a_reader_takes_for_the_same(left, right):
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("Aujourd'hui, il pleut.", 4), ("a\u00a0: b 🌧", 2), ("e\u0301te\u0301", 1)]
)
def test_words_are_runs_of_letters_and_digits(text, words):
    assert count_words(normalise(text)) == words


def test_a_hash_names_one_text():
    assert text_hash("é") != text_hash("e")
    assert text_hash("é") == text_hash("\u00e9")


class DescribeTokens:
    def it_gives_the_words_with_their_places_in_the_text_as_it_is(self):
        text = "L’œuvre d'ÉTÉ\u00a0: vélo-cargo 🌧️, 2\u202f024 €"
        found = tokens(text)

        assert [token.form for token in found] == ["l", "oeuvre", "d", "ete", "velo", "cargo", "🌧", "2", "024"]
        assert [text[token.start : token.stop] for token in found][1:4] == ["œuvre", "d", "ÉTÉ"]

    @given(anything)
    def it_finds_words_in_order_and_apart_whatever_the_text(self, text):
        found = tokens(text)

        assert [token.form for token in found] == words(text)
        assert all(one.stop <= two.start for one, two in pairwise(found))
        for token in found:
            assert token.form == word_form(text[token.start : token.stop])
            assert token.form
            assert not set(token.form) & set(" \t\n\"'()*:=-_")


class DescribeStem:
    @pytest.mark.parametrize(
        "family",
        [
            "élu élus élue élues ÉLU",
            "vélo vélos",
            "pluie pluies",
            "médiateur médiatrice médiateurs médiatrices",
            "travail travaux",
            "réseau réseaux",
            "isolé isolée isolés isolées isolement",
            "difficulté difficultés",
            "heureux heureuse",
            "lieu lieux",
        ],
    )
    def it_is_the_same_for_the_words_of_a_family(self, family):
        assert len({stem(form) for form in words(family)}) == 1

    @pytest.mark.parametrize("pair", ["mois moi", "plus plu", "fois foi", "eau au", "cour cas"])
    def it_tells_apart_what_only_looks_alike(self, pair):
        one, other = words(pair)
        assert stem(one) != stem(other)

    @given(anything)
    def it_begins_as_the_word_does(self, text):
        for form in words(text):
            assert stem(form)[:2] == form[:2]


class DescribeSentence:
    TEXT = "Bonjour M. Dupont. Il pleut ! Le 3.5 est là… on verra, etc. puis non.\nAutre ligne"

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("Dupont", "Bonjour M. Dupont."),
            ("pleut", "Il pleut !"),
            ("3.5", "Le 3.5 est là…"),
            ("puis", "on verra, etc. puis non."),
            ("ligne", "Autre ligne"),
            ("Dupont. Il", "Bonjour M. Dupont. Il pleut !"),
        ],
    )
    def it_goes_from_one_end_to_the_next(self, word, expected):
        start = self.TEXT.index(word)
        assert sentence(self.TEXT, start, start + len(word), Span(0, len(self.TEXT))).of(self.TEXT) == expected

    def it_stays_inside_what_it_is_given(self):
        start = self.TEXT.index("pleut")
        assert sentence(self.TEXT, start, start + 5, Span(start - 1, start + 6)).of(self.TEXT) == "pleut"


class DescribeWordsBetween:
    @settings(deadline=None)  # the first call makes the table of what words are made of
    @given(st.text(alphabet=st.sampled_from("abé œ'’-\u00a0\n🌧𝒳1٣_"), max_size=60), st.data())
    def it_counts_as_each_piece_would_be_counted(self, text, data):
        import numpy as np

        places = st.integers(0, len(text))
        pairs = [sorted(pair) for pair in data.draw(st.lists(st.tuples(places, places), max_size=8))]
        starts = np.array([start for start, _stop in pairs], dtype=np.int64)
        stops = np.array([stop for _start, stop in pairs], dtype=np.int64)
        assert count_words_between(text, starts, stops).tolist() == [count_words(text[a:b]) for a, b in pairs]
