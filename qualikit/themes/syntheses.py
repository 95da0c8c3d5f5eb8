"""Syntheses: the text an evaluator writes for one theme in one column."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from qualikit.coding.queries import codebook
from qualikit.coding.tables import codes
from qualikit.corpus.model import SourceKind, source_kind_label
from qualikit.corpus.tables import documents, participants
from qualikit.errors import NotFound
from qualikit.i18n import _
from qualikit.store import Transaction, coders, new_id, now
from qualikit.text import normalise
from qualikit.themes import dimensions
from qualikit.themes.model import TOTAL, UNSPECIFIED, Synthesis
from qualikit.themes.tables import syntheses

WHOLE = ""
"""Dimension of the total column's syntheses: what is said of the whole is the same whatever it is divided by."""


def place(dimension: str, value: str) -> tuple[str, str]:
    """Where the synthesis of a column is kept. Raises MatrixError for a dimension that does not exist."""
    if value == TOTAL or dimension == WHOLE:
        return WHOLE, TOTAL
    return dimensions.dimension(dimension).name, value


def find_code(connection: sa.Connection, code: str) -> tuple[str, str]:
    """Id and name of the code of that id or name, case and accents aside. Raises NotFound."""
    row = connection.execute(sa.select(codes.c.id, codes.c.name).where(codes.c.id == code)).first()
    if row is not None:
        return row.id, row.name
    found = codebook(connection).by_name(code)
    if found is None:
        raise NotFound(
            _("Il n'y a pas de code « {name} » dans la grille.").format(name=code), _("Vérifiez le nom du code.")
        )
    return found.id, found.name


def read_syntheses(connection: sa.Connection, dimension: str | None = None) -> list[Synthesis]:
    """All, or those of one dimension with those of the whole, by code, dimension and value."""
    query = (
        sa.select(syntheses, coders.c.name.label("coder"))
        .join(coders, coders.c.id == syntheses.c.coder_id)
        .order_by(syntheses.c.code_id, syntheses.c.dimension, syntheses.c.value)
    )
    if dimension is not None:
        query = query.where(syntheses.c.dimension.in_([dimension, WHOLE]))
    return [_from(row) for row in connection.execute(query)]


def read_synthesis(connection: sa.Connection, code_id: str, dimension: str, value: str) -> Synthesis | None:
    """The synthesis kept there (see :func:`place`), or None."""
    row = connection.execute(
        sa.select(syntheses, coders.c.name.label("coder"))
        .join(coders, coders.c.id == syntheses.c.coder_id)
        .where(syntheses.c.code_id == code_id, syntheses.c.dimension == dimension, syntheses.c.value == value)
    ).first()
    return _from(row) if row is not None else None


def write_synthesis(transaction: Transaction, code: str, dimension: str, value: str, text: str) -> None:
    """Write it, or take it away when the text is empty, as one event. Raises NotFound, MatrixError."""
    connection = transaction.connection
    code_id, name = find_code(connection, code)
    dimension, value = place(dimension, value)
    text = normalise(text).strip()
    this = connection.execute(
        sa.select(syntheses.c.id, syntheses.c.text).where(
            syntheses.c.code_id == code_id, syntheses.c.dimension == dimension, syntheses.c.value == value
        )
    ).first()
    if (this.text if this is not None else "") == text:
        return
    label = _("synthèse {code}, {column}").format(code=name, column=column_label(connection, dimension, value))
    with transaction.event("synthesis.write", label) as change:
        if this is None:
            at = now()
            change.insert(
                syntheses,
                {
                    "id": new_id(),
                    "code_id": code_id,
                    "dimension": dimension,
                    "value": value,
                    "text": text,
                    "coder_id": transaction.coder_id,
                    "created": at,
                    "updated": at,
                    "status": "draft",
                    "validated": None,
                    "validated_by": None,
                },
            )
        elif text:
            change.update(syntheses, this.id, text=text, coder_id=transaction.coder_id, updated=now())
        else:
            change.delete(syntheses, this.id)


def column_label(connection: sa.Connection, dimension: str, value: str) -> str:
    """What a column is called, without counting anything. Raises NotFound for a document or a participant that is not
    there, or a kind of source that does not exist."""
    if value == TOTAL:
        return _("Ensemble")
    if value == UNSPECIFIED:
        return dimensions.dimension(dimension).without()
    label: str | None = value
    if dimension == "source":
        kinds = {kind.value: source_kind_label(kind) for kind in SourceKind}
        label = kinds.get(value)
    elif dimension == "document":
        label = connection.execute(sa.select(documents.c.title).where(documents.c.id == value)).scalar()
    elif dimension == "participant":
        label = connection.execute(sa.select(participants.c.name).where(participants.c.id == value)).scalar()
    if label is None:
        raise NotFound(_("Cette colonne n'est plus dans le projet."), _("Relisez la matrice, puis recommencez."))
    return label


def _from(row: Any) -> Synthesis:
    return Synthesis(row.code_id, row.dimension, row.value, row.text, row.coder, row.updated)
