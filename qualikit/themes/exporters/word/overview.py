"""The overview: every theme down, the columns across, in figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qualikit.i18n import _
from qualikit.themes.exporters.word.markup import (
    CM,
    TEXT_WIDTH,
    TableCell,
    TableRow,
    caption,
    paragraph,
    run,
    table,
)
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import UNSPECIFIED, Cell, Column, Row
from qualikit.themes.values import written

NOTHING = "–"
NOBODY = "s. o."
HEADER_SHADE = "E6ECF3"
_APART = 12
"""Up to so many figures in a row, each has its own column; past that a cell holds all of its figures."""
_SPELT = 9
"""Up to so many, their headings are spelt out; past that a substitute font would break the words."""
_ACROSS = 7
"""Columns of one table where a cell holds several figures; the rest goes into another table."""
_ACROSS_ONE = 11
"""The same where a cell holds one figure."""


@dataclass(frozen=True)
class Measure:
    """One figure of a cell: its heading, its abbreviation, how it is written."""

    heading: str
    short: str
    written: Callable[[Cell], str]


def measures(matrix: Matrix) -> list[Measure]:
    """The figures that say something for these rows and columns; the one that the matrix shows comes first."""
    found = {}
    if matrix.shows_people:
        found["people"] = Measure(_("Personnes"), _("pers."), _people)
    # One document out of one, column after column, says nothing.
    lines = [(row.key, row.sessions) for row in matrix.rows] + [(each.value, each.sessions) for each in matrix.columns]
    if matrix.shows_sessions and any(sessions > 1 for key, sessions in lines if key != UNSPECIFIED):
        found["sessions"] = Measure(_("Documents"), _("doc."), lambda cell: f"{cell.sessions}/{cell.sessions_total}")
    if matrix.doubles:
        heading = _("Codages (passages)")
        found["codings"] = Measure(heading, _("cod. (pass.)"), lambda cell: f"{cell.codings} ({cell.passages})")
    else:
        found["codings"] = Measure(_("Codages"), _("cod."), lambda cell: str(cell.codings))
    if matrix.value == "words":
        found["words"] = Measure(_("Mots (part)"), _("mots"), lambda cell: written(cell, "words"))
    if matrix.value == "presence":
        return [Measure(_("Présence"), _("prés."), lambda cell: written(cell, "presence"))]
    if matrix.value != "codings" and matrix.value in found:
        found = {matrix.value: found[matrix.value], **found}
    return list(found.values())


def _heading(measure: Measure, figures: int) -> str:
    return measure.heading if figures <= _SPELT else measure.short.capitalize()


def _people(cell: Cell) -> str:
    return f"{cell.people}/{cell.people_total}" if cell.people_total else NOBODY


def overview(matrix: Matrix, numbers: Iterator[int]) -> str:
    """The heading and the table, or tables where the columns are too many for one page."""
    if not matrix.rows:
        return paragraph("qualikitExplication", run(_("La grille de codage est vide.")))
    shown = measures(matrix)
    groups = [*matrix.columns, *([matrix.total_column] if len(matrix.columns) != 1 else [])]
    body = [paragraph("Heading1", run(_("Vue d'ensemble")))]
    title = matrix.title
    if matrix.rows_by == "code":
        title = _("Les thèmes par {dimension}").format(dimension=matrix.reads_by.label().lower())
    if len(shown) == 1:
        title = f"{title}, {shown[0].heading.lower()}"
    if len(groups) * len(shown) <= _APART:
        body += [caption(numbers, title), _figures_apart(matrix, groups, shown, title)]
    else:
        parts = _parts(matrix, len(shown))
        for number, part in enumerate(parts, 1):
            named = title if len(parts) == 1 else f"{title} ({number}/{len(parts)})"
            body += [caption(numbers, named), _figures_together(matrix, part, shown, named)]
    body.append(paragraph("qualikitExplication", run(_legend(matrix, shown, spelt=len(groups) * len(shown) <= _SPELT))))
    return "".join(body)


def _legend(matrix: Matrix, shown: Sequence[Measure], *, spelt: bool) -> str:
    parts = [_("{mark} : aucun codage.").format(mark=NOTHING)]
    if not spelt and len(shown) > 1:
        spelt_out = (
            _("{short} : {long}").format(short=measure.short, long=measure.heading.lower()) for measure in shown
        )
        parts.insert(0, _(" ; ").join(spelt_out) + ".")
    inside = [matrix.cells[row.key, column.value] for row in matrix.rows for column in matrix.columns]
    if matrix.shows_people and any(not cell.people_total for cell in inside):
        parts.append(_("{mark} : sans objet, aucun participant n'y prend la parole.").format(mark=NOBODY))
    elif any(not cell.possible for cell in inside):
        parts.append(_("{mark} : sans objet, aucun document n'est à ce croisement.").format(mark=NOBODY))
    silent = [row.name for row in matrix.rows if not matrix.cell(row).codings]
    if silent and matrix.rows_by == "code":
        parts.append(_("Sans aucun codage : {codes}.").format(codes=", ".join(silent)))
    return " ".join(parts)


def _parts(matrix: Matrix, figures: int) -> list[list[Column]]:
    """The columns in tables of about the same width, the total at the end of each."""
    most = (_ACROSS if figures > 1 else _ACROSS_ONE) - 1
    tables = -(-len(matrix.columns) // most)
    each = -(-len(matrix.columns) // tables)
    columns = matrix.columns
    return [[*columns[first : first + each], matrix.total_column] for first in range(0, len(columns), each)]


def _figures_apart(matrix: Matrix, groups: Sequence[Column], shown: Sequence[Measure], title: str) -> str:
    figures = len(groups) * len(shown)
    first = max(TEXT_WIDTH - figures * int(2.4 * CM), int(4.9 * CM))
    widths = [first, *[(TEXT_WIDTH - first) // figures] * figures]
    if len(shown) == 1:
        return _figures_together(matrix, groups, shown, title)
    top = [TableCell(paragraph("qualikitEntete", run(matrix.corner)), merge="restart", shade=HEADER_SHADE)]
    top += [
        TableCell(
            paragraph("qualikitEnteteChiffre", run(_breakable(group.label))),
            span=len(shown),
            opens=True,
            shade=HEADER_SHADE,
        )
        for group in groups
    ]
    under = [TableCell(paragraph("qualikitEntete"), merge="continue", shade=HEADER_SHADE)]
    under += [
        TableCell(
            paragraph("qualikitSousEntete", run(_heading(measure, figures))),
            opens=measure is shown[0],
            shade=HEADER_SHADE,
        )
        for _group in groups
        for measure in shown
    ]
    rows = [TableRow(top, header=True), TableRow(under, header=True)]
    for row in (*matrix.rows, matrix.total_row):
        cells = [_theme(row)]
        for group in groups:
            cell = matrix.cell(row, group)
            cells += [
                TableCell(
                    paragraph("qualikitChiffre", run(measure.written(cell) if cell.codings else _empty(cell))),
                    opens=measure is shown[0],
                )
                for measure in shown
            ]
        rows.append(TableRow(cells))
    return table(widths, rows, title=title, last_row=True)


def _figures_together(matrix: Matrix, groups: Sequence[Column], shown: Sequence[Measure], title: str) -> str:
    first = max(TEXT_WIDTH - len(groups) * int(4.2 * CM), int(5.2 * CM))
    widths = [first, *[(TEXT_WIDTH - first) // len(groups)] * len(groups)]
    head = [TableCell(paragraph("qualikitEntete", run(matrix.corner)), shade=HEADER_SHADE)]
    head += [
        TableCell(paragraph("qualikitEnteteChiffre", run(_breakable(group.label))), opens=True, shade=HEADER_SHADE)
        for group in groups
    ]
    rows = [TableRow(head, header=True)]
    for row in (*matrix.rows, matrix.total_row):
        cells = [
            TableCell(paragraph("qualikitChiffre", *_together(matrix.cell(row, group), shown)), opens=True)
            for group in groups
        ]
        rows.append(TableRow([_theme(row), *cells]))
    return table(widths, rows, title=title, last_row=True)


def _together(cell: Cell, shown: Sequence[Measure]) -> list[str]:
    """The first figure, and under it the others, smaller."""
    if not cell.codings:
        return [run(_empty(cell))]
    if len(shown) == 1:
        return [run(shown[0].written(cell))]
    figures = [(measure.written(cell), measure.short) for measure in shown]
    main, *others = [f"{figure} {short}" for figure, short in figures if figure != NOBODY]
    return [run(main), *([run("\n" + " · ".join(others), "qualikitDiscret")] if others else [])]


def _empty(cell: Cell) -> str:
    """Nobody said it; or nobody could."""
    return NOTHING if cell.possible else NOBODY


def _breakable(label: str) -> str:
    """« FG_usagers_Aubagne » in a narrow heading breaks where a reader would, not inside a word."""
    return label.replace("_", "_\u200b")


def _theme(row: Row) -> TableCell:
    style = "qualikitTotal" if row.is_total else f"qualikitCode{min(row.depth, 3) + 1}"
    return TableCell(paragraph(style, run(row.name)))
