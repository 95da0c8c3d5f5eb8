"""A text that cites passages, in the browser: written, saved as it is written, with its citations as numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from qualikit.i18n import _, language, ngettext

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Card:
    """A passage as it can be cited. ``ids``: the codings that stand at its place, the first of which is cited;
    ``later``: it came after the text was validated."""

    ids: tuple[str, ...]
    quote: str
    source: str
    document: str
    start: int
    stop: int
    more: str = ""
    memos: tuple[str, ...] = ()
    later: bool = False


@dataclass(frozen=True)
class Sent:
    """What the browser wants saved: a text, in the place of ``base``. ``n`` names it in the answer."""

    n: str
    text: str
    base: str


# Not isolated in a shadow root: what a writer selects is known in the page's tree only.
_component = st.components.v2.component(
    "qualikit_writing",
    html='<div class="qkw"></div>',
    css=(_HERE / "writing.css").read_text("utf-8"),
    js=(_HERE / "writing.js").read_text("utf-8"),
    isolate_styles=False,
)


def writing(
    cards: Sequence[Card],
    others: Sequence[Card],
    *,
    doc: str,
    epoch: int,
    run: str,
    text: str,
    saved: str,
    answer: Mapping[str, Any] | None,
    alone: bool,
    key: str,
    on_sent: Callable[[], None],
) -> Any:
    """Draw it; what the component gives, for :func:`sent` and :func:`opened`.

    ``doc`` names the text and its writer; another ``epoch`` of it is opened anew, without what was not saved; ``run``
    names this run of the server. ``cards`` can be cited; ``others`` are cited already. ``alone``: without the list of
    passages. ``answer``: ``n`` of the last text decided, and why it was refused.
    """
    return _component(
        key=key,
        data={
            "doc": doc,
            "epoch": epoch,
            "run": run,
            "text": text,
            "saved": saved,
            "answer": answer,
            "alone": alone,
            "passages": [_card(card) for card in cards],
            "others": [_card(card) for card in others],
            "places": {id: card.ids[0] for card in (*others, *cards) for id in card.ids},
            "words": _words(),
        },
        on_written_change=on_sent,
        on_opened_change=lambda: None,
    )


def sent(state: Any, doc: str, run: str) -> Sent | None:
    """The text that the browser wants saved, whatever it may have sent; None where that is nothing for ``doc``. What
    was sent to a server that ran before is not taken: the browser sends again what nobody answered."""
    found = state.get("written") if isinstance(state, Mapping) else None
    if not isinstance(found, Mapping) or (found.get("doc"), found.get("run")) != (doc, run):
        return None
    n, text, base = (found.get(name) for name in ("n", "text", "base"))
    return Sent(n, text, base) if isinstance(n, str) and isinstance(text, str) and isinstance(base, str) else None


def opened(state: Any, seen: str) -> tuple[str, int, int] | None:
    """The place of the passage that is to be shown in its text, once; ``seen`` remembers it in the session."""
    found = state.get("opened") if isinstance(state, Mapping) else None
    if not isinstance(found, Mapping) or st.session_state.get(seen) == found.get("at"):
        return None
    st.session_state[seen] = found.get("at")
    document, start, stop = (found.get(name) for name in ("document", "start", "stop"))
    if isinstance(document, str) and isinstance(start, int) and isinstance(stop, int):
        return document, start, stop
    return None


def _card(card: Card) -> dict[str, Any]:
    return {
        "id": card.ids[0],
        "place": card.ids[0],
        "quote": card.quote,
        "source": card.source,
        "more": card.more,
        "memos": list(card.memos),
        "later": card.later,
        "document": card.document,
        "start": card.start,
        "stop": card.stop,
    }


def _words() -> dict[str, str]:
    return {
        "lang": language(),
        "text": _("Synthèse"),
        "hint": _("Ce qu'il faut en retenir, en quelques phrases. Le texte s'enregistre à mesure que vous écrivez."),
        "passages": _("Passages"),
        "notes": _("Références"),
        "one": ngettext("{n} extrait", "{n} extraits", 1),
        "many": ngettext("{n} extrait", "{n} extraits", 2),
        "filter": _("Chercher dans les passages"),
        "cite": _("Citer"),
        "open": _("Voir dans le texte"),
        "later": _("depuis la validation"),
        "broken": _("Ce passage n'est plus dans le projet."),
        "keys": _("Citer : Alt+↑ ↓ choisit un passage, Alt+Entrée le cite ; ou faites-le glisser dans le texte."),
        "saving": _("Enregistrement…"),
        "waiting": _("Pas encore enregistré…"),
    }
