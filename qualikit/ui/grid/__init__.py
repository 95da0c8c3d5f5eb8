"""A table whose cells are buttons: rows that fold like a tree, headers that stay in sight, tint for intensity.

Streamlit's own tables are painted on a canvas, where a screen reader, a tree and two figures in a cell have no place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from qualikit.i18n import _

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class GridRow:
    """A line: ``parent`` is the key of the line it folds under, ``color`` a swatch before its name."""

    key: str
    label: str
    depth: int = 0
    parent: str | None = None
    color: str | None = None
    title: str = ""
    total: bool = False


@dataclass(frozen=True)
class GridColumn:
    """A column; ``sub`` is a second line under its name, such as its denominator."""

    key: str
    label: str
    sub: str = ""
    total: bool = False
    text: bool = False
    """Its cells are words, not figures: aligned to the left."""
    centred: bool = False


@dataclass(frozen=True)
class GridCell:
    """``main`` is the figure, ``sub`` what stands under it, ``tint`` from 0 to 1, ``title`` said in full on hovering.
    ``sort`` is what the column is sorted by. A cell that is not ``live`` cannot be clicked. ``tone`` is the colour of
    the tint, the theme's own if none is named."""

    main: str
    sub: str = ""
    tint: float = 0.0
    title: str = ""
    sort: float | str = 0.0
    marks: str = ""
    live: bool = True
    tone: Literal["", "agree", "disagree", "torn"] = ""


_component = st.components.v2.component(
    "qualikit_grid",
    html='<div class="grid"></div>',
    css=(_HERE / "grid.css").read_text("utf-8"),
    js=(_HERE / "grid.js").read_text("utf-8"),
)


def grid(
    rows: Sequence[GridRow],
    columns: Sequence[GridColumn],
    cells: Mapping[tuple[str, str], GridCell],
    *,
    key: str,
    corner: str = "",
    picked: tuple[str, str] | None = None,
    height: str | None = None,
    caption: str = "",
    under: str = "",
    nothing: str = "",
) -> tuple[str, str] | None:
    """Draw the table; the (row, column) of a cell clicked since the last drawing, or None.

    ``picked`` is the cell drawn as chosen; ``height``, a CSS length, makes the table scroll under its headers;
    ``under`` is a second line below the corner's word; ``nothing`` is said on hovering a cell that is not given.
    """
    result = _component(
        data={
            "corner": corner,
            "under": under,
            "nothing": nothing,
            "caption": caption,
            "rows": [asdict(row) for row in rows],
            "columns": [asdict(column) for column in columns],
            "cells": [[_cell(cells.get((row.key, column.key))) for column in columns] for row in rows],
            "picked": list(picked) if picked else None,
            "height": height,
            "words": {
                "fold": _("Replier"),
                "unfold": _("Déplier"),
                "sort": _("Trier"),
                "copy": _("Copier le tableau"),
                "copied": _("Copié"),
                "fold_all": _("Tout replier"),
                "unfold_all": _("Tout déplier"),
            },
        },
        key=key,
        on_clicked_change=lambda: None,
    )
    # A click carries its moment: what was handled once is not handled again when the page is redrawn.
    clicked: Any = result.get("clicked")
    seen = f"{key} seen"
    if not clicked or st.session_state.get(seen) == clicked["at"]:
        return None
    st.session_state[seen] = clicked["at"]
    return str(clicked["row"]), str(clicked["column"])


def _cell(cell: GridCell | None) -> dict[str, Any] | None:
    return asdict(cell) if cell is not None else None
