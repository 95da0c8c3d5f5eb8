"""The page Lire par code: which passages, in a sentence of widgets; then the passages themselves."""

from __future__ import annotations

import hashlib
import json
import uuid

import streamlit as st

from qualikit.errors import QualikitError
from qualikit.i18n import _, ngettext, number
from qualikit.project import Project
from qualikit.themes.reading.finding import ARRANGEMENTS, Found
from qualikit.themes.reading.query import Query
from qualikit.ui import downloads, messages, places, state
from qualikit.ui.messages import empty, escaped
from qualikit.ui.pages import lire_export, lire_query, lire_saved, projet_choice
from qualikit.ui.reading.payload import Outline, outline
from qualikit.ui.reading.show import PLACE
from qualikit.ui.reading.show import show as show_list

LISTED = "lire_listed"


def show(project: Project) -> None:
    """Draw the page."""
    if not state.kept(project, "usage by code", project.coding.usage_counts):
        _empty()
        return
    lire_query.follow_address(project)
    with st.container(horizontal=True, vertical_alignment="center", key="reading-head"):
        st.title(_("Lire par code"), anchor=False, width="content")
        st.space("stretch")
        lire_saved.show(project)
    try:
        query = lire_query.show(project)
        by = _arrangement()
        listed = _listed(project, query, by)
    except QualikitError as refusal:
        messages.error(refusal)
        return
    found = listed.found
    with st.container(horizontal=True, vertical_alignment="center", key="reading-bar"):
        st.html(
            f'<p class="qk-count">{escaped(_counted(found))}</p><p class="qk-quiet">{escaped(found.said)}</p>',
            width="stretch",
        )
        if (export := downloads.popover("reading_export", disabled=not len(found))).open:
            with export:
                lire_export.show(project, found, by)
    if not len(found):
        _nothing(found)
        return
    show_list(project, listed)


def _empty() -> None:
    with empty(
        _("Aucun passage n'est encore codé"),
        _(
            "Cette page rassemble les passages d'un ou de plusieurs codes, où qu'ils soient dans vos documents, pour "
            "les relire ensemble, les recoder, ou choisir ceux que le rapport citera. "
            "Elle se remplit à mesure que vous codez."
        ),
        icon="library_books",
        key="lire",
    ):
        if st.button(_("Coder des documents"), type="primary", key="reading_start_coding"):
            places.go("coder")
        projet_choice.sample_button("lire_sample")


def _arrangement() -> str:
    return str(st.session_state.get(lire_query.BY) or ARRANGEMENTS[0])


def _listed(project: Project, query: Query, by: str) -> Outline:
    """The list as it was found; the same one as long as it would hold the same passages, so that it stays still while
    they are worked on."""
    found = project.themes.passages(query)
    asked = json.dumps([project.coder, str(project.path), query.to_json(), by, state.language()])
    made = hashlib.sha256("\n".join([asked, *found.ids()]).encode()).hexdigest()[:16]
    kept: tuple[str, str, Outline] | None = st.session_state.get(LISTED)
    if kept is not None and kept[:2] == (asked, made):
        return kept[2]
    if kept is not None and kept[0] != asked:
        st.session_state.pop(PLACE, None)
    listed = outline(found, by, uuid.uuid4().hex[:16])
    st.session_state[LISTED] = (asked, made, listed)
    return listed


def _counted(found: Found) -> str:
    passages = ngettext("{n} passage", "{n} passages", len(found)).format(n=number(len(found)))
    people = ngettext("{n} personne sur {total}", "{n} personnes sur {total}", found.people)
    where = ngettext("{n} document sur {total}", "{n} documents sur {total}", found.documents)
    return ", ".join(
        [
            passages,
            people.format(n=number(found.people), total=number(found.people_total)),
            where.format(n=number(found.documents), total=number(found.documents_total)),
        ]
    )


def _nothing(found: Found) -> None:
    """Which condition leaves nothing, and the way out."""
    st.html(f'<p class="qk-nothing">{escaped(_("Aucun passage ne répond à tout cela."))}</p>')
    if len(found.steps) > 1:
        counts = [
            ngettext("{n} passage", "{n} passages", step.passages).format(n=number(step.passages))
            for step in found.steps
        ]
        lines = "".join(
            f"<tr><td>{escaped(step.said)}</td><td>{escaped(count)}</td></tr>"
            for step, count in zip(found.steps, counts, strict=True)
        )
        st.html(
            f'<p class="qk-quiet">{escaped(_("Ce qui reste après chaque condition :"))}</p>'
            f'<table class="qk-ways">{lines}</table>'
        )
        if st.button(_("Retirer les conditions"), key="reading_unfiltered"):
            lire_query.forget_conditions()
            st.rerun()
    elif not found.query.everyone and not found.query.coders:
        text = _("Vous n'avez rien codé ainsi. Les codages des autres ne se montrent que si vous le demandez.")
        st.html(f'<p class="qk-quiet">{escaped(text)}</p>')
        if st.button(_("Lire les codages de tous les codeurs"), key="reading_everyone_now"):
            lire_query.read_everyone()
            st.rerun()
