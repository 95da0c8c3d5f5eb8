"""The lines of the files that wait: described, put right, saved one by one or all that are ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from qualikit.corpus.model import SourceKind, source_kind_label
from qualikit.corpus.preview import Outline
from qualikit.corpus.table_layout import Part
from qualikit.i18n import _, ngettext, number
from qualikit.project import Project
from qualikit.ui import jobs, messages, state
from qualikit.ui.messages import escaped, plain
from qualikit.ui.pages import corpus_comments, corpus_incoming, corpus_preview
from qualikit.ui.pages.corpus_incoming import Incoming, waiting

OPEN = "corpus_open"
KIND, PAGE = "corpus_incoming_kind", "corpus_incoming_page"
SHOWN = 25
"""Lines on the screen at once."""
NAMED = 5
WIDTHS = [4, 2.95, 2.05, 2.4, 2.75, 2.15]


def show(project: Project) -> None:
    """One line a file, what is ready to be saved at once, and the open one with its turns."""
    jobs.show(fresh=lambda: len(waiting(project)) < SHOWN)
    found = waiting(project)
    if not found:
        st.session_state.pop(corpus_incoming.PASSED_OVER, None)
        return
    ready = [key for key, one in found.items() if one.ready]
    with st.container(border=True, key="incoming"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(_title(found), anchor=False, width="content")
            if any(one.outline is not None for one in found.values()):
                st.html(f'<p class="qk-quiet">{escaped(_state_words(found, len(ready)))}</p>', width="content")
            st.space("stretch")
            st.button(
                _("Tout retirer de la liste"),
                key="incoming_clear",
                type="tertiary",
                on_click=corpus_incoming.forget,
                args=(project,),
            )
            if ready:
                st.button(
                    ngettext("Enregistrer le fichier prêt", "Enregistrer les {n} fichiers prêts", len(ready)).format(
                        n=len(ready)
                    ),
                    type="primary",
                    key="save_ready",
                    on_click=state.act,
                    args=(corpus_incoming.save, project, ready),
                )
        territories = _territories(project)
        _for_all(project, territories)
        shown = _chosen(found)
        if any(found[key].outline is not None for key in shown):
            _header()
        aside = [key for key in shown if found[key].outline is None]
        for key in shown:
            if aside and key == aside[0] != shown[0]:
                st.html(f'<div class="qk-column qk-aside">{escaped(_("Mis de côté"))}</div>')
            _row(project, key, found[key], territories)
        _pages(found)
        _passed_over()


def _title(found: dict[str, Incoming]) -> str:
    readable = sum(1 for one in found.values() if one.outline is not None)
    if not readable:
        return ngettext("{n} fichier mis de côté", "{n} fichiers mis de côté", len(found)).format(n=number(len(found)))
    return ngettext("{n} fichier à enregistrer", "{n} fichiers à enregistrer", readable).format(n=number(readable))


def _state_words(found: dict[str, Incoming], ready: int) -> str:
    doubtful = sum(1 for one in found.values() if one.outline is not None and not one.ready)
    refused = sum(1 for one in found.values() if one.outline is None)
    parts = []
    if ready:
        parts.append(ngettext("{n} prêt", "{n} prêts", ready).format(n=ready))
    if doubtful:
        parts.append(ngettext("{n} à vérifier", "{n} à vérifier", doubtful).format(n=doubtful))
    if refused:
        parts.append(ngettext("{n} mis de côté", "{n} mis de côté", refused).format(n=refused))
    return ", ".join(parts)


def _kinds(found: dict[str, Incoming]) -> dict[str, list[str]]:
    """Keys of the files by what there is to do about them; those that nothing can be done about come last."""
    return {
        "all": sorted(found, key=lambda key: found[key].outline is None),
        "doubtful": [key for key, one in found.items() if one.outline is not None and not one.ready],
        "ready": [key for key, one in found.items() if one.ready],
        "refused": [key for key, one in found.items() if one.outline is None],
    }


def _chosen(found: dict[str, Incoming]) -> list[str]:
    """Keys of the lines to show: all of them where they are few, else those of the kind and the page asked for."""
    kinds = _kinds(found)
    if len(found) <= SHOWN:
        return kinds["all"]
    words = {
        "all": _("Tous ({n})"),
        "doubtful": _("À vérifier ({n})"),
        "ready": _("Prêts ({n})"),
        "refused": _("Mis de côté ({n})"),
    }
    offered = [kind for kind, keys in kinds.items() if keys]
    if st.session_state.get(KIND) not in offered:
        st.session_state[KIND] = offered[0]
    kind = st.segmented_control(
        _("Montrer"),
        offered,
        format_func=lambda kind: words[kind].format(n=number(len(kinds[kind]))),
        key=KIND,
        label_visibility="collapsed",
        required=True,
        on_change=lambda: st.session_state.__setitem__(PAGE, 0),
    )
    keys = kinds[kind or "all"]
    page = min(st.session_state.get(PAGE, 0), (len(keys) - 1) // SHOWN)
    st.session_state[PAGE] = page
    return keys[page * SHOWN : (page + 1) * SHOWN]


def _pages(found: dict[str, Incoming]) -> None:
    if len(found) <= SHOWN:
        return
    total = len(_kinds(found)[st.session_state[KIND]])
    page, last = st.session_state[PAGE], (total - 1) // SHOWN
    if not last:
        return

    def turn(by: int) -> None:
        st.session_state[PAGE] = page + by

    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="center"):
        st.button(_("Précédents"), icon=":material/chevron_left:", key="incoming_before", type="tertiary",
                  disabled=page == 0, on_click=turn, args=(-1,))  # fmt: skip
        st.caption(
            _("{first} à {last} sur {total}").format(
                first=number(page * SHOWN + 1), last=number(min((page + 1) * SHOWN, total)), total=number(total)
            ),
            width="content",
        )
        st.button(_("Suivants"), icon=":material/chevron_right:", key="incoming_after", type="tertiary",
                  disabled=page == last, on_click=turn, args=(1,))  # fmt: skip


def _passed_over() -> None:
    places: list[str] = st.session_state.get(corpus_incoming.PASSED_OVER, [])
    if places:
        names = ", ".join(places[:NAMED]) + ("…" if len(places) > NAMED else "")
        words = ngettext(
            "{n} fichier d'un autre format a été laissé de côté : {names}",
            "{n} fichiers d'un autre format ont été laissés de côté : {names}",
            len(places),
        )
        st.html(f'<p class="qk-quiet">{escaped(words.format(n=number(len(places)), names=names))}</p>')


def _for_all(project: Project, territories: list[str]) -> None:
    """What the names of the files did not say, said once for all of them."""
    found = waiting(project)
    if sum(1 for one in found.values() if one.outline is not None) < 2:
        return
    with st.popover(_("Remplir pour tous"), icon=":material/checklist:", type="tertiary", key="incoming_all"):
        kind = st.selectbox(
            _("Type de source"), list(SourceKind), index=None, format_func=source_kind_label,
            placeholder=_("Inchangé"), key="all_kind",
        )  # fmt: skip
        territory = st.selectbox(
            _("Territoire"), territories, index=None, accept_new_options=True,
            placeholder=_("Inchangé"), key="all_territory",
        )  # fmt: skip

        def fill() -> None:
            for one in found.values():
                if one.outline is not None:
                    one.outline = one.outline.described(source_kind=kind, territory=territory)

        st.button(_("Remplir"), key="all_fill", on_click=fill, disabled=kind is None and territory is None)


def _territories(project: Project) -> list[str]:
    known = {one.outline.territory for one in waiting(project).values() if one.outline and one.outline.territory}
    listed = project.corpus.territories()
    return [*listed, *sorted(known - set(listed))]


def _header() -> None:
    names = (_("Titre"), _("Type de source"), _("Territoire"), _("Date"), _("Locuteurs"), "")
    for column, name in zip(st.columns(WIDTHS, gap="small"), names, strict=True):
        column.html(f'<div class="qk-column">{escaped(name)}</div>')


def _row(project: Project, key: str, one: Incoming, territories: list[str]) -> None:
    with st.container(key=f"incoming-{key}", gap=None):
        if one.outline is None:
            _refused_row(project, key, one)
            return
        columns = st.columns(WIDTHS, gap="small", vertical_alignment="center")
        _cells(key, one, one.outline, columns, territories)
        with columns[4]:
            st.html(_heard(one.outline))
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
            st.button(
                _("Enregistrer"),
                icon=":material/check:",
                key=f"save {key}",
                help=_("Enregistrer ce document, tel qu'il est décrit ici"),
                disabled=one.outline.lacks_kind,
                on_click=state.act,
                args=(corpus_incoming.save, project, [key]),
            )
        _notes(project, key, one)
        if is_open:
            with st.container(key="incoming-open"), messages.guarded():
                preview = corpus_incoming.preview_of(project, key, one)
                corpus_preview.show(key, preview, lambda changed: corpus_incoming.put_back(key, one, changed))
                corpus_comments.show(project, key, one, preview)


def _refused_row(project: Project, key: str, one: Incoming) -> None:
    words, leave = st.columns([9, 2], vertical_alignment="center")
    place = "" if one.file.place == one.file_name else f"<small>{escaped(one.file.place)}</small>"
    words.html(
        f'<div class="qk-refused"><b>{escaped(one.file_name)}</b>{place}<span>{escaped(one.problem)}</span></div>'
    )
    with leave.container(horizontal=True, horizontal_alignment="right"):
        st.button(_("Retirer"), key=f"drop {key}", type="tertiary", on_click=lambda: waiting(project).pop(key, None))


def _cells(key: str, one: Incoming, outline: Outline, columns: list[Any], territories: list[str]) -> None:
    def describe(name: str, widget: str) -> None:
        value = st.session_state[widget]
        one.outline = outline.described(**{name: "" if value is None else value})

    def keyed(name: str, value: object) -> dict[str, Any]:
        widget = f"incoming {name} {key} {value}"
        return {
            "key": widget,
            "label_visibility": "collapsed",
            "on_change": lambda: state.act(describe, name, widget),
        }

    several = outline.documents > 1
    by_row = several and outline.layout is not None and outline.layout.column(Part.TERRITORY) is not None
    with columns[0]:
        about = _("Chaque document de ce tableau a son propre titre.") if several else None
        st.text_input(_("Titre"), outline.title, disabled=several, help=about, **keyed("title", outline.title))
    with columns[1]:
        kinds = list(SourceKind)
        st.selectbox(
            _("Type de source"),
            kinds,
            index=kinds.index(outline.source_kind) if outline.source_kind else None,
            format_func=source_kind_label,
            placeholder=_("À choisir") if outline.lacks_kind else _("Selon le tableau"),
            **keyed("source_kind", outline.source_kind),
        )
    with columns[2]:
        st.selectbox(
            _("Territoire"),
            territories,
            index=territories.index(outline.territory) if outline.territory else None,
            placeholder=_("Selon le tableau") if by_row else _("Aucun"),
            accept_new_options=True,
            **keyed("territory", outline.territory),
        )
    with columns[3]:
        st.date_input(_("Date"), outline.date, format="DD/MM/YYYY", **keyed("date", outline.date))


def _heard(outline: Outline) -> str:
    people = outline.speakers
    words = ngettext("{n} mot", "{n} mots", outline.words).format(n=number(outline.words))
    if outline.documents > 1:
        n = number(outline.documents)
        several = ngettext("{n} document", "{n} documents", outline.documents).format(n=n)
        return f'<div class="qk-heard"><span>{escaped(several)}</span><small>{escaped(words)}</small></div>'
    if not people:
        return f'<div class="qk-heard"><span>{escaped(_("Aucun locuteur"))}</span><small>{escaped(words)}</small></div>'
    names = ", ".join(speaker.name for speaker in people)
    count = ngettext("{n} locuteur", "{n} locuteurs", len(people)).format(n=len(people))
    return (
        f'<div class="qk-heard" title="{escaped(names)}"><span>{escaped(names)}</span>'
        f"<small>{escaped(count)}, {escaped(words)}</small></div>"
    )


def _notes(project: Project, key: str, one: Incoming) -> None:
    """What to look at, in words, with the one click that settles it."""
    assert one.outline is not None
    if one.problem:
        st.html(f'<p class="qk-note qk-bad">{escaped(one.problem)}</p>')
    for remark in one.outline.remarks:
        st.html(f'<p class="qk-note">{escaped(remark)}</p>')
    merges = {merge.labels: merge for merge in one.outline.merges}
    corpus_comments.note(one)
    for place, doubt in enumerate(one.doubts):
        with st.container(horizontal=True, vertical_alignment="center", key=f"doubt-{key}-{place}"):
            st.html(f'<p class="qk-note qk-doubt">{escaped(doubt)}</p>', width="content")
            if one.outline.lacks_kind and place == 0:
                continue
            merge = next((merge for labels, merge in merges.items() if all(label in doubt for label in labels)), None)
            if merge is not None:
                words = _("Réunir sous « {name} »").format(name=merge.into)
                _button(key, f"merge {place}", words, _merge(project, key, one, merge))
            _button(key, f"leave {place}", _("Laisser ainsi"), lambda doubt=doubt: one.settled.add(doubt))


def _button(key: str, name: str, label: str, deed: Callable[[], object]) -> None:
    st.button(plain(label), key=f"{name} {key}", type="tertiary", on_click=state.act, args=(deed,))


def _merge(project: Project, key: str, one: Incoming, merge: Any) -> Callable[[], None]:
    def deed() -> None:
        whole = corpus_incoming.preview_of(project, key, one)
        corpus_incoming.put_back(key, one, whole.merged(dict.fromkeys(merge.labels, merge.into)))

    return deed
