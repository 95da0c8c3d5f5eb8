"""The application started, on a project or on the sample evaluation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualikit.cli.common import CODER, command, group
from qualikit.cli.output import complain, say, speaker
from qualikit.i18n import _

PORT = Annotated[
    int | None,
    typer.Option(
        min=1, max=65535, metavar=_("PORT"), help=_("Port à utiliser ; sinon le premier libre à partir de 8501.")
    ),
]
BROWSER = Annotated[
    bool,
    typer.Option(
        "--browser/--no-browser", help=_("Ouvrir le navigateur, ou seulement afficher l'adresse."), show_default=False
    ),
]

application = group()


@command(
    application,
    "app",
    _("Ouvre l'application dans le navigateur. Rien ne sort de cet ordinateur."),
    "qualikit app evaluation.qualikit",
)
def app(
    project: Annotated[
        str | None, typer.Argument(metavar=_("PROJET"), help=_("Le projet à ouvrir."), show_default=False)
    ] = None,
    port: PORT = None,
    browser: BROWSER = True,
    coder: CODER = None,
) -> None:
    if project is None:
        _launch(None, coder, port, browser)
        return
    from qualikit.project import Project

    with Project.open(project, coder=coder) as found:  # refused here rather than in the browser
        opened = str(found.path or project)
    _launch(opened, coder, port, browser)


@command(
    application,
    "demo",
    _("Prépare l'évaluation d'exemple et l'ouvre dans l'application. Ce que vous y changez est gardé."),
    "qualikit demo\nqualikit demo --dir essai --no-browser",
)
def demo(
    dir: Annotated[
        Path | None,
        typer.Option(
            metavar=_("DOSSIER"), help=_("Où mettre l'exemple ; sinon « qualikit-demo » dans votre dossier personnel.")
        ),
    ] = None,
    port: PORT = None,
    browser: BROWSER = True,
    build_only: Annotated[
        bool, typer.Option("--build-only", help=_("S'arrêter une fois le fichier du projet prêt, et dire où il est."))
    ] = False,
    coder: CODER = None,
) -> None:
    from qualikit import sample

    folder = Path.home() / "qualikit-demo" if dir is None else dir.expanduser()
    complain(_("Évaluation d'exemple dans « {folder} »…").format(folder=folder.absolute()))
    path = sample.build(folder)
    if build_only:
        say(str(path))
        return
    # One of the two whose codings are in the sample, so that the text is not bare at first sight.
    _launch(str(path), coder or sample.CODERS[0], port, browser)


def _launch(project: str | None, coder: str | None, port: int | None, browser: bool) -> None:
    from qualikit.ui.launch import launch

    launch(project, coder=coder, port=port, browser=browser, say=speaker())
