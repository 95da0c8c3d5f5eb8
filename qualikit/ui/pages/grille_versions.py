"""The section Versions of the page Grille: named states, compared and brought back; who changed what."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from qualikit.coding.codebooks.comparing import CodeChange, deed_label
from qualikit.coding.codebooks.history import CodebookChange
from qualikit.coding.codebooks.versions import CodebookVersion
from qualikit.coding.model import Codebook
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.files import safe_name, written
from qualikit.ui.messages import escaped, plain

FIRST = 30
"""Changes of the log drawn at once."""
NOW = 0
"""Stands for the codebook of now, where a version is chosen: they are numbered from 1."""


def show(project: Project, book: Codebook) -> None:
    """Draw the section."""
    versions = state.kept(project, "codebook versions", project.coding.versions)
    left, right = st.columns([6, 5], gap="large")
    with left:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(_("Versions"), anchor=False, width="content")
            st.space("stretch")
            with st.popover(_("Garder une version"), icon=":material/bookmark_add:", type="primary", key="new_version"):
                _save(project)
        _versions(project, versions)
    with right:
        st.subheader(_("Journal"), anchor=False)
        _log(project, book)


def _save(project: Project) -> None:
    with st.form("new codebook version", border=False, clear_on_submit=True):
        name = st.text_input(_("Nom de la version"), placeholder=_("Après le pilote"), key="version_name")
        note = st.text_area(_("Pourquoi"), height=90, key="version_note")
        if st.form_submit_button(_("Garder"), type="primary"):
            state.act(project.coding.save_version, name, note, done=_("Version gardée"))
            st.rerun()


def _versions(project: Project, versions: Sequence[CodebookVersion]) -> None:
    if not versions:
        st.caption(
            _(
                "Gardez une version quand l'équipe s'est mise d'accord sur la grille : vous pourrez voir ce qui a "
                "changé depuis, et y revenir sans perdre un codage."
            )
        )
        return
    st.dataframe(
        {
            _("N°"): [version.number for version in versions],
            _("Version"): [version.name for version in versions],
            _("Date"): [f"{version.created.astimezone():%d/%m/%Y %H:%M}" for version in versions],
            _("Qui"): [version.coder for version in versions],
            _("Codes"): [len(version.codebook) for version in versions],
            _("Pourquoi"): [version.note for version in versions],
        },
        hide_index=True,
        key="codebook_versions",
    )
    names = {version.number: f"{version.number}, {version.name}" for version in versions}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        before = st.selectbox(
            _("Comparer"), list(names), index=len(names) - 1, format_func=names.__getitem__, key="version_before"
        )
        after = st.selectbox(
            _("avec"),
            [NOW, *names],
            format_func=lambda number: names.get(number, _("la grille de maintenant")),
            key="version_after",
        )
        with st.popover(_("Revenir…"), icon=":material/history:", key="restore_version", on_change="rerun") as popover:
            if popover.open:
                _restore(project, before, names[before])
        with st.popover(_("Écrire"), icon=":material/download:", key="export_version"):
            _export(project, before, names[before])
    changes = state.kept(
        project, "compared codebooks", lambda: project.coding.compare(before, after or None), before, after
    )
    if not changes:
        st.caption(_("Les deux grilles sont les mêmes."))
        return
    n = len(changes)
    st.caption(ngettext("{n} code diffère.", "{n} codes diffèrent.", n).format(n=n))
    with st.container(height=420 if n > 4 else "content", key="codebook-changes"):
        st.html("".join(_change(change) for change in changes))


def _restore(project: Project, number: int, name: str) -> None:
    retire = st.toggle(_("Mettre en retrait les codes ajoutés depuis"), key="restore_retire")
    plan = project.coding.foresee_restoration(number, retire=retire)
    for sentence in plan.sentences():
        st.markdown(plain(sentence))
    if plan.changes and st.button(
        _("Revenir à « {name} »").format(name=plain(name)), type="primary", key="restore_now"
    ):
        state.act(project.coding.restore_version, number, retire=retire, done=_("Grille ramenée à la version"))
        st.rerun()


def _export(project: Project, number: int, name: str) -> None:
    for suffix, label in {".yaml": "YAML", ".xlsx": "Excel", ".csv": "CSV"}.items():
        file_name = f"{safe_name(_('Grille {project}').format(project=f'{project.name}, {name}'))}{suffix}"
        st.download_button(
            label,
            data=lambda file_name=file_name: written(  # type: ignore[misc]
                lambda path: project.coding.export_version(number, path), file_name
            ),
            file_name=file_name,
            key=f"export version {suffix}",
            on_click="ignore",
            width="stretch",
        )


def _change(change: CodeChange) -> str:
    """A code and what happened to it, word by word."""
    deeds = ", ".join(deed_label(deed) for deed in change.deeds)
    rows = []
    for each in change.fields:
        words = "".join(_piece(kind, text) for kind, text in each.pieces) if each.before and each.after else ""
        if not words:
            words = _piece("in", each.after) if each.after else _piece("out", each.before)
        rows.append(f'<p class="qk-note"><span class="qk-quiet">{escaped(each.label)}</span> {words}</p>')
    where = escaped(change.path or change.name)
    return (
        f'<div class="qk-differences" style="margin-bottom:0.8rem"><strong>{where}</strong> '
        f'<span class="qk-quiet">{escaped(deeds)}</span>{"".join(rows)}</div>'
    )


def _piece(kind: str, text: str) -> str:
    words = escaped(text).replace("\n", "<br>")
    if kind == "same":
        return words
    tag, sign = ("del", "−") if kind == "out" else ("ins", "+")
    return f'<{tag}><span aria-hidden="true">{sign}</span>\u2060{words}</{tag}>'


def _log(project: Project, book: Codebook) -> None:
    log = state.kept(project, "codebook log", project.coding.codebook_log)
    if not log:
        st.caption(_("La grille n'a pas encore changé."))
        return
    named = {code.id: book.path(code.id) for code in book}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Code"),
            [None, *named],
            format_func=lambda id: _("Tous les codes") if id is None else named[id],
            key="log_code",
        )
        who = st.selectbox(
            _("Qui"),
            [None, *sorted({change.coder for change in log})],
            format_func=lambda name: _("Tout le monde") if name is None else name,
            key="log_coder",
        )
    shown = [
        change
        for change in log
        if (chosen is None or any(each.code_id == chosen for each in change.codes)) and who in (None, change.coder)
    ]
    for day, changes in groupby(shown[:FIRST], key=lambda change: change.day):
        st.markdown(f"**{day:%d/%m/%Y}**")
        for change in changes:
            _entry(project, change)
    if len(shown) > FIRST:
        left = len(shown) - FIRST
        st.caption(ngettext("Et {n} changement plus ancien.", "Et {n} changements plus anciens.", left).format(n=left))


def _entry(project: Project, change: CodebookChange) -> None:
    undone = f" · {_('annulé depuis')}" if change.undone else ""
    head = f"{change.at.astimezone():%H:%M} · {change.coder} · {change.label}{undone}"
    with st.expander(plain(head), key=f"change {change.seq}", on_change="rerun") as opened:
        if not opened.open:
            return
        if change.codes:
            with st.container(height=260 if len(change.codes) > 3 else "content"):
                st.html("".join(_change(each) for each in change.codes[:FIRST]))
        key = f"why {change.seq} {hash(change.note)}"
        st.text_input(
            _("Pourquoi ce changement"),
            value=change.note,
            key=key,
            on_change=lambda: state.act(project.coding.note_change, change.seq, st.session_state[key]),
        )
    if change.note:
        st.caption(plain(_("Motif : {note}").format(note=change.note)))
