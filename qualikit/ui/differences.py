"""What changes in a text, drawn: words that go and words that come, told apart by signs as well as by tints."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.corpus.correction import Correction, Fate, Passage, Piece
from qualikit.i18n import _, ngettext
from qualikit.ui.messages import escaped

FIRST = 60
"""Passages drawn at once; nobody reads more, and a whole corpus renamed has thousands."""


def show(passages: Sequence[Passage], *, key: str) -> None:
    """Draw the passages that change, in a column that scrolls."""
    if not passages:
        return
    with st.container(height=360 if len(passages) > 4 else "content", key=f"differences-{key}"):
        rows = "".join(_passage(passage) for passage in passages[:FIRST])
        st.html(f'<div class="qk-transcript qk-differences">{rows}</div>')
        left = len(passages) - FIRST
        if left > 0:
            st.caption(ngettext("Et {n} autre endroit.", "Et {n} autres endroits.", left).format(n=left))


def _passage(passage: Passage) -> str:
    words = "".join(_piece(piece) for piece in passage.pieces)
    return (
        f'<div class="qk-turn"><div class="qk-who">{escaped(passage.speaker or "–")}</div>'
        f'<p title="{escaped(_("Tour de parole {n}").format(n=passage.turn + 1))}">{words}</p></div>'
    )


def _piece(piece: Piece) -> str:
    if piece.kind == "same":
        return escaped(piece.text).replace("\n", "<br>")
    text = escaped(piece.text).replace("\n", "↵<br>") if piece.text.strip() else _blank(piece.text)
    tag, sign = ("del", "−") if piece.kind == "out" else ("ins", "+")
    # The joiner keeps the sign on the line of the words it stands for.
    return f'<{tag}><span aria-hidden="true">{sign}</span>\u2060{text}</{tag}>'


def _blank(text: str) -> str:
    """White space that one sees."""
    return escaped(text.replace(" ", "␣").replace("\u00a0", "⍽").replace("\n", "↵"))


def consequences(made: Correction) -> None:
    """What becomes of the codings and of the turns, in sentences; those set aside one by one."""
    kept, changed, aside = (made.count(fate) for fate in (Fate.KEPT, Fate.CHANGED, Fate.ASIDE))
    said = []
    if made.reviewed:
        follow = ngettext("{n} codage suit ses mots", "{n} codages suivent leurs mots", kept + changed)
        said.append(follow.format(n=kept + changed))
        if changed:
            said[-1] += " " + ngettext("(dont {n} corrigé)", "(dont {n} corrigés)", changed).format(n=changed)
        gone = ngettext("{n} sera mis de côté, à revoir", "{n} seront mis de côté, à revoir", aside).format(n=aside)
        said.append(gone if aside else _("aucun n'est mis de côté"))
    else:
        said.append(_("Aucun codage ne porte sur ce texte"))
    sentences = [", ".join(said)]
    turns = len(made.turns) - len(made.turns_before)
    if turns > 0:
        sentences.append(ngettext("{n} tour de parole de plus", "{n} tours de parole de plus", turns).format(n=turns))
    elif turns:
        sentences.append(
            ngettext("{n} tour de parole de moins", "{n} tours de parole de moins", -turns).format(n=-turns)
        )
    if made.speakers_changed:
        n = made.speakers_changed
        sentences.append(
            ngettext("{n} tour de parole change de voix", "{n} tours de parole changent de voix", n).format(n=n)
        )
    st.html(f'<p class="qk-consequences">{escaped(". ".join(sentences))}.</p>')
    if aside:
        rows = "".join(
            f'<p class="qk-note qk-doubt">« {escaped(" ".join(each.quote.split()))} » '
            f'<span class="qk-quiet">{escaped(", ".join(each.names))}</span></p>'
            for each in made.with_fate(Fate.ASIDE)
        )
        with st.container(height=150 if aside > 4 else "content"):
            st.html(rows)
