"""The theme matrix as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualikit.themes.model import TOTAL, Cell, Column, Row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Matrix:
    """Themes by the values of one dimension. ``cells`` holds every (row.code_id, column.value), the totals' too."""

    dimension: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    total_row: Row
    total_column: Column
    cells: Mapping[tuple[str, str], Cell]

    def cell(self, row: Row | str, column: Column | str = TOTAL) -> Cell:
        """One cell, by code (id or name) and by column (value or label)."""
        raise NotImplementedError

    @property
    def is_empty(self) -> bool:
        """True when no coding is counted."""
        raise NotImplementedError

    @property
    def explanation(self) -> str:
        """What is counted and out of how many, in one paragraph for the reader."""
        raise NotImplementedError

    def to_frame(self, value: str = "codings", *, totals: bool = True) -> pd.DataFrame:
        """Themes × columns of one figure."""
        raise NotImplementedError

    def to_tidy(self) -> pd.DataFrame:
        """One row a cell."""
        raise NotImplementedError

    def to_records(self) -> list[dict[str, Any]]:
        """The tidy table without pandas."""
        raise NotImplementedError
