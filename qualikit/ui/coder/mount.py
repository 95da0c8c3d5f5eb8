"""The two mounts of the browser coder, and the outbox that comes back from it.

The text is mounted outside any fragment and sent once; the codings are mounted inside ``st.fragment`` and sent whole
after every change. Both are the same component: they meet in the browser under ``docKey``. What Python sends and
receives counts in code points; see docs/coder.md for the messages.
"""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from qualikit.coding.model import OperationResult
from qualikit.errors import QualikitError
from qualikit.i18n import _
from qualikit.ui.coder.registration import Renderer, renderer

VERSION = 1
EPOCH = uuid.uuid4().hex
"""Names this run of the server: a browser that sees another one sends again what was in flight."""

log = logging.getLogger("qualikit")

Payload = Mapping[str, Any]


def mount_text(key: str, document: Payload, *, turn: Callable[[int], None] | None = None) -> None:
    """Mount the page of the coder. ``document`` is what :func:`qualikit.ui.coder.payload.text_payload` makes.

    ``turn(1)`` opens the document after this one, ``turn(-1)`` the one before; called when their keys are pressed.
    """
    widget = _widget(key, document)

    def asked() -> None:
        sent = st.session_state.get(widget)
        step = sent.get("open") if isinstance(sent, Mapping) else None
        if turn is not None and step in (1, -1):
            turn(step)

    renderer()(key=widget, data={"v": VERSION, "kind": "text", **document}, on_open_change=asked)


def mount_codings(
    key: str,
    document: Payload,
    *,
    load: Callable[[], Payload],
    apply: Callable[[Sequence[Mapping[str, Any]]], OperationResult],
    goto: Payload | None = None,
    asked: Callable[[str, str], None] = lambda what, value: None,
) -> bool:
    """Mount the codings of the text mounted with ``document``; inside ``st.fragment``. True when operations came in.

    ``load()`` gives the whole state (see :func:`qualikit.ui.coder.payload.state_payload`), and is called after
    ``apply`` has made durable what the browser sent. ``goto`` (``{token, coding}`` or ``{token, start, end}``) leads
    the reader to a place, once for each token. ``asked(what, value)`` is called once for what the browser asks that is
    no work to be saved: ``("codebook", code id)`` to see a code in the codebook.

    """
    widget = _widget(key, document)
    state = {"kind": "codings", "docKey": document["docKey"], "goto": goto}
    worked, result = mount_outbox(widget, state, load=load, apply=apply, mount=renderer())
    _answer(widget, result, asked)
    return worked


def mount_outbox(
    widget: str,
    state: Payload,
    *,
    load: Callable[[], Payload],
    apply: Callable[[Sequence[Mapping[str, Any]]], OperationResult],
    mount: Renderer,
    **callbacks: Callable[[], None],
) -> tuple[bool, Any]:
    """Mount what sends operations through an outbox; inside ``st.fragment``. True when operations came in, and what
    the component gave. ``load()``, called once they are durable, adds to the ``state`` that the browser is sent.

    The callback is only a fast path: a browser that comes back to a server started again re-sends its state and no
    callback runs, so the outbox is read after mounting too. Operations are decided once by their uuid, wherever they
    come through.
    """
    desk = _Desk(widget, apply)
    desk.settle(_sent(st.session_state.get(widget)))
    whole = {"v": VERSION, "epoch": EPOCH, **state, **load(), **desk.answers()}

    def sent() -> None:
        desk.settle(_sent(st.session_state.get(widget)))

    result = mount(key=widget, data=whole, on_outbox_change=sent, **callbacks)
    if not desk.trouble and desk.settle(_sent(result)):
        _again()
    return desk.worked, result


def _answer(widget: str, result: Any, asked: Callable[[str, str], None]) -> None:
    found = result.get("asked") if isinstance(result, Mapping) else None
    if not isinstance(found, Mapping):
        return
    what, value, token = (found.get(name) for name in ("what", "value", "token"))
    name = f"qk_asked_{widget}"
    # A browser that finds the server started again sends its state again: what was asked of the one before is old.
    ours = isinstance(token, str) and token.startswith(f"{EPOCH}:")
    if isinstance(what, str) and isinstance(value, str) and ours and token != st.session_state.get(name):
        st.session_state[name] = token
        asked(what, value)


class _Desk:
    """Where one mount's operations are decided. The answers to those that the browser still sends are kept."""

    def __init__(self, widget: str, apply: Callable[[Sequence[Mapping[str, Any]]], OperationResult]) -> None:
        self._name = f"qk_answers_{widget}"
        self._apply = apply
        self.trouble = ""
        self.worked = False

    def settle(self, outbox: Sequence[Mapping[str, Any]]) -> bool:
        """Apply what was not yet; True when there was any."""
        known: dict[str, str | None] = st.session_state.get(self._name, {})
        fresh = [operation for operation in outbox if operation["uuid"] not in known]
        if fresh:
            try:
                result = self._apply(fresh)
            except QualikitError as error:
                self._leave_trouble(str(error))
                return False
            except Exception:
                log.exception("operations of the coder could not be applied")
                self._leave_trouble(_("Une erreur imprévue empêche d'enregistrer ; ce que vous faites est gardé ici."))
                return False
            known = {**known, **dict.fromkeys(result.acked), **{no.uuid: no.reason for no in result.refused}}
            self.worked = True
        if outbox:
            sent = {operation["uuid"] for operation in outbox}
            st.session_state[self._name] = {uuid: answer for uuid, answer in known.items() if uuid in sent}
        return bool(fresh)

    def answers(self) -> dict[str, Any]:
        """``acked``, ``refused`` and ``trouble`` for the browser."""
        known: dict[str, str | None] = st.session_state.get(self._name, {})
        return {
            "acked": [uuid for uuid, reason in known.items() if reason is None],
            "refused": [{"uuid": uuid, "reason": reason} for uuid, reason in known.items() if reason is not None],
            "trouble": self.trouble,
        }

    def _leave_trouble(self, sentence: str) -> None:
        """Nothing was decided: the browser keeps its operations, says why, and sends them again later."""
        self.trouble = sentence


def _sent(state: Any) -> list[Mapping[str, Any]]:
    """The outbox in a component's state, whatever a browser may have put there."""
    outbox = state.get("outbox") if isinstance(state, Mapping) else None
    if not isinstance(outbox, list):
        return []
    return [each for each in outbox if isinstance(each, Mapping) and isinstance(each.get("uuid"), str)]


def _widget(key: str, document: Payload) -> str:
    return f"{key}_{hashlib.sha256(document['docKey'].encode()).hexdigest()[:16]}"


def _again() -> None:
    """Draw once more, so that the browser gets its answer: the fragment where it runs alone, else the page."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()
