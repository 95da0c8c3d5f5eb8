"""Codings brought in and written out as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import complain, emit, emit_json, say, through_a_file
from qualikit.i18n import _, ngettext

codings = group()


@command(
    codings,
    "import",
    _(
        "Lit des codages dans un fichier CSV. Colonnes : document, start, stop, quote, code, coder, origin, created. "
        "Les lignes qui ne correspondent pas au projet sont refusées une à une, avec la raison ; les autres entrent."
    ),
    "qualikit codings import evaluation.qualikit codages.csv",
)
def import_codings(
    project: PROJECT,
    file: Annotated[Path, typer.Argument(metavar=_("CSV"), help=_("Le fichier."), show_default=False)],
    coder: CODER = None,
    json: JSON = False,
) -> None:
    with opened(project, coder) as found:
        report = found.coding.import_codings(file.expanduser())
    refused = len(report.refused)
    if json:
        rows = [{"row": row.line, "reason": row.reason} for row in report.refused]
        emit_json({"added": report.added, "already": report.already, "refused": rows})
    else:
        for row in report.refused:
            complain(_("Ligne {row} : {reason}").format(row=row.line, reason=row.reason))
        parts = [ngettext("{n} codage importé", "{n} codages importés", report.added).format(n=report.added)]
        if report.already:
            parts.append(ngettext("{n} déjà là", "{n} déjà là", report.already).format(n=report.already))
        if refused:
            parts.append(ngettext("{n} refusé", "{n} refusés", refused).format(n=refused))
        say(", ".join(parts) + ".")
    if refused:
        raise typer.Exit(1)


@command(
    codings,
    "export",
    _("Écrit tous les codages en CSV. Sans fichier, les affiche. « codings import » relit le même fichier."),
    "qualikit codings export evaluation.qualikit codages.csv",
)
def export_codings(
    project: PROJECT,
    file: Annotated[
        Path | None, typer.Argument(metavar=_("CSV"), help=_("Le fichier à écrire."), show_default=False)
    ] = None,
    to: Annotated[Path | None, typer.Option(metavar=_("CSV"), help=_("Le même, dit autrement."))] = None,
    json: JSON = False,
) -> None:
    target = file or to
    with opened(project) as found:
        if json:
            emit_json(found.coding.to_frame().to_dict("records"))
        elif target is None:
            # The mark that Excel wants at the head of a file is in the way of the next program in a pipe.
            emit(through_a_file(".csv", found.coding.export_codings).removeprefix(b"\xef\xbb\xbf"))
        if target is None:
            return
        number = found.coding.export_codings(target.expanduser())
    if not json:
        written = ngettext("{n} codage écrit : {path}", "{n} codages écrits : {path}", number)
        say(written.format(n=number, path=target))
