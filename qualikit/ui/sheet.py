"""Values edited as in a sheet: each cell is saved as it is left, and the sheet stays where it is while one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from qualikit.ui import state

Record = Mapping[str, Any]


def sheet(
    key: str,
    records: Sequence[Record],
    columns: Mapping[str, Any],
    save: Callable[[str, dict[str, Any]], Any],
    *,
    revision: int,
    locked: Sequence[str] = (),
    height: int | Literal["auto"] = "auto",
) -> None:
    """Draw records, each with its ``id``, as a sheet. ``columns``: field → Streamlit's column; those not named do not
    show. ``save(id, {field: value})`` is called for each line that was edited; a cell that was emptied gives None.

    The sheet is made anew when the records differ from those it was made with, its own edits apart: made anew at each
    edit it would lose the place where one types.
    """
    import pandas as pd

    held = st.session_state.get(f"{key} held")
    # Not their order: a line that is given another title stays where it is until the sheet is made anew.
    signature = (tuple(columns), frozenset(record["id"] for record in records))
    # A sheet that was away from the page for a while has lost its edits: they are in the records alone.
    away = held is not None and held["done"] and f"{key} {held['generation']}" not in st.session_state
    if held is None or away or held["revision"] != revision or held["signature"] != signature:
        generation = held["generation"] + 1 if held else 0
        held = {
            "revision": revision,
            "signature": signature,
            "generation": generation,
            "records": [dict(record) for record in records],
            "done": {},
        }
        st.session_state[f"{key} held"] = held
    widget = f"{key} {held['generation']}"
    frame = pd.DataFrame(held["records"], columns=["id", *columns]).set_index("id")
    for name in columns:  # a column of nothing but blanks is still one of words
        if frame[name].isna().all() and name not in locked:
            frame[name] = frame[name].astype(object)
    st.data_editor(
        frame,
        key=widget,
        hide_index=True,
        column_config=dict(columns),
        column_order=list(columns),
        disabled=list(locked),
        height=height,
        placeholder="",
        on_change=_save,
        args=(key, widget, save),
    )


def _save(key: str, widget: str, save: Callable[[str, dict[str, Any]], Any]) -> None:
    held = st.session_state[f"{key} held"]
    edits: Mapping[int, Mapping[str, Any]] = st.session_state[widget]["edited_rows"]
    before = len(st.session_state.get("qk_errors", []))
    for line, changes in edits.items():
        done = held["done"].setdefault(line, {})
        fresh = {name: value for name, value in changes.items() if name not in done or done[name] != value}
        if fresh:
            state.act(save, held["records"][line]["id"], fresh)
            done.update(fresh)
    project = state.project()
    refused = len(st.session_state.get("qk_errors", [])) > before
    # Where all went well the sheet already shows it; else it is made anew from what the project holds.
    held["revision"] = None if refused or project is None else project.revision
