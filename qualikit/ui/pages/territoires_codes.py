"""What the groups talk about: people out of those who speak, code by code, and what can be told from chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.themes.comparing.codes import CodeComparison, CodeLine, Raised
from qualikit.themes.comparing.mapping import Plane, silent
from qualikit.themes.comparing.wording import p_value, points, short_verdict, unit_words
from qualikit.ui import places, state
from qualikit.ui.grid import GridCell, GridColumn, GridRow, grid
from qualikit.ui.messages import escaped

if TYPE_CHECKING:
    from qualikit.ui.pages.territoires import Asked

HEIGHT = "max(22rem, calc(100vh - 17rem))"


def show(project: Project, asked: Asked) -> None:
    """Draw the tab."""
    made: CodeComparison = state.kept(
        project,
        "compare codes",
        lambda: project.themes.compare(asked.by, asked.groups, "codes", **asked.narrowed),
        asked.key,
    )
    if made.is_empty:
        nothing = _("Aucun code n'est posé dans ces groupes.")
        st.html(f'<p class="qk-nothing">{escaped(nothing)}</p>')
        if st.button(_("Coder des documents"), type="primary", key="compare_start_coding"):
            places.go("coder")
        return
    st.html(f'<p class="qk-lead">{escaped(made.said)}</p>')
    two = len(made.groups) == 2
    table, beside = st.columns([11, 8], gap="medium")
    with table:
        clicked = _table(made, two=two)
    with beside:
        if two:
            from qualikit.themes.charts.differences import differences, height

            st.altair_chart(differences(made), key="compare_differences", height=height(made))
        else:
            draw_plane(made.correspondence(), [group.label for group in made.groups], "codes")
    notes(made.notes)
    if clicked is not None:
        code, value = clicked
        group = {} if value not in asked.groups else {"colonne": asked.by, "valeur": value}
        places.go("lire", code=code, codeurs="tous", **group)


def notes(said: tuple[str, ...]) -> None:
    """How it was counted and tested, in small print."""
    st.html("".join(f'<p class="qk-quiet qk-explained">{escaped(note)}</p>' for note in said))


def draw_plane(plane: Plane | None, groups: list[str], key: str) -> None:
    """The map of groups and what sets them apart, with what it says."""
    from qualikit.themes.charts.plane import plane_chart

    missing = silent(plane, groups)
    if plane is not None:
        st.altair_chart(plane_chart(plane), key=f"compare_plane_{key}")
        said = [plane.said, *plane.readings(), *([missing] if missing else [])]
        st.html("".join(f'<p class="qk-quiet qk-explained">{escaped(each)}</p>' for each in said))
    else:
        st.html(f'<p class="qk-quiet">{escaped(missing)}</p>')


def _table(made: CodeComparison, *, two: bool) -> tuple[str, str] | None:
    columns = [
        GridColumn(group.value, group.label, unit_words(made.unit, made_total(made, place)))
        for place, group in enumerate(made.groups)
    ]
    columns += [GridColumn("difference", _("Écart"), _("intervalle à 95 %"))] if two else []
    columns += [GridColumn("chance", _("Au-delà du hasard"), _("p corrigé"))]
    cells: dict[tuple[str, str], GridCell] = {}
    for line in made.lines:
        code = line.row.code_id
        for group, raised in zip(made.groups, line.raised, strict=True):
            cells[code, group.value] = _cell(made, raised)
        if two and line.difference is not None:
            cells[code, "difference"] = _difference(line)
        cells[code, "chance"] = GridCell(
            short_verdict(line.p_corrected, made.test),
            p_value(line.p_corrected) if made.test.possible else "",
            title=made.verdict(line).capitalize() + ".",
            sort=-line.p_corrected if line.p_corrected == line.p_corrected else -2.0,
            live=False,
        )
    return grid(
        [
            GridRow(
                line.row.code_id,
                line.row.name,
                depth=line.row.depth,
                parent=line.row.parent_id if line.row.depth else None,
                color=line.row.color,
                title=line.row.definition,
            )
            for line in made.lines
        ],
        columns,
        cells,
        key="compare codes",
        corner=_("Code"),
        under=_("qui en a parlé, sur qui parle") if made.unit == "people" else _("documents où il est posé"),
        height=HEIGHT,
        caption=_("Codes, groupe par groupe"),
    )


def made_total(made: CodeComparison, place: int) -> int:
    """Out of how many a group's figures are."""
    group = made.groups[place]
    return group.people if made.unit == "people" else group.sessions


def _cell(made: CodeComparison, raised: Raised) -> GridCell:
    n, total = raised.of(made.unit)
    other = _("{n}/{total} doc.").format(n=raised.sessions, total=raised.sessions_total)
    if made.unit == "sessions":
        other = _("{n}/{total} pers.").format(n=raised.people, total=raised.people_total)
    said = ngettext("{n} codage", "{n} codages", raised.codings).format(n=raised.codings)
    title = _("{n} personnes sur {total}, {m} documents sur {all}, {codings}").format(
        n=raised.people, total=raised.people_total, m=raised.sessions, all=raised.sessions_total, codings=said
    )
    return GridCell(
        f"{n}/{total}", other, tint=raised.share(made.unit), title=title, sort=raised.share(made.unit),
        live=raised.codings > 0,
    )  # fmt: skip


def _difference(line: CodeLine) -> GridCell:
    assert line.difference is not None
    between = ""
    if line.interval is not None:
        low, high = (f"{round(100 * end):+d}".replace("-", "\u2212") for end in line.interval)
        between = _("de {low} à {high}").format(low=low, high=high)
    return GridCell(points(line.difference), between, sort=line.difference, live=False)
