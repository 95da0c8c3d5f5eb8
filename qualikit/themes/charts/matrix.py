"""A matrix as a picture: heat map, bubbles, and both told in words for those who do not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualikit.errors import MatrixError
from qualikit.i18n import _, ngettext
from qualikit.themes.charts import grid
from qualikit.themes.charts.grid import MOST_COLUMNS, MOST_ROWS, Spot, indented, label
from qualikit.themes.model import Cell
from qualikit.themes.values import figure, strength, total, value_label, written

if TYPE_CHECKING:
    import altair as alt

    from qualikit.themes.matrix import Matrix

CHARTS = ("heat", "bubbles")


def chart_label(kind: str) -> str:
    """The chart for the user."""
    return {"heat": _("Carte de chaleur"), "bubbles": _("Bulles")}[kind]


def checked(kind: str) -> str:
    """That kind of chart. Raises MatrixError, which lists them."""
    if kind not in CHARTS:
        raise MatrixError(
            _("Une matrice ne se dessine pas en « {name} ».").format(name=kind),
            _("Il y a : {names}.").format(names=", ".join(CHARTS)),
        )
    return kind


def matrix_chart(matrix: Matrix, kind: str = "heat", *, title: str = "", dark: bool = False) -> alt.LayerChart:
    """The rows by the columns, totals apart, in what ``matrix.value`` shows: of people, documents and words the part
    they are of those there are; of codings, how many. Raises MatrixError."""
    drawn = grid.heat if checked(kind) == "heat" else grid.bubbles
    value = shown_value(matrix)
    rows, columns = matrix.rows[:MOST_ROWS], matrix.columns[:MOST_COLUMNS]
    names = {row.key: indented(row.name, row.depth) for row in rows}
    spots = [
        Spot(
            names[row.key],
            label(column.label),
            _drawn(cell := matrix.cells[row.key, column.value], value),
            _short(written(cell, value)),
            label(_("{row}, {column} : {figure}").format(row=row.name, column=column.label, figure=_told(cell, value))),
            (row.key, column.value),
        )
        for row in rows
        for column in columns
    ]
    largest = max((spot.figure or 0.0 for spot in spots), default=0.0)
    return drawn(
        grid.Grid(
            spots,
            list(names.values()),
            [label(column.label) for column in columns],
            corner=label(matrix.corner),
            across=label(matrix.reads_by.label()),
            legend=_legend(value),
            title=label(title or matrix.title),
            note=label(_note(matrix, value)),
            top=1.0 if value in ("people", "sessions", "presence") else (largest or 1.0),
            share=value != "codings",
            dark=dark,
        )
    )


def _drawn(cell: Cell, value: str) -> float | None:
    shown = figure(cell, value)
    return shown if shown is None else round(shown / (total(cell, value) or 1), 4)


def _told(cell: Cell, value: str) -> str:
    """« 5/8 personnes »."""
    if figure(cell, value) is None:
        return _("sans objet, personne ne pouvait le dire")
    words = written(cell, value)
    if value == "codings":
        return ngettext("{n} codage", "{n} codages", cell.codings).format(n=cell.codings)
    return words if value == "presence" else f"{words} {value_label(value).lower()}"


def shown_value(matrix: Matrix) -> str:
    """What is drawn: the matrix's value or, where that says nothing of these rows and columns, its codings."""
    if (matrix.value == "people" and not matrix.shows_people) or (
        matrix.value == "sessions" and not matrix.shows_sessions
    ):
        return "codings"
    return matrix.value


def described(matrix: Matrix, kind: str = "heat") -> str:
    """What the picture shows, in words."""
    value = shown_value(matrix)
    said = [f"{chart_label(checked(kind))}. {matrix.title}. {_note(matrix, value)}"]
    cells = [
        (strength(cell, value, matrix.most), row.name, column.label, written(cell, value))
        for row in matrix.rows[:MOST_ROWS]
        for column in matrix.columns[:MOST_COLUMNS]
        if (cell := matrix.cells[row.key, column.value]).codings
    ]
    strongest = sorted(cells, key=lambda each: -each[0])[:3]
    if strongest:
        said.append(
            _("Le plus fort : {cells}.").format(
                cells=_(" ; ").join(
                    _("{row}, {column} : {figure}").format(row=row, column=column, figure=words)
                    for _part, row, column, words in strongest
                )
            )
        )
    empty = len(matrix.rows[:MOST_ROWS]) * len(matrix.columns[:MOST_COLUMNS]) - len(cells)
    if empty:
        said.append(ngettext("{n} case est vide.", "{n} cases sont vides.", empty).format(n=empty))
    return " ".join(said)


def _short(words: str) -> str:
    """In a cell of a chart, words are their share alone: the number is in the table."""
    return words[words.rindex("(") + 1 : -1] if words.endswith(")") else words


def _legend(value: str) -> str:
    return {
        "codings": _("Codages"),
        "people": _("Part des personnes"),
        "sessions": _("Part des documents"),
        "words": _("Part des mots"),
        "presence": _("Présence"),
    }[value]


def _note(matrix: Matrix, value: str) -> str:
    kinds = {
        "codings": _("Codages."),
        "people": _("Personnes qui en parlent, sur celles qui pouvaient en parler."),
        "sessions": _("Documents où c'est dit, sur ceux où ce pouvait l'être."),
        "words": _("Part des mots codés dans ce qui est dit."),
        "presence": _("Dit ou non."),
    }
    said = [kinds[value]]
    if any(figure(cell, value) is None for cell in matrix.cells.values()):
        said.append(_("s. o. : personne ne pouvait le dire."))
    for name, there, most in (
        (_("lignes"), len(matrix.rows), MOST_ROWS),
        (_("colonnes"), len(matrix.columns), MOST_COLUMNS),
    ):
        if there > most:
            said.append(_("Les {most} premières {what} sur {n}.").format(most=most, what=name, n=there))
    return " ".join(said)
