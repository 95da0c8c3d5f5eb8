"""A codebook as plain data, to be kept, and read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qualikit.coding.model import Code, Codebook, CodeKind, Position


def snapshot(book: Codebook) -> list[dict[str, Any]]:
    """The codes of a codebook in reading order, each a dict that JSON holds."""
    return [
        {
            "id": code.id,
            "name": code.name,
            "parent_id": code.parent_id,
            "position": code.position,
            "definition": code.definition,
            "use": code.use,
            "avoid": code.avoid,
            "keywords": list(code.keywords),
            "example": code.example,
            "color": code.color,
            "shortcut": code.shortcut,
            "kind": code.kind.value,
            "value": code.value.value if code.value else None,
            "active": code.active,
        }
        for code in book
    ]


def codebook_of(rows: Iterable[Mapping[str, Any]]) -> Codebook:
    """The codebook that :func:`snapshot` was given, without its name."""
    return Codebook.of(
        Code(
            **{
                **row,
                "keywords": tuple(row["keywords"]),
                "kind": CodeKind(row["kind"]),
                "value": Position(row["value"]) if row["value"] else None,
            }
        )
        for row in rows
    )
