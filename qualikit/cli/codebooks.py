"""The codebook brought in and written out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualikit.cli import codebook_import as reading
from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import complain, emit, emit_json, say, through_a_file
from qualikit.i18n import _, ngettext

if TYPE_CHECKING:
    from qualikit.coding.codebooks.preview import CodebookPreview

codebook = group()


@command(
    codebook,
    "import",
    _(
        "Lit une grille de codage : Word, Excel, CSV ou YAML. Les codes de même nom sont complétés, les nouveaux "
        "ajoutés, aucun n'est supprimé."
    ),
    "qualikit codebook import evaluation.qualikit grille.xlsx --dry-run",
)
def import_codebook(
    project: PROJECT,
    file: Annotated[Path, typer.Argument(metavar=_("GRILLE"), help=_("La grille."), show_default=False)],
    column: reading.COLUMNS = None,
    hierarchy: reading.HIERARCHY = None,
    table: reading.TABLES = None,
    families: reading.FAMILIES = None,
    outline: reading.OUTLINE = None,
    without: reading.WITHOUT = None,
    dry_run: reading.DRY_RUN = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    layout = reading.layout(column, hierarchy, table, families, outline, without)
    with opened(project, coder) as found:
        if dry_run:
            _foreseen(found.coding.preview_codebook(file.expanduser(), layout), json)
            return
        report = found.coding.import_codebook(file.expanduser(), layout)
    if json:
        emit_json(reading.as_json(report))
        return
    for line in reading.told(report):
        say(line)


def _foreseen(preview: CodebookPreview, json: bool) -> None:
    if json:
        emit_json({**reading.as_json(preview.report), **reading.reading_json(preview)})
    else:
        for line in reading.told_reading(preview):
            say(line)
        if preview.problem:
            complain(preview.problem)
        else:
            for line in reading.told(preview.report):
                say(line)
    if preview.problem:
        raise typer.Exit(1)


@command(
    codebook,
    "export",
    _("Écrit la grille de codage : YAML, CSV ou Excel. Sans fichier, l'affiche en YAML."),
    "qualikit codebook export evaluation.qualikit grille.xlsx",
)
def export_codebook(
    project: PROJECT,
    file: Annotated[
        Path | None,
        typer.Argument(metavar=_("GRILLE"), help=_("Le fichier : .yaml, .csv ou .xlsx."), show_default=False),
    ] = None,
    to: Annotated[Path | None, typer.Option(metavar=_("GRILLE"), help=_("Le même, dit autrement."))] = None,
) -> None:
    target = file or to
    with opened(project) as found:
        if target is None:
            emit(through_a_file(".yaml", found.coding.export_codebook))
            return
        found.coding.export_codebook(target.expanduser())
        number = len(found.coding.codebook)
    written = ngettext("{n} code écrit : {path}", "{n} codes écrits : {path}", number)
    say(written.format(n=number, path=target))
