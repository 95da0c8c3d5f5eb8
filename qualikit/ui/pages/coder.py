"""The page Coder: one document, read and coded; the others a key away."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import streamlit as st

from qualikit.corpus.queries import DocumentSummary
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import coder as browser
from qualikit.ui import places, state
from qualikit.ui.messages import empty
from qualikit.ui.pages import coder_suggest, projet_choice

CHOSEN = "coder_document"
GOTO = "coder_goto"
RETURN = "coder_return"


def show(project: Project) -> None:
    """Draw the page."""
    documents = state.kept(project, "documents", project.corpus.documents)
    if not documents:
        _without_documents()
        return
    if not project.coding.codebook:
        _without_codes()
        return
    _follow_address(documents)
    chosen = _chosen(project, documents)
    _document_line(project, documents, chosen)
    st.query_params["document"] = chosen.id
    if project.preference("coder.document") != chosen.id:
        project.set_preference("coder.document", chosen.id)
    goto = st.session_state.get(GOTO)
    place = documents.index(chosen)
    before, after = [documents[other] if 0 <= other < len(documents) else None for other in (place - 1, place + 1)]
    browser.show(
        project,
        chosen.id,
        goto=goto if goto and goto["document"] == chosen.id else None,
        beside=[document.title if document else None for document in (before, after)],
        meanwhile=lambda: coder_suggest.learn(project, chosen.id),
        suggest=lambda start, stop: coder_suggest.on_screen(project, chosen.id, start, stop),
        turn=lambda step: _read(other.id) if (other := after if step > 0 else before) else None,
    )


def _without_documents() -> None:
    with empty(
        _("Rien à coder encore"),
        _(
            "Ici se lisent et se codent les documents : vous sélectionnez un passage, une touche pose un code. "
            "Il faut d'abord au moins un document."
        ),
        icon="ink_highlighter",
        key="coder",
    ):
        if st.button(_("Importer des documents"), type="primary", key="import_documents"):
            places.go("corpus")
        projet_choice.sample_button("coder_sample")


def _without_codes() -> None:
    with empty(
        _("Il manque une grille"),
        _(
            "Les documents sont là ; il reste à dire ce que vous y cherchez. "
            "Une grille faite pour l'évaluation est livrée : vous la changerez au fil de la lecture."
        ),
        icon="account_tree",
        key="coder",
    ):
        if st.button(_("Préparer la grille"), type="primary", key="prepare_codebook"):
            places.go("grille")
        projet_choice.sample_button("coder_sample")


def _follow_address(documents: Sequence[DocumentSummary]) -> None:
    """Open what the address of the page asks for: a document, a place in it, the page to go back to."""
    asked = places.asked("document")
    if asked and any(document.id == asked for document in documents):
        st.session_state[CHOSEN] = asked
    start, stop = places.asked("debut"), places.asked("fin")
    if asked and start and stop and start.isdigit() and stop.isdigit():
        st.session_state[GOTO] = {
            "token": uuid.uuid4().hex,
            "document": asked,
            "start": int(start),
            "end": int(stop),
            "find": places.asked("mots"),
        }
        st.session_state[RETURN] = places.asked("retour")
    for name in ("debut", "fin", "retour", "mots"):
        st.query_params.pop(name, None)


def _chosen(project: Project, documents: Sequence[DocumentSummary]) -> DocumentSummary:
    """The document asked for, else the one read last, else the first."""
    known = {document.id: document for document in documents}
    wanted = st.session_state.get(CHOSEN)
    if wanted not in known:
        wanted = project.preference("coder.document")
    if wanted not in known:
        wanted = documents[0].id
    st.session_state[CHOSEN] = wanted
    return known[wanted]


def _document_line(project: Project, documents: Sequence[DocumentSummary], chosen: DocumentSummary) -> None:
    ids = [document.id for document in documents]
    titles = {document.id: document.title for document in documents}
    place = ids.index(chosen.id)
    with st.container(key="coder-line", horizontal=True, vertical_alignment="center", gap="small"):
        back = {
            "matrice": _("Retour aux passages"),
            "syntheses": _("Retour à la synthèse"),
            "chercher": _("Retour aux résultats"),
            "lire": _("Retour aux passages lus"),
            "territoires": _("Retour à la comparaison"),
            "corpus": _("Retour au guide"),
            "consensus": _("Retour à la grille de consensus"),
            "assistance": _("Retour à l'assistance"),
        }
        page = st.session_state.get(RETURN)
        if page in back and st.button(back[page], key=f"back_to_{page}", icon=":material/arrow_back:", type="tertiary"):
            st.session_state.pop(RETURN)
            places.go(page)
        _step(-1, ids, place, ":material/chevron_left:", _("Document précédent"))
        widget = f"coder select {chosen.id}"
        st.selectbox(
            _("Document"),
            ids,
            index=place,
            format_func=lambda id: titles.get(id, ""),
            key=widget,
            label_visibility="collapsed",
            on_change=lambda: _read(st.session_state[widget]),
        )
        _step(1, ids, place, ":material/chevron_right:", _("Document suivant"))
        st.html(
            f'<div class="qk-quiet">{_("{n} sur {total}").format(n=place + 1, total=len(ids))}</div>', width="content"
        )
        coder_suggest.show(project, chosen.id)


def _step(step: int, ids: Sequence[str], place: int, icon: str, words: str) -> None:
    there = 0 <= place + step < len(ids)
    st.button(
        words,
        icon=icon,
        key="previous_document" if step < 0 else "next_document",
        help=words,
        disabled=not there,
        type="tertiary",
        on_click=_read,
        args=(ids[place + step] if there else ids[place],),
    )


def _read(id: str | None) -> None:
    if id is not None:
        st.session_state[CHOSEN] = id
        st.session_state.pop(GOTO, None)
        st.query_params["document"] = id
