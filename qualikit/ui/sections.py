"""The sections of a page: one at a time, chosen at its head or by its address (``?partie=``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from qualikit.ui import places


def choose(key: str, label: str, names: Mapping[str, str], *, first_by: Iterable[str] = ()) -> str:
    """Draw the choice of a section, and give the one that is shown; the first of ``names`` unless told otherwise.

    ``names``: the section in the address → its name for the user. ``key`` holds the choice in the session. An address
    that asks for one of ``first_by`` (a document, a code) means the first section, where that is shown.
    """
    first = next(iter(names))
    asked = places.asked("partie")
    if asked is None and any(places.asked(name) for name in first_by):
        asked = first
    if asked in names:
        st.session_state[key] = asked
    st.query_params.pop("partie", None)
    if st.session_state.get(key) not in names:  # none yet, or one that a rerun forgot
        st.session_state[key] = first
    return str(
        st.segmented_control(
            label,
            list(names),
            format_func=names.__getitem__,
            required=True,
            key=key,
            persist_state="session",
            label_visibility="collapsed",
        )
    )
