"""Step 4: everything read again, what is left, and what no machine can tell."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qualikit.corpus.pseudonyms.key import Key
from qualikit.corpus.pseudonyms.scanning import Residue
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import jobs, state
from qualikit.ui.messages import escaped, plain
from qualikit.ui.pages.pseudonymes_apply import through
from qualikit.ui.pages.pseudonymes_find import JOB

RESIDUE = "pseudonyms_residue"


def show(project: Project, key: Key) -> None:
    """Draw the step."""
    busy = jobs.busy(JOB)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Relire tout le projet"), type="primary", icon=":material/fact_check:", key="pseudonyms_check",
            disabled=busy, on_click=_start, args=(project, key, False),
        )  # fmt: skip
        st.button(
            _("Relire aussi avec le modèle de langue"), key="pseudonyms_check_model", disabled=busy,
            on_click=_start, args=(project, key, True),
            help=_("Plus long : cherche aussi les noms que personne n'a encore vus."),
        )  # fmt: skip
    kept = st.session_state.get(RESIDUE)
    if kept is None:
        said = _("Tout ce qui est écrit est relu ; ce qui reste est montré à sa place.")
        st.html(f'<p class="qk-quiet">{escaped(said)}</p>')
        return
    if kept[:2] != (project.revision, hash(key.entries)):
        st.warning(plain(_("Le projet ou la clé ont changé depuis ce contrôle : relisez.")))
    _residue(kept[2])


def _start(project: Project, key: Key, model: bool) -> None:
    service = project.corpus.pseudonyms
    read = (project.revision, hash(key.entries))

    def take(found: Residue) -> None:
        if not found.stopped:
            st.session_state[RESIDUE] = (*read, found)

    with state.speaking():
        waiting = _("Le modèle de langue lit tout…") if model else _("Tout est relu…")
        jobs.start_whole(
            JOB,
            lambda progress: service.scan(key, model=model, progress=progress),
            waiting=waiting,
            say=partial(through, waiting),
            take=take,
        )


def _residue(found: Residue) -> None:
    first, *others = found.sentences()
    (st.success if found.clean else st.warning)(plain(first))
    for sentence in others:
        st.markdown(f"- {plain(sentence)}")
    places = [
        *((_("Nom de la clé"), one) for one in found.known),
        *((_("Dans un mot, ou en minuscules"), one) for one in found.hidden),
        *((_("Numéro ou adresse"), one) for one in found.shaped),
        *((_("Nom que personne n'a vu"), one) for one in found.new),
    ]
    if places:
        st.subheader(_("À relire"), anchor=False)
        st.dataframe(
            [
                {"what": what, "where": one.document, "words": f"…{one.left}▸{one.match}◂{one.right}…"}
                for what, one in places
            ],
            hide_index=True,
            column_config={
                "what": st.column_config.TextColumn(_("Quoi"), width="medium"),
                "where": st.column_config.TextColumn(_("Où"), width="medium"),
                "words": st.column_config.TextColumn(_("Passage"), width="large"),
            },
        )
    if found.indirect:
        st.subheader(_("Ce qui peut désigner quelqu'un sans le nommer"), anchor=False)
        st.dataframe(
            [{"words": words, "where": where, "times": times} for words, where, times in found.indirect],
            hide_index=True,
            width=620,
            column_config={
                "words": st.column_config.TextColumn(_("Mots")),
                "where": st.column_config.TextColumn(_("Lieu ou document")),
                "times": st.column_config.NumberColumn(ngettext("Fois", "Fois", 2), width=70),
            },
        )
