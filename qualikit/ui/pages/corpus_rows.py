"""The lines of the files that wait: described, put right, saved one by one or all that are ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from qualikit.corpus.model import SourceKind, source_kind_label
from qualikit.corpus.preview import Preview
from qualikit.errors import DuplicateDocument, QualikitError
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import messages, state
from qualikit.ui.figures import number
from qualikit.ui.messages import escaped, plain
from qualikit.ui.pages import corpus_preview
from qualikit.ui.pages.corpus_incoming import Incoming, waiting

OPEN = "corpus_open"
SHOWN = 25
WIDTHS = [4.6, 2.4, 2.3, 2.3, 3, 2.1]


def show(project: Project) -> None:
    """One line a file, what is ready to be saved at once, and the open one with its turns."""
    found = waiting(project)
    if not found:
        return
    ready = [key for key, one in found.items() if one.ready]
    with st.container(border=True, key="incoming"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(_title(found), anchor=False, width="content")
            if any(one.preview is not None for one in found.values()):
                st.html(f'<p class="qk-quiet">{escaped(_state_words(found, len(ready)))}</p>', width="content")
            st.space("stretch")
            st.button(_("Tout retirer de la liste"), key="incoming_clear", type="tertiary", on_click=found.clear)
            if ready and st.button(
                ngettext("Enregistrer le fichier prêt", "Enregistrer les {n} fichiers prêts", len(ready)).format(
                    n=len(ready)
                ),
                type="primary",
                key="save_ready",
            ):
                _save(project, ready)
        _for_all(project)
        if any(one.preview is not None for one in found.values()):
            _header()
        for key in list(found)[:SHOWN]:
            _row(project, key, found[key])
        if len(found) > SHOWN:
            left = len(found) - SHOWN
            st.caption(
                ngettext(
                    "Et {n} autre fichier, montré quand il y aura de la place.",
                    "Et {n} autres fichiers, montrés quand il y aura de la place.",
                    left,
                ).format(n=left)
            )


def _title(found: dict[str, Incoming]) -> str:
    readable = sum(1 for one in found.values() if one.preview is not None)
    if not readable:
        return ngettext("{n} fichier mis de côté", "{n} fichiers mis de côté", len(found)).format(n=len(found))
    return ngettext("{n} fichier à enregistrer", "{n} fichiers à enregistrer", len(found)).format(n=len(found))


def _state_words(found: dict[str, Incoming], ready: int) -> str:
    doubtful = sum(1 for one in found.values() if one.preview is not None and not one.ready)
    refused = sum(1 for one in found.values() if one.preview is None)
    parts = [ngettext("{n} prêt", "{n} prêts", ready).format(n=ready)]
    if doubtful:
        parts.append(ngettext("{n} à vérifier", "{n} à vérifier", doubtful).format(n=doubtful))
    if refused:
        parts.append(ngettext("{n} mis de côté", "{n} mis de côté", refused).format(n=refused))
    return ", ".join(parts)


def _saving_stopped() -> None:
    messages.leave_note(_("Enregistrement arrêté : ce qui reste attend dans la liste."))


def _save(project: Project, keys: list[str]) -> None:
    found = waiting(project)
    saved = 0
    if len(keys) > 1:
        with messages.stoppable("saving", _saving_stopped):
            bar = st.progress(0.0)
    else:
        bar = st.progress(0.0)
    for done, key in enumerate(keys):
        one = found[key]
        bar.progress(done / len(keys), plain(_("Enregistrement de « {name} »").format(name=one.file_name)))
        assert one.preview is not None
        try:
            project.corpus.save(one.preview)
        except QualikitError as refusal:
            one.problem = str(refusal)
            if isinstance(refusal, DuplicateDocument):
                one.preview = None
            continue
        del found[key]
        saved += 1
    if saved:
        messages.leave_note(ngettext("{n} document enregistré", "{n} documents enregistrés", saved).format(n=saved))
    st.rerun()


def _for_all(project: Project) -> None:
    """What the names of the files did not say, said once for all of them."""
    found = waiting(project)
    if sum(1 for one in found.values() if one.preview is not None) < 2:
        return
    with st.popover(_("Remplir pour tous"), icon=":material/checklist:", type="tertiary", key="incoming_all"):
        kind = st.selectbox(
            _("Type de source"), list(SourceKind), index=None, format_func=source_kind_label,
            placeholder=_("Inchangé"), key="all_kind",
        )  # fmt: skip
        territory = st.selectbox(
            _("Territoire"), _territories(project), index=None, accept_new_options=True,
            placeholder=_("Inchangé"), key="all_territory",
        )  # fmt: skip

        def fill() -> None:
            for one in found.values():
                if one.preview is not None:
                    one.preview = one.preview.described(source_kind=kind, territory=territory)

        st.button(_("Remplir"), key="all_fill", on_click=fill, disabled=kind is None and territory is None)


def _territories(project: Project) -> list[str]:
    known = {one.preview.territory for one in waiting(project).values() if one.preview and one.preview.territory}
    listed = project.corpus.territories()
    return [*listed, *sorted(known - set(listed))]


def _header() -> None:
    names = (_("Titre"), _("Type de source"), _("Territoire"), _("Date"), _("Locuteurs"), "")
    for column, name in zip(st.columns(WIDTHS, gap="small"), names, strict=True):
        column.html(f'<div class="qk-column">{escaped(name)}</div>')


def _row(project: Project, key: str, one: Incoming) -> None:
    with st.container(key=f"incoming-{key}", gap=None):
        if one.preview is None:
            _refused_row(project, key, one)
            return
        columns = st.columns(WIDTHS, gap="small", vertical_alignment="center")
        _cells(project, key, one, one.preview, columns)
        with columns[4]:
            st.html(_heard(one.preview))
        with columns[5].container(
            horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small", wrap=False
        ):
            is_open = st.session_state.get(OPEN) == key
            st.button(
                _("Fermer") if is_open else _("Voir"),
                key=f"open {key}",
                icon=":material/expand_less:" if is_open else ":material/expand_more:",
                type="tertiary",
                on_click=lambda: st.session_state.__setitem__(OPEN, None if is_open else key),
            )
            if st.button(
                _("Enregistrer"),
                icon=":material/check:",
                key=f"save {key}",
                help=_("Enregistrer ce document, tel qu'il est décrit ici"),
                disabled=one.preview.source_kind is None,
            ):
                _save(project, [key])
        _notes(key, one)
        if is_open:
            with st.container(key="incoming-open"):
                corpus_preview.show(key, one.preview, lambda changed: setattr(one, "preview", changed))


def _refused_row(project: Project, key: str, one: Incoming) -> None:
    words, leave = st.columns([9, 2], vertical_alignment="center")
    words.html(f'<div class="qk-refused"><b>{escaped(one.file_name)}</b><span>{escaped(one.problem)}</span></div>')
    with leave.container(horizontal=True, horizontal_alignment="right"):
        st.button(_("Retirer"), key=f"drop {key}", type="tertiary", on_click=lambda: waiting(project).pop(key, None))


def _cells(project: Project, key: str, one: Incoming, preview: Preview, columns: list[Any]) -> None:
    def describe(name: str, widget: str) -> None:
        value = st.session_state[widget]
        one.preview = preview.described(**{name: "" if value is None else value})

    def keyed(name: str, value: object) -> dict[str, Any]:
        widget = f"incoming {name} {key} {value}"
        return {
            "key": widget,
            "label_visibility": "collapsed",
            "on_change": lambda: state.act(describe, name, widget),
        }

    with columns[0]:
        st.text_input(_("Titre"), preview.title, **keyed("title", preview.title))
    with columns[1]:
        kinds = list(SourceKind)
        st.selectbox(
            _("Type de source"),
            kinds,
            index=kinds.index(preview.source_kind) if preview.source_kind else None,
            format_func=source_kind_label,
            placeholder=_("À choisir"),
            **keyed("source_kind", preview.source_kind),
        )
    with columns[2]:
        territories = _territories(project)
        st.selectbox(
            _("Territoire"),
            territories,
            index=territories.index(preview.territory) if preview.territory else None,
            placeholder=_("Aucun"),
            accept_new_options=True,
            **keyed("territory", preview.territory),
        )
    with columns[3]:
        st.date_input(_("Date"), preview.date, format="DD/MM/YYYY", **keyed("date", preview.date))


def _heard(preview: Preview) -> str:
    people = preview.speakers
    words = ngettext("{n} mot", "{n} mots", preview.words).format(n=number(preview.words))
    if not people:
        return f'<div class="qk-heard"><span>{escaped(_("Aucun locuteur"))}</span><small>{escaped(words)}</small></div>'
    names = ", ".join(speaker.name for speaker in people)
    count = ngettext("{n} locuteur", "{n} locuteurs", len(people)).format(n=len(people))
    return (
        f'<div class="qk-heard" title="{escaped(names)}"><span>{escaped(names)}</span>'
        f"<small>{escaped(count)}, {escaped(words)}</small></div>"
    )


def _notes(key: str, one: Incoming) -> None:
    """What to look at, in words, with the one click that settles it."""
    assert one.preview is not None
    if one.problem:
        st.html(f'<p class="qk-note qk-bad">{escaped(one.problem)}</p>')
    for warning in one.preview.read.warnings:
        st.html(f'<p class="qk-note">{escaped(warning)}</p>')
    merges = {merge.labels: merge for merge in one.preview.merges}
    for place, doubt in enumerate(one.doubts):
        with st.container(horizontal=True, vertical_alignment="center", key=f"doubt-{key}-{place}"):
            st.html(f'<p class="qk-note qk-doubt">{escaped(doubt)}</p>', width="content")
            if one.preview.source_kind is None and place == 0:
                continue
            merge = next((merge for labels, merge in merges.items() if all(label in doubt for label in labels)), None)
            if merge is not None:
                _button(key, f"merge {place}", _("Réunir sous « {name} »").format(name=merge.into), _merge(one, merge))
            _button(key, f"leave {place}", _("Laisser ainsi"), lambda doubt=doubt: one.settled.add(doubt))


def _button(key: str, name: str, label: str, deed: Callable[[], object]) -> None:
    st.button(plain(label), key=f"{name} {key}", type="tertiary", on_click=state.act, args=(deed,))


def _merge(one: Incoming, merge: Any) -> Callable[[], None]:
    def deed() -> None:
        assert one.preview is not None
        one.preview = one.preview.merged(dict.fromkeys(merge.labels, merge.into))

    return deed
