from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualikit.coding.colors import PALETTE, clean_color, next_color
from qualikit.coding.names import clean_keywords, clean_name, name_key, nearest


class TestNames:
    @pytest.mark.parametrize(
        ("written", "clean"),
        [
            ("  Lien\n social ", "Lien social"),
            ("e\u0301te\u0301", "\u00e9t\u00e9"),
            ("Qui\u00a0?", "Qui\u00a0?"),
            ("\u00a0\ufeff\x00", ""),
            ("🌧️ pluie", "🌧️ pluie"),
            ("a\ud800b", "a\ufffdb"),
        ],
    )
    def test_are_cleaned(self, written, clean):
        assert clean_name(written) == clean

    @pytest.mark.parametrize(
        ("one", "other"),
        [("Météo", "METEO"), ("Œuvre", "oeuvre"), ("l’eau", "l'eau"), ("Qui\u00a0?", "qui ?"), ("a  b", "a b")],
    )
    def test_that_read_the_same_are_the_same(self, one, other):
        assert name_key(one) == name_key(other)

    @given(st.text())
    def test_clean_and_key_change_nothing_twice(self, name):
        assert clean_name(clean_name(name)) == clean_name(name)
        assert name_key(clean_name(name)) == name_key(name)

    def test_keywords_are_each_once_and_never_hold_a_separator(self):
        assert clean_keywords(["pluie; froid", " pluie ", "", "il  pleut"]) == ("pluie", "froid", "il pleut")

    def test_what_was_probably_meant_is_found(self):
        assert nearest("Metéo", ["Réseau", "Météo"]) == "Météo"
        assert nearest("tout autre chose", ["Réseau", "Météo"]) is None


def luminance(color):
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


class TestColors:
    @pytest.mark.parametrize("color", PALETTE)
    @pytest.mark.parametrize("page", ["#FFFFFF", "#0E1117"])
    def test_stand_out_on_both_pages(self, color, page):
        assert contrast(color, page) >= 3

    def test_the_next_one_is_unused_then_the_least_used(self):
        used = []
        for _ in range(2 * len(PALETTE)):
            used.append(next_color(used))
        assert used == list(PALETTE) * 2

    def test_the_palette_has_no_colour_twice(self):
        assert all(one != other for one, other in itertools.combinations(PALETTE, 2))

    @pytest.mark.parametrize(
        ("written", "clean"),
        [
            ("#2656d9", "#2656D9"),
            (" #abc ", "#AABBCC"),
            ("bleu", None),
            ("#12345", None),
            ("#12345G", None),
            ("", None),
        ],
    )
    def test_are_cleaned(self, written, clean):
        assert clean_color(written) == clean
