"""Text as everything else sees it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualikit.text import Span, Utf16Index, count_words, count_words_between, fold, normalise, text_hash

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


class DescribeWordsBetween:
    @given(st.text(alphabet=st.sampled_from("abé œ'’-\u00a0\n🌧𝒳1٣_"), max_size=60), st.data())
    def it_counts_as_each_piece_would_be_counted(self, text, data):
        import numpy as np

        places = st.integers(0, len(text))
        pairs = [sorted(pair) for pair in data.draw(st.lists(st.tuples(places, places), max_size=8))]
        starts = np.array([start for start, _stop in pairs], dtype=np.int64)
        stops = np.array([stop for _start, stop in pairs], dtype=np.int64)
        assert count_words_between(text, starts, stops).tolist() == [count_words(text[a:b]) for a, b in pairs]
