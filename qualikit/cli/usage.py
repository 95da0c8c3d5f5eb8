"""Usage in the user's language: what typer says of wrong words, and the frame of its help pages, are English.

Only names and messages are looked at, never typer's own exception classes, which it does not publish.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from typer.core import TyperCommand, TyperGroup

from qualikit.i18n import _, language, typography


def is_usage_error(error: BaseException) -> bool:
    """Wrong words on the command line, as opposed to a failure of the command."""
    return getattr(error, "exit_code", None) == 2 and hasattr(error, "format_message")


def explain(error: Any) -> str:
    """The complaint, how the command is used, and where to read more; the help itself when no command was given."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.format_message())
    lines = [_("Erreur : {detail}").format(detail=_detail(error))]
    if (context := error.ctx) is not None:
        lines += [context.get_usage().strip(), _("Aide : {command} --help").format(command=context.command_path)]
    return "\n".join(lines)


def _detail(error: Any) -> str:
    kind = type(error).__name__
    if language() == "fr":
        if kind == "MissingParameter":
            return typography(f"il manque {_name(error.param)}.")
        if kind == "NoSuchOption":
            return f"l'option {error.option_name} n'existe pas."
        if kind == "BadParameter" and error.param is not None:
            return typography(f"valeur incorrecte pour {_name(error.param)} : {_translated(error.message, _MESSAGES)}")
    return _translated(str(error.format_message()), _MESSAGES)


def _name(parameter: Any) -> str:
    """The parameter as its help page shows it."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    return " / ".join(parameter.opts)


_Pairs = tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...]
_MESSAGES: _Pairs = (
    (r"No such command '(.*?)'\.?", r"la commande « \1 » n'existe pas."),
    (r"Did you mean (.*)\?", r"Vouliez-vous dire \1 ?"),
    (r"^Invalid value: ", ""),
    (r"^Missing command\.", "il manque la commande."),
    (r"Option '(.*?)' requires an argument\.", r"l'option \1 attend une valeur."),
    (r"Option '(.*?)' does not take a value\.", r"l'option \1 ne prend pas de valeur."),
    (r"Input should be a valid integer.*", "un nombre entier est attendu."),
    (r"Input should be greater than or equal to (-?\d+)", r"le plus petit possible est \1."),
    (r"Input should be less than or equal to (-?\d+)", r"le plus grand possible est \1."),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", r"de trop : \1"),
)
_PAGE: _Pairs = (
    (r"^Usage: ", "Usage : "),
    (r"^(\s*)Arguments:$", r"\1Arguments :"),
    (r"^(\s*)Options:$", r"\1Options :"),
    (r"^(\s*)Commands:$", r"\1Commandes :"),
    (r"Show this message and exit\.", "Affiche cette aide."),
    (r"COMMAND\s\[ARGS\]\.\.\.", "COMMANDE …"),
    (r"\brequired\]", "obligatoire]"),
    (r"\[default:(\s)", r"[par défaut :\1"),  # the value may stand on the next line
)
_PLAIN: _Pairs = (
    (r"\{([^\s{}]+)\}", r"\1"),  # typer's braces around what must be given
    (r" <[A-Za-z\[\]]+>", lambda match: " " * len(match[0])),  # and the types of its programmer
)


def _translated(text: str, pairs: _Pairs) -> str:
    if language() == "fr":
        for pattern, french in pairs:
            replacement = typography(french) if isinstance(french, str) else french
            text = re.sub(pattern, replacement, text, flags=re.MULTILINE)
    return text


def _page(text: str) -> str:
    for pattern, plain in _PLAIN:
        text = re.sub(pattern, plain, text)
    return _translated(text, _PAGE)


class Command(TyperCommand):
    """A command whose help page is in the user's language throughout."""

    def get_help(self, ctx: Any) -> str:
        return _page(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        return _page(super().get_usage(ctx))


class Group(TyperGroup):
    """A group of commands whose help page is in the user's language throughout."""

    def get_help(self, ctx: Any) -> str:
        return _page(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        return _page(super().get_usage(ctx))
