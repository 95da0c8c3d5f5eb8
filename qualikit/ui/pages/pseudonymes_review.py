"""Step 2: the names found, read with their contexts, each replaced or kept, renamed, made one with another."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.corpus.pseudonyms.key import Key
from qualikit.corpus.pseudonyms.model import Counted, Decision, Kind, decision_label, kind_label
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.text import fold
from qualikit.ui import state
from qualikit.ui.messages import escaped, plain

SHOWN = 12  # contexts


def show(project: Project, key: Key) -> None:
    """Draw the step."""
    if not key.entries:
        st.info(plain(_("Aucun nom encore : cherchez-les à l'étape 1, ou ajoutez-en un ici.")))
        _adding(project, key)
        return
    with st.spinner(_("Les noms sont comptés…"), show_time=False):
        counted = state.kept(
            project, "pseudonyms counts", lambda: project.corpus.pseudonyms.counts(key), hash(key.entries)
        )
    _summary(counted)
    shown = _filtered(counted)
    left, right = st.columns([8, 5], gap="medium")
    with left:
        chosen = _table(shown)
    with right, st.container(key="pseudonyms-beside"):
        if not chosen:
            _nothing_chosen(project, key, shown)
        elif len(chosen) == 1:
            _one(project, key, chosen[0])
        else:
            _several(project, key, chosen)


def _summary(counted: Sequence[Counted]) -> None:
    figures = []
    for decision in Decision:
        n = sum(one.entry.decision is decision for one in counted)
        figures.append(f"<div><b>{n}</b> <span>{escaped(_decided(decision, n))}</span></div>")
    st.html(f'<div class="qk-figures">{"".join(figures)}</div>')


def _decided(decision: Decision, n: int) -> str:
    return {
        Decision.REPLACE: ngettext("à remplacer", "à remplacer", n),
        Decision.KEEP: ngettext("gardé", "gardés", n),
        Decision.PENDING: ngettext("à décider", "à décider", n),
    }[decision]


def _filtered(counted: Sequence[Counted]) -> list[Counted]:
    with st.container(horizontal=True, vertical_alignment="bottom", key="pseudonyms-filters"):
        wanted = st.text_input(
            _("Chercher un nom"), placeholder=_("Chercher un nom…"), key="names_wanted", label_visibility="collapsed",
            width=220,
        )  # fmt: skip
        kinds = [kind for kind in Kind if any(one.entry.kind is kind for one in counted)]
        kind = st.selectbox(
            _("Sorte"), kinds, format_func=kind_label, index=None, placeholder=_("Toutes les sortes"), key="names_kind",
            label_visibility="collapsed", width=190,
        )  # fmt: skip
        decision = st.selectbox(
            _("Décision"), list(Decision), format_func=decision_label, index=None,
            placeholder=_("Toutes les décisions"), key="names_decision", label_visibility="collapsed", width=190,
        )  # fmt: skip
        words = fold(wanted.strip())
    return [
        one
        for one in counted
        if (kind is None or one.entry.kind is kind)
        and (decision is None or one.entry.decision is decision)
        and words in fold(" ".join((*one.entry.forms, one.entry.pseudonym)))
    ]


def _table(shown: Sequence[Counted]) -> list[Counted]:
    """The table; the lines that are chosen."""
    import pandas as pd

    frame = pd.DataFrame(
        [
            {
                "name": one.entry.name,
                "forms": ", ".join(one.entry.forms[1:]),
                "kind": kind_label(one.entry.kind),
                "count": one.count,
                "decision": decision_label(one.entry.decision),
                "pseudonym": one.entry.pseudonym if one.entry.decision is not Decision.KEEP else "",
            }
            for one in shown
        ],
        columns=["name", "forms", "kind", "count", "decision", "pseudonym"],
    )
    picked = st.dataframe(
        frame,
        key=f"names {hash(tuple(one.entry.id for one in shown))}",
        hide_index=True,
        height=470,
        row_height=30,
        on_select="rerun",
        selection_mode="multi-row",
        column_config={
            "name": st.column_config.TextColumn(_("Nom"), width="medium"),
            "forms": st.column_config.TextColumn(_("Formes"), width="small"),
            "kind": st.column_config.TextColumn(_("Sorte"), width="small"),
            "count": st.column_config.NumberColumn(_("Fois"), width=54),
            "decision": st.column_config.TextColumn(_("Décision"), width="small"),
            "pseudonym": st.column_config.TextColumn(_("Pseudonyme"), width="medium"),
        },
    )
    return [shown[row] for row in picked.selection.rows if row < len(shown)]


def _nothing_chosen(project: Project, key: Key, shown: Sequence[Counted]) -> None:
    st.html(
        f'<p class="qk-quiet">{escaped(_("Cochez une ligne pour lire le nom dans ses contextes et en décider."))}</p>'
    )
    pending = [one.entry.id for one in shown if one.entry.decision is Decision.PENDING]
    if pending:
        n = len(pending)
        st.markdown(
            plain(
                ngettext("{n} nom montré attend une décision.", "{n} noms montrés attendent une décision.", n).format(
                    n=n
                )
            )
        )
        with st.container(horizontal=True):
            _decision_button(project, key, pending, Decision.REPLACE, _("Tous les remplacer"), "all_replace")
            _decision_button(project, key, pending, Decision.KEEP, _("Tous les garder"), "all_keep")
    st.divider()
    _adding(project, key)


def _adding(project: Project, key: Key) -> None:
    with st.form("add_name", border=False, clear_on_submit=True):
        name = st.text_input(
            _("Ajouter un nom"), key="add_name_form", placeholder=_("Un nom que la recherche n'a pas vu")
        )
        kind = st.selectbox(_("Sorte"), list(Kind), format_func=kind_label, key="add_name_kind")
        if st.form_submit_button(_("Ajouter"), icon=":material/add:"):
            state.act(project.corpus.pseudonyms.add, key, name, kind)
            st.rerun()


def _one(project: Project, key: Key, one: Counted) -> None:
    entry = one.entry
    st.html(
        f'<div class="qk-code-head"><h2>{escaped(entry.name)}</h2></div><p class="qk-quiet">{escaped(_where(one))}</p>'
    )
    with st.container(horizontal=True):
        for decision in (Decision.REPLACE, Decision.KEEP):
            kind = "primary" if entry.decision is decision else "secondary"
            _decision_button(
                project, key, [entry.id], decision, decision_label(decision), f"decide {decision.value}", type=kind
            )
    if entry.decision is not Decision.KEEP:
        field = f"pseudonym {entry.id} {hash(entry.pseudonym)}"
        st.text_input(
            _("Pseudonyme"),
            value=entry.pseudonym,
            key=field,
            on_change=lambda: state.act(project.corpus.pseudonyms.rename, key, entry.id, st.session_state[field]),
        )
    if len(entry.forms) > 1:
        with st.popover(_("Formes"), icon=":material/call_split:"):
            st.caption(plain(_("Une forme qui désigne quelqu'un d'autre peut être mise à part.")))
            for form in entry.forms[1:]:
                st.button(
                    plain(_("Mettre à part « {form} »").format(form=form)),
                    key=f"split {entry.id} {form}",
                    on_click=state.act,
                    args=(project.corpus.pseudonyms.split, key, entry.id, form),
                )
    contexts = state.kept(
        project,
        "pseudonyms contexts",
        lambda: project.corpus.pseudonyms.contexts(key, entry.id, SHOWN),
        entry.id,
        hash(key.entries),
    )
    with st.container(height=300, border=False):
        for context in contexts:
            after = f" → <ins>{escaped(context.replacement)}</ins>" if context.replacement else ""
            st.html(
                f'<p class="qk-context"><small>{escaped(context.document)}</small>…{escaped(context.left)}'
                f"<mark>{escaped(context.match)}</mark>{after if entry.decision is not Decision.KEEP else ''}"
                f"{escaped(context.right)}…</p>"
            )
        if one.count > len(contexts):
            st.caption(plain(_("{n} autres passages.").format(n=one.count - len(contexts))))


def _where(one: Counted) -> str:
    times = ngettext("{n} fois", "{n} fois", one.count).format(n=one.count)
    where = ngettext("{n} document", "{n} documents", len(one.documents)).format(n=len(one.documents))
    others = ", ".join(one.entry.forms[1:])
    said = _("{kind}, {times} dans {where}").format(kind=kind_label(one.entry.kind), times=times, where=where)
    return said + (_(" ; aussi : {forms}").format(forms=others) if others else "")


def _several(project: Project, key: Key, chosen: Sequence[Counted]) -> None:
    n = len(chosen)
    st.html(f"<p><b>{escaped(ngettext('{n} nom choisi', '{n} noms choisis', n).format(n=n))}</b></p>")
    ids = [one.entry.id for one in chosen]
    with st.container(horizontal=True):
        _decision_button(project, key, ids, Decision.REPLACE, _("Remplacer"), "some_replace")
        _decision_button(project, key, ids, Decision.KEEP, _("Garder"), "some_keep")
    first = max(chosen, key=lambda one: (len(one.entry.name.split()), one.count))
    ordered = [first.entry.id, *(id for id in ids if id != first.entry.id)]
    st.button(
        _("C'est la même personne : réunir"),
        icon=":material/merge:",
        key="merge_names",
        on_click=state.act,
        args=(project.corpus.pseudonyms.merge, key, ordered),
        help=plain(_("Tous prendront le pseudonyme de « {name} ».").format(name=first.entry.name)),
    )
    st.html(f'<p class="qk-quiet">{escaped(", ".join(one.entry.name for one in chosen))}</p>')


def _decision_button(
    project: Project, key: Key, ids: Sequence[str], decision: Decision, label: str, name: str, type: str = "secondary"
) -> None:
    st.button(
        label, key=name, type=type, on_click=state.act, args=(project.corpus.pseudonyms.decide, key, ids, decision)
    )
