"""Several codes made one: codings, memos and what other rooms wrote go to the code that stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from qualikit.coding.impact import Impact, listed, quoted, whose_of
from qualikit.coding.joining import Joining
from qualikit.coding.model import Code, Codebook
from qualikit.coding.removal import usage_of
from qualikit.coding.tables import codes as codes_table
from qualikit.errors import CodebookError
from qualikit.i18n import _, ngettext
from qualikit.store import SAYS_OF, Change, metadata

_TEXTS = ("definition", "use", "avoid", "example")


@dataclass(frozen=True)
class Merge:
    """How ``sources`` become one with ``into``: read from one state of the project, shown, or carried out on it."""

    book: Codebook
    sources: tuple[Code, ...]
    into: Code
    joining: Joining
    fields: dict[str, Any] = field(default_factory=dict)
    """What the code that stays takes over: texts where it had none, keywords, a shortcut."""
    dropped: tuple[Code, ...] = ()
    """Codes whose definition gives way to that of the code that stays."""


def plan_merge(connection: sa.Connection, book: Codebook, sources: Sequence[Code], into: Code) -> Merge:
    """What merging means. Raises CodebookError for a code merged into itself, or into a retired one."""
    given = {code.id: code for code in sources}
    ordered = tuple(code for code in book if code.id in given)
    if not ordered:
        raise CodebookError(
            _("Il n'y a rien à fusionner."), _("Choisissez au moins un code à fusionner dans un autre.")
        )
    if into.id in given:
        raise CodebookError(
            _("Le code « {name} » ne peut pas être fusionné avec lui-même.").format(name=into.name),
            _("Choisissez un autre code."),
        )
    if not into.active:
        raise CodebookError(
            _("Le code « {name} » est retiré de la grille.").format(name=into.name),
            _("Remettez-le d'abord en service, ou choisissez un autre code."),
        )
    joining = Joining.of(connection, codes_table, {code.id: into.id for code in ordered})
    fields, dropped = _taken_over(ordered, into)
    return Merge(book, ordered, into, joining, fields, dropped)


def _taken_over(sources: Sequence[Code], into: Code) -> tuple[dict[str, Any], tuple[Code, ...]]:
    fields: dict[str, Any] = {}
    for name in _TEXTS:
        if not getattr(into, name):
            text = next((getattr(code, name) for code in sources if getattr(code, name)), "")
            if text:
                fields[name] = text
    words = tuple(dict.fromkeys([*into.keywords, *(word for code in sources for word in code.keywords)]))
    if words != into.keywords:
        fields["keywords"] = list(words)
    if into.shortcut is None:
        shortcut = next((code.shortcut for code in sources if code.shortcut), None)
        if shortcut is not None:
            fields["shortcut"] = shortcut
    definition = fields.get("definition", into.definition)
    return fields, tuple(code for code in sources if code.definition and code.definition not in definition)


def merge(change: Change, plan: Merge) -> None:
    """Carry the plan out, in the event that the caller opened."""
    plan.joining.carry_out(change)
    _place(change, plan)
    change.delete(codes_table, *(code.id for code in reversed(plan.sources)))
    if plan.fields:
        change.update(codes_table, plan.into.id, **plan.fields)


def _place(change: Change, plan: Merge) -> None:
    """The code that stays leaves from under those that go, whose children become its last."""
    book, gone = plan.book, {code.id for code in plan.sources}
    top = next((above for above in book.ancestors(plan.into.id) if above.id in gone), None)
    if top is not None:
        change.update(codes_table, plan.into.id, parent_id=top.parent_id, position=top.position)
    last = max((child.position for child in book.children(plan.into.id)), default=-1)
    for code in plan.sources:
        for child in book.children(code.id):
            if child.id not in gone and child.id != plan.into.id:
                last += 1
                change.update(codes_table, child.id, parent_id=plan.into.id, position=last)


def merge_impact(connection: sa.Connection, plan: Merge) -> Impact:
    """What the plan touches, in words."""
    sources = plan.sources
    whole = usage_of(connection, sources[0], sources[1:])
    joined = plan.joining.joined["codings"]
    children = {child.id for code in sources for child in plan.book.children(code.id)}
    children -= {*(code.id for code in sources), plan.into.id}
    codings = whole.codings
    details = []
    if codings:
        verb = ngettext("{codings} sera déplacé", "{codings} seront déplacés", codings)
        details.append(verb.format(codings=whose_of(whole)))
    if joined:
        details.append(ngettext("{n} doublon réuni", "{n} doublons réunis", joined).format(n=joined))
    details += _following(plan.joining)
    if children:
        n = len(children)
        put = ngettext("{n} code rangé sous {into}", "{n} codes rangés sous {into}", n)
        details.append(put.format(n=n, into=quoted(plan.into.name)))
    if plan.dropped:
        names = [code.name for code in plan.dropped]
        details.append(_("la définition de {names} n'est pas reprise").format(names=listed(names)))
    act = _("Fusionner {codes} dans {into}").format(
        codes=listed([code.name for code in sources]), into=quoted(plan.into.name)
    )
    return Impact(act, tuple(details), codings, len(whole.by_coder), whole.documents, len(children), joined)


def _following(joining: Joining) -> list[str]:
    """What was written about the codes: each kind in its room's own words."""
    details = []
    for table in metadata.sorted_tables:
        says = table.info.get(SAYS_OF)
        if says is None:
            continue
        joined, moved = joining.joined[table.name], joining.moved[table.name]
        if joined:
            details.append(_("{texts} bout à bout avec ce qui était écrit").format(texts=says.noun(joined)))
        if moved:
            details.append(ngettext("{texts} suit", "{texts} suivent", moved).format(texts=says.noun(moved)))
    memos = joining.joined["memos"]
    if memos:
        details.append(ngettext("{n} mémo réuni à un autre", "{n} mémos réunis à d'autres", memos).format(n=memos))
    return details


def merge_label(plan: Merge) -> str:
    """The event's name, for the history."""
    if len(plan.sources) == 1:
        return _("code {name} fusionné dans {into}").format(name=plan.sources[0].name, into=plan.into.name)
    return ngettext("{n} code fusionné dans {into}", "{n} codes fusionnés dans {into}", len(plan.sources)).format(
        n=len(plan.sources), into=plan.into.name
    )
