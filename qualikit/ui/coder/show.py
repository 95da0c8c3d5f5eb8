"""The coder on a text of the project, ready for a page."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import streamlit as st

from qualikit.coding.model import OperationResult
from qualikit.coding.presence import BEAT
from qualikit.errors import StoreError
from qualikit.project import Project
from qualikit.ui import places, state
from qualikit.ui.coder.mount import mount_codings, mount_text
from qualikit.ui.coder.payload import (
    asks_for_others,
    preferences,
    presence_payload,
    state_payload,
    text_payload,
)

LOOK = 3.0  # seconds between two looks at what was done outside the coder (undo in the top line, another tab)
SENT = "qk_coder_sent"
SEEN = "qk_coder_seen"
"""In the session: who else the browser was told is here."""
SIGN = "qk_coder_sign"
"""In the session: the last sign of life, and of which document."""


def show(
    project: Project,
    document_id: str,
    *,
    goto: Mapping[str, Any] | None = None,
    beside: Sequence[str | None] = (None, None),
    turn: Callable[[int], None] | None = None,
    meanwhile: Callable[[], None] = lambda: None,
    suggest: Callable[[int, int], None] = lambda start, stop: None,
) -> None:
    """Draw the coder, which takes the height left in the window. Call it once on a page, outside any fragment.

    ``goto`` leads to a place: ``{"token": …, "coding": id}`` or ``{"token": …, "start": …, "end": …}`` in code points;
    its ``find`` brings words to look for. ``beside`` names the documents before and after this one; ``turn(-1)`` and
    ``turn(1)`` open them; ``meanwhile`` is called now and then while the page stands; ``suggest(start, stop)`` when
    suggestions are asked for on a part of the text. Raises NotFound.
    """
    version = _version(project, document_id)
    text = state.kept(project, "coder text", lambda: text_payload(project, document_id), document_id)
    mount_text("qk_coder_text", {**text, "beside": list(beside)}, turn=turn)
    _codings(project, document_id, text, version, goto, suggest)
    _watch(project, document_id, version, meanwhile)


def _version(project: Project, document_id: str) -> str | None:
    document = state.kept(project, "coder document", lambda: project.corpus.document(document_id), document_id)
    return document.text_version_id


def _state(project: Project, document_id: str) -> dict[str, Any]:
    # What a coder asked to see is not part of the revision: it names what is kept.
    asked = asks_for_others(project)
    return state.kept(project, "coder state", lambda: state_payload(project, document_id, asked), document_id, asked)


def _be_here(project: Project, document_id: str) -> None:
    """A sign of life now and then. One that cannot be written is no reason to keep anybody from their work."""
    coder, document, at = st.session_state.get(SIGN, ("", "", 0.0))
    if (coder, document) != (project.coder, document_id) or time.monotonic() - at >= BEAT:
        st.session_state[SIGN] = (project.coder, document_id, time.monotonic())
        with suppress(StoreError):
            project.coding.be_here(document_id)


def _who(presence: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    return [(each["coder"], each["document"]) for each in presence]


def _draw(
    project: Project,
    document_id: str,
    text: Mapping[str, Any],
    version: str | None,
    goto: Mapping[str, Any] | None,
    suggest: Callable[[int, int], None],
) -> None:
    if _version(project, document_id) != version:
        # Corrected since: these codings have their places in another text. What waits in the browser goes with it.
        st.rerun()

    def load() -> dict[str, Any]:
        now = _state(project, document_id)
        st.session_state[SENT] = now
        presence = presence_payload(project)
        st.session_state[SEEN] = _who(presence)
        return {**now, "presence": presence, "prefs": preferences(project, document_id)}

    def apply(operations: Sequence[Mapping[str, Any]]) -> OperationResult:
        with state.speaking():
            return project.coding.apply(document_id, operations)

    mount_codings("qk_coder_codings", text, load=load, apply=apply, goto=goto, asked=partial(_go, document_id, suggest))


def _go(document_id: str, suggest: Callable[[int, int], None], what: str, value: str) -> None:
    if what == "codebook":
        places.go("grille", code=value)
    start, _dash, stop = value.partition("-")
    if not (start.isdigit() and stop.isdigit()):
        return
    if what == "alike":
        places.go("assistance", partie="semblables", document=document_id, debut=start, fin=stop)
    if what == "suggest":
        suggest(int(start), int(stop))


def _look(project: Project, document_id: str, version: str | None, meanwhile: Callable[[], None]) -> None:
    """Draw the page again when the text was corrected, when the coder's own work here is no longer what the browser was
    sent, or when somebody came or went.

    Apart from the codings, because a fragment that looks sends all it shows each time, and that is half a megabyte for
    five thousand codings.
    """
    _be_here(project, document_id)
    meanwhile()
    now, sent = _state(project, document_id), st.session_state.get(SENT)
    if _version(project, document_id) != version:
        st.rerun()
    if sent is not None and sent is not now and _work(sent) != _work(now):
        st.rerun()
    if _who(presence_payload(project)) != st.session_state.get(SEEN, []):
        st.rerun()


def _work(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What is worth sending again for: not that others have coded, which moves the uses of codes every few seconds."""
    return {**sent, "rev": 0, "codes": [{**code, "uses": None} for code in sent["codes"]]}


_codings: Callable[..., None] = state.fragment(_draw)
_watch: Callable[..., None] = state.fragment(_look, run_every=LOOK)
