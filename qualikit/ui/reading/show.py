"""The list of passages, ready for a page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from qualikit.coding.model import OperationResult
from qualikit.project import Project
from qualikit.ui import places, state
from qualikit.ui.coder.mount import mount_outbox
from qualikit.ui.coder.registration import READING, renderer
from qualikit.ui.reading.payload import SIZE, Outline, codes_payload, list_payload, rows_payload

PLACE = "lire_place"
"""Where the reader was in the list when a passage was opened in its text."""


def show(project: Project, listed: Outline) -> None:
    """Draw the list, which takes the height left in the window. Call it outside any fragment."""
    data = list_payload(project, listed, at=st.session_state.get(PLACE, 0))
    renderer(READING)(key=f"qk_reading_{listed.token}", data=data)
    _feed(project, listed, data["docKey"])


def _draw(project: Project, listed: Outline, key: str) -> None:
    widget = f"qk_reading_feed_{listed.token}"
    at = int(st.session_state.get(PLACE, 0))
    pages = _pages(st.session_state.get(widget)) or (max(0, at - 8) // SIZE, (at + 16) // SIZE)

    def load() -> dict[str, Any]:
        book = project.coding.codebook
        codes = codes_payload(book)
        undo, redo = project.history.next()
        return {
            "rows": rows_payload(listed, pages),
            "codes": codes,
            "codesKey": hashlib.sha256(repr(codes).encode()).hexdigest()[:16],
            "history": {"undo": undo, "redo": redo},
        }

    def apply(operations: Sequence[Mapping[str, Any]]) -> OperationResult:
        with state.speaking():
            return project.themes.apply(operations)

    _worked, result = mount_outbox(
        widget,
        {"kind": "feed", "docKey": key},
        load=load,
        apply=apply,
        mount=renderer(READING),
        on_want_change=lambda: None,
        on_opened_change=lambda: None,
    )
    _go(result)


def _go(result: Any) -> None:
    """Follow a passage to its place in the text, once."""
    opened = result.get("opened") if isinstance(result, Mapping) else None
    if not isinstance(opened, Mapping) or st.session_state.get("lire_opened") == opened.get("at"):
        return
    st.session_state["lire_opened"] = opened.get("at")
    document, start, stop = (opened.get(name) for name in ("document", "start", "stop"))
    if isinstance(document, str) and isinstance(start, int) and isinstance(stop, int):
        st.session_state[PLACE] = opened["place"] if isinstance(opened.get("place"), int) else 0
        if opened.get("to") == "alike":
            places.go("assistance", partie="semblables", document=document, debut=str(start), fin=str(stop))
        places.go("coder", document=document, debut=str(start), fin=str(stop), retour="lire")


def _pages(sent: Any) -> tuple[int, int] | None:
    """The pages that the browser asks for, whatever it may have sent; None where that makes no sense."""
    want = sent.get("want") if isinstance(sent, Mapping) else None
    pages = want.get("pages") if isinstance(want, Mapping) else None
    if isinstance(pages, list) and len(pages) == 2 and all(type(each) is int and 0 <= each < 10**6 for each in pages):
        return pages[0], max(pages)
    return None


_feed: Callable[..., None] = state.fragment(_draw)
