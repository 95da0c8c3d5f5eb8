"""Syntheses: the text an evaluator writes for one theme in one column."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from qualikit.coding.queries import codebook
from qualikit.coding.tables import codes
from qualikit.corpus.model import SourceKind, source_kind_label
from qualikit.corpus.tables import documents, participants
from qualikit.errors import NotFound, SynthesisMoved, SynthesisRefused
from qualikit.i18n import _
from qualikit.store import Transaction, coders, new_id, now
from qualikit.text import normalise
from qualikit.themes import dimensions
from qualikit.themes.model import TOTAL, UNSPECIFIED, Synthesis
from qualikit.themes.syntheses.citations import Numbering, read_cited_passages
from qualikit.themes.tables import DRAFT_AGAIN, syntheses

WHOLE = ""
"""Dimension of the total column's syntheses: what is said of the whole is the same whatever it is divided by."""

WRITE, BRING_BACK, PROPOSE = "synthesis.write", "synthesis.bring_back", "synthesis.propose"
VALIDATE, REOPEN = "synthesis.validate", "synthesis.reopen"

DRAFT, VALIDATED = "draft", "validated"

DRAFT_MARK = "[brouillon]"
"""Stands in a text that was proposed by the program, in every language, until its writer takes it away."""


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
    query = _select().order_by(syntheses.c.code_id, syntheses.c.dimension, syntheses.c.value)
    if dimension is not None:
        query = query.where(syntheses.c.dimension.in_([dimension, WHOLE]))
    return _read(connection, query)


def read_synthesis(connection: sa.Connection, code_id: str, dimension: str, value: str) -> Synthesis | None:
    """The synthesis kept there (see :func:`place`), or None."""
    return next(iter(_read(connection, _select().where(_there(code_id, dimension, value)))), None)


def write_synthesis(
    transaction: Transaction,
    code: str,
    dimension: str,
    value: str,
    text: str,
    *,
    instead_of: str | None = None,
    action: str = WRITE,
) -> None:
    """Write it, or take it away when the text is empty, as one event. What was validated is a draft again.

    ``instead_of``: the text that its writer had before them. Where another stands there now, nothing is written and
    SynthesisMoved is raised. ``action``: how it came to be written, for the history. Raises NotFound, MatrixError.
    """
    connection = transaction.connection
    code_id, name = find_code(connection, code)
    dimension, value = place(dimension, value)
    text = normalise(text).strip()
    this = connection.execute(
        sa.select(syntheses, coders.c.name.label("coder"))
        .join(coders, coders.c.id == syntheses.c.coder_id)
        .where(_there(code_id, dimension, value))
    ).first()
    stands = this.text if this is not None else ""
    if stands == text:
        return
    if instead_of is not None and normalise(instead_of).strip() != stands:
        raise _moved(this.coder if this is not None else None)
    label = _("synthèse {code}, {column}").format(code=name, column=column_label(connection, dimension, value))
    with transaction.event(action, label) as change:
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
                    **DRAFT_AGAIN,
                },
            )
        elif text:
            change.update(syntheses, this.id, text=text, coder_id=transaction.coder_id, updated=now(), **DRAFT_AGAIN)
        else:
            change.delete(syntheses, this.id)


def propose(transaction: Transaction, code: str, dimension: str, value: str, text: str) -> None:
    """Write a text after what stands there, as one event. Raises NotFound, MatrixError."""
    code_id, _name = find_code(transaction.connection, code)
    there = read_synthesis(transaction.connection, code_id, *place(dimension, value))
    whole = f"{there.text}\n\n{text}" if there is not None else text
    write_synthesis(transaction, code_id, dimension, value, whole, action=PROPOSE)


def validate_synthesis(
    transaction: Transaction, code: str, dimension: str, value: str, *, on: bool = True, text: str | None = None
) -> None:
    """Say that a synthesis is validated, or a draft again, as one event; nothing happens where it is so already.

    ``text``: what was read before it was found right; SynthesisMoved where another text stands there now. Raises
    NotFound where nothing is written, SynthesisRefused where the mark of a proposed draft is still in it, MatrixError.
    """
    connection = transaction.connection
    code_id, name = find_code(connection, code)
    dimension, value = place(dimension, value)
    this = read_synthesis(connection, code_id, dimension, value)
    if this is None:
        raise NotFound(_("Cette case n'a pas encore de synthèse."), _("Écrivez-la avant de la valider."))
    if text is not None and normalise(text).strip() != this.text:
        raise _moved(this.coder)
    if (this.status == VALIDATED) is on:
        return
    if on and DRAFT_MARK in this.text:
        raise SynthesisRefused(
            _("Cette synthèse porte encore la marque « {mark} ».").format(mark=DRAFT_MARK),
            _("Relisez le texte proposé, retirez la ligne qui porte la marque, puis validez."),
        )
    column = column_label(connection, dimension, value)
    said = _("synthèse validée : {code}, {column}") if on else _("synthèse rouverte : {code}, {column}")
    row = connection.execute(sa.select(syntheses.c.id).where(_there(code_id, dimension, value))).scalar_one()
    stamp = {"status": VALIDATED, "validated": now(), "validated_by": transaction.coder_id} if on else DRAFT_AGAIN
    with transaction.event(VALIDATE if on else REOPEN, said.format(code=name, column=column)) as change:
        change.update(syntheses, row, **stamp)


def _moved(coder: str | None) -> SynthesisMoved:
    what = (
        _("{coder} a écrit dans cette case depuis que vous l'avez ouverte.").format(coder=coder)
        if coder is not None
        else _("Le texte de cette case a été retiré depuis que vous l'avez ouverte.")
    )
    return SynthesisMoved(what, _("Rien n'a été remplacé : relisez ce qui s'y trouve, puis choisissez."))


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


def _there(code_id: str, dimension: str, value: str) -> sa.ColumnElement[bool]:
    return sa.and_(syntheses.c.code_id == code_id, syntheses.c.dimension == dimension, syntheses.c.value == value)


def _select() -> sa.Select[Any]:
    by = coders.alias()
    return (
        sa.select(syntheses, coders.c.name.label("coder"), by.c.name.label("by"))
        .join(coders, coders.c.id == syntheses.c.coder_id)
        .outerjoin(by, by.c.id == syntheses.c.validated_by)
    )


def _read(connection: sa.Connection, query: sa.Select[Any]) -> list[Synthesis]:
    """Each with its citations numbered from 1."""
    rows = connection.execute(query).all()
    passages = read_cited_passages(connection, [row.text for row in rows])
    return [
        Synthesis(
            row.code_id,
            row.dimension,
            row.value,
            row.text,
            row.coder,
            row.updated,
            row.status,
            row.validated,
            row.by,
            Numbering(passages).read(row.text),
        )
        for row in rows
    ]
