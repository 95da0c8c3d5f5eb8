"""The coder on a text of the project, ready for a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from qualikit.coding.model import OperationResult
from qualikit.project import Project
from qualikit.ui import places, state
from qualikit.ui.coder.mount import mount_codings, mount_text
from qualikit.ui.coder.payload import preferences, state_payload, text_payload

LOOK = 3.0  # seconds between two looks at what was done outside the coder (undo in the top line, another tab)
SENT = "qk_coder_sent"


def show(project: Project, document_id: str, *, goto: Mapping[str, Any] | None = None) -> None:
    """Draw the coder, which takes the height left in the window. Call it once on a page, outside any fragment.

    ``goto`` leads to a place: ``{"token": …, "coding": id}`` or ``{"token": …, "start": …, "end": …}`` in code points.
    Raises NotFound.
    """
    version = _version(project, document_id)
    text = state.kept(project, "coder text", lambda: text_payload(project, document_id), document_id)
    mount_text("qk_coder_text", text)
    _codings(project, document_id, text, version, goto)
    _watch(project, document_id, version)


def _version(project: Project, document_id: str) -> str | None:
    document = state.kept(project, "coder document", lambda: project.corpus.document(document_id), document_id)
    return document.text_version_id


def _state(project: Project, document_id: str) -> dict[str, Any]:
    return state.kept(project, "coder state", lambda: state_payload(project, document_id), document_id)


def _draw(
    project: Project, document_id: str, text: Mapping[str, Any], version: str | None, goto: Mapping[str, Any] | None
) -> None:
    if _version(project, document_id) != version:
        # Corrected since: these codings have their places in another text. What waits in the browser goes with it.
        st.rerun()

    def load() -> dict[str, Any]:
        now = _state(project, document_id)
        st.session_state[SENT] = now
        return {**now, "prefs": preferences(project, document_id)}

    def apply(operations: Sequence[Mapping[str, Any]]) -> OperationResult:
        with state.speaking():
            return project.coding.apply(document_id, operations)

    mount_codings("qk_coder_codings", text, load=load, apply=apply, goto=goto, asked=_go)


def _go(what: str, value: str) -> None:
    if what == "codebook":
        places.go("grille", code=value)


def _look(project: Project, document_id: str, version: str | None) -> None:
    """Draw the page again when the text was corrected, or the coder's own work here is no longer what the browser was
    sent.

    Apart from the codings, because a fragment that looks sends all it shows each time, and that is half a megabyte for
    five thousand codings.
    """
    now, sent = _state(project, document_id), st.session_state.get(SENT)
    if _version(project, document_id) != version:
        st.rerun()
    if sent is not None and sent is not now and _work(sent) != _work(now):
        st.rerun()


def _work(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What is worth sending again for: not that others have coded, which moves the uses of codes every few seconds."""
    return {**sent, "rev": 0, "codes": [{**code, "uses": None} for code in sent["codes"]]}


_codings: Callable[..., None] = state.fragment(_draw)
_watch: Callable[..., None] = state.fragment(_look, run_every=LOOK)
