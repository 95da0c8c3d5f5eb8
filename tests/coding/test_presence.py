"""Who is coding what now: seen by the others, gone after a while, and no change to the project."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from qualikit.coding.presence import KEY, SILENCE
from tests.coding.conftest import add_document


def ago(seconds: float) -> str:
    return (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat(timespec="microseconds")


def test_the_others_see_who_is_on_which_document(store, camille, sacha, document):
    camille.be_here(document)
    [seen] = sacha.others_here()
    assert (seen.coder, seen.document_id, seen.title) == ("Camille", document, "FG Aubagne")
    assert camille.others_here() == []


def test_a_sign_of_life_is_no_event(store, camille, document):
    before = store.revision()
    camille.be_here(document)
    assert store.revision() == before


def test_somebody_who_moves_on_is_in_one_place(store, camille, sacha, document):
    other = add_document(store, "Entretien")
    camille.be_here(document)
    camille.be_here(other)
    assert [each.title for each in sacha.others_here()] == ["Entretien"]


def test_somebody_silent_is_gone(store, camille, sacha, document):
    store.set_preference("Camille", KEY, {"document": document, "at": ago(SILENCE - 5)})
    assert len(sacha.others_here()) == 1
    store.set_preference("Camille", KEY, {"document": document, "at": ago(SILENCE + 5)})
    assert sacha.others_here() == []


@pytest.mark.parametrize("value", [None, "x", [], {}, {"document": 3, "at": "9"}, {"document": "autre", "at": "9"}])
def test_what_a_browser_may_have_put_there_is_passed_over(store, camille, sacha, document, value):
    store.set_preference("Camille", KEY, value)
    assert sacha.others_here() == []
