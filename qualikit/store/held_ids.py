"""Ids that stand inside JSON values and texts, where no foreign key can lead to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from qualikit.store.schema import HOLDS_IDS, metadata

ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
"""The id of a row, among words."""


def replaced_ids(
    connection: sa.Connection, into: Mapping[str, str]
) -> Iterator[tuple[sa.Table, dict[str, dict[str, Any]]]]:
    """What the columns that hold ids become when the rows ``into`` names (id → id of the row that stays) are one with
    others: each such table with ``{id: {column: value}}``, the rows that change only."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.info.get(HOLDS_IDS):
                changed = {}
                for id, value in connection.execute(sa.select(table.c.id, column)):
                    after = _replaced(value, into) if isinstance(column.type, sa.JSON) else _in_text(value, into)
                    if after != value:
                        changed[id] = {column.name: after}
                yield table, changed


def _replaced(value: Any, into: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return into.get(value, value)
    if isinstance(value, list):
        after = [_replaced(each, into) for each in value]
        return after if after == value else [each for place, each in enumerate(after) if each not in after[:place]]
    return {key: _replaced(each, into) for key, each in value.items()} if isinstance(value, dict) else value


def _in_text(text: str, into: Mapping[str, str]) -> str:
    return ID.sub(lambda match: into.get(match[0], match[0]), text)


def beside_ids(text: str, words: Callable[[str], str]) -> str:
    """What ``words`` makes of a text, whose ids stay as they are: four letters of one may be somebody's name."""
    after = words(text)
    if ID.findall(after) == ID.findall(text):
        return after
    ids = ID.findall(text)
    between = [words(part) for part in ID.split(text)]
    return between[0] + "".join(id + part for id, part in zip(ids, between[1:], strict=True))
