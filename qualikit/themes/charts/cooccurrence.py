"""Codes that meet, as a heat map, and told in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualikit.i18n import _
from qualikit.themes.charts.grid import Grid, Spot, heat, indented, label
from qualikit.themes.cooccurrence import Cooccurrence, checked, value_label

if TYPE_CHECKING:
    import altair as alt

MOST = 40
"""Codes of a chart: the first that are used."""


def written(found: Cooccurrence, one: int, other: int, value: str) -> str:
    """« 3/12 », « 0,24 », « 7 »; nothing where the two are not apart."""
    figure = found.figure(one, other, value)
    if figure is None:
        return ""
    if value == "jaccard":
        return f"{figure[0]:.2f}".replace(".", _(","))
    return f"{figure[0]:.0f}" if figure[1] is None else f"{figure[0]:.0f}/{figure[1]}"


def drawn(found: Cooccurrence, one: int, other: int, value: str) -> float | None:
    """What is drawn: the share that the figure is, or the figure; None where there is nothing to say."""
    figure = found.figure(one, other, value)
    if figure is None:
        return None
    return round(figure[0] / figure[1], 4) if figure[1] else 0.0 if figure[1] == 0 else figure[0]


def cooccurrence_chart(
    found: Cooccurrence, value: str = "passages", *, title: str = "", dark: bool = False
) -> alt.LayerChart:
    """The codes that are used by themselves, tinted by the share that ``value`` is of what there is. Raises
    MatrixError."""
    checked(value)
    shown = [number for number in range(len(found.rows)) if found.passages[number]][:MOST]
    names = {number: indented(found.rows[number].name, found.rows[number].depth) for number in shown}
    spots = [
        Spot(
            names[one],
            label(found.rows[other].name),
            drawn(found, one, other, value),
            _spared(written(found, one, other, value)),
            label(
                _("{row}, {column} : {figure}").format(
                    row=found.rows[one].name, column=found.rows[other].name, figure=written(found, one, other, value)
                )
            ),
            (found.rows[one].key, found.rows[other].key),
        )
        for one in shown
        for other in shown
    ]
    largest = max((spot.figure or 0.0 for spot in spots), default=0.0)
    note = [_kind(value), found.said]
    return heat(
        Grid(
            spots,
            list(names.values()),
            [label(found.rows[number].name) for number in shown],
            corner=_("Code"),
            across="",
            legend={"passages": _("Part des passages"), "documents": _("Part des documents")}.get(
                value, _("Indice de Jaccard") if value != "pairs" else value_label(value)
            ),
            title=label(title or found.title),
            note=label(" ".join(part for part in note if part)),
            top=largest or 1.0,
            share=value in ("passages", "documents", "turns"),
            decimals=2 if value == "jaccard" else 0,
            dark=dark,
        )
    )


def _spared(words: str) -> str:
    """What never meets is left blank, so that the rest is seen."""
    return "" if words.split("/", maxsplit=1)[0] in ("0", "0,00", "0.00") else words


def _kind(value: str) -> str:
    return {
        "passages": _("Passages du code de la ligne qui rencontrent un passage du code de la colonne, sur tous."),
        "turns": _("Tours de parole où sont les deux, sur ceux où est l'un ou l'autre."),
        "jaccard": _("Part des tours de parole où sont les deux, parmi ceux où est l'un ou l'autre."),
        "documents": _("Documents où sont les deux, sur ceux où est l'un ou l'autre."),
        "pairs": _("Paires de codages, un de chaque code."),
    }[value]


def described(found: Cooccurrence, value: str = "passages") -> str:
    """What the picture shows, in words."""
    said = [_("Carte de chaleur. {title}. {what}").format(title=found.title, what=_kind(value))]
    n = len(found.rows)
    cells = [
        (drawn(found, one, other, value) or 0.0, one, other)
        for one in range(n)
        for other in range(n)
        if found.pairs[one, other]
    ]
    strongest = sorted(cells, key=lambda each: (-each[0], each[1], each[2]))[:3]
    if strongest:
        listed = _(" ; ").join(
            _("{row}, {column} : {figure}").format(
                row=found.rows[one].name, column=found.rows[other].name, figure=written(found, one, other, value)
            )
            for _part, one, other in strongest
        )
        said.append(_("Le plus fort : {cells}.").format(cells=listed))
    return " ".join(said)
