"""Words that say what a text is about."""

from __future__ import annotations

from qualikit.content_words import content_stems


def test_content_words_are_compared_by_their_families_without_those_that_say_nothing():
    assert content_stems("Les médiatrices, elles sont là.") == content_stems("Le médiateur")
    assert content_stems("Euh… voilà, du coup, c’est ça.") == []
