"""Passphrases: typed unseen, or read from a file or the environment; never a word of the command, which shells keep."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from qualikit.errors import KeyRefused
from qualikit.i18n import _

VARIABLE = "QUALIKIT_PASSPHRASE"

PASSPHRASE_FILE = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar=_("FICHIER"),
        help=_("Lire la phrase de passe dans la première ligne de ce fichier ; sinon elle est demandée."),
    ),
]
YES = Annotated[bool, typer.Option("--yes", help=_("Ne pas demander confirmation."))]


def passphrase(file: Path | None, *, new: bool = False, variable: str = VARIABLE) -> str:
    """The passphrase, from the file, the environment, or typed (twice where it is ``new``). Raises KeyRefused."""
    if file is not None:
        lines = file.expanduser().read_text("utf-8-sig").splitlines()
        return lines[0] if lines else ""
    if found := os.environ.get(variable):
        return found
    if not sys.stdin.isatty():
        raise KeyRefused(
            _("La phrase de passe de la clé est nécessaire."),
            _("Donnez-la avec --passphrase-file, ou dans la variable {name}.").format(name=variable),
        )
    from getpass import getpass

    typed = getpass(_("Nouvelle phrase de passe : ") if new else _("Phrase de passe : "))
    if new and getpass(_("Encore une fois : ")) != typed:
        raise KeyRefused(_("Les deux phrases de passe ne sont pas les mêmes."), _("Recommencez."))
    return typed


def confirmed(yes: bool, question: str) -> bool:
    """Whether to go on with what cannot be undone. Raises KeyRefused where nobody can be asked."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise KeyRefused(
            _("Ceci ne peut pas être annulé, et demande une confirmation."), _("Ajoutez --yes si c'est voulu.")
        )
    return typer.confirm(question, default=False)
