"""Hits as a concordance: one line each, aligned on what was found, with a box to tick and the passage a click away."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from qualikit.corpus.search.concordance import on_one_line
from qualikit.corpus.search.hits import Hit
from qualikit.i18n import _

_HERE = Path(__file__).parent

_component = st.components.v2.component(
    "qualikit_concordance",
    html='<div class="concordance"></div>',
    css=(_HERE / "concordance.css").read_text("utf-8"),
    js=(_HERE / "concordance.js").read_text("utf-8"),
)


def hit_key(hit: Hit) -> str:
    """Names a hit in the page."""
    return f"{hit.document} {hit.start}"


def concordance(
    hits: Sequence[Hit], *, page: str, ticked: Collection[str], key: str
) -> tuple[set[str] | None, str | None]:
    """Draw the lines. What is ticked among them if that changed since the last drawing, and the line clicked, by key.

    ``page`` tells these hits from others; ``ticked``: keys of those that are ticked already.
    """
    result = _component(
        data={
            "page": page,
            "ticked": [hit_key(hit) for hit in hits if hit_key(hit) in ticked],
            "rows": [_row(hit) for hit in hits],
            "words": {
                "all": _("Tout cocher sur cette page"),
                "tick": _("Cocher"),
                "open": _("Ouvrir ce passage dans le texte"),
                "before": _("Avant"),
                "found": _("Trouvé, et la suite"),
                "who": _("Qui parle"),
                "document": _("Document"),
                "territory": _("Territoire"),
                "caption": _("Résultats de la recherche"),
            },
        },
        key=key,
        on_ticked_change=lambda: None,
        on_opened_change=lambda: None,
    )
    change = _fresh(result.get("ticked"), f"{key} ticked")
    click = _fresh(result.get("opened"), f"{key} opened")
    now = {str(name) for name in change["keys"]} if change and change.get("page") == page else None
    return now, str(click["key"]) if click else None


def _fresh(sent: Any, seen: str) -> Mapping[str, Any] | None:
    """What the browser sent, once: it carries its moment, and stays in the component's state."""
    if not sent or st.session_state.get(seen) == sent["at"]:
        return None
    st.session_state[seen] = sent["at"]
    found: Mapping[str, Any] = sent
    return found


def _row(hit: Hit) -> dict[str, str]:
    return {
        "key": hit_key(hit),
        "left": on_one_line(hit.left).lstrip(),
        "match": on_one_line(hit.match),
        "right": on_one_line(hit.right).rstrip(),
        "who": hit.speaker or "",
        "document": hit.title,
        "territory": hit.territory or "",
    }
