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
    sentences = [totals(matrix)]
    if matrix.said:
        sentences.append(_("Seulement : {conditions}.").format(conditions=matrix.said))
    if matrix.is_empty:
        return " ".join(sentences)
    if matrix.shows_people:
        sentences.append(
            _(
                "Personnes : participants dont les propres paroles sont codées, sur ceux qui prennent la parole "
                "dans la colonne{counts} ; "
                "l'animation et les observateurs ne comptent pas."
            ).format(counts=_counts(matrix, lambda column: column.people))
            if matrix.rows_by == "code"
            else _(
                "Personnes : participants dont les propres paroles sont codées, sur ceux qui prennent la parole là où "
                "la ligne et la colonne se croisent ; l'animation et les observateurs ne comptent pas."
            )
        )
    if matrix.shows_sessions:
        sentences.append(
            _("Documents : ceux où le code est posé, sur ceux de la colonne{counts}.").format(
                counts=_counts(matrix, lambda column: column.sessions)
            )
            if matrix.rows_by == "code"
            else _("Documents : ceux où un code est posé, sur ceux qui sont à la fois dans la ligne et la colonne.")
        )
    if matrix.value == "words":
        sentences.append(
            _(
                "Mots : ceux que les participants disent dans les passages codés, chacun une fois, et leur part de "
                "tout ce qu'ils disent ; d'un document où personne ne parle, tout le texte."
            )
        )
    if matrix.nested and "code" in (matrix.rows_by, matrix.dimension) and _has_tree(matrix):
        sentences.append(_("Un code compte aussi les codes rangés sous lui."))
    if any(not cell.possible for cell in matrix.cells.values()):
        sentences.append(
            _("« s. o. » (sans objet) : rien ne pouvait y être dit, faute de document ou de personne qui y parle.")
        )
    sentences.append(_("« Ensemble » compte chaque personne et chaque document une seule fois."))
    return " ".join(sentences)


def _has_tree(matrix: Matrix) -> bool:
    return any(row.children for row in matrix.rows) or any(column.depth for column in matrix.columns)


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
