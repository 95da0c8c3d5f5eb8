"""The codebook brought in and written out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import emit, emit_json, say, through_a_file
from qualikit.i18n import _, ngettext

codebook = group()


@command(
    codebook,
    "import",
    _(
        "Lit une grille de codage : YAML, CSV ou Excel. Les codes de même nom sont complétés, les nouveaux ajoutés, "
        "aucun n'est supprimé."
    ),
    "qualikit codebook import evaluation.qualikit grille.xlsx",
)
def import_codebook(
    project: PROJECT,
    file: Annotated[Path, typer.Argument(metavar=_("GRILLE"), help=_("La grille."), show_default=False)],
    coder: CODER = None,
    json: JSON = False,
) -> None:
    with opened(project, coder) as found:
        report = found.coding.import_codebook(file.expanduser())
    if json:
        emit_json(
            {
                "added": list(report.added),
                "updated": list(report.updated),
                "unchanged": list(report.unchanged),
                "ignored": list(report.ignored),
            }
        )
        return
    added, updated, unchanged = len(report.added), len(report.updated), len(report.unchanged)
    say(
        ", ".join(
            (
                ngettext("{n} code ajouté", "{n} codes ajoutés", added).format(n=added),
                ngettext("{n} complété", "{n} complétés", updated).format(n=updated),
                ngettext("{n} inchangé", "{n} inchangés", unchanged).format(n=unchanged),
            )
        )
        + "."
    )
    if report.ignored:
        say(_("Colonnes laissées de côté : {names}.").format(names=", ".join(report.ignored)))


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
