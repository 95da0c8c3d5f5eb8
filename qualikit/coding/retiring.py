"""Codes taken out of use and back into it: a retired code keeps its codings and takes no new ones."""

from __future__ import annotations

import sqlalchemy as sa

from qualikit.coding.impact import Impact, quoted, whose_of
from qualikit.coding.model import Code, Codebook
from qualikit.coding.removal import usage_of
from qualikit.coding.tables import codes
from qualikit.errors import CodingRefused
from qualikit.i18n import _, ngettext
from qualikit.store import Change


def set_active(change: Change, book: Codebook, code: Code, active: bool) -> None:
    """Retire a code with those under it, or take it back with those under and above it: what is in use never hangs on
    what is not."""
    change.update_many(codes, {each.id: {"active": active} for each in concerned(book, code, active)})


def concerned(book: Codebook, code: Code, active: bool) -> list[Code]:
    """The codes that change with this one, itself among them."""
    family = [*(book.ancestors(code.id) if active else ()), code, *book.descendants(code.id)]
    return [each for each in family if each.active != active]


def action_of(active: bool) -> str:
    """The event's action."""
    return "code.restore" if active else "code.retire"


def active_label(code: Code, active: bool) -> str:
    """The event's name, for the history."""
    label = _("code {name} remis en service") if active else _("code {name} retiré de la grille")
    return label.format(name=code.name)


def active_impact(connection: sa.Connection, book: Codebook, code: Code, active: bool) -> Impact:
    """What that touches, in words."""
    usage = usage_of(connection, code, book.descendants(code.id))
    others = [each for each in concerned(book, code, active) if each.id != code.id]
    details = []
    if others:
        n = len(others)
        details.append(ngettext("{n} code avec lui", "{n} codes avec lui", n).format(n=n))
    if usage.codings and not active:
        kept = ngettext("{codings} est gardé", "{codings} sont gardés", usage.codings)
        details.append(kept.format(codings=whose_of(usage)))
    details.append(_("de nouveaux codages sont possibles") if active else _("aucun nouveau codage n'est possible"))
    act = _("Remettre {name} en service") if active else _("Retirer {name} de la grille")
    return Impact(
        act.format(name=quoted(code.name)), tuple(details), usage.codings, len(usage.by_coder), usage.documents,
        len(others),
    )  # fmt: skip


def refuse_retired(name: str, active: bool) -> None:
    """Raises CodingRefused where a retired code is to be put on a passage."""
    if not active:
        raise CodingRefused(
            _("Le code « {name} » est retiré de la grille : il ne prend plus de codages.").format(name=name),
            _("Choisissez un autre code, ou remettez celui-ci en service."),
        )
