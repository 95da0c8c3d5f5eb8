"""One command run from its words to its exit status: nothing that goes wrong shows as a traceback."""

from __future__ import annotations

import errno
import os

from qualikit.cli import output
from qualikit.errors import QualikitError
from qualikit.i18n import LANGUAGES, _, use_language

REFUSED, USAGE = 1, 2


def run(arguments: list[str]) -> int:
    """See :func:`qualikit.cli.main`."""
    output.prepare()
    arguments, chosen = _take_language(arguments)
    use_language("fr" if chosen not in LANGUAGES else chosen)
    if chosen not in LANGUAGES:
        output.complain(_("Erreur : il n'y a pas de langue « {name} ».").format(name=chosen))
        output.complain(_("Langues : {names}.").format(names=", ".join(LANGUAGES)))
        return USAGE
    try:
        return _run(arguments)
    except QualikitError as error:
        output.complain(str(error))
    except KeyboardInterrupt:
        output.complain(_("Interrompu."))
        return 130  # what shells expect of a program stopped by Ctrl+C
    except OSError as error:
        output.complain(_of_the_machine(error))
    except Exception as error:  # the last net: a user is never shown a traceback
        if os.environ.get("QUALIKIT_DEBUG"):
            raise
        output.complain(
            _("Erreur imprévue ({name} : {detail}).").format(name=type(error).__name__, detail=error)
            + "\n"
            + _("Recommencez avec la variable QUALIKIT_DEBUG=1 pour en voir l'origine, et signalez-la.")
        )
    return REFUSED


def _run(arguments: list[str]) -> int:
    # Imported here: the help is written in the language chosen above.
    from typer.main import get_command

    from qualikit.cli import usage
    from qualikit.cli.commands import commands

    try:
        status = get_command(commands).main(args=arguments, prog_name="qualikit", standalone_mode=False)
    except Exception as error:
        if not usage.is_usage_error(error):
            raise
        output.complain(usage.explain(error))
        return USAGE
    return status if isinstance(status, int) else 0


def _take_language(arguments: list[str]) -> tuple[list[str], str]:
    """The arguments without ``--language``, wherever it stands before ``--``, and the language asked for.

    Taken out first, because the commands' own help is already in that language.
    """
    language = os.environ.get("QUALIKIT_LANGUAGE") or "fr"
    left: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            left += [word, *words]
        elif word == "--language":
            language = next(words, "")
        elif word.startswith("--language="):
            language = word.partition("=")[2]
        else:
            left.append(word)
    return left, language


def _of_the_machine(error: OSError) -> str:
    """A complaint of the operating system, in words for the user."""
    name = str(error.filename or "")
    if isinstance(error, FileNotFoundError):
        return _("Il n'y a rien à cet endroit : « {name} ».").format(name=name)
    if isinstance(error, PermissionError):
        return _("Vous n'avez pas le droit de lire ou d'écrire « {name} ».").format(name=name)
    if isinstance(error, IsADirectoryError | NotADirectoryError):
        return _("« {name} » : un fichier était attendu, ou un dossier, et c'est l'inverse.").format(name=name)
    if error.errno == errno.ENOSPC:
        return _("Le disque est plein : rien de plus n'a été enregistré.")
    return _("L'ordinateur a refusé : {detail}").format(detail=error.strerror or error)
