"""Many codings changed in one action: one event, undone in one."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from qualikit.coding import queries
from qualikit.coding.removal import remove_codings
from qualikit.coding.retiring import refuse_retired
from qualikit.coding.tables import codings
from qualikit.errors import CodingRefused
from qualikit.i18n import _, ngettext
from qualikit.store import Transaction


def recode_many(transaction: Transaction, ids: Sequence[str], code_id: str) -> None:
    """Put a code in the place of these codings' own. Those that bear it, and those whose passage this coder coded so
    already, stay as they are. Raises CodingRefused."""
    code = queries.code_name(transaction.connection, code_id)
    if code is None:
        raise CodingRefused(_("Ce code n'est plus dans la grille."))
    refuse_retired(code.name, code.active)
    rows = [row for row in _own(transaction, ids) if row.code_id != code.id]
    taken = {
        (row.text_version_id, row.start, row.stop)
        for some in queries.parts(dict.fromkeys(row.text_version_id for row in rows))
        for row in transaction.connection.execute(
            sa.select(codings.c.text_version_id, codings.c.start, codings.c.stop).where(
                codings.c.text_version_id.in_(some),
                codings.c.code_id == code.id,
                codings.c.coder_id == transaction.coder_id,
            )
        )
    }
    changed: dict[str, dict[str, str]] = {}
    for row in rows:
        place = (row.text_version_id, row.start, row.stop)
        if place not in taken:
            taken.add(place)  # two codes of one passage do not both become this one
            changed[row.id] = {"code_id": code.id}
    if not changed:
        if rows:
            raise CodingRefused(_("Ces passages portent déjà le code {name}.").format(name=code.name))
        return
    label = ngettext("{n} passage recodé en {name}", "{n} passages recodés en {name}", len(changed))
    with transaction.event("coding.recode", label.format(n=len(changed), name=code.name)) as change:
        change.update_many(codings, changed)


def remove_many(transaction: Transaction, ids: Sequence[str]) -> None:
    """Take these codings away. Raises CodingRefused."""
    rows = _own(transaction, ids)
    label = ngettext("{n} codage retiré", "{n} codages retirés", len(rows)).format(n=len(rows))
    with transaction.event("coding.remove", label) as change:
        remove_codings(change, [row.id for row in rows])


def _own(transaction: Transaction, ids: Sequence[str]) -> list[sa.Row[tuple[str, ...]]]:
    """The codings of these ids, all of this coder's. Raises CodingRefused, whatever the others are."""
    rows = [
        row
        for some in queries.parts(dict.fromkeys(ids))
        for row in transaction.connection.execute(queries.select_codings(standing=None).where(codings.c.id.in_(some)))
    ]
    if not rows:
        raise CodingRefused(_("Ces codages n'existent plus."))
    others = sorted({row.coder for row in rows if row.coder_id != transaction.coder_id})
    if others:
        raise CodingRefused(
            _("Des passages cochés sont codés par {names} : seule cette personne peut les modifier.").format(
                names=", ".join(others)
            ),
            _("Décochez-les, puis recommencez."),
        )
    return rows
