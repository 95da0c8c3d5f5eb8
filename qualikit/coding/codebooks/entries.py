"""A codebook as a file says it: what is not said stays open, so that a short file completes a long codebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from qualikit.coding.codes import cleaned
from qualikit.coding.model import Code
from qualikit.coding.names import name_key
from qualikit.errors import CodebookError
from qualikit.i18n import _, ngettext

FIELDS = ("definition", "use", "avoid", "keywords", "example", "color", "kind", "value", "shortcut", "status")
"""Fields of a code in the order in which they are written."""

RETIRED, IN_USE = "retired", "active"
"""What ``status`` says of a code; one of which nothing is said stays as it is, a new one is in use."""

_STATUS = {word: word == IN_USE for word in (RETIRED, IN_USE)}
_STATUS |= {"retire": False, "actif": True, "en service": True}

_SHOWN = 8  # problems told at once


@dataclass(frozen=True)
class CodeEntry:
    """One code of a file: its name, that of the code above it, and the ``fields`` that are given for it, cleaned."""

    name: str
    parent: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    line: int = field(default=0, compare=False)
    """Where in the file, from 1."""


@dataclass(frozen=True)
class CodebookFile:
    """What a codebook file says."""

    entries: tuple[CodeEntry, ...] = ()
    name: str = ""
    description: str = ""
    says_parents: bool = True
    """False for a sheet without a column of parents: codes that are known stay where they are."""
    ignored: tuple[str, ...] = ()
    """Columns that are none of ours."""
    warnings: tuple[tuple[int, str], ...] = ()
    """What is worth a look: line, sentence."""


class Problems:
    """What is wrong in a file, gathered so that all of it can be put right at once."""

    def __init__(self) -> None:
        self._found: list[tuple[int, str]] = []

    def add(self, line: int, what: str) -> None:
        self._found.append((line, what))

    def raise_if_any(self, file_name: str) -> None:
        """Raises CodebookError with the first problems, each with its line."""
        if not self._found:
            return
        found = sorted(set(self._found))
        sentences = [
            _("Ligne {line} : {what}").format(line=line, what=what) if line else what for line, what in found[:_SHOWN]
        ]
        more = len(found) - _SHOWN
        if more > 0:
            sentences.append(ngettext("Et {n} autre erreur.", "Et {n} autres erreurs.", more).format(n=more))
        raise CodebookError(
            "\n".join([_("La grille « {name} » contient des erreurs.").format(name=file_name), *sentences]),
            _("Rien n'a été importé : corrigez le fichier, puis recommencez."),
            line=found[0][0] or None,
        )


def status_of(code: Code) -> str:
    """What a file says of a code's use: nothing of one in use."""
    return "" if code.active else RETIRED


def _active(status: str) -> bool:
    found = _STATUS.get(name_key(status))
    if found is None:
        raise CodebookError(
            _("« status » ne peut pas être « {value} ».").format(value=status),
            _("Choisissez parmi : {allowed}.").format(allowed=f"{RETIRED}, {IN_USE}"),
        )
    return found


def checked_entries(raw: Iterator[tuple[int, str, str | None, dict[str, Any]]], problems: Problems) -> list[CodeEntry]:
    """Entries with their fields cleaned, from (line, name, parent, fields); what cannot be goes to ``problems``."""
    entries: list[CodeEntry] = []
    lines: dict[str, int] = {}
    shortcuts: dict[str, str] = {}
    for line, name, parent, fields in raw:
        values: dict[str, Any] = {}
        for key, value in {"name": name, **fields}.items():
            try:
                values |= {"active": _active(value)} if key == "status" else cleaned({key: value})
            except CodebookError as error:
                problems.add(line, str(error))
        if values.get("value") and values.setdefault("kind", "position") != "position":
            problems.add(line, _("« value » ne se donne que pour un code de nature « position »."))
        if values.get("kind") == "position" and not values.get("value"):
            problems.add(line, _("une position doit dire « value » : agreement, disagreement ou nuance."))
        key = values.pop("folded", name_key(name))
        if key and key in lines:
            problems.add(line, _("le code « {name} » est déjà à la ligne {line}.").format(name=name, line=lines[key]))
        lines.setdefault(key, line)
        shortcut = values.get("shortcut")
        if shortcut and shortcut in shortcuts:
            problems.add(
                line,
                _("le raccourci {key} est déjà celui de « {name} ».").format(key=shortcut, name=shortcuts[shortcut]),
            )
        if shortcut:
            shortcuts.setdefault(shortcut, name)
        entries.append(CodeEntry(values.pop("name", name), parent, values, line))
    return entries
