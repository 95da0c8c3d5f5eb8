"""One code made several: its codings shared out among new codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from qualikit.coding import queries
from qualikit.coding.codes import arrange, checked_name, insert_code, refuse_twin
from qualikit.coding.impact import Impact, listed, quoted, whose_of
from qualikit.coding.model import Code, Codebook, Usage
from qualikit.coding.names import name_key
from qualikit.coding.removal import usage_of
from qualikit.coding.tables import codes, codings
from qualikit.corpus.tables import documents
from qualikit.errors import CodebookError
from qualikit.i18n import _, ngettext
from qualikit.store import Change, coders, new_id
from qualikit.text import natural

SplitBy = Literal["territory", "document", "coder"]
SPLITS: tuple[SplitBy, ...] = ("territory", "document", "coder")


@dataclass(frozen=True)
class NewCode:
    """A code to be made, and the ids of the codings that it gets."""

    name: str
    codings: tuple[str, ...] = ()
    id: str | None = None


@dataclass(frozen=True)
class Split:
    """How a code is split: read from one state of the project, shown, or carried out on it."""

    book: Codebook
    code: Code
    parts: tuple[NewCode, ...]
    under: bool
    usage: Usage


def plan_split(
    connection: sa.Connection, book: Codebook, code: Code, parts: Sequence[NewCode], *, under: bool = False
) -> Split:
    """What splitting means. ``under``: the new codes stand under the code, else after it.

    Raises CodebookError for a name in use, a coding given twice, or one that the code does not have.
    """
    if not parts:
        raise CodebookError(_("Il n'y a pas de nouveau code."), _("Donnez au moins un nom."))
    keys: set[str] = set()
    ids: set[str | None] = set()
    for part in parts:
        name = checked_name(part.name)
        refuse_twin(book, name_key(name), None)
        if name_key(name) in keys:
            raise CodebookError(_("Deux des nouveaux codes s'appellent « {name} ».").format(name=name))
        keys.add(name_key(name))
        if part.id is not None and (part.id in book or part.id in ids):
            raise CodebookError(_("Ce code existe déjà."), _("Rechargez la page."))
        ids.add(part.id)
    given = [id for part in parts for id in part.codings]
    if len(given) != len(set(given)):
        raise CodebookError(
            _("Un même passage est donné à deux codes."),
            _("Choisissez pour chaque passage un seul des nouveaux codes."),
        )
    query = sa.select(codings.c.id).where(codings.c.code_id == code.id)
    own = set(connection.execute(query).scalars())
    if not own.issuperset(given):
        raise CodebookError(
            _("Des passages à répartir ne portent plus le code « {name} ».").format(name=code.name),
            _("Regardez de nouveau la liste, puis recommencez."),
        )
    return Split(book, code, tuple(parts), under, usage_of(connection, code, (), with_children=False))


def parts_by(connection: sa.Connection, code: Code, by: SplitBy) -> tuple[NewCode, ...]:
    """The new codes of a split by territory, document or coder: « Météo – Laval ». Raises CodebookError."""
    column = {"territory": documents.c.territory, "document": documents.c.title, "coder": coders.c.name}.get(by)
    if column is None:
        raise CodebookError(
            _("« {by} » ne dit pas comment répartir les codages.").format(by=by),
            _("Il existe : {names}.").format(names=", ".join(SPLITS)),
        )
    found: dict[str, list[str]] = {}
    for id, value in connection.execute(queries.narrowed(
        queries.select_codings(codings.c.id, column, standing=None), code=code.id
    )):  # fmt: skip
        found.setdefault((value or "").strip() or _("sans territoire"), []).append(id)
    if not found:
        raise CodebookError(_("Aucun passage ne porte le code « {name} ».").format(name=code.name))
    return tuple(
        NewCode(_("{code} – {value}").format(code=code.name, value=value), tuple(found[value]))
        for value in sorted(found, key=natural)
    )


def split(change: Change, plan: Split) -> tuple[str, ...]:
    """Carry the plan out, in the event that the caller opened; ids of the new codes."""
    code, book = plan.code, plan.book
    parent = code.id if plan.under else code.parent_id
    siblings = [each.id for each in book.children(parent)]
    place = 0 if plan.under else siblings.index(code.id) + 1
    made: list[Code] = []
    for part in plan.parts:
        with_those = Codebook.of((*book, *made), book.name)
        fields = {"name": part.name, "kind": code.kind.value, "value": code.value.value if code.value else None}
        id = insert_code(change, with_those, fields, parent, id=part.id or new_id())
        row = change.connection.execute(sa.select(codes).where(codes.c.id == id)).one()
        made.append(queries.code_from(row))
    siblings[place:place] = [each.id for each in made]
    arrange(change, siblings, Codebook.of((*book, *made), book.name))
    moved = {id: {"code_id": new.id} for new, part in zip(made, plan.parts, strict=True) for id in part.codings}
    change.update_many(codings, moved)
    return tuple(each.id for each in made)


def split_impact(plan: Split) -> Impact:
    """What the plan touches, in words."""
    shares = {part.name: len(part.codings) for part in plan.parts}
    moved = sum(shares.values())
    details = []
    if plan.usage.codings:
        details.append(_("sur {codings}").format(codings=whose_of(plan.usage)))
    for name, n in shares.items():
        details.append(ngettext("{n} va à {name}", "{n} vont à {name}", n).format(n=n, name=quoted(name)))
    left = max(0, plan.usage.codings - moved)
    stay = ngettext("{n} reste sur {name}", "{n} restent sur {name}", left)
    details.append(stay.format(n=left, name=quoted(plan.code.name)))
    act = _("Scinder {name}").format(name=quoted(plan.code.name))
    usage = plan.usage
    return Impact(act, tuple(details), usage.codings, len(usage.by_coder), usage.documents, shares=shares)


def split_label(plan: Split) -> str:
    """The event's name, for the history."""
    return _("code {name} scindé en {parts}").format(
        name=plan.code.name, parts=listed([part.name for part in plan.parts][:3])
    )


def as_parts(given: Mapping[str, Iterable[str]]) -> tuple[NewCode, ...]:
    """Parts from ``{new name: ids of codings}``."""
    return tuple(NewCode(name, tuple(ids)) for name, ids in given.items())
