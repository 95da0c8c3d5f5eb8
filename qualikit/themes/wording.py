"""What a matrix counts, said to its reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qualikit.i18n import _, ngettext
from qualikit.themes.model import TOTAL, Column

if TYPE_CHECKING:
    from qualikit.themes.matrix import Matrix

_SPELLED_OUT = 8
"""Past so many columns the denominators are in the table only."""


def explanation(matrix: Matrix) -> str:
    """The totals and the denominators, in one paragraph."""
    kind = matrix.reads_by
    sentences = [totals(matrix)]
    if matrix.is_empty:
        return sentences[0]
    if kind.people:
        sentences.append(
            _(
                "Personnes : participants dont les propres paroles sont codées, sur ceux qui prennent la parole "
                "dans la colonne{counts} ; "
                "l'animation et les observateurs ne comptent pas."
            ).format(counts=_counts(matrix, lambda column: column.people))
        )
    if kind.sessions:
        sentences.append(
            _("Documents : ceux où le code est posé, sur ceux de la colonne{counts}.").format(
                counts=_counts(matrix, lambda column: column.sessions)
            )
        )
    if matrix.nested and any(row.children for row in matrix.rows):
        sentences.append(_("Un code compte aussi les codes rangés sous lui."))
    sentences.append(_("« Ensemble » compte chaque personne et chaque document une seule fois."))
    return " ".join(sentences)


def totals(matrix: Matrix) -> str:
    """« 212 codages dans 9 documents (codeurs : Camille et Dominique). »"""
    whole = matrix.cell(TOTAL)
    if matrix.is_empty:
        return _("Aucun codage dans ces documents.")
    counted = ngettext("{n} codage", "{n} codages", whole.codings).format(n=whole.codings)
    if matrix.doubles:
        counted = _(
            "{codings}, soit {passages} passages (des codages du même code qui se recouvrent en font un seul),"
        ).format(codings=counted, passages=whole.passages)
    inside = ngettext("{n} document", "{n} documents", whole.sessions).format(n=whole.sessions)
    by = ngettext("codeur : {names}", "codeurs : {names}", len(matrix.coders)).format(names=listed(matrix.coders))
    return _("{codings} dans {documents} ({coders}).").format(codings=counted, documents=inside, coders=by)


def listed(names: tuple[str, ...]) -> str:
    """« Camille, Dominique et Sacha »."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} et {last}").format(names=", ".join(names[:-1]), last=names[-1])


def _counts(matrix: Matrix, of: Callable[[Column], int]) -> str:
    if len(matrix.columns) > _SPELLED_OUT:
        return ""
    parts = [f"{column.label} {of(column)}" for column in (*matrix.columns, matrix.total_column)]
    return f" ({', '.join(parts)})"
