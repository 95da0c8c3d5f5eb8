"""Both sides' words: of one theme in one group, and of all the groups beside one another."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qualikit.corpus.times import clock
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.themes.consensus import wording
from qualikit.themes.consensus.grid import Contrast, Grid
from qualikit.themes.consensus.model import Side, letter
from qualikit.themes.consensus.quoting import FACING, Quoted, quotations
from qualikit.themes.consensus.reading import Group
from qualikit.themes.consensus.tally import Tally
from qualikit.ui import places
from qualikit.ui.grid import GridCell, GridColumn, GridRow
from qualikit.ui.grid import grid as draw
from qualikit.ui.messages import escaped
from qualikit.ui.pages.consensus_grid import TONES

THEME = "consensus_theme"
QUOTES = 6
"""Passages of a side that are shown at once."""
_ORDER = ("opposed", "apart", "divided", "together", "unknown")


def show_row(project: Project, grid: Grid, group: Group, row_id: str, *, close: Callable[[], object]) -> None:
    """What a group says of one theme, side by side."""
    row = grid.row(row_id)
    count = grid.tally(row, group)
    with st.container(horizontal=True, vertical_alignment="top", wrap=False):
        said = (
            " · ".join(filter(None, [wording.standing(count), wording.counted(count), wording.share(count)]))
            if count
            else wording.standing(None)
        )
        st.html(
            f'<div class="qk-code-head"><span class="qk-swatch" style="background:{escaped(row.color)}"></span>'
            f"<h2>{escaped(row.name)}</h2></div>"
            f'<p class="qk-quiet">{escaped(said)}</p>'
        )
        st.button(_("Fermer"), icon=":material/close:", key="close_cell", type="tertiary", on_click=close)
    found = quotations(grid, row, group)
    sides = [side for side in (Side.AGREE, Side.DISAGREE) if found[side]] or [Side.AGREE, Side.DISAGREE]
    for column, side in zip(st.columns(len(sides), gap="small"), sides, strict=True):
        with column:
            _side(group, side, found[side])
    if found[Side.TORN]:
        _side(group, Side.TORN, found[Side.TORN])


def show_groups(project: Project, grid: Grid) -> None:
    """All the groups, theme by theme; beneath, both sides' words of the theme that is open."""
    contrasts = sorted(
        (each for each in grid.contrasts() if any(tally and tally.answered for tally in each.tallies)),
        key=lambda each: _ORDER.index(each.kind),
    )
    if not contrasts:
        said = _("Aucune position n'est codée dans ces groupes.")
        st.html(f'<p class="qk-nothing">{escaped(said)}</p>')
        return
    open_ = st.session_state.get(THEME)
    cells = {}
    for each in contrasts:
        for group, tally in zip(grid.groups, each.tallies, strict=True):
            cells[each.row.code_id, group.id] = _standing(tally)
        cells[each.row.code_id, "said"] = GridCell(
            wording.contrast(each, grid.groups), sort=-_ORDER.index(each.kind), live=False
        )
    clicked = draw(
        [GridRow(each.row.code_id, each.row.name, color=each.row.color) for each in contrasts],
        [
            *(GridColumn(group.id, group.label, sub=_present(group), centred=True) for group in grid.groups),
            GridColumn("said", _("D'un groupe à l'autre"), text=True),
        ],
        cells,
        key=f"consensus groups {grid.kind}",
        corner=_("Question") if grid.kind == "questions" else _("Thème"),
        under=_("pour · partagés · contre · sans position / présents"),
        picked=(open_, grid.groups[0].id) if open_ else None,
        height="max(16rem, calc(55vh - 6rem))",
        caption=_("Les groupes côte à côte"),
    )
    if clicked is not None:
        st.session_state[THEME] = clicked[0]
        st.rerun()
    chosen = next((each for each in contrasts if each.row.code_id == open_), contrasts[0])
    _face_to_face(grid, chosen)


def _present(group: Group) -> str:
    return _("{n} présents").format(n=len(group.participants))


def _standing(tally: Tally | None) -> GridCell:
    if tally is None:
        return GridCell(wording.standing(None), sort=-1, live=False)
    leaning = tally.leaning
    tone = TONES[leaning] if leaning else "torn" if tally.answered > 1 else ""
    return GridCell(
        wording.standing(tally),
        sub=f"{tally.agree} · {tally.torn} · {tally.disagree} · {tally.silent}/{tally.present}",
        title=f"{wording.counted(tally)} · {wording.share(tally)}",
        tint=0.55 if tone else 0.0,
        sort=tally.answered,
        tone=tone,  # type: ignore[arg-type]
    )


def _face_to_face(grid: Grid, chosen: Contrast) -> None:
    st.html(
        f'<div class="qk-code-head"><span class="qk-swatch" style="background:{escaped(chosen.row.color)}"></span>'
        f"<h2>{escaped(chosen.row.name)}</h2></div>"
        f'<p class="qk-quiet">{escaped(wording.contrast(chosen, grid.groups))}</p>'
    )
    shown = [group for group, tally in zip(grid.groups, chosen.tallies, strict=True) if tally and tally.answered]
    for first in range(0, len(shown), 3):
        some = shown[first : first + 3]
        for column, group in zip(st.columns(len(some), gap="medium", border=True), some, strict=True):
            with column:
                tally = grid.tally(chosen.row, group)
                st.subheader(escaped(group.label), anchor=False)
                st.html(f'<p class="qk-quiet">{escaped(wording.counted(tally) if tally else "")}</p>')
                found = quotations(grid, chosen.row, group)
                for side in FACING:
                    if found[side]:
                        _side(group, side, found[side])


def _side(group: Group, side: Side, quoted: list[Quoted]) -> None:
    """The words of one side."""
    people = {each.participant.id for each in quoted}
    elsewhere = {each.participant.id for each in quoted if each.counted is not side}
    label = ngettext("{side} : {n} personne", "{side} : {n} personnes", len(people))
    label = label.format(side=wording.words_label(side), n=len(people))
    if elsewhere:
        more = ngettext(
            "{label}, dont {n} comptée d'un autre côté", "{label}, dont {n} comptées d'un autre côté", len(elsewhere)
        )
        label = more.format(label=label, n=len(elsewhere))
    st.html(f'<p class="qk-side qk-held-{TONES[side]}">{escaped(label)}</p>')
    for each in quoted[:QUOTES]:
        _quote(group, each)
    if len(quoted) > QUOTES:
        with st.expander(_("{n} passages de plus").format(n=len(quoted) - QUOTES)):
            for each in quoted[QUOTES:]:
                _quote(group, each)


def _quote(group: Group, quoted: Quoted) -> None:
    support = quoted.support
    parts = [_("tour {number}").format(number=support.turn)]
    parts += [clock(support.time)] if support.time is not None else []
    words = escaped(support.quote).replace("\n", "<br>")
    st.html(
        f'<blockquote class="qk-quote">{words}</blockquote>'
        f'<p class="qk-source"><b>{escaped(quoted.participant.name)}</b> · {escaped(letter(quoted.held))}'
        f'<span class="qk-quiet"> · {escaped(" · ".join(parts))}</span></p>'
    )
    places.link(
        "coder",
        _("Voir dans le texte"),
        icon=":material/my_location:",
        document=group.id,
        debut=str(support.start),
        fin=str(support.stop),
        retour="consensus",
    )
