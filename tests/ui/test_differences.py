"""What changes in a text, as the page draws it."""

from qualikit.corpus.correction import Passage, Piece
from qualikit.ui.differences import _passage


def test_words_that_go_and_come_bear_a_sign_and_are_safe():
    drawn = _passage(
        Passage(
            0,
            "<Karim>",
            0,
            (Piece("same", "le "), Piece("out", "<b>"), Piece("in", "vélo\nsuite"), Piece("out", " \u00a0\n")),
        )
    )

    assert "&lt;Karim&gt;" in drawn
    assert '<del><span aria-hidden="true">−</span>\u2060&lt;b&gt;</del>' in drawn
    assert '<ins><span aria-hidden="true">+</span>\u2060vélo↵<br>suite</ins>' in drawn
    assert "␣⍽↵" in drawn
