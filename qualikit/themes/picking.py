"""Which passages of a cell to quote when nobody has chosen: always the same ones, and not always the same voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualikit.themes.counting import Counted
from qualikit.themes.facts import Facts
from qualikit.themes.model import Column, Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

PICKED = 2
_GOOD_LENGTH = 180
"""Characters of a quotation that reads well: two or three lines of a report."""


def every(counted: Counted, row: Row, column: Column) -> list[str]:
    """Ids of the cell's codings of the code itself, in the order of the documents; one for each passage that several
    coders coded alike."""
    import numpy as np

    facts, places = counted.facts, _own(counted, row, column)
    spans = np.stack([facts.document[places], facts.start[places], facts.stop[places]], axis=1)
    _spans, first = np.unique(spans, axis=0, return_index=True)
    return [facts.coding_ids[place] for place in places[np.sort(first)].tolist()]


def fair(counted: Counted, row: Row, column: Column, most: int = PICKED) -> list[str]:
    """Ids of up to ``most`` codings of the code itself, in the order of the documents.

    The length that reads best comes first; the next is somebody else's, from another document where there is one, and
    another passage. What only a moderator says is not quoted; what nobody is marked as saying (a note) can be.
    """
    return fairest(counted.facts, _own(counted, row, column), most)


def fairest(facts: Facts, places: Ints, most: int = PICKED) -> list[str]:
    """The same of these codings, given by their places."""
    import numpy as np

    with_voices = np.isin(facts.document[places], facts.voice_document)
    places = places[(facts.speaker[places] >= 0) | ~with_voices]
    length = facts.stop[places] - facts.start[places]
    best = places[np.argsort(np.abs(np.log(np.maximum(length, 1) / _GOOD_LENGTH)), kind="stable")]
    left = [
        (
            int(place),
            int(facts.speaker[place]),
            int(facts.document[place]),
            int(facts.start[place]),
            int(facts.stop[place]),
        )
        for place in best
    ]
    picked: list[tuple[int, int, int, int, int]] = []
    while left and len(picked) < most:
        voices, documents = {each[1] for each in picked} - {-1}, {each[2] for each in picked}
        taken = min(left, key=lambda each: (each[1] in voices, each[2] in documents))  # the first of the fairest
        picked.append(taken)
        left = [each for each in left if each[2] != taken[2] or each[4] <= taken[3] or each[3] >= taken[4]]
    return [facts.coding_ids[each[0]] for each in sorted(picked)]


def _own(counted: Counted, row: Row, column: Column) -> Ints:
    facts, places = counted.facts, counted.codings(row.code_id, column.value)
    code = next(number for number, each in enumerate(facts.codebook.codes) if each.id == row.code_id)
    own: Ints = places[facts.code[places] == code]
    return own
