"""What every command takes and does: the project it works on, who works, JSON or sentences, the example in its help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.usage import Command, Group
from qualikit.i18n import _

if TYPE_CHECKING:
    from qualikit.project import Project


PROJECT = Annotated[str, typer.Argument(metavar=_("PROJET"), help=_("Le fichier du projet."), show_default=False)]
TITLE = Annotated[str, typer.Argument(metavar=_("TITRE"), help=_("Le titre du document."), show_default=False)]
CODER = Annotated[
    str | None,
    typer.Option(
        "--coder",
        metavar=_("NOM"),
        envvar="QUALIKIT_CODER",
        show_envvar=False,
        help=_("Qui travaille ; sinon le nom donné dans l'application."),
    ),
]
JSON = Annotated[bool, typer.Option("--json", help=_("Donner le résultat en JSON."))]

TEMPLATE = Annotated[
    Path | None,
    typer.Option(
        "--template",
        metavar=_("FICHIER"),
        help=_("Le modèle Word de votre structure : ses styles, ses en-têtes, et ses marques remplies ({{contenu}}…)."),
    ),
]


def group(**settings: Any) -> typer.Typer:
    """A group of commands with our help pages."""
    return typer.Typer(
        cls=Group, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False,
        no_args_is_help=True, **settings,
    )  # fmt: skip


def command(
    of: typer.Typer, name: str, help: str, example: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command with its help and the example that stands at its end."""
    # \b keeps the lines as they are.
    epilog = "\b\n" + _("Exemple :") + "".join(f"\n  {line}" for line in example.splitlines())
    return of.command(name, cls=Command, help=help, epilog=epilog)


@contextmanager
def opened(project: str, coder: str | None = None) -> Iterator[Project]:
    """The project, open for the time of one command."""
    from qualikit.project import Project

    with Project.open(project, coder=coder) as found:
        yield found
