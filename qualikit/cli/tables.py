"""Tables brought in from the command line: what their columns hold, asked for and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from qualikit.errors import ImportRefused, QualikitError
from qualikit.i18n import _, ngettext

T = TypeVar("T")

if TYPE_CHECKING:
    from qualikit.corpus.importing import ImportReport
    from qualikit.corpus.preview import Preview
    from qualikit.corpus.table_layout import Layout, TableLayout

ROWS = Annotated[
    str | None,
    typer.Option(metavar=_("QUOI"), help=_("D'un tableau, ce qu'est une ligne : tour (de parole) ou document.")),
]
COLUMNS = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar=_("CONTENU=COLONNE"),
        help=_(
            "D'un tableau, ce que tient une colonne : texte, locuteur, début, fin, titre, territoire, date, "
            "type de source, attribut, ou ignorer. Se répète."
        ),
    ),
]


def parted(
    columns: Sequence[str], parse: Callable[[str], T], refusal: type[QualikitError], example: str
) -> list[tuple[T, str]]:
    """Each ``CONTENT=COLUMN`` as what the column holds and its name. Raises ``refusal``, with ``example`` to do."""
    pairs = []
    for given in columns:
        part, equals, name = given.partition("=")
        if not equals:
            raise refusal(_("« {given} » ne dit pas ce que tient une colonne.").format(given=given), example)
        pairs.append((parse(part), name.strip()))
    return pairs


def layout(rows: str | None, columns: Sequence[str] | None) -> Layout | None:
    """What changes a proposed layout as the options say; None where they say nothing. Raises ImportRefused."""
    from qualikit.corpus.table_layout import parse_part, parse_rows

    if not rows and not columns:
        return None
    row = parse_rows(rows) if rows else None
    pairs = parted(columns or (), parse_part, ImportRefused, _("Écrivez par exemple : --column texte=Propos"))

    def changed(proposed: TableLayout) -> TableLayout:
        found = proposed.with_rows(row) if row else proposed
        for part, name in pairs:
            found = found.with_part(name, part)
        return found

    return changed


def columns(preview: Preview) -> dict[str, str]:
    """What each column of a table was taken for, in the words of JSON."""
    return {column: part.value for column, part in preview.layout.parts} if preview.layout else {}


def told_columns(preview: Preview) -> Iterator[str]:
    """The same in words, on one line; nothing of another file."""
    from qualikit.corpus.table_layout import Part, part_label, rows_label

    if preview.layout is None:
        return
    held = [f"{part_label(part)} = {column}" for column, part in preview.layout.parts if part is not Part.LEFT]
    yield "  " + _("Une ligne est {row} : {columns}").format(
        row=rows_label(preview.layout.rows), columns=" · ".join(held)
    )


def recognised(report: ImportReport, preview: Preview) -> dict[str, Any]:
    """What became of a table with several documents, for JSON."""
    return {
        "documents": [{"id": document.id, "title": document.title} for document in report.saved],
        "refused": [{"file": one.file_name, "error": str(one.error)} for one in report.refused],
        "columns": columns(preview),
        "warnings": list(preview.warnings),
    }


def told(report: ImportReport, preview: Preview) -> Iterator[str]:
    """The same in words."""
    n, there = len(report.saved), len(report.refused)
    yield f"{'✓' if n else '✗'} {preview.file_name}"
    yield "  " + ngettext("{n} document importé", "{n} documents importés", n).format(n=n)
    if there:
        yield "  " + ngettext(
            "{n} y était déjà et n'a pas été repris", "{n} y étaient déjà et n'ont pas été repris", there
        ).format(n=there)
    yield from told_columns(preview)
    for warning in preview.warnings:
        yield f"  ! {warning}"
