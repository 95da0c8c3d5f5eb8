"""What a cell of a matrix shows: which figure, out of how many, how it is written, how strong it is."""

from __future__ import annotations

from qualikit.errors import MatrixError
from qualikit.i18n import _
from qualikit.themes.model import Cell

VALUES = ("codings", "people", "sessions", "words", "presence")
"""Codings; people and documents out of those there are; words coded and their share of what is said; 0 or 1."""


def checked(value: str) -> str:
    """That value. Raises MatrixError, which lists them."""
    if value not in VALUES:
        raise MatrixError(
            _("Une matrice ne montre pas « {name} ».").format(name=value),
            _("Il y a : {names}.").format(names=", ".join(VALUES)),
        )
    return value


def value_label(value: str) -> str:
    """The value for the user."""
    return {
        "codings": _("Codages"),
        "people": _("Personnes"),
        "sessions": _("Documents"),
        "words": _("Mots"),
        "presence": _("Présence"),
    }[value]


def figure(cell: Cell, value: str) -> float | None:
    """The figure of a cell; None where there can be none."""
    if (
        not cell.possible
        or (value == "people" and not cell.people_total)
        or (value == "words" and not cell.words_total)
    ):
        return None
    if value == "presence":
        return cell.presence
    found: int | None = getattr(cell, value)
    return found


def total(cell: Cell, value: str) -> int | None:
    """What the figure is out of; None for a figure that has no denominator in the cell."""
    return {"people": cell.people_total, "sessions": cell.sessions_total, "words": cell.words_total}.get(value)


def strength(cell: Cell, value: str, most: float) -> float:
    """From 0 to 1: the figure out of its denominator or, for one that has none, out of the ``most`` of all cells."""
    shown = figure(cell, value)
    if not shown:
        return 0.0
    return float(shown / (total(cell, value) or max(most, 1))) if value != "presence" else 1.0


def impossible() -> str:
    """« s. o. » : nobody could say it."""
    return _("s. o.")


def written(cell: Cell, value: str) -> str:
    """« 12 », « 5/8 », « 204 (12 %) », « 3 (< 1 %) », « oui », « s. o. »."""
    shown = figure(cell, value)
    if shown is None:
        return impossible()
    if value == "presence":
        return _("oui") if shown else _("non")
    if value == "words":
        share = cell.words_share or 0.0
        percent = _("< 1") if 0 < share < 0.005 else f"{share * 100:.0f}"
        return _("{n} ({percent} %)").format(n=f"{int(shown):,}".replace(",", " "), percent=percent)
    out_of = total(cell, value)
    return f"{int(shown)}" if out_of is None else f"{int(shown)}/{out_of}"
