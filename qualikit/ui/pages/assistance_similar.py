"""The section « Passages semblables »: what says the same as a passage, or as some words, over the corpus."""

from __future__ import annotations

import streamlit as st

from qualikit.coding.assisted import Found
from qualikit.errors import QualikitError
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import messages, places, state
from qualikit.ui.pages import assistance_cards as cards

MOST = 20
NEAR = 0.25
"""Likeness (a cosine, centred on the corpus) from which a passage may say the same."""
SHARE = 0.6
"""And the part of the likest one's likeness that it has."""


def show(project: Project) -> None:
    """Draw the section."""
    _follow_address(project)
    text = st.text_area(
        _("Un passage, une phrase, une idée"),
        key=cards.TEXT,
        height=110,
        placeholder=_("Par exemple : j'ai peur d'appuyer sur le mauvais bouton"),
        help=_("Ce qui a le même sens est trouvé, même sans mot commun. Pour des mots exacts : la page Chercher."),
    )
    places_known = state.kept(project, "territories", project.corpus.territories)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        territory = st.selectbox(
            _("Territoire"),
            [None, *places_known],
            format_func=lambda name: _("Tous") if name is None else name,
            key="similar_territory",
        )
        coded = st.selectbox(
            _("Codés"),
            [None, False, True],
            format_func={None: _("Codés ou non"), False: _("Pas encore codés"), True: _("Déjà codés")}.__getitem__,
            key="similar_coded",
        )
        named = cards.active(project)
        code = st.selectbox(
            _("Code à poser"),
            [None, *named],
            format_func=lambda id: _("Choisir un code…") if id is None else named[id],
            key="similar_code",
        )
    if not text.strip():
        return
    try:
        found = cards.kept(
            project,
            "similar",
            lambda: project.coding.similar(text, territory=territory, coded=coded, limit=MOST),
            text,
            territory,
            coded,
        )
    except QualikitError as refusal:
        messages.error(refusal)
        return
    if not found:
        cards.none(_("Aucun passage semblable."))
        return
    near = [each for each in found if each.score >= max(NEAR, SHARE * found[0].score)]
    if near:
        cards.quiet(
            ngettext("{n} passage semblable", "{n} passages semblables, les plus proches d’abord", len(near)).format(
                n=len(near)
            )
        )
    else:
        cards.none(_("Aucun passage ne dit nettement la même chose."))
    for each in near:
        _card(project, each, code)
    far = found[len(near) :]
    if not far:
        return
    with st.expander(
        ngettext("{n} passage plus éloigné", "{n} passages plus éloignés", len(far)).format(n=len(far)),
        key="similar_far",
        expanded=False,
    ):
        for each in far:
            _card(project, each, code)


def _follow_address(project: Project) -> None:
    """The words of the passage that the address asks for."""
    document, start, stop = places.asked("document"), places.asked("debut"), places.asked("fin")
    if document and start and stop and start.isdigit() and stop.isdigit():
        try:
            st.session_state[cards.TEXT] = project.corpus.text(document)[int(start) : int(stop)]
        except QualikitError as refusal:
            messages.error(refusal)
    for name in ("document", "debut", "fin"):
        st.query_params.pop(name, None)


def _card(project: Project, found: Found, code: str | None) -> None:
    key = f"similar {cards.place_of(found)}"
    with st.container(border=True, key=f"card-{key}"):
        st.html(cards.words(found))
        with st.container(horizontal=True, vertical_alignment="center"):
            name = cards.active(project).get(code or "")
            if name and project.coding.codebook.get(code).name not in found.codes:
                st.button(
                    _("Coder « {code} »").format(code=messages.plain(name.rsplit(" › ", 1)[-1])),
                    icon=":material/add:",
                    key=f"code {key}",
                    on_click=state.act,
                    args=(project.coding.add, found.document_id, found.start, found.stop, code, found.words),
                )
            st.space("stretch")
            cards.alike(found, f"alike {key}")
            cards.in_text(found, f"text {key}")
