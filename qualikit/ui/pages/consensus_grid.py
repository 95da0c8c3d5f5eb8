"""The grid of one group as a table: letters and colours, counts and interval at the end of each row."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _
from qualikit.themes.consensus import wording
from qualikit.themes.consensus.grid import Grid
from qualikit.themes.consensus.model import SIDE, Cell, Held, Side
from qualikit.themes.consensus.reading import Group
from qualikit.themes.consensus.tally import Tally
from qualikit.ui.grid import GridCell, GridColumn, GridRow
from qualikit.ui.grid import grid as draw
from qualikit.ui.messages import escaped

COUNTS = "∑"
"""Column of the counts; its cell opens both sides' words."""
TONES = {Side.AGREE: "agree", Side.DISAGREE: "disagree", Side.TORN: "torn", Side.SILENT: ""}
_STRONG = {Held.AGREES_STRONGLY, Held.DISAGREES_STRONGLY}
HEIGHT = "max(20rem, calc(100vh - 14.5rem))"


def show(grid: Grid, group: Group, picked: tuple[str, str] | None, *, every: bool) -> tuple[str, str] | None:
    """Draw the table; the (row, participant) clicked, or None."""
    rows = [row for row in grid.rows if (count := grid.tally(row, group)) and (every or count.answered)]
    if not rows:
        said = _(
            "Aucune position n'est codée dans ce groupe. Dans Coder, donnez à un passage son thème et une position "
            "(accord, désaccord, nuance) ; ou montrez les lignes sans position et dites-la passage par passage."
        )
        st.html(f'<p class="qk-nothing">{escaped(said)}</p>')
        return None
    cells = {}
    for row in rows:
        for person in group.participants:
            cells[row.code_id, person.id] = cell_of(grid.cell(row, person, group))
        count = grid.tally(row, group)
        assert count is not None
        cells |= {(row.code_id, key): value for key, value in _counts(count).items()}
    shown = {row.code_id for row in rows}
    return draw(
        [
            GridRow(
                row.code_id,
                row.name,
                depth=row.depth if row.parent_id in shown else 0,
                parent=row.parent_id if row.parent_id in shown else None,
                color=row.color if grid.kind == "themes" else None,
                title=row.definition,
            )
            for row in rows
        ],
        [
            *(GridColumn(person.id, person.name, centred=True) for person in group.participants),
            GridColumn(
                COUNTS, _("Pour · partagés · contre"), sub=_("sans position / présents"), total=True, centred=True
            ),
            # Beside an open cell there is no room for it, and the panel says it.
            *([] if picked else [GridColumn("majority", _("Majorité"), sub=_("intervalle exact à 95 %"), text=True)]),
        ],
        cells,
        key=f"consensus {grid.kind} {group.id}",
        corner=_("Question") if grid.kind == "questions" else _("Thème"),
        picked=picked,
        height=HEIGHT,
        caption=_("Grille de consensus"),
    )


def cell_of(cell: Cell) -> GridCell:
    """A cell of the grid as it is drawn."""
    signs = wording.signs(cell)
    side = cell.side
    tint = 0.0 if side is Side.SILENT else 1.0 if cell.value in _STRONG else 0.55
    return GridCell(
        cell.letter + (f" {signs}" if signs else ""),
        tint=tint,
        title=wording.cell_sentence(cell),
        sort=list(SIDE).index(cell.value),
        tone=TONES[side],  # type: ignore[arg-type]
    )


def _counts(count: Tally) -> dict[str, GridCell]:
    interval = count.interval
    return {
        COUNTS: GridCell(
            f"{count.agree} · {count.torn} · {count.disagree}",
            sub=f"{count.silent}/{count.present}",
            title=wording.counted(count),
            sort=count.answered,
        ),
        "majority": GridCell(
            wording.share(count) or "–",
            sub=_("consensus {figures}").format(figures=wording.index(count)) if count.consensus is not None else "",
            sort=interval.low if interval else -1.0,
            live=False,
        ),
    }


def legend() -> None:
    """What the letters, colours and signs say, on one line."""
    held = "".join(
        f'<span><b class="{_look(each)}">{escaped(letter)}</b> {escaped(said)}</span>'
        for each, (letter, said) in zip(Held, wording.legend(), strict=True)
    )
    signs = "".join(f"<span><b>{escaped(sign)}</b> {escaped(said)}</span>" for sign, said in wording.marks())
    st.html(f'<p class="qk-quiet qk-legend">{held}{signs}</p>')


def _look(held: Held) -> str:
    strong = " qk-held-strong" if held in _STRONG else ""
    return f"qk-held qk-held-{TONES[SIDE[held]] or 'silent'}{strong}"
