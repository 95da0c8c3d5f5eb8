"""What renaming, colouring and moving a code touch: its codings stay where they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from qualikit.coding.codes import cleaned, refuse_move, refuse_twin
from qualikit.coding.impact import Impact, quoted, whose_of
from qualikit.coding.model import Code, Codebook
from qualikit.coding.removal import usage_of
from qualikit.i18n import _, ngettext


def update_impact(connection: sa.Connection, book: Codebook, code: Code, fields: Mapping[str, Any]) -> Impact:
    """What changing fields of a code touches, in words. Raises CodebookError for what cannot be."""
    values = cleaned(fields)
    if "folded" in values:
        refuse_twin(book, values["folded"], code.id)
    if "name" in values:
        act = _("Renommer {name} en {new}").format(name=quoted(code.name), new=quoted(values["name"]))
    elif "color" in values:
        act = _("Donner à {name} la couleur {color}").format(name=quoted(code.name), color=values["color"])
    else:
        act = _("Modifier {name}").format(name=quoted(code.name))
    usage = usage_of(connection, code, (), with_children=False)
    borne = ngettext("{codings} le porte", "{codings} le portent", usage.codings)
    details = (borne.format(codings=whose_of(usage)),) if usage.codings else ()
    return Impact(act, details, usage.codings, len(usage.by_coder), usage.documents)


def move_impact(connection: sa.Connection, book: Codebook, code: Code, parent: Code | None) -> Impact:
    """What moving a code touches, in words. Raises CodebookError where it cannot stand there."""
    refuse_move(book, code, parent.id if parent else None)
    below = book.descendants(code.id)
    usage = usage_of(connection, code, below)
    details = []
    if below:
        details.append(
            ngettext("{n} code vient avec lui", "{n} codes viennent avec lui", len(below)).format(n=len(below))
        )
    if usage.codings:
        kept = ngettext("{codings} ne change pas", "{codings} ne changent pas", usage.codings)
        details.append(kept.format(codings=whose_of(usage)))
    act = (
        _("Ranger {name} sous {parent}").format(name=quoted(code.name), parent=quoted(parent.name))
        if parent
        else _("Mettre {name} au premier niveau").format(name=quoted(code.name))
    )
    return Impact(act, tuple(details), usage.codings, len(usage.by_coder), usage.documents, len(below))
