"""One cell of a consensus grid: the passages that support it, to confirm or to put right, by the mouse or by keys."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qualikit.coding.model import Position, position_label
from qualikit.corpus.times import clock
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.themes.consensus import wording
from qualikit.themes.consensus.grid import Grid
from qualikit.themes.consensus.model import Cell, Held, Side, Support, held_label, letter
from qualikit.themes.consensus.reading import Group, Present
from qualikit.themes.model import Row
from qualikit.ui import places, state
from qualikit.ui.messages import escaped, plain

PLACE = "consensus_passage"
"""Number of the passage in hand: the one that the keys act on."""
KEYS: dict[Position | None, str] = {
    Position.AGREEMENT: "A",
    Position.DISAGREEMENT: "D",
    Position.NUANCE: "N",
    None: "X",
}
MOST = 30
"""Passages shown at once."""


def first() -> None:
    """The first passage is in hand again."""
    st.session_state.pop(PLACE, None)


def show(
    project: Project,
    grid: Grid,
    group: Group,
    row_id: str,
    person_id: str,
    *,
    close: Callable[[], object],
    further: tuple[str, str] | None,
) -> None:
    """Draw the open cell."""
    row, person = grid.row(row_id), grid.participant(group, person_id)
    cell = grid.cell(row, person, group)
    with st.container(horizontal=True, vertical_alignment="top", wrap=False):
        st.html(
            f'<div class="qk-code-head"><span class="qk-swatch" style="background:{escaped(row.color)}"></span>'
            f"<h2>{escaped(person.name)}</h2><span class='qk-quiet'>{escaped(row.name)}</span></div>"
            f'<p class="qk-quiet"><b>{escaped(cell.letter)}</b> · {escaped(wording.cell_sentence(cell))}</p>'
        )
        st.button(_("Fermer"), icon=":material/close:", key="close_cell", type="tertiary", on_click=close)
    with st.container(horizontal=True, vertical_alignment="center", key="consensus-deeds"):
        _deeds(project, grid, group, row, person, cell)
        if further is not None:
            from qualikit.ui.pages import consensus

            st.button(
                _("Case suivante à vérifier"),
                icon=":material/skip_next:",
                key="consensus_next",
                shortcut="S",
                on_click=consensus.open_cell,
                args=further,
            )
    if cell.correction is not None and cell.correction.reason:
        st.html(f'<p class="qk-memo">{escaped(wording.correction_sentence(cell))}</p>')
    _passages(project, grid, group, row, person, cell)
    if cell.supports:
        _proposals(project, grid, group, row, person)


def _deeds(project: Project, grid: Grid, group: Group, row: Row, person: Present, cell: Cell) -> None:
    """Confirm the cell, put it right with a reason, or let its passages speak again."""
    where, kind = (group.id, row.code_id, person.id), {"questions": grid.kind == "questions"}
    seen = {**kind, "seen": cell.derived}
    if cell.correction is None:
        st.button(
            _("Confirmer {letter}").format(letter=cell.letter),
            icon=":material/check:",
            key="consensus_confirm",
            type="primary",
            shortcut="V",
            help=_("La case restera ainsi quoi qu'on code ensuite, et dira qu'elle a été confirmée."),
            on_click=state.act,
            args=(project.themes.correct_cell, *where, cell.derived),
            kwargs=seen,
        )
    else:
        st.button(
            _("Laisser dire les passages ({letter})").format(letter=cell.derived_letter),
            icon=":material/restart_alt:",
            key="consensus_release",
            on_click=state.act,
            args=(project.themes.release_cell, *where),
            kwargs=kind,
        )
    with (
        st.popover(_("Corriger la case"), icon=":material/edit:", key="consensus_correct"),
        st.form(f"correct {where} {cell.value}", border=False),
    ):
        value = st.selectbox(
            _("Cette personne"),
            list(Held),
            index=list(Held).index(cell.value),
            format_func=lambda held: f"{letter(held)} – {held_label(held)}",
            key=f"correct value {where} {cell.value}",
        )
        reason = st.text_area(
            _("Pourquoi"),
            cell.correction.reason if cell.correction else "",
            key=f"correct reason {where} {cell.value}",
            placeholder=_("Par exemple : se rallie à la fin, d'un hochement de tête noté par l'observateur."),
            height=90,
        )
        if st.form_submit_button(_("Corriger"), type="primary"):
            state.act(project.themes.correct_cell, *where, value, reason, **seen)
            st.rerun()


def _passages(project: Project, grid: Grid, group: Group, row: Row, person: Present, cell: Cell) -> None:
    n = len(cell.supports)
    if not n:
        said = (
            _("{name} ne dit rien sous cette question.")
            if grid.kind == "questions"
            else _("Aucun passage de {name} n'est codé avec ce thème.")
        )
        st.caption(plain(said.format(name=person.name)))
        return
    st.subheader(ngettext("{n} passage", "{n} passages", n).format(n=n), anchor=False)
    codable = [place for place, support in enumerate(cell.supports) if support.readings]
    held = st.session_state.get(PLACE)
    if held not in codable:
        held = next((place for place in codable if not cell.supports[place].stances), codable[0] if codable else -1)
    shown = range(min(n, MOST)) if held < MOST else [*range(MOST - 1), held]
    for place in shown:
        following = next((other for other in codable if other > place), place)
        _card(project, group, person, cell.supports[place], place, in_hand=place == held, following=following)
    if n > MOST:
        st.caption(_("Les {n} premiers passages sont montrés, sur {total}.").format(n=MOST, total=n))


def _card(
    project: Project, group: Group, person: Present, support: Support, place: int, *, in_hand: bool, following: int
) -> None:
    with st.container(border=True, key=f"consensus-passage-{'now' if in_hand else place}", gap="small"):
        quote = escaped(support.quote).replace("\n", "<br>")
        parts = [_("tour {number}").format(number=support.turn)]
        parts += [clock(support.time)] if support.time is not None else []
        parts += [", ".join(support.coders)] if support.coders else [_("non codé")]
        warned = _("Ce passage contient les paroles de plusieurs participants.") if support.shared else ""
        st.html(
            f'<blockquote class="qk-quote">{quote}</blockquote>'
            f'<p class="qk-source">{_read(support)} <span class="qk-quiet"> · {escaped(" · ".join(parts))}</span></p>'
            + (f'<p class="qk-doubt qk-source">{escaped(warned)}</p>' if warned else "")
        )
        if support.readings:
            _choices(project, person, support, place, in_hand=in_hand, following=following)
        places.link(
            "coder",
            _("Voir dans le texte"),
            icon=":material/my_location:",
            document=group.id,
            debut=str(support.start),
            fin=str(support.stop),
            retour="consensus",
        )


def _read(support: Support) -> str:
    """What is read in a passage, by whom: « A », with a tint."""
    if not support.stances:
        return f"<b>{escaped(_('pas de position'))}</b>"
    from qualikit.ui.pages.consensus_grid import TONES

    tone = {Position.AGREEMENT: Side.AGREE, Position.DISAGREEMENT: Side.DISAGREE, Position.NUANCE: Side.TORN}
    said: dict[str, list[str]] = {}
    tones: dict[str, str] = {}
    for stance in support.stances:
        words = wording.stance_words(stance)
        said.setdefault(words, []).append(stance.coder)
        tones[words] = TONES[tone[stance.value]] if stance.value else "silent"
    several = len(said) > 1
    return " ".join(
        f'<span class="qk-held qk-held-{tones[words]}">{escaped(words)}'
        + (f" ({escaped(', '.join(dict.fromkeys(by)))})" if several else "")
        + "</span>"
        for words, by in said.items()
    )


def _choices(project: Project, person: Present, support: Support, place: int, *, in_hand: bool, following: int) -> None:
    """What the participant holds there: a button each; the passage in hand answers to keys."""
    strong = any(stance.strong for stance in support.stances)
    now = {stance.value for stance in support.stances}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"consensus-choices-{place}"):
        for value, key in KEYS.items():
            words = position_label(value) if value else _("Aucune")
            st.button(
                words,
                key=f"position {place} {key}",
                shortcut=key if in_hand else None,
                type="primary" if now == {value} else "secondary",
                on_click=_hold,
                args=(project, support, person, value, strong, following),
            )
        side = next(iter(now)) if len(now) == 1 else None
        st.button(
            _("Appuyée"),
            key=f"position {place} F",
            icon=":material/star:",
            shortcut="F" if in_hand else None,
            type="primary" if strong else "secondary",
            disabled=side not in {Position.AGREEMENT, Position.DISAGREEMENT},
            help=_("Une déclaration ou un exemple porte cette position (SE, SD)."),
            on_click=_hold,
            args=(project, support, person, side, not strong, place),
        )
        if support.by_hand:
            st.button(
                _("Reprendre le codage"),
                key=f"position {place} back",
                type="tertiary",
                help=_("Retire ce qui a été dit à la main : les codages de position parlent de nouveau."),
                on_click=state.act,
                args=(project.themes.remove_position, list(support.coding_ids), person.id),
            )


def _hold(
    project: Project, support: Support, person: Present, value: Position | None, strong: bool, following: int
) -> None:
    state.act(project.themes.set_position, list(support.coding_ids), person.id, value, strong=strong)
    st.session_state[PLACE] = following


def _proposals(project: Project, grid: Grid, group: Group, row: Row, person: Present) -> None:
    found = state.kept(
        project,
        "position proposals",
        lambda: project.themes.position_proposals(grid, row.code_id, person.id, group.id),
        grid.kind,
        group.id,
        row.code_id,
        person.id,
        grid.coders,
    )
    if not found:
        return
    book = project.coding.codebook
    st.subheader(_("Proposé par l'assistant"), anchor=False)
    for each in found[:MOST]:
        code = book.get(each.code_id)
        with st.container(border=True, key=f"consensus-proposal-{each.id}", gap="small"):
            st.html(
                f'<blockquote class="qk-quote">{escaped(each.quote)}</blockquote>'
                f'<p class="qk-source"><b>{escaped(code.name if code else "")}</b>'
                f'<span class="qk-quiet"> · {escaped(each.reason)}</span></p>'
            )
            with st.container(horizontal=True, gap="small"):
                for accept, words in ((True, _("Accepter")), (False, _("Refuser"))):
                    st.button(
                        words,
                        key=f"proposal {each.id} {accept}",
                        on_click=state.act,
                        args=(project.coding.decide, each.id),
                        kwargs={"accept": accept},
                    )
