"""Changing a project's codebook: each change one event of the coder's, undone in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Unpack

import sqlalchemy as sa

from qualikit.coding import codes, queries
from qualikit.coding.codes import CodeFields, NamedCodeFields
from qualikit.coding.impact import Impact
from qualikit.coding.merging import Merge, merge, merge_impact, merge_label, plan_merge
from qualikit.coding.model import Code, Usage
from qualikit.coding.moving import move_impact, update_impact
from qualikit.coding.part import Part, found_code
from qualikit.coding.removal import Use, remove_codes, usage_of, uses
from qualikit.coding.retiring import action_of, active_impact, active_label, set_active
from qualikit.coding.splitting import Split, SplitBy, as_parts, parts_by, plan_split, split, split_impact, split_label
from qualikit.errors import CodebookError
from qualikit.i18n import _


class CodebookPart(Part):
    """What can be done to codes. Each is named by id or by name, case and accents aside."""

    def add_code(self, name: str, parent: str | Code | None = None, **fields: Unpack[CodeFields]) -> Code:
        """Add a code, the last under its parent, with the next colour unless one is given. Raises CodebookError."""
        with self._store.write(self._coder) as transaction:
            book = queries.codebook(transaction.connection)
            above = None if parent is None else found_code(book, parent).id
            with transaction.event("code.add", _("code {name} créé").format(name=name)) as change:
                id = codes.insert_code(change, book, {**fields, "name": name}, above)
        return self.code(id)

    def update_code(self, code: str | Code, **fields: Unpack[NamedCodeFields]) -> Code:
        """Change the fields given. A shortcut is taken from the code that had it. Raises CodebookError."""
        with self._store.write(self._coder) as transaction:
            book = queries.codebook(transaction.connection)
            before = found_code(book, code)
            with transaction.event("code.update", _("code {name} modifié").format(name=before.name)) as change:
                codes.update_code(change, book, before, fields)
        return self.code(before.id)

    def move_code(self, code: str | Code, parent: str | Code | None = None, position: int | None = None) -> Code:
        """Put a code, with those under it, under ``parent`` (None: at the root) as child number ``position``, from 0
        (None: the last). Raises CodebookError when that is under itself."""
        with self._store.write(self._coder) as transaction:
            book = queries.codebook(transaction.connection)
            before = found_code(book, code)
            above = None if parent is None else found_code(book, parent).id
            with transaction.event("code.move", _("code {name} déplacé").format(name=before.name)) as change:
                codes.move_code(change, book, before, above, position)
        return self.code(before.id)

    def usage(self, code: str | Code, *, with_children: bool = True) -> Usage:
        """What hangs on a code (and on those under it): what :meth:`remove_code` would take along."""
        with self._store.read() as connection:
            book = queries.codebook(connection)
            found = found_code(book, code)
            return usage_of(connection, found, book.descendants(found.id), with_children=with_children)

    def remove_code(self, code: str | Code, *, with_children: bool = False) -> None:
        """Remove a code with all codings of it, by all coders, their memos and what was written about it.

        Raises CodebookError when there are codes under it, unless ``with_children``.
        """
        with self._store.write(self._coder) as transaction:
            book = queries.codebook(transaction.connection)
            found = found_code(book, code)
            below = book.descendants(found.id)
            if below and not with_children:
                raise CodebookError(
                    _("Le code « {name} » contient d'autres codes : {names}.").format(
                        name=found.name, names=", ".join(each.name for each in below)
                    ),
                    _("Déplacez-les d'abord, ou demandez à les supprimer avec lui."),
                )
            with transaction.event("code.remove", _("code {name} supprimé").format(name=found.name)) as change:
                remove_codes(change, [found.id, *(each.id for each in below)])

    # -- out of use, and back

    def retire_code(self, code: str | Code) -> Code:
        """Take a code out of use, with those under it: it keeps its codings and takes no new ones."""
        return self._set_active(code, False)

    def restore_code(self, code: str | Code) -> Code:
        """Take a retired code back into use, with those under it and above it."""
        return self._set_active(code, True)

    def _set_active(self, code: str | Code, active: bool) -> Code:
        with self._store.write(self._coder) as transaction:
            book = queries.codebook(transaction.connection)
            found = found_code(book, code)
            with transaction.event(action_of(active), active_label(found, active)) as change:
                set_active(change, book, found, active)
        return self.code(found.id)

    # -- several made one, one made several

    def merge_codes(self, sources: str | Code | Sequence[str | Code], into: str | Code) -> Code:
        """Make codes one with ``into``, which keeps its name: codings of all coders move to it, and so does all that
        was written about the codes. Where ``into`` stands on the same passage by the same coder, one coding stays and
        the memos are joined. One event. Raises CodebookError."""
        with self._store.write(self._coder) as transaction:
            plan = self._merge(transaction.connection, sources, into)
            with transaction.event("code.merge", merge_label(plan)) as change:
                merge(change, plan)
        return self.code(plan.into.id)

    def split_code(
        self, code: str | Code, parts: Mapping[str, Iterable[str]] | SplitBy, *, under: bool = False
    ) -> list[Code]:
        """Make new codes out of one, which stays: ``{new name: ids of the codings it gets}``, or a code for each
        ``"territory"``, ``"document"`` or ``"coder"``. They stand after the code, or ``under`` it. One event.

        Raises CodebookError.
        """
        with self._store.write(self._coder) as transaction:
            plan = self._split(transaction.connection, code, parts, under)
            with transaction.event("code.split", split_label(plan)) as change:
                made = split(change, plan)
        return [self.code(id) for id in made]

    def _merge(self, connection: sa.Connection, sources: str | Code | Sequence[str | Code], into: str | Code) -> Merge:
        book = queries.codebook(connection)
        several = [sources] if isinstance(sources, (str, Code)) else sources
        return plan_merge(connection, book, [found_code(book, each) for each in several], found_code(book, into))

    def _split(
        self, connection: sa.Connection, code: str | Code, parts: Mapping[str, Iterable[str]] | SplitBy, under: bool
    ) -> Split:
        book = queries.codebook(connection)
        found = found_code(book, code)
        shared = parts_by(connection, found, parts) if isinstance(parts, str) else as_parts(parts)
        return plan_split(connection, book, found, shared, under=under)

    # -- what a change would touch

    def preview_merge(self, sources: str | Code | Sequence[str | Code], into: str | Code) -> Impact:
        """What :meth:`merge_codes` would touch. Raises CodebookError."""
        with self._store.read() as connection:
            return merge_impact(connection, self._merge(connection, sources, into))

    def preview_split(
        self, code: str | Code, parts: Mapping[str, Iterable[str]] | SplitBy, *, under: bool = False
    ) -> Impact:
        """What :meth:`split_code` would touch. Raises CodebookError."""
        with self._store.read() as connection:
            return split_impact(self._split(connection, code, parts, under))

    def preview_active(self, code: str | Code, active: bool) -> Impact:
        """What :meth:`retire_code` (False) or :meth:`restore_code` would touch."""
        with self._store.read() as connection:
            book = queries.codebook(connection)
            return active_impact(connection, book, found_code(book, code), active)

    def preview_update(self, code: str | Code, **fields: Unpack[NamedCodeFields]) -> Impact:
        """What :meth:`update_code` would touch. Raises CodebookError."""
        with self._store.read() as connection:
            book = queries.codebook(connection)
            return update_impact(connection, book, found_code(book, code), fields)

    def preview_move(self, code: str | Code, parent: str | Code | None = None) -> Impact:
        """What :meth:`move_code` would touch. Raises CodebookError."""
        with self._store.read() as connection:
            book = queries.codebook(connection)
            above = None if parent is None else found_code(book, parent)
            return move_impact(connection, book, found_code(book, code), above)

    def uses(self) -> dict[str, Use]:
        """How much each code is used in what is in sight, by id: codings, coders, documents; unused ones are left
        out."""
        with self._store.read() as connection:
            return uses(connection)
