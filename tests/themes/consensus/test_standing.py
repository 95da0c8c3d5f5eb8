"""Positions are counted once: in the grid, in a draft, between groups, and over a person's documents."""

from __future__ import annotations

import pytest

from qualikit.coding.model import Position
from qualikit.themes.consensus.model import Held, together
from qualikit.themes.consensus.standing import everybody, read_grid, standing
from qualikit.themes.syntheses.citations import without_marks
from tests.themes.consensus.conftest import both


@pytest.fixture
def set_by_hand(held):
    """One of the cells says something else than its passages, by hand."""
    held.themes.correct_cell("FG Aubagne", "Lieux", "Mme Le Gall", "D", "relu sur l'enregistrement")
    return held


def stand(world, theme, *documents, **asked):
    with world.store.read() as connection:
        grid = read_grid(connection, [world.ids[title] for title in documents], nested=False)
    return standing(grid, world.ids[theme], everybody(grid), **asked)


def counts(found):
    return found.agree, found.torn, found.disagree, found.silent


def test_the_grid_the_draft_and_the_comparison_say_the_same(set_by_hand):
    tally = set_by_hand.themes.consensus(nested=False).tally("Lieux")
    assert (tally.agree, tally.torn, tally.disagree, tally.silent) == (1, 1, 2, 1)
    assert counts(stand(set_by_hand, "Lieux", "FG Aubagne")) == (1, 1, 2, 1)
    side = set_by_hand.themes.compare(groups=["Aubagne"], what="passages").theme("Lieux").sides[0]
    assert (side.agree, side.torn, side.disagree) == (1, 1, 2)
    draft = set_by_hand.themes.draft_synthesis("Lieux", "territory", "Aubagne")
    assert [without_marks(line.text).replace("\u00a0", " ") for line in draft.held] == [
        "1 personne y exprime un accord.",
        "2 personnes y expriment un désaccord.",
        "1 personne y est partagée, d'accord et pas d'accord.",
    ]


def test_a_cell_set_by_hand_no_longer_rests_on_what_it_overrules(set_by_hand):
    found = stand(set_by_hand, "Lieux", "FG Aubagne")
    assert found.held[set_by_hand.ids["Mme Le Gall"]] is Held.DISAGREES
    assert set_by_hand.ids["Mme Le Gall"] not in found.codings


def test_who_says_one_thing_here_and_the_contrary_there_is_torn_and_counts_once(held):
    held.document("Entretien", [("Mme Roux", "Le marché, finalement, non.")], territory="Aubagne", source="interview")
    both(held, "Le marché, finalement, non", "Lieux", "Désaccord", title="Entretien")
    found = stand(held, "Lieux", "FG Aubagne", "Entretien")
    assert found.held[held.ids["Mme Roux"]] is Held.TORN
    assert (found.heard, counts(found)) == (5, (0, 3, 1, 1))


def test_only_some_codings_may_be_read(held):
    one = stand(held, "Lieux", "FG Aubagne").passages[Position.AGREEMENT][0]
    assert counts(stand(held, "Lieux", "FG Aubagne", among={one})) == (1, 0, 0, 4)


def test_words_in_which_coders_differ_are_quoted_once_as_the_place_reads_whole(held):
    held.coding("FG Aubagne", "Ça dépend des jours, le marché", "Accord", coder="Sacha")
    held.coding("FG Aubagne", "Ça dépend des jours, le marché", "Lieux", coder="Sacha")
    found = stand(held, "Lieux", "FG Aubagne").codings[held.ids["Mme Le Gall"]]
    assert {position: len(ids) for position, ids in found.items()} == {Position.NUANCE: 2}


def test_no_documents_hold_nothing(held):
    found = stand(held, "Lieux")
    assert (found.heard, found.held, found.passages) == (0, {}, {})


@pytest.mark.parametrize(
    ("values", "held"),
    [
        ([], Held.SILENT),
        ([Held.SILENT, Held.AGREES], Held.AGREES),
        ([Held.AGREES, Held.AGREES_STRONGLY], Held.AGREES_STRONGLY),
        ([Held.AGREES, Held.NUANCED], Held.NUANCED),
        ([Held.AGREES, Held.DISAGREES_STRONGLY], Held.TORN),
        ([Held.NUANCED, Held.AGREES, Held.DISAGREES], Held.TORN),
        ([Held.TORN, Held.NUANCED], Held.TORN),
        ([Held.DISAGREES, Held.DISAGREES], Held.DISAGREES),
    ],
)
def test_what_is_held_here_and_there_comes_to_one_thing(values, held):
    assert together(values) is held
