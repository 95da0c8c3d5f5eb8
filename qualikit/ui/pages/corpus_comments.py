"""The comments in the margin of a file that waits: each with its passage and what it would become, at one's choice."""

from __future__ import annotations

import streamlit as st

from qualikit.coding.exchange.comments import CommentProposal, CommentUse, NamedCode, memo_name, parent_name
from qualikit.corpus.preview import Preview
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import escaped, plain
from qualikit.ui.pages.corpus_incoming import Incoming

LONGEST = 160


def _words(use: CommentUse) -> str:
    return {
        CommentUse.IGNORE: _("Les laisser de côté"),
        CommentUse.CODINGS: _("En faire des codages"),
        CommentUse.MEMOS: _("En faire des mémos"),
    }[use]


def note(one: Incoming) -> None:
    """The line under a file that has comments: how many, and what becomes of them."""
    if one.outline is None or not one.outline.comments:
        return
    count = one.outline.comments
    told = {
        CommentUse.IGNORE: ngettext(
            "{n} commentaire dans la marge, laissé de côté : ouvrez « Voir » pour le reprendre.",
            "{n} commentaires dans la marge, laissés de côté : ouvrez « Voir » pour les reprendre.",
            count,
        ),
        CommentUse.CODINGS: ngettext(
            "{n} commentaire dans la marge, repris en codages.",
            "{n} commentaires dans la marge, repris en codages.",
            count,
        ),
        CommentUse.MEMOS: ngettext(
            "{n} commentaire dans la marge, repris en mémo.", "{n} commentaires dans la marge, repris en mémos.", count
        ),
    }[CommentUse(one.comments)]
    st.html(f'<p class="qk-note">{escaped(told.format(n=count))}</p>')


def show(project: Project, key: str, one: Incoming, preview: Preview) -> None:
    """The choice, and under it every comment."""
    found = preview.read.comments
    if not found:
        return
    heading = ngettext("{n} commentaire dans la marge", "{n} commentaires dans la marge", len(found))
    st.html(f'<div class="qk-column">{escaped(heading.format(n=len(found)))}</div>')
    widget = f"comments {key}"

    def choose() -> None:
        one.comments = st.session_state[widget] or CommentUse.IGNORE

    st.segmented_control(
        _("Commentaires"),
        list(CommentUse),
        default=CommentUse(one.comments),
        format_func=_words,
        key=widget,
        label_visibility="collapsed",
        on_change=choose,
    )
    proposed = project.coding.comment_proposals(found, one.comments, one.same)
    if proposed:
        st.caption(_told(one, proposed))
        _doubts(key, one, proposed)
    shown = proposed or tuple(CommentProposal(comment) for comment in found)
    rows = "".join(_row(preview.text, proposal, bool(proposed)) for proposal in shown)
    names = [_("Auteur"), _("Passage"), _("Commentaire"), *([_("Deviendra")] if proposed else [])]
    head = "".join(f"<th>{escaped(name)}</th>" for name in names)
    with st.container(height=320 if len(found) > 6 else "content", border=False):
        st.html(f'<table class="qk-comments"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')


def _told(one: Incoming, proposed: tuple[CommentProposal, ...]) -> str:
    new = {code.name for proposal in proposed for code in proposal.codes if not code.known} - {memo_name()}
    told = _("Chaque commentaire est au nom de qui l'a écrit. Le document et ses commentaires s'annulent ensemble.")
    if one.comments == CommentUse.CODINGS and new:
        told = (
            ngettext(
                "{n} code n'est pas dans la grille : il sera créé sous « {parent} ».",
                "{n} codes ne sont pas dans la grille : ils seront créés sous « {parent} ».",
                len(new),
            ).format(n=len(new), parent=parent_name())
            + " "
            + told
        )
    return plain(told)


def _doubts(key: str, one: Incoming, proposed: tuple[CommentProposal, ...]) -> None:
    """Names that look like a code of the codebook, with the one click that says they are it."""
    near: dict[str, NamedCode] = {
        code.written: code for proposal in proposed for code in proposal.codes if code.near and not code.known
    }
    for place, (written, code) in enumerate(near.items()):
        doubt = _("« {written} » ressemble au code « {near} ».").format(written=written, near=code.near)
        with st.container(horizontal=True, vertical_alignment="center", key=f"near-{key}-{place}"):
            st.html(f'<p class="qk-note qk-doubt">{escaped(doubt)}</p>', width="content")
            st.button(
                plain(_("C'est le code « {near} »").format(near=code.near)),
                key=f"near {key} {written}",
                type="tertiary",
                on_click=state.act,
                args=(one.same.__setitem__, written, code.near),
            )


def _row(text: str, proposal: CommentProposal, decided: bool) -> str:
    comment = proposal.comment
    passage = _shortened(comment.span.of(text)) if comment.span else ""
    about = f"« {escaped(passage)} »" if passage else f"<em>{escaped(_('sans passage'))}</em>"
    words = escaped(comment.text).replace("\n", "<br>")
    for answer in comment.replies:
        words += f"<br><small>{escaped(answer.author)} : {escaped(answer.text)}</small>"
    if comment.resolved:
        words += f"<br><small>{escaped(_('résolu'))}</small>"
    cells = [escaped(comment.author or "—"), about, words]
    if decided:
        cells.append(_outcome(proposal))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _outcome(proposal: CommentProposal) -> str:
    """What a comment becomes, in a few words."""
    if proposal.comment.span is None:
        return escaped(_("mémo sur le document"))
    parts = []
    for code in proposal.codes:
        new = "" if code.known else f" <small>{escaped(_('nouveau code'))}</small>"
        parts.append(f"<b>{escaped(code.name)}</b>{new}")
    if proposal.memo:
        parts.append(f"<small>{escaped(_('avec un mémo'))}</small>")
    return "<br>".join(parts)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
