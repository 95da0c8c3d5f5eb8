"""One file before it is saved: its turns as they will be, the rule that finds its speakers, who they are."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qualikit.corpus.model import Role, role_label
from qualikit.corpus.preview import Preview, Speaker
from qualikit.corpus.table_layout import Rows
from qualikit.i18n import _, ngettext, number
from qualikit.ui import state, transcript
from qualikit.ui.messages import escaped
from qualikit.ui.pages import corpus_columns

NOT_A_PERSON = "nobody"
Change = Callable[[Preview], None]


def show(key: str, preview: Preview, change: Change) -> None:
    """Draw the open file; ``change`` receives it as corrected."""
    people, turns = st.columns([5, 6], gap="large")
    with people:
        if preview.layout is not None:
            corpus_columns.show(key, preview, change)
        else:
            _rule(key, preview, change)
        if preview.layout is None or preview.layout.rows is Rows.TURNS:
            _people(key, preview, change)
    with turns:
        heading = _("Le texte, tel qu'il sera lu")
        if preview.documents > 1:
            heading = _("Les {n} documents, tels qu'ils seront lus").format(n=number(preview.documents))
        spoken = sum(1 for turn in preview.turns if turn.label is not None)
        turns_words = ngettext("{n} tour de parole", "{n} tours de parole", spoken).format(n=number(spoken))
        st.html(f'<div class="qk-column">{escaped(" · ".join([heading, *([turns_words] if spoken else [])]))}</div>')
        names = {label: (speaker.name, speaker.role) for speaker in preview.speakers for label in speaker.labels}
        headings = preview.read.table.headings if preview.read.table else ()
        transcript.show(preview.text, preview.turns, names, key=f"preview {key}", headings=headings)


def _rule(key: str, preview: Preview, change: Change) -> None:
    rules = [preview.rule, *(candidate.rule for candidate in preview.alternatives)]
    counts = {candidate.rule: candidate.counts for candidate in preview.alternatives}

    def words(number: int) -> str:
        rule = rules[number]
        if number == 0 or not counts.get(rule):
            return rule.words()
        labels = len(counts[rule])
        return f"{rule.words()} ({ngettext('{n} étiquette', '{n} étiquettes', labels).format(n=labels)})"

    widget = f"rule {key} {preview.rule.to_json()}"

    def choose() -> None:
        rule = rules[st.session_state[widget]]
        # The rule left stays on offer, so that one can come back to it.
        from dataclasses import replace

        from qualikit.corpus.speakers import Candidate

        left = Candidate(preview.rule, 0.0, tuple((s.name, s.turns) for s in preview.speakers))
        others = tuple(candidate for candidate in preview.alternatives if candidate.rule != rule)
        change(replace(preview.with_rule(rule), alternatives=(left, *others)))

    st.selectbox(
        _("Les locuteurs sont annoncés par"),
        list(range(len(rules))),
        format_func=words,
        key=widget,
        on_change=state.act,
        args=(choose,),
    )


def _people(key: str, preview: Preview, change: Change) -> None:
    if not preview.speakers:
        st.caption(_("Personne n'est annoncé : le document se lira et se codera comme un texte suivi."))
    else:
        widths = [4, 3, 2]
        for column, name in zip(st.columns(widths, gap="small"), (_("Nom"), _("Rôle"), _("Paroles")), strict=True):
            column.html(f'<div class="qk-column">{escaped(name)}</div>')
        for speaker in preview.speakers:
            _person(key, preview, speaker, change, widths)
        st.caption(_("Le même nom donné à deux lignes en fait une seule personne."))
    _more_labels(key, preview, change)


def _person(key: str, preview: Preview, speaker: Speaker, change: Change, widths: list[int]) -> None:
    name, role, said = st.columns(widths, gap="small", vertical_alignment="center")
    mark = f"{key} {speaker.labels} {speaker.name} {speaker.role}"
    with name:
        widget = f"name {mark}"
        st.text_input(
            _("Nom"),
            speaker.name,
            key=widget,
            label_visibility="collapsed",
            on_change=lambda: state.act(lambda: change(preview.renamed(speaker.name, st.session_state[widget]))),
        )
    with role:
        choice = f"role {mark}"
        roles = [*Role, NOT_A_PERSON]

        def choose() -> None:
            chosen = st.session_state[choice]
            if chosen == NOT_A_PERSON:
                left = [label for label in preview.rule.labels if label not in speaker.labels]
                change(preview.with_rule(preview.rule.with_labels(left)))
            else:
                change(preview.with_role(speaker.name, chosen))

        st.selectbox(
            _("Rôle"),
            roles,
            index=roles.index(speaker.role),
            format_func=lambda each: _("Pas une personne") if each == NOT_A_PERSON else role_label(each),
            key=choice,
            label_visibility="collapsed",
            on_change=state.act,
            args=(choose,),
        )
    with said:
        turns = ngettext("{n} tour", "{n} tours", speaker.turns).format(n=speaker.turns)
        words = ngettext("{n} mot", "{n} mots", speaker.words).format(n=number(speaker.words))
        others = [label for label in speaker.labels if label != speaker.name]
        spelt = _("écrit « {labels} »").format(labels=_(" », « ").join(others))
        written = f"<br><small>{escaped(spelt)}</small>" if others else ""
        st.html(f'<div class="qk-heard"><span>{escaped(turns)}</span><small>{escaped(words)}</small>{written}</div>')


def _more_labels(key: str, preview: Preview, change: Change) -> None:
    from qualikit.corpus.marks import Form

    if preview.rule.form is Form.NONE or (preview.rule.form is Form.GIVEN and not preview.rule.labels):
        return
    widget = f"label {key} {len(preview.rule.labels)}"

    def add() -> None:
        label = st.session_state[widget].strip()
        if not label:
            return
        after = preview.with_rule(preview.rule.with_labels([*preview.rule.labels, label]))
        if after.turns == preview.turns:
            from qualikit.errors import ImportRefused

            raise ImportRefused(
                _("« {label} » n'annonce personne dans ce texte.").format(label=label),
                _("Écrivez le nom comme il est dans le fichier."),
            )
        change(after)

    st.text_input(
        _("Un locuteur manque ? Son nom, comme il est écrit"),
        key=widget,
        placeholder=_("M. Ortega"),
        on_change=state.act,
        args=(add,),
    )
