"""A reviewed plan applied, and a project's attributes written as the sheet that reads back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.attributes import Kind, read_attributes
from qualikit.corpus.model import attribute_label, role_label, source_kind_label
from qualikit.corpus.naming import OURS, attribute_key, own_value, replaced
from qualikit.corpus.sheet_plan import ATTRIBUTE, About, SheetPlan, ValueChange, question
from qualikit.corpus.tables import attributes, documents, participants, turns
from qualikit.i18n import _, ngettext
from qualikit.sheets import RefusedRow, write_tables
from qualikit.store import Change, Transaction, new_id


@dataclass(frozen=True)
class AttributeReport:
    """``applied``: rows that found their document or participant; ``refused``: the others, one by one."""

    applied: int
    refused: tuple[RefusedRow, ...]


def apply_plan(transaction: Transaction, plan: SheetPlan) -> AttributeReport:
    """Write what a plan's ready rows say, as one event; the other rows are reported with the reason.

    What was there when the plan was made and is gone since is passed over.
    """
    table = documents if plan.about is About.DOCUMENTS else participants
    by_target: dict[str, list[ValueChange]] = {}
    for value in plan.changes:
        by_target.setdefault(value.target, []).append(value)
    rows = {}
    for row in transaction.connection.execute(sa.select(table)):
        if changed := by_target.get(row.id):
            rows[row.id] = _row(row, changed)
    label = _("attributs de « {name} » importés").format(name=plan.file_name)
    with transaction.event("attributes.import", label) as change:
        change.update_many(table, rows)
        _list_new(change, plan)
    ready = plan.ready
    settled = {row.line for row in ready}
    refused = tuple(RefusedRow(row.line, question(plan, row)) for row in plan.rows if row.line not in settled)
    return AttributeReport(len(ready), refused)


def _list_new(change: Change, plan: SheetPlan) -> None:
    """Let the project know the attributes that the sheet brings, in the order of its columns."""
    brought = {each.field for each in plan.changes}
    known = set(change.connection.execute(sa.select(attributes.c.name)).scalars())
    last = change.connection.execute(sa.select(sa.func.max(attributes.c.position))).scalar() or 0
    for name in plan.columns.values():
        bare = name.removeprefix(ATTRIBUTE)
        if name in brought and name.startswith(ATTRIBUTE) and bare not in {*known, *OURS}:
            last += 1
            no_choices: list[str] = []
            change.insert(
                attributes,
                {"id": new_id(), "name": bare, "kind": Kind.TEXT.value, "choices": no_choices, "position": last},
            )


def _row(row: Any, changes: Sequence[ValueChange]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    own = dict(row.attributes)
    for change in changes:
        if change.field.startswith(ATTRIBUTE):
            own = replaced(own, {change.field.removeprefix(ATTRIBUTE): change.after})
        else:
            values[change.field] = change.after
    return {**values, "attributes": own} if own != row.attributes else values


def summary(report: AttributeReport) -> str:
    """The report in one sentence."""
    done = ngettext("{n} ligne appliquée", "{n} lignes appliquées", report.applied).format(n=report.applied)
    if not report.refused:
        return f"{done}."
    left = ngettext("{n} refusée", "{n} refusées", len(report.refused)).format(n=len(report.refused))
    return f"{done}, {left}."


def export_sheet(connection: sa.Connection, path: Path, about: About = About.DOCUMENTS) -> int:
    """Write the attributes of documents or participants as ``.xlsx`` or ``.csv``; how many rows. Read back, the sheet
    changes nothing. Raises SheetError, OSError."""
    make = _documents if about is About.DOCUMENTS else _participants
    name, columns, rows = make(connection)
    write_tables(path, [(name, columns, rows)])
    return len(rows)


Table = tuple[str, list[str], list[list[Any]]]


def _documents(connection: sa.Connection) -> Table:
    found = [queries.document_from(row) for row in connection.execute(queries.select_documents())]
    own = _names(connection, (document.attributes for document in found))
    columns = [_("Document"), _("Type de source"), _("Territoire"), _("Date"), *map(attribute_label, own)]
    rows = [
        [
            document.title,
            source_kind_label(document.source_kind),
            document.territory or "",
            document.date,
            *(own_value(document.attributes, name) for name in own),
        ]
        for document in found
    ]
    return _("Documents"), columns, rows


def _participants(connection: sa.Connection) -> Table:
    """One row a person, named by a document in which they speak and their first label there."""
    first: dict[str, tuple[str, str]] = {}
    spoken = (
        sa.select(documents.c.title, turns.c.participant_id, turns.c.label)
        .join(turns, turns.c.text_version_id == documents.c.text_version_id)
        .where(queries.present, turns.c.participant_id.is_not(None))
        .order_by(documents.c.title, turns.c.index)
    )
    for title, person, label in connection.execute(spoken):
        first.setdefault(person, (title, label or ""))
    people = [person for person in queries.participants_of(connection) if person.id in first]
    own = [name for name in _names(connection, (person.attributes for person in people)) if name != "territory"]
    ours = ["actor", "territory"]
    others = [name for name in own if name not in ours]
    columns = [_("Document"), _("Étiquette"), _("Nom"), _("Rôle"), *map(attribute_label, [*ours, *others])]
    rows = [
        [
            *first[person.id],
            person.name,
            role_label(person.role),
            *(own_value(person.attributes, name) for name in [*ours, *others]),
        ]
        for person in sorted(people, key=lambda one: (first[one.id][0], one.name))
    ]
    return _("Participants"), columns, rows


def _names(connection: sa.Connection, borne: Any) -> list[str]:
    """The attributes that any of these bear, in the project's order."""
    used = {attribute_key(name) for attributes in borne for name in attributes}
    return [attribute.name for attribute in read_attributes(connection) if attribute.name in used]
