"""A codebook as plain data, to be kept, and read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qualikit.coding.codebooks.merge import row_of
from qualikit.coding.model import Code, Codebook, CodeKind, Position


def snapshot(book: Codebook) -> list[dict[str, Any]]:
    """The codes of a codebook in reading order, each a dict that JSON holds."""
    return [{name: value for name, value in row_of(code).items() if name != "folded"} for code in book]


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
