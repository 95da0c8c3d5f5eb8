"""A table before it is saved: what a row is, and what each column holds, chosen beside its first values."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from qualikit.corpus.preview import Preview
from qualikit.corpus.table_layout import Part, Rows, TableLayout, part_label, rows_label
from qualikit.i18n import _, ngettext, number
from qualikit.ui import state
from qualikit.ui.messages import plain

ROW, HEAD = 35, 38
TALLEST = 420
VALUE = 60
"""Characters of a value shown."""


def show(key: str, preview: Preview, change: Callable[[Preview], None]) -> None:
    """Draw the chooser of a table; ``change`` receives the table read by another layout."""
    layout = preview.layout
    assert layout is not None
    tries = f"columns tried {key}"
    widget = f"{key} {st.session_state.get(tries, 0)} {hash(layout)}"

    def take(other: TableLayout) -> None:
        # Whatever comes of it, what is drawn next is what holds: a choice that was refused does not stay on the screen.
        st.session_state[tries] = st.session_state.get(tries, 0) + 1
        if other != layout:
            change(preview.with_layout(other))

    _rows(widget, layout, take)
    _columns(widget, preview, layout, take)
    st.caption(_words(preview, layout))


def _rows(widget: str, layout: TableLayout, take: Callable[[TableLayout], None]) -> None:
    name = f"rows {widget}"
    st.segmented_control(
        _("Une ligne du tableau est"),
        list(Rows),
        default=layout.rows,
        format_func=rows_label,
        key=name,
        required=True,
        on_change=lambda: state.act(lambda: take(layout.with_rows(st.session_state[name]))),
    )


def _columns(widget: str, preview: Preview, layout: TableLayout, take: Callable[[TableLayout], None]) -> None:
    name = f"parts {widget}"
    table = preview.read.table
    assert table is not None
    labels = {part_label(part): part for part in Part}
    frame = pd.DataFrame(
        {
            "column": [column for column, _part in layout.parts],
            "part": [part_label(part) for _column, part in layout.parts],
            "first": [" · ".join(map(_short, table.first(column))) for column, _part in layout.parts],
        }
    )

    def choose() -> None:
        other = layout
        for row, edited in st.session_state[name]["edited_rows"].items():
            other = other.with_part(layout.parts[int(row)][0], labels[edited["part"]])
        take(other)

    st.data_editor(
        frame,
        key=name,
        hide_index=True,
        width="stretch",
        height=min(TALLEST, HEAD + ROW * len(frame)),
        disabled=("column", "first"),
        on_change=lambda: state.act(choose),
        column_config={
            "column": st.column_config.TextColumn(_("Colonne"), width=150),
            "part": st.column_config.SelectboxColumn(
                _("Ce qu'elle tient"), options=list(labels), required=True, width=130
            ),
            "first": st.column_config.TextColumn(_("Ses premières valeurs"), width="large"),
        },
    )


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= VALUE else f"{line[: VALUE - 1]}…"


def _words(preview: Preview, layout: TableLayout) -> str:
    """What the choice comes to, and what else could be chosen."""
    n = preview.documents
    made = ngettext("Ce tableau fait {n} document.", "Ce tableau fait {n} documents.", n).format(n=number(n))
    if layout.rows is Rows.TURNS and layout.column(Part.DOCUMENT) is None:
        made += " " + _("Une colonne « Titre du document » en ferait plusieurs.")
    elif layout.rows is Rows.DOCUMENTS and len(layout.columns(Part.TEXT)) > 1:
        made += " " + _("Chaque colonne de texte y est une réponse, sous le nom de la colonne.")
    return plain(made)
