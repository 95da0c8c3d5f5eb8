"""The section « Coder en lot »: what codes would be put where, previewed, put at once and undone at once."""

from __future__ import annotations

import streamlit as st

from qualikit.coding.assistants import Level, least_label
from qualikit.i18n import _, ngettext, number
from qualikit.project import Project
from qualikit.ui import places, state
from qualikit.ui.messages import escaped, leave_note
from qualikit.ui.pages import assistance_cards as cards

MOST = 30


def show(project: Project) -> None:
    """Draw the section."""
    cards.quiet(
        _(
            "Pour ce qu’un mot suffit à dire : chaque phrase trouvée est codée sous votre nom, notée "
            "comme suggestion "
            "acceptée, et le tout s’annule en une fois. Pour coder une recherche : la page Chercher."
        )
    )
    named = cards.active(project)
    ways = {"keywords": _("Mots-clés des codes"), "meaning": _("Sens et exemples")}
    titles = {each.id: each.title for each in state.kept(project, "documents", project.corpus.documents)}
    codes = st.multiselect(
        _("Codes à poser"),
        list(named),
        format_func=named.__getitem__,
        placeholder=_("Choisir un ou plusieurs codes"),
        key="batch_codes",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        way = st.selectbox(_("D'après"), list(ways), format_func=ways.__getitem__, key="batch_way")
        least = st.selectbox(
            _("Suggestions"), [Level.STRONG, Level.MEDIUM, Level.WEAK], format_func=least_label, key="batch_least"
        )
        documents = st.multiselect(
            _("Documents"),
            list(titles),
            format_func=titles.__getitem__,
            placeholder=_("Tous"),
            key="batch_documents",
        )
    if not codes:
        return
    found = cards.kept(
        project,
        "batch",
        lambda: project.coding.batch(codes, way, documents or None, least=least),
        tuple(codes),
        way,
        least,
        tuple(documents),
    )
    n = len(found)
    if not n:
        cards.none(_("Rien à coder ainsi : vérifiez les mots-clés de ces codes, ou descendez le niveau."))
        if st.button(_("Voir les mots-clés dans la grille"), key="batch_codebook"):
            places.go("grille")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        said = ngettext(
            "{n} codage serait posé sous le nom de {coder}.", "{n} codages seraient posés sous le nom de {coder}.", n
        )
        where = len({each.document_id for each in found})
        also = ngettext("dans {n} document", "dans {n} documents", where).format(n=number(where))
        st.html(
            f'<p class="qk-count">{escaped(said.format(n=number(n), coder=project.coder))}</p>'
            f'<p class="qk-quiet">{escaped(also)}</p>'
        )
        st.button(
            ngettext("Poser ce codage", "Poser ces {n} codages", n).format(n=number(n)),
            type="primary",
            icon=":material/done_all:",
            key="batch_put",
            on_click=_put,
            args=(project, tuple(found), way),
        )
    for each in found[:MOST]:
        with st.container(border=True, key=f"card-batch {cards.place_of(each)}"):
            code = project.coding.codebook.get(each.code_id)
            st.html(
                f"{cards.words(each, each.reason)}<p><b>{escaped(code.name if code else '?')}</b> "
                f'<span class="qk-quiet">{escaped(each.reason)}</span></p>'
            )
    if n > MOST:
        left = n - MOST
        st.caption(ngettext("Et {n} autre.", "Et {n} autres.", left).format(n=number(left)))


def _put(project: Project, found: tuple[object, ...], way: str) -> None:
    made = state.act(project.coding.answer, found, assistant=way)
    if made is not None:
        leave_note(
            ngettext(
                "{n} codage posé ; « Annuler » le retire", "{n} codages posés ; « Annuler » les retire tous", made
            ).format(n=number(made))
        )
