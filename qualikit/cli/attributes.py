"""Sheets of attributes read onto documents and participants."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import complain, emit_json, say
from qualikit.i18n import _

attributes = group()


@command(
    attributes,
    "import",
    _(
        "Décrit documents ou participants d'après un tableau. Une colonne « Document » (CSV ou Excel) dit lesquels, "
        "par leur titre ; avec une colonne « Étiquette », ce sont les participants qui sont décrits."
    ),
    "qualikit attributes import evaluation.qualikit attributs.csv",
)
def import_attributes(
    project: PROJECT,
    sheet: Annotated[Path, typer.Argument(metavar=_("TABLEAU"), help=_("Le tableau."), show_default=False)],
    coder: CODER = None,
    json: JSON = False,
) -> None:
    from qualikit.corpus.sheet_writing import summary

    with opened(project, coder) as found:
        report = found.corpus.import_attributes(sheet.expanduser())
    if json:
        refused = [{"row": row.line, "reason": row.reason} for row in report.refused]
        emit_json({"applied": report.applied, "refused": refused})
    else:
        for row in report.refused:
            complain(_("Ligne {row} : {reason}").format(row=row.line, reason=row.reason))
        say(summary(report))
    if report.refused:
        raise typer.Exit(1)
