"""A sheet of attributes read onto the documents, or participants, whose names match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.guess import parse_date
from qualikit.corpus.model import Role, SourceKind, role_label, source_kind_label
from qualikit.corpus.tables import documents, participants, turns
from qualikit.errors import ImportRefused
from qualikit.i18n import _, in_every_language, ngettext
from qualikit.sheets import RefusedRow, Sheet, read_sheet, required
from qualikit.store import Change, Transaction
from qualikit.text import fold

DOCUMENT = ("Document", "Titre", "Title", "Fichier", "Nom Fichier", "Nom du fichier")
LABEL = ("Étiquette", "Label", "Locuteur", "Speaker")
SOURCE = ("Type de source", "Source", "Type of source")
TERRITORY = ("Territoire", "Territory")
DATE = ("Date",)
NAME = ("Nom", "Name")
ROLE = ("Rôle", "Role")
ACTOR = ("Acteur", "Type d'acteur", "Actor", "Kind of actor")

_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class AttributeReport:
    """``applied``: rows that found their document or participant; ``refused``: the others, one by one."""

    applied: int
    refused: tuple[RefusedRow, ...]


def apply_sheet(transaction: Transaction, path: Path) -> AttributeReport:
    """Apply a CSV or Excel sheet, as one event.

    A column « Document » (or « Titre », « Nom Fichier »…) names the document by title or by file name, exactly. With a
    column « Étiquette » the rows describe that document's speakers; without it, the documents. Empty cells change
    nothing. Columns that are not one of ours become attributes of that name. Raises SheetError.
    """
    sheet = read_sheet(path)
    by = required(sheet, path.name, *DOCUMENT)
    label = sheet.column(*LABEL)
    known = _documents_by_name(transaction.connection)
    refused: list[RefusedRow] = []
    applied = 0
    with transaction.event("attributes.import", _("attributs de « {name} » importés").format(name=path.name)) as change:
        for number, row in sheet.rows:
            try:
                document = _document(known, row[by])
                if label is None:
                    _describe_document(change, sheet, by, row, document)
                else:
                    _describe_participant(change, sheet, (by, label), row, document)
                applied += 1
            except ImportRefused as error:
                refused.append(RefusedRow(number, str(error)))
    return AttributeReport(applied, tuple(refused))


def _documents_by_name(connection: sa.Connection) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in connection.execute(queries.select_documents()):
        for name in {row.title, row.file_name, PurePath(row.file_name).stem}:
            found.setdefault(name, []).append(row)
    return found


def _document(known: dict[str, list[Any]], name: str) -> Any:
    found = known.get(name, [])
    if len(found) == 1:
        return found[0]
    if not found:
        reason = _("aucun document ne s'appelle « {name} ».").format(name=name)
        close = {row.title for rows in known.values() for row in rows if _begins(row.title, name)}
        if len(close) == 1:
            reason += " " + _("Est-ce « {title} » ?").format(title=close.pop())
        raise ImportRefused(reason)
    raise ImportRefused(_("plusieurs documents s'appellent « {name} ».").format(name=name))


def _begins(title: str, name: str) -> bool:
    """Whether the words of the name, however they are joined and written, are the first of the title."""
    words = _WORDS.findall(fold(name))
    return bool(words) and _WORDS.findall(fold(title))[: len(words)] == words


def _others(sheet: Sheet, row: dict[str, str], ours: set[str | None]) -> dict[str, str]:
    return {column: row[column] for column in sheet.columns if column not in ours and row[column]}


def _describe_document(change: Change, sheet: Sheet, by: str, row: dict[str, str], document: Any) -> None:
    source, territory, date = sheet.column(*SOURCE), sheet.column(*TERRITORY), sheet.column(*DATE)
    values: dict[str, Any] = {}
    if source and row[source]:
        values["source_kind"] = source_kind(row[source]).value
    if territory and row[territory]:
        values["territory"] = row[territory]
    if date and (day := parse_date(row[date])):
        values["date"] = day.isoformat()
    others = _others(sheet, row, {by, source, territory, date})
    current = change.connection.execute(
        sa.select(documents.c.attributes).where(documents.c.id == document.id)
    ).scalar_one()
    change.update(documents, document.id, **values, attributes={**current, **others})


def _describe_participant(
    change: Change, sheet: Sheet, keys: tuple[str, str], row: dict[str, str], document: Any
) -> None:
    label = row[keys[1]]
    ids = set(
        change.connection.execute(
            sa.select(turns.c.participant_id).where(
                turns.c.text_version_id == document.version_id, turns.c.label == label
            )
        ).scalars()
    ) - {None}
    if not ids:
        raise ImportRefused(
            _("personne ne parle sous l'étiquette « {label} » dans « {title} ».").format(
                label=label, title=document.title
            )
        )
    name, role = sheet.column(*NAME), sheet.column(*ROLE)
    named = {"actor": sheet.column(*ACTOR), "territory": sheet.column(*TERRITORY)}
    values: dict[str, Any] = {}
    if name and row[name]:
        values["name"] = row[name]
    if role and row[role]:
        values["role"] = parse_role(row[role]).value
    others = _others(sheet, row, {*keys, name, role, *named.values()})
    others |= {key: row[column] for key, column in named.items() if column and row[column]}
    for id in sorted(ids):
        current = change.connection.execute(
            sa.select(participants.c.attributes).where(participants.c.id == id)
        ).scalar_one()
        change.update(participants, id, **values, attributes={**current, **others})


def source_kind(text: str) -> SourceKind:
    """The kind of source that a word stands for, in any language or as stored. Raises ImportRefused."""
    words = {kind.value: kind for kind in SourceKind}
    for kind in SourceKind:
        words |= dict.fromkeys(map(fold, in_every_language(partial(source_kind_label, kind))), kind)
    words |= {
        "observation": SourceKind.OBSERVATION,
        "rapport": SourceKind.ACTIVITY_REPORT,
        "groupe": SourceKind.FOCUS_GROUP,
    }
    if (found := words.get(fold(text.strip()))) is not None:
        return found
    expected = ", ".join(source_kind_label(kind) for kind in SourceKind)
    raise ImportRefused(_("« {word} » n'est pas un type de source ({expected}).").format(word=text, expected=expected))


def parse_role(text: str) -> Role:
    """The role that a word stands for, in any language or as stored. Raises ImportRefused."""
    word = fold(text.strip())
    stems = {"anim": Role.MODERATOR, "moder": Role.MODERATOR, "cherch": Role.MODERATOR, "enquet": Role.MODERATOR}
    stems |= {"particip": Role.PARTICIPANT, "obs": Role.OBSERVER}
    for stem, role in stems.items():
        if word.startswith(stem):
            return role
    expected = ", ".join(role_label(role) for role in Role)
    raise ImportRefused(_("« {word} » n'est pas un rôle ({expected}).").format(word=text, expected=expected))


def summary(report: AttributeReport) -> str:
    """The report in one sentence."""
    done = ngettext("{n} ligne appliquée", "{n} lignes appliquées", report.applied).format(n=report.applied)
    if not report.refused:
        return f"{done}."
    left = ngettext("{n} refusée", "{n} refusées", len(report.refused)).format(n=len(report.refused))
    return f"{done}, {left}."
