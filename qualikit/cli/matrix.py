"""The theme matrix: read in the terminal, or written for Word, Excel, CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualikit.cli.common import JSON, PROJECT, TEMPLATE, command, group, opened
from qualikit.cli.output import emit_json, say, table
from qualikit.i18n import _

if TYPE_CHECKING:
    from qualikit.themes.matrix import Matrix
    from qualikit.themes.model import Cell

matrix = group()


@command(
    matrix,
    "matrix",
    _(
        "Affiche ou écrit la matrice thématique. Les codes sont en lignes ; les territoires, sources, acteurs, "
        "documents ou participants en colonnes."
    ),
    _(
        "qualikit matrix evaluation.qualikit --rows code --columns territory --to matrice.docx\n"
        'qualikit matrix evaluation.qualikit --columns actor --code "Impacts" --flat'
    ),
)
def show(
    project: PROJECT,
    rows: Annotated[str, typer.Option(metavar="code", help=_("Ce qui est en lignes."))] = "code",
    columns: Annotated[
        str,
        typer.Option(metavar="territory|source|actor|document|participant", help=_("Ce qui est en colonnes.")),
    ] = "territory",
    to: Annotated[
        Path | None,
        typer.Option(metavar=_("FICHIER"), help=_("Écrire la matrice dans ce fichier : .docx, .xlsx ou .csv.")),
    ] = None,
    code: Annotated[
        list[str] | None, typer.Option(metavar=_("CODE"), help=_("Seulement ce code ; peut être répété."))
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(metavar=_("SOURCE"), help=_("Seulement ce type de source ; peut être répété.")),
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option(metavar=_("TITRE"), help=_("Seulement ce document ; peut être répété."))
    ] = None,
    coded_by: Annotated[
        str | None, typer.Option(metavar=_("NOM"), help=_("Seulement les codages de cette personne."))
    ] = None,
    flat: Annotated[bool, typer.Option("--flat", help=_("Compter chaque code sans ceux qui sont sous lui."))] = False,
    verbatims: Annotated[
        str,
        typer.Option(
            metavar="auto|chosen|all|none",
            help=_("Passages cités : choisis et complétés, seulement choisis, tous, aucun."),
        ),
    ] = "auto",
    title: Annotated[str | None, typer.Option(metavar=_("TITRE"), help=_("Titre du fichier écrit."))] = None,
    template: TEMPLATE = None,
    json: JSON = False,
) -> None:
    from qualikit.corpus.naming import source_kind
    from qualikit.themes.verbatims import checked

    quoted = checked(verbatims)
    kinds = [source_kind(word) for word in source] if source else None
    with opened(project) as found:
        counted = found.themes.matrix(
            rows,
            columns,
            coder=coded_by,
            codes=code or None,
            sources=kinds,
            documents=document or None,
            nested=not flat,
        )
        written = None
        if to:
            written = found.themes.export(counted, to.expanduser(), verbatims=quoted, title=title, template=template)
    if json:
        emit_json(list(counted.to_records(totals=True)))
    elif written is not None:
        say(_("Matrice écrite : {path}").format(path=written))
    else:
        say(_readable(counted))


def _readable(counted: Matrix) -> str:
    columns = [*counted.columns, counted.total_column]
    lines = [
        ["  " * row.depth + row.name, *(_figures(counted.cell(row, column)) for column in columns)]
        for row in (*counted.rows, counted.total_row)
    ]
    body = table([_("Code"), *(column.label for column in columns)], lines)
    key = _("Dans chaque case : les codages, puis les personnes sur celles qui pouvaient le dire.")
    return f"{body}\n\n{key}\n{counted.explanation}"


def _figures(cell: Cell) -> str:
    if not cell.codings:
        return "·"
    return f"{cell.codings}  {cell.people}/{cell.people_total}"
