"""The section « Codes qui manquent »: groups of passages that no code speaks of, to be named."""

from __future__ import annotations

import streamlit as st

from qualikit.coding.groups import Group
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import escaped, leave_note
from qualikit.ui.pages import assistance_cards as cards

SHOWN = 3
"""Passages of a group that are shown, and that a new code is put on."""


def show(project: Project) -> None:
    """Draw the section."""
    groups = cards.kept(project, "gaps", project.coding.gaps)
    if not groups:
        cards.none(_("Trop peu de passages sans code pour y voir des groupes."))
        return
    cards.quiet(
        _(
            "Des passages que vous n’avez pas codés, que la grille décrit mal, et qui se "
            "ressemblent. Un groupe n’est "
            "qu’une piste : à vous de dire s’il y a là un thème, et comment il s’appelle."
        )
    )
    for place, group in enumerate(groups):
        _group(project, place, group)


def _group(project: Project, place: int, group: Group) -> None:
    key = f"gap {place} {group.passages[0].document_id[-6:]} {group.passages[0].start}"
    with st.container(border=True, key=f"card-{key}"):
        n = group.size
        size = ngettext("{n} passage", "{n} passages", n).format(n=n)
        where = ngettext("dans {n} document", "dans {n} documents", group.titles).format(n=group.titles)
        st.html(f"<p><b>{escaped(' · '.join(group.words))}</b></p><p class='qk-quiet'>{escaped(f'{size} {where}')}</p>")
        shown = len(group.passages[:SHOWN])
        for passage in group.passages[:SHOWN]:
            st.html(cards.words(passage))
        others = group.passages[SHOWN:]
        if others:
            label = ngettext("{n} autre passage", "{n} autres passages", len(others)).format(n=len(others))
            with st.expander(label, key=f"more {key}"):
                for passage in others:
                    st.html(cards.words(passage))
        with st.form(f"name {key}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(_("Nom du code"), key=f"name of {key}", placeholder=_("Comment l'appeler ?"))
            put = st.checkbox(
                ngettext("Le poser sur ce passage", "Le poser sur ces {n} passages", shown).format(n=shown),
                value=True,
                key=f"put {key}",
            )
            if st.form_submit_button(_("Créer ce code"), icon=":material/new_label:"):
                if not name.strip():
                    st.warning(_("Donnez un nom au code."))
                else:
                    state.act(_create, project, name.strip(), group, put)
                    st.rerun()


def _create(project: Project, name: str, group: Group, put: bool) -> None:
    project.coding.name_group(name, group, SHOWN if put else 0)
    leave_note(_("Code « {name} » créé ; décrivez-le dans la grille").format(name=name))
