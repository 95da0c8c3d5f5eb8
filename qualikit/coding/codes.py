"""Changing the codebook: what is written when a code is added, edited, moved, in an event that the caller opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from qualikit.coding.colors import clean_color, next_color
from qualikit.coding.model import Code, Codebook, CodeKind, Position
from qualikit.coding.names import NAME_MAX, clean_keywords, clean_name, clean_text, name_key
from qualikit.coding.patterns import refuse_bad_pattern
from qualikit.coding.tables import codes
from qualikit.errors import CodebookError
from qualikit.i18n import _
from qualikit.store import Change, new_id


class CodeFields(TypedDict, total=False):
    """What can be said of a code besides its name, all of it optional."""

    definition: str
    use: str
    avoid: str
    keywords: Iterable[str]
    example: str
    color: str
    shortcut: str | None
    kind: str
    value: str | None


class NamedCodeFields(CodeFields, total=False):
    """What can be said of a code, all of it optional."""

    name: str


_TEXTS = ("definition", "use", "avoid", "example")


def cleaned(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they are stored. Raises CodebookError for what cannot be: an empty name, a colour that is none…"""
    unknown = set(fields) - set(NamedCodeFields.__annotations__)
    if unknown:
        raise TypeError(f"a code has no {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {name: clean_text(fields[name] or "") for name in _TEXTS if name in fields}
    if "name" in fields:
        values["name"] = checked_name(fields["name"])
        values["folded"] = name_key(values["name"])
    if "keywords" in fields:
        words = fields["keywords"] or ()
        values["keywords"] = list(clean_keywords([words] if isinstance(words, str) else words))
        for word in values["keywords"]:
            refuse_bad_pattern(word)
    if "color" in fields:
        values["color"] = clean_color(fields["color"])
        if values["color"] is None:
            raise CodebookError(
                _("« {color} » n'est pas une couleur.").format(color=fields["color"]),
                _("Une couleur s'écrit « # » suivi de six chiffres ou lettres de A à F, comme #2656D9."),
            )
    if "shortcut" in fields:
        values["shortcut"] = checked_shortcut(fields["shortcut"])
    if "kind" in fields:
        values["kind"] = _one_of(CodeKind, fields["kind"], _("La nature d'un code"))
    if "value" in fields:
        values["value"] = _one_of(Position, fields["value"], _("Le sens d'une position")) if fields["value"] else None
    return values


def checked_name(name: str) -> str:
    """The name, cleaned. Raises CodebookError when nothing is left of it or when it is a whole paragraph."""
    clean = clean_name(name)
    if not name_key(clean):
        raise CodebookError(_("Un code doit avoir un nom."), _("Donnez-lui un mot ou deux."))
    if len(clean) > NAME_MAX:
        raise CodebookError(
            _("Le nom d'un code ne peut pas dépasser {n} caractères.").format(n=NAME_MAX),
            _("Gardez quelques mots pour le nom, et mettez le reste dans la définition."),
        )
    return clean


def checked_shortcut(shortcut: str | None) -> str | None:
    """One digit, or None. Raises CodebookError."""
    shortcut = (shortcut or "").strip()
    if shortcut and (len(shortcut) > 1 or shortcut not in "0123456789"):
        raise CodebookError(
            _("« {key} » ne peut pas servir de raccourci.").format(key=shortcut),
            _("Un raccourci est un chiffre, de 0 à 9."),
        )
    return shortcut or None


def _one_of(choices: type[CodeKind] | type[Position], value: str, subject: str) -> str:
    try:
        return choices(value).value
    except ValueError:
        allowed = ", ".join(choices)
        raise CodebookError(
            _("{subject} ne peut pas être « {value} ».").format(subject=subject, value=value),
            _("Choisissez parmi : {allowed}.").format(allowed=allowed),
        ) from None


def insert_code(
    change: Change, book: Codebook, fields: Mapping[str, Any], parent_id: str | None = None, *, id: str | None = None
) -> str:
    """Add a code as the last of its siblings; its id, a new one unless ``id`` is given. Raises CodebookError, also for
    a name in use."""
    values = {"definition": "", "use": "", "avoid": "", "keywords": [], "example": "", **cleaned(fields)}
    refuse_twin(book, values["folded"], None)
    refuse_under_retired(book, parent_id)
    values.setdefault("color", next_color(code.color for code in book))
    siblings = book.children(parent_id)
    row = {
        **values,
        **_kind_and_value(values, CodeKind.THEME, None),
        "id": id or new_id(),
        "active": True,
        "parent_id": parent_id,
        "position": max((code.position for code in siblings), default=-1) + 1,
    }
    _free_shortcut(change, book, row.get("shortcut"))
    change.insert(codes, row)
    return str(row["id"])


def update_code(change: Change, book: Codebook, code: Code, fields: Mapping[str, Any]) -> None:
    """Change the fields given. Raises CodebookError, also for a name in use."""
    values = cleaned(fields)
    if "folded" in values:
        refuse_twin(book, values["folded"], code.id)
    if "kind" in values or "value" in values:
        values |= _kind_and_value(values, code.kind, code.value)
    if values.get("shortcut") != code.shortcut:
        _free_shortcut(change, book, values.get("shortcut"))
    change.update(codes, code.id, **values)


def move_code(change: Change, book: Codebook, code: Code, parent_id: str | None, position: int | None) -> None:
    """Put a code under another one (None: at the root), as its ``position``-th child, from 0 (None: the last).

    Raises CodebookError when that would put the code under itself, or one in use under a retired one.
    """
    refuse_move(book, code, parent_id)
    siblings = [each for each in book.children(parent_id) if each.id != code.id]
    place = len(siblings) if position is None else max(0, min(position, len(siblings)))
    siblings.insert(place, code)
    arrange(change, [each.id for each in siblings], book)
    if code.parent_id != parent_id:
        change.update(codes, code.id, parent_id=parent_id)


def refuse_move(book: Codebook, code: Code, parent_id: str | None) -> None:
    """Raises CodebookError where a code would stand under itself, or one in use come under a retired one."""
    if parent_id == code.id or parent_id in {below.id for below in book.descendants(code.id)}:
        raise CodebookError(
            _("Un code ne peut pas être rangé sous lui-même."), _("Choisissez un autre code, ou le premier niveau.")
        )
    if code.active and parent_id != code.parent_id:
        refuse_under_retired(book, parent_id)


def refuse_under_retired(book: Codebook, parent_id: str | None) -> None:
    """Raises CodebookError where a code in use would come to hang on one that is not."""
    parent = book.get(parent_id) if parent_id is not None else None
    if parent is not None and not parent.active:
        raise CodebookError(
            _("Le code « {name} » est retiré de la grille.").format(name=parent.name),
            _("Remettez-le d'abord en service, ou choisissez un autre code."),
        )


def arrange(change: Change, ids: Iterable[str], book: Codebook) -> None:
    """Number siblings in this order, touching only those whose number changes."""
    for position, id in enumerate(ids):
        known = book.get(id)
        if known is None or known.position != position:
            change.update(codes, id, position=position)


def refuse_twin(book: Codebook, key: str, but: str | None) -> None:
    """Raises CodebookError where another code than ``but`` has the name of that key."""
    twin = next((code for code in book if name_key(code.name) == key and code.id != but), None)
    if twin is not None:
        raise CodebookError(
            _("Il y a déjà un code « {name} » dans la grille.").format(name=book.path(twin.id)),
            _("Choisissez un autre nom, ou complétez ce code."),
        )


def _free_shortcut(change: Change, book: Codebook, shortcut: str | None) -> None:
    """Take the shortcut from the code that has it: two codes never answer to one key."""
    holder = next((code for code in book if shortcut and code.shortcut == shortcut), None)
    if holder is not None:
        change.update(codes, holder.id, shortcut=None)


def _kind_and_value(values: Mapping[str, Any], kind: str, value: str | None) -> dict[str, str | None]:
    """Kind and value made to agree: saying agreement makes a position, saying theme takes the value away."""
    kind = values.get("kind") or (CodeKind.POSITION if values.get("value") else kind)
    value = values.get("value", value) if kind == CodeKind.POSITION else None
    if kind == CodeKind.POSITION and value is None:
        raise CodebookError(_("Il manque le sens de cette position."), _("Choisissez : accord, désaccord ou nuance."))
    return {"kind": str(kind), "value": None if value is None else str(value)}
