"""Correcting the text of a document: one turn, words everywhere, or the whole text; seen before it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from qualikit.corpus.carrying import announcement
from qualikit.corpus.model import Participant, Turn
from qualikit.corpus.queries import DocumentSummary
from qualikit.corpus.speakers import SpeakerRule
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.rebasing import replacements
from qualikit.ui import differences, messages, state
from qualikit.ui.pages import corpus_review, corpus_versions

OPEN = "correcting"
"""In the session: which part of the corrections is open on the chosen document."""
OPEN_ON = "correcting_document"
"""In the session: the document that they are open on."""
WANTED = "correction_wanted"
"""In the session: the correction that is shown and not saved yet."""
TURN, EVERYWHERE, WHOLE, VERSIONS, REVIEW = "turn", "everywhere", "whole", "versions", "review"


def leave() -> None:
    """Close the corrections; what was not saved is forgotten."""
    for name in (OPEN, OPEN_ON, WANTED, "correct_part"):
        st.session_state.pop(name, None)


def open_on(document: str, part: str = TURN) -> None:
    """Open the corrections of a document, at one of their parts."""
    leave()
    st.session_state[OPEN], st.session_state[OPEN_ON] = part, document


def is_open(document: str) -> bool:
    """True where the corrections of that document are open."""
    return bool(st.session_state.get(OPEN)) and st.session_state.get(OPEN_ON) == document


def show(
    project: Project, chosen: DocumentSummary, people: Sequence[Participant], turns: Sequence[Turn], text: str
) -> None:
    """Draw the corrections of the chosen document."""
    waiting = len(state.kept(project, "aside of", lambda: project.coding.set_aside(chosen.id), chosen.id))
    parts = {
        TURN: _("Un tour de parole"),
        EVERYWHERE: _("Rechercher et remplacer"),
        WHOLE: _("Texte entier"),
        VERSIONS: _("Versions"),
        REVIEW: _("À revoir ({n})").format(n=waiting) if waiting else _("À revoir"),
    }
    asked = st.session_state[OPEN]
    with st.container(horizontal=True, vertical_alignment="center"):
        part = st.segmented_control(
            _("Corriger"),
            list(parts),
            default=asked if asked in parts else TURN,
            required=True,
            format_func=parts.__getitem__,
            key="correct_part",
            label_visibility="collapsed",
            on_change=lambda: st.session_state.pop(WANTED, None),
        )
        st.space("stretch")
        st.button(_("Revenir au document"), key="leave_correcting", icon=":material/arrow_back:", on_click=leave)
    if part == REVIEW:
        corpus_review.show(project, chosen, text, turns)
        return
    if part == VERSIONS:
        corpus_versions.show(project, chosen, want)
    elif part == EVERYWHERE:
        _everywhere(chosen, turns, text)
    elif part == WHOLE:
        _whole(chosen, text)
    else:
        _turn(chosen, people, turns, text)
    _seen(project, chosen)


def want(document: str, base: str | None, **what: Any) -> None:
    """Ask to see what a correction changes."""
    st.session_state[WANTED] = {"document": document, "base": base, "what": what}


def _turn(chosen: DocumentSummary, people: Sequence[Participant], turns: Sequence[Turn], text: str) -> None:
    names = {person.id: person.name for person in people}
    left, right = st.columns([5, 7], gap="medium")
    with left:
        st.caption(_("Choisissez le tour de parole à corriger ; la loupe du tableau cherche dans les paroles."))
        event = st.dataframe(
            {
                _("N°"): [turn.index + 1 for turn in turns],
                _("Qui"): [names.get(turn.participant_id or "", turn.label or "–") for turn in turns],
                _("Paroles"): [" ".join(turn.speech.of(text).split()) for turn in turns],
            },
            hide_index=True,
            height=400,
            key=f"correct turns {chosen.document.text_version_id}",
            on_select="rerun",
            selection_mode="single-row",
            column_config={
                _("N°"): st.column_config.NumberColumn(width=45),
                _("Qui"): st.column_config.TextColumn(width=110),
                _("Paroles"): st.column_config.TextColumn(width="large"),
            },
        )
    rows = event.selection.rows if event is not None else []
    with right:
        if not rows or rows[0] >= len(turns):
            st.caption(_("Cliquez sur un tour de parole, à gauche : ses paroles s'ouvrent ici."))
            return
        _one_turn(chosen, names, turns, rows[0], text)


def _one_turn(chosen: DocumentSummary, names: Mapping[str, str], turns: Sequence[Turn], index: int, text: str) -> None:
    turn = turns[index]
    words = turn.speech.of(text)
    speakers = list(dict.fromkeys(names.values()))
    now = names.get(turn.participant_id or "", turn.label)
    options = list(dict.fromkeys([*([now] if now else []), *speakers]))
    with st.form(f"turn {chosen.document.text_version_id} {index}", border=False):
        who = st.selectbox(
            _("Qui parle"),
            options,
            index=options.index(now) if now else None,
            accept_new_options=True,
            placeholder=_("Personne : choisissez, ou écrivez un nom"),
        )
        said = st.text_area(
            _("Paroles"), words, height=max(96, min(260, 40 + 24 * (len(words) // 70 + words.count("\n") + 1)))
        )
        with st.expander(_("Ajouter ce qui manque après ce tour de parole")):
            next_who = st.selectbox(
                _("Qui parle ensuite"), speakers, index=None, accept_new_options=True, placeholder=_("La même personne")
            )
            next_said = st.text_area(_("Paroles manquantes"), "", height=96)
        if st.form_submit_button(_("Voir ce qui change"), type="primary", icon=":material/difference:"):
            _want_turn(chosen, turns, index, text, who if who != now else None, said, next_who, next_said)


def _want_turn(
    chosen: DocumentSummary,
    turns: Sequence[Turn],
    index: int,
    text: str,
    who: str | None,
    said: str,
    next_who: str | None,
    next_said: str,
) -> None:
    turn = turns[index]
    rule = SpeakerRule.from_json(chosen.document.rule) if chosen.document.rule else None
    added = ""
    if next_said.strip():
        between = text[turn.speech_stop : turn.stop] or "\n"
        added = between + announcement(text, turns, rule, next_who) if next_who else "\n"
        added += next_said.strip()
    new = text[: turn.speech_start] + said.strip() + added + text[turn.speech_stop :]
    what: dict[str, Any] = {"new_text": new} if new != text else {}
    if who:
        what["speakers"] = {index: who}
    if next_who and next_said.strip():
        what["heard"] = [next_who]
    want(chosen.id, chosen.document.text_version_id, **what)


def _everywhere(chosen: DocumentSummary, turns: Sequence[Turn], text: str) -> None:
    with st.form(f"everywhere {chosen.document.text_version_id}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            words = st.text_input(_("Rechercher"), placeholder=_("triporter"))
            by = st.text_input(_("Remplacer par"), placeholder=_("triporteur"))
            asked = st.form_submit_button(_("Voir ce qui change"), type="primary", icon=":material/difference:")
        st.caption(_("Des mots entiers ; les majuscules et les accents comptent. Laissez vide pour enlever les mots."))
    if not asked:
        return
    edits = replacements(text, words, by)
    if not edits:
        st.session_state.pop(WANTED, None)
        if words.strip():
            st.info(_("« {words} » n'est pas dans ce texte.").format(words=messages.plain(words)))
        return
    inside = {next((turn.index for turn in turns if turn.stop > edit.start), 0) for edit in edits}
    count = ngettext("{n} fois", "{n} fois", len(edits)).format(n=len(edits))
    where = ngettext("dans {n} tour de parole", "dans {n} tours de parole", len(inside)).format(n=len(inside))
    want(chosen.id, chosen.document.text_version_id, edits=edits)
    st.session_state[WANTED]["count"] = f"« {words} » : {count}, {where}."


def _whole(chosen: DocumentSummary, text: str) -> None:
    from qualikit.corpus.readers import extensions, reader_for

    version = chosen.document.text_version_id
    with st.form(f"whole {version}", border=False):
        new = st.text_area(
            _("Texte du document"),
            text,
            height=380,
            help=_("Une ligne nouvelle qui annonce quelqu'un comme les autres fait un tour de parole."),
        )
        file = st.file_uploader(
            _("Ou un fichier corrigé (le même document, repris dans Word par exemple)"),
            type=[ending.removeprefix(".") for ending in extensions()],
            key=f"whole file {version}",
        )
        if not st.form_submit_button(_("Voir ce qui change"), type="primary", icon=":material/difference:"):
            return
    with messages.guarded():
        if file is not None:
            new = reader_for(file.name).read(file.getvalue(), file.name).text
        want(chosen.id, version, new_text=new)


def _seen(project: Project, chosen: DocumentSummary) -> None:
    """The difference, what it entails, and the way to save it."""
    wanted = st.session_state.get(WANTED)
    if wanted is None or wanted["document"] != chosen.id:
        return
    with messages.guarded():
        what = wanted["what"]
        made = project.corpus.preview_correction(chosen.id, base_version=wanted["base"], **what)
        st.subheader(_("Ce qui change"), anchor=False)
        if not made.changed:
            st.caption(_("Rien : le texte est le même."))
            return
        if count := wanted.get("count"):
            st.caption(messages.plain(count))
        differences.show(made.passages, key="wanted")
        differences.consequences(made)
        note = st.text_input(
            _("Pourquoi (facultatif)"), key=f"correction note {wanted['base']}", placeholder=_("réécoute du 12 mars")
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _("Enregistrer la correction"),
                key="save_correction",
                type="primary",
                icon=":material/check:",
                on_click=_save,
                args=(project, wanted, note),
            )
            st.button(_("Ne rien changer"), key="drop_correction", on_click=lambda: st.session_state.pop(WANTED, None))
            st.caption(_("Le texte d'avant est gardé ; « Annuler », en haut de la page, y revient."))


def _save(project: Project, wanted: dict[str, Any], note: str) -> None:
    made = state.act(
        project.corpus.correct,
        wanted["document"],
        base_version=wanted["base"],
        note=note,
        done=_("Correction enregistrée"),
        **wanted["what"],
    )
    if made is not None:
        st.session_state.pop(WANTED, None)
