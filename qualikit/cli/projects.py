"""A project made, and a project verified."""

from __future__ import annotations

from typing import Annotated

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import complain, emit_json, say
from qualikit.i18n import _, ngettext

projects = group()


@command(
    projects,
    "new",
    _("Crée un projet vide."),
    _('qualikit new evaluation.qualikit --name "Évaluation 2024"'),
)
def new(
    project: PROJECT,
    name: Annotated[
        str | None, typer.Option(metavar=_("NOM"), help=_("Nom de l'évaluation ; sinon celui du fichier."))
    ] = None,
    coder: CODER = None,
) -> None:
    from qualikit.project import Project

    if not project.strip():
        raise typer.BadParameter(_("le nom du projet est vide."))
    with Project.create(project, name=name, coder=coder) as made:
        say(_("Projet créé : {path}").format(path=made.path or project))


@command(
    projects,
    "check",
    _("Vérifie tout le projet : fichier, textes, tours, codages."),
    "qualikit check evaluation.qualikit",
)
def check(project: PROJECT, json: JSON = False) -> None:
    with opened(project) as found:
        problems = found.check()
    if json:
        emit_json(problems)
    elif not problems:
        say(_("Rien à signaler."))
    for problem in problems if not json else []:
        complain(problem)
    if problems:
        if not json:
            complain(ngettext("{n} problème.", "{n} problèmes.", len(problems)).format(n=len(problems)))
        raise typer.Exit(1)
