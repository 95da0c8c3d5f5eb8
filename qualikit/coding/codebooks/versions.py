"""Versions of the codebook: states that the team agreed to name, kept whole, compared, brought back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from qualikit.coding import queries
from qualikit.coding.codebooks.comparing import CodeChange, compare
from qualikit.coding.codebooks.history import VERSION
from qualikit.coding.codebooks.merge import row_of
from qualikit.coding.codebooks.snapshots import codebook_of, snapshot
from qualikit.coding.model import Code, Codebook
from qualikit.coding.names import NAME_MAX, clean_name, clean_text, name_key
from qualikit.coding.tables import codebook_versions, codes
from qualikit.errors import CodebookError, NotFound
from qualikit.i18n import _, ngettext
from qualikit.store import Change, Transaction, coders, events, new_id, now


@dataclass(frozen=True)
class CodebookVersion:
    """A state of the codebook with a name; ``note`` says why it was kept, ``revision`` the last action that it
    holds."""

    number: int
    name: str
    note: str
    codebook: Codebook
    revision: int
    coder: str
    created: datetime


@dataclass(frozen=True)
class Restoration:
    """What bringing a version back does, or would do; codings stay where they are.

    ``changes``: from the codebook of now to the one after; ``later``: names of the codes added since; ``returning``:
    names of codes that had been removed and come back without the codings that they had.
    """

    version: CodebookVersion
    before: Codebook
    after: Codebook
    changes: tuple[CodeChange, ...]
    later: tuple[str, ...]
    returning: tuple[str, ...]
    retired: bool

    def sentences(self) -> list[str]:
        """What it does, one sentence each."""
        if not self.changes:
            return [_("La grille est déjà celle de cette version : rien ne change.")]
        n = len(self.changes)
        said = [ngettext("{n} code change.", "{n} codes changent.", n).format(n=n)]
        said.append(_("Aucun codage n'est supprimé ni déplacé."))
        if self.later:
            names = ", ".join(self.later)
            told = (
                _("Ajoutés depuis, mis en retrait avec leurs codages : {names}.")
                if self.retired
                else _("Ajoutés depuis, gardés en service : {names}.")
            )
            said.append(told.format(names=names))
        if self.returning:
            said.append(
                _("Supprimés depuis, de retour sans leurs anciens codages : {names}.").format(
                    names=", ".join(self.returning)
                )
            )
        return said


def save(transaction: Transaction, name: str, note: str) -> int:
    """Keep the codebook of now under a name, as one event; the number of the version. Raises CodebookError."""
    connection = transaction.connection
    number = (
        connection.execute(sa.select(sa.func.coalesce(sa.func.max(codebook_versions.c.number), 0))).scalar_one() + 1
    )
    book = queries.codebook(connection)
    if not book:
        raise CodebookError(_("La grille est vide : il n'y a rien à garder."), _("Ajoutez d'abord des codes."))
    name = clean_name(name) or _("Version {n}").format(n=number)
    if len(name) > NAME_MAX:
        raise CodebookError(
            _("Le nom d'une version ne peut pas dépasser {n} caractères.").format(n=NAME_MAX),
            _("Gardez quelques mots pour le nom, et mettez le reste dans la note."),
        )
    revision = connection.execute(sa.select(sa.func.coalesce(sa.func.max(events.c.seq), 0))).scalar_one()
    with transaction.event(VERSION, _("version « {name} » de la grille gardée").format(name=name)) as change:
        change.insert(
            codebook_versions,
            {
                "id": new_id(),
                "number": number,
                "name": name,
                "note": clean_text(note),
                "codes": snapshot(book),
                "revision": revision,
                "coder_id": transaction.coder_id,
                "created": now(),
            },
        )
    return int(number)


def read_versions(connection: sa.Connection) -> list[CodebookVersion]:
    """The versions, the first one first."""
    query = (
        sa.select(codebook_versions, coders.c.name.label("coder"))
        .join(coders, coders.c.id == codebook_versions.c.coder_id)
        .order_by(codebook_versions.c.number)
    )
    return [
        CodebookVersion(
            row.number,
            row.name,
            row.note,
            codebook_of(row.codes),
            row.revision,
            row.coder,
            datetime.fromisoformat(row.created),
        )
        for row in connection.execute(query)
    ]


def find_version(connection: sa.Connection, which: int | str) -> CodebookVersion:
    """The version of that number, or of that name (the last one of it). Raises NotFound."""
    known = read_versions(connection)
    wanted = str(which).strip()
    for version in reversed(known):
        if wanted == str(version.number) or name_key(wanted) == name_key(version.name):
            return version
    names = ", ".join(f"{version.number} ({version.name})" for version in known)
    raise NotFound(
        _("Il n'y a pas de version « {which} » de la grille.").format(which=which),
        _("Il y a : {names}.").format(names=names) if names else _("Aucune version n'a encore été gardée."),
    )


def foresee(now_: Codebook, version: CodebookVersion, *, retire: bool = False) -> Restoration:
    """What bringing a version back would do to the codebook of now; codes added since stay in use, or are retired."""
    then = _known_by_name(version.codebook, now_)
    added = [code for code in now_ if code.id not in then]
    if retire:
        added = [replace(code, active=False, shortcut=None) for code in added]
    after = Codebook.of(_placed(then, added), now_.name, now_.description)
    return Restoration(
        version,
        now_,
        after,
        compare(now_, after),
        tuple(code.name for code in added),
        tuple(code.name for code in then if code.id not in now_),
        retire,
    )


def restore(transaction: Transaction, version: CodebookVersion, *, retire: bool = False) -> Restoration:
    """Bring a version back, in one event."""
    plan = foresee(queries.codebook(transaction.connection), version, retire=retire)
    label = _("grille ramenée à la version « {name} »").format(name=version.name)
    with transaction.event("codebook.restore", label) as change:
        _write(change, plan.before, plan.after)
    return plan


def _known_by_name(then: Codebook, now_: Codebook) -> Codebook:
    """The codes of then, those that were removed and made again since under the id that they have now: what was coded
    since stays with them."""
    twins = {
        code.id: twin.id
        for code in then
        if code.id not in now_ and (twin := now_.by_name(code.name)) is not None and twin.id not in then
    }
    return Codebook.of(
        replace(code, id=twins.get(code.id, code.id), parent_id=twins.get(code.parent_id or "", code.parent_id))
        for code in then
    )


def _placed(then: Codebook, added: Iterable[Code]) -> list[Code]:
    """The codes of then, and after them, among their siblings, those added since; names and shortcuts once each. One in
    use never comes to hang on one that was retired then: it goes up to the next that is in use."""
    there, added = list(then), list(added)
    known = {code.id: code for code in (*there, *added)}
    last: dict[str | None, int] = {}
    taken: set[str] = set()
    keys: set[str] = set()
    placed = []
    for code in (*there, *added):
        parent = code.parent_id if code.parent_id in known else None
        position = code.position
        if code.id not in then:
            while code.active and parent is not None and not known[parent].active:
                parent = known[parent].parent_id
            position = last.get(parent, -1) + 1
        last[parent] = max(last.get(parent, -1), position)
        shortcut = None if code.shortcut in taken else code.shortcut
        name, number = code.name, 1
        while name_key(name) in keys:
            number += 1
            name = f"{code.name} ({number})"
        keys.add(name_key(name))
        if shortcut:
            taken.add(shortcut)
        placed.append(replace(code, parent_id=parent, position=position, shortcut=shortcut, name=name))
    return placed


def _write(change: Change, before: Codebook, after: Codebook) -> None:
    """Make the table hold ``after``. Names and shortcuts that change are given up first: two codes may trade them."""
    changing = [code for code in after if (old := before.get(code.id)) is not None and old != code]
    for code in changing:
        old = before.get(code.id)
        assert old is not None
        given_up: dict[str, Any] = {}
        if name_key(old.name) != name_key(code.name):
            given_up["folded"] = f"\t{code.id}"  # no name has a tab
        if old.shortcut and old.shortcut != code.shortcut:
            given_up["shortcut"] = None
        if given_up:
            change.update(codes, code.id, **given_up)
    for code in after:
        if code.id not in before:
            change.insert(codes, row_of(code))
    for code in changing:
        row = row_of(code)
        row.pop("id")
        change.update(codes, code.id, **row)
