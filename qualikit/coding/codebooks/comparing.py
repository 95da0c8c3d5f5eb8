"""Two states of a codebook compared: codes added, removed, renamed, moved, redefined, retired."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qualikit.coding.model import Code, Codebook, Position, position_label
from qualikit.i18n import _


class Deed(StrEnum):
    """What happened to a code."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"
    REORDERED = "reordered"
    REDEFINED = "redefined"
    RESTYLED = "restyled"
    RETIRED = "retired"
    REVIVED = "revived"


def deed_label(deed: Deed) -> str:
    """What happened, for the user."""
    return {
        Deed.ADDED: _("ajouté"),
        Deed.REMOVED: _("supprimé"),
        Deed.RENAMED: _("renommé"),
        Deed.MOVED: _("déplacé"),
        Deed.REORDERED: _("changé de rang"),
        Deed.REDEFINED: _("redéfini"),
        Deed.RESTYLED: _("couleur ou raccourci changé"),
        Deed.RETIRED: _("mis en retrait"),
        Deed.REVIVED: _("remis en service"),
    }[deed]


WORDS = ("definition", "use", "avoid", "keywords", "example")
"""Fields that say what a code means."""
_DEEDS: Mapping[str, Deed] = {
    "name": Deed.RENAMED,
    "parent_id": Deed.MOVED,
    "position": Deed.REORDERED,
    **dict.fromkeys((*WORDS, "kind", "value"), Deed.REDEFINED),
    "color": Deed.RESTYLED,
    "shortcut": Deed.RESTYLED,
}
FIELDS = (*_DEEDS, "active")
"""Fields in the order in which their changes are told."""


def field_label(field: str) -> str:
    """Name of a field of a code for the user."""
    return {
        "name": _("Nom"),
        "parent_id": _("Place dans l'arbre"),
        "position": _("Rang"),
        "definition": _("Définition"),
        "use": _("Quand l'employer"),
        "avoid": _("Quand ne pas l'employer"),
        "keywords": _("Mots-clés"),
        "example": _("Exemple"),
        "kind": _("Nature"),
        "value": _("Sens"),
        "color": _("Couleur"),
        "shortcut": _("Raccourci"),
        "active": _("En service"),
    }[field]


@dataclass(frozen=True)
class FieldChange:
    """A field of a code, before and after, in words for the user; empty where there is nothing."""

    field: str
    before: str
    after: str

    @property
    def label(self) -> str:
        return field_label(self.field)

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """Word by word: (``same``, ``out`` or ``in``; the words)."""
        from qualikit.alignment import hunks_between

        found: list[tuple[str, str]] = []
        place = 0
        for hunk in hunks_between(self.before, self.after):
            found.append(("same", self.before[place : hunk.start]))
            found.append(("out", self.before[hunk.start : hunk.stop]))
            found.append(("in", self.after[hunk.new_start : hunk.new_stop]))
            place = hunk.stop
        found.append(("same", self.before[place:]))
        return [(kind, words) for kind, words in found if words]


@dataclass(frozen=True)
class CodeChange:
    """What happened to one code. ``name`` is the one it has after, or had last; ``path`` says where it stands."""

    code_id: str
    name: str
    deeds: tuple[Deed, ...]
    fields: tuple[FieldChange, ...] = ()
    path: str = ""

    def field(self, name: str) -> FieldChange | None:
        """The change of that field, or None."""
        return next((change for change in self.fields if change.field == name), None)


def value_words(field: str, value: Any, names: Mapping[str, str]) -> str:
    """A value of a code's field in words; ``names``: of the codes, by id."""
    if field == "parent_id":
        return names.get(value, _("un code disparu")) if value else _("premier niveau")
    if field == "value":
        return position_label(Position(value)).lower() if value else ""
    told: dict[str, Callable[[], str]] = {
        "position": lambda: str(value + 1),
        "keywords": lambda: ", ".join(value),
        "kind": lambda: {"theme": _("thème"), "position": _("position")}.get(str(value), str(value)),
        "active": lambda: _("oui") if value else _("non"),
    }
    return told.get(field, lambda: str(value or ""))()


def change_of(
    id: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, names: Mapping[str, str]
) -> CodeChange | None:
    """What makes ``after`` of ``before``, both rows of a code, or some columns of one; None where nothing tells.

    ``names``: of the codes, by id, for those that it stands under.
    """
    rows = (before or {}), (after or {})
    shown = ("definition", "use", "avoid", "keywords", "example", "kind", "value") if not (before and after) else FIELDS
    fields = []
    for field in shown:
        one, other = (row.get(field) for row in rows)
        if before is not None and after is not None:
            if field not in after or one == other:
                continue
        elif not (one or other) or "theme" in (one, other):
            continue
        words = [value_words(field, value, names) if row else "" for row, value in zip(rows, (one, other), strict=True)]
        if words[0] != words[1]:
            fields.append(FieldChange(field, *words))
    if before is None:
        deeds: list[Deed] = [Deed.ADDED]
    elif after is None:
        deeds = [Deed.REMOVED]
    else:
        deeds = [_DEEDS[each.field] for each in fields if each.field in _DEEDS]
        if any(each.field == "active" for each in fields):
            deeds.append(Deed.REVIVED if after["active"] else Deed.RETIRED)
    if not deeds:
        return None
    name = (after or before or {}).get("name") or names.get(id, "")
    return CodeChange(id, name, tuple(dict.fromkeys(deeds)), tuple(fields))


def compare(before: Codebook, after: Codebook) -> tuple[CodeChange, ...]:
    """What makes one codebook of another, in reading order; codes that are gone come last. A code moved to another
    place is told by where it stands now; among siblings, as few as can be are said to have changed rank."""
    names = {code.id: code.name for book in (before, after) for code in book}
    reordered = set(_reordered(before, after))
    found = []
    for code in (*after, *(code for code in before if code.id not in after)):
        old, new = before.get(code.id), after.get(code.id)
        one, other = (None if each is None else _row(each) for each in (old, new))
        for row in (one, other):
            if row is not None and code.id not in reordered:
                row.pop("position")
        made = change_of(code.id, one, other, names)
        if made is not None:
            book = after if new is not None else before
            found.append(CodeChange(made.code_id, made.name, made.deeds, made.fields, book.path(code.id)))
    return tuple(found)


def _row(code: Code) -> dict[str, Any]:
    return {
        **{field: getattr(code, field) for field in FIELDS},
        "kind": code.kind.value,
        "value": code.value.value if code.value else None,
    }


def _reordered(before: Codebook, after: Codebook) -> Iterator[str]:
    """Codes that stand elsewhere among the siblings that they had and still have."""
    for parent in {code.parent_id for code in after}:
        old = {code.id: place for place, code in enumerate(before.children(parent))}
        ids = [code.id for code in after.children(parent) if code.id in old]
        stay = {ids[place] for place in _longest_rising([old[id] for id in ids])}
        yield from (id for id in ids if id not in stay)


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """Places of one of the longest rising subsequences."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(tails, number)
        tails[length:], ends[length:] = [number], [place]
        before.append(ends[length - 1] if length else -1)
    found, place = [], ends[-1] if ends else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]
