"""The values of the corpus."""

from __future__ import annotations

import pytest

from qualikit.corpus.model import Role, SourceKind, TextVersion, Turn, role_label, source_kind_label
from qualikit.text import text_hash


def test_a_turn_holds_its_label_and_its_speech_in_order():
    turn = Turn(0, 0, 12, 5, 11, "P1")
    assert (turn.span.start, turn.span.stop, turn.speech.start, turn.speech.stop) == (0, 12, 5, 11)
    for wrong in [(5, 4, 5, 5), (0, 10, 8, 7), (0, 10, 0, 11), (-1, 3, 0, 1)]:
        with pytest.raises(ValueError, match="not a turn"):
            Turn(0, *wrong)


def test_every_kind_and_role_has_a_name_of_its_own():
    assert len({source_kind_label(kind) for kind in SourceKind}) == len(SourceKind)
    assert len({role_label(role) for role in Role}) == len(Role)


def test_a_version_is_named_by_its_text():
    assert TextVersion("a", "d", "Été").hash == text_hash("Été")
