"""Positions that an assistant proposes where a cell has its passages."""

from __future__ import annotations

import sqlalchemy as sa

from qualikit.coding.queries import codebook
from qualikit.coding.suggestions import Status, Suggestion, of_coder
from qualikit.themes.consensus.model import Cell
from qualikit.themes.consensus.reading import Group
from qualikit.themes.consensus.stances import is_position


def proposals(connection: sa.Connection, coder: str, group: Group, cell: Cell) -> list[Suggestion]:
    """Suggestions of codes of positions that wait for this coder in the turns where the participant speaks of the
    theme, in the order of the text."""
    book = codebook(connection)
    positions = {code.id for code in book if is_position(code)}
    turns = {support.speech for support in cell.supports}
    return [
        each
        for each in (of_coder(connection, coder, group.id) if turns else ())
        if each.status is Status.PENDING
        and each.code_id in positions
        and any(start <= each.start and each.stop <= stop for start, stop in turns)
    ]
