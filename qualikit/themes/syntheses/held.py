"""What the people of a cell hold in its passages: by codes of kind position on their words, or as set by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from qualikit.coding.model import CodeKind, Position
from qualikit.coding.queries import parts
from qualikit.themes.facts import Facts
from qualikit.themes.model import Passage
from qualikit.themes.tables import positions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

Held = dict[str, dict[Position, list[str]]]
"""Id of a participant → what they hold → the codings of the theme in which they do."""


def positions_held(connection: sa.Connection, facts: Facts, passages: Sequence[Passage]) -> Held:
    """By participant, from these passages. What was set by hand on a coding of the theme takes the place of what codes
    of positions say there."""
    found: Held = {}
    by_hand: dict[tuple[str, str], str] = {}
    for some in parts([passage.coding_id for passage in passages]):
        query = sa.select(positions.c.coding_id, positions.c.participant_id, positions.c.value)
        for row in connection.execute(query.where(positions.c.coding_id.in_(some))):
            by_hand[row.coding_id, row.participant_id] = row.value
    for (coding_id, person), value in by_hand.items():
        if value in list(Position):
            found.setdefault(person, {}).setdefault(Position(value), []).append(coding_id)
    for coding_id, person, held in _coded(facts, passages):
        if (coding_id, person) not in by_hand:
            found.setdefault(person, {}).setdefault(held, []).append(coding_id)
    return found


def _coded(facts: Facts, passages: Sequence[Passage]) -> list[tuple[str, str, Position]]:
    """Coding of the theme, participant and position, where the coding of a position shares words with the passage."""
    import numpy as np

    values = [code.value if code.kind is CodeKind.POSITION else None for code in facts.codebook]
    stand = np.array([value is not None for value in values], dtype=bool)
    voiced = np.flatnonzero(facts.unit_voice >= 0)
    at: dict[str, list[int]] = {}
    for unit in voiced[stand[facts.code[facts.unit_coding[voiced]]]].tolist():
        at.setdefault(facts.documents[int(facts.document[facts.unit_coding[unit]])].id, []).append(unit)
    found = []
    for passage in passages:
        for unit in at.get(passage.document_id, ()):
            coding = int(facts.unit_coding[unit])
            held = values[int(facts.code[coding])]
            if held is not None and facts.start[coding] < passage.stop and facts.stop[coding] > passage.start:
                person = facts.people[int(facts.voice_person[facts.unit_voice[unit]])]
                found.append((passage.coding_id, person.id, held))
    return found
