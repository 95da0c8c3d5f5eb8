"""Tables of the themes: what the evaluator makes of the codings."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import qualikit.coding.tables  # noqa: F401  the tables pointed at below
from qualikit.coding.names import name_key
from qualikit.i18n import ngettext
from qualikit.store import DERIVED_FROM, HOLDS_IDS, POINTS_AT_ANY, SAYS_OF, SaysOf, id_column, metadata, reference


def _folded(context: Any) -> str:
    return name_key(context.get_current_parameters()["name"])


DRAFT_AGAIN: dict[str, Any] = {"status": "draft", "validated": None, "validated_by": None}
"""What a synthesis is once its text has changed: nobody has validated what it says now."""

syntheses = sa.Table(
    "syntheses",
    metadata,
    id_column(),
    reference("code_id", "codes.id"),
    sa.Column("dimension", sa.String(64), nullable=False),  # territory, source, actor…: what the column stands for
    # Aubagne, focus_group…; the id of a document or of a participant, with which the text about them goes
    sa.Column("value", sa.Text, nullable=False, info={POINTS_AT_ANY: True}),
    sa.Column("text", sa.Text, nullable=False, info={HOLDS_IDS: True}),  # of the codings it cites
    reference("coder_id", "coders.id", index=False),
    sa.Column("created", sa.String(32), nullable=False),
    sa.Column("updated", sa.String(32), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),  # draft, validated; what has no row is still to do
    # When it was validated, and by whom: what was coded since is flagged.
    sa.Column("validated", sa.String(32), nullable=True),
    reference("validated_by", "coders.id", nullable=True, index=False),
    sa.UniqueConstraint("code_id", "dimension", "value"),
    info={
        SAYS_OF: SaysOf(
            "dimension",
            "value",
            "text",
            ("code_id",),
            lambda n: ngettext("{n} synthèse", "{n} synthèses", n).format(n=n),
            DRAFT_AGAIN,
        )
    },
)
"""One text per theme and column, written by an evaluator."""

verbatims = sa.Table(
    "verbatims",
    metadata,
    id_column(),  # the coding's own id: a coding is chosen once
    sa.ForeignKeyConstraint(["id"], ["codings.id"]),
    reference("coder_id", "coders.id", index=False),
    sa.Column("created", sa.String(32), nullable=False),
)
"""Codings chosen to be quoted in the report."""

queries = sa.Table(
    "queries",
    metadata,
    id_column(),
    sa.Column("name", sa.Text, nullable=False),
    # « Météo à Laval » and « meteo a laval » are one query.
    sa.Column("folded", sa.Text, nullable=False, unique=True, default=_folded, info={DERIVED_FROM: ("name", name_key)}),
    sa.Column("definition", sa.JSON, nullable=False, info={HOLDS_IDS: True}),
    reference("coder_id", "coders.id", index=False),
    sa.Column("created", sa.String(32), nullable=False),
    sa.Column("updated", sa.String(32), nullable=False),
)
"""Ways of gathering passages that were given a name, the team's alike."""

positions = sa.Table(
    "positions",
    metadata,
    id_column(),
    reference("coding_id", "codings.id"),
    reference("participant_id", "participants.id"),
    sa.Column("value", sa.String(16), nullable=False),  # agreement, disagreement, nuance; none: found to be none
    # A statement or an example that carries the position: the stronger form of the grid.
    sa.Column("strong", sa.Boolean(name="strong_is_boolean", create_constraint=False), nullable=False),
    reference("coder_id", "coders.id", index=False),
    sa.Column("created", sa.String(32), nullable=False),
    sa.UniqueConstraint("coding_id", "participant_id"),
)
"""What a participant holds of a theme in a passage coded with it, said by an evaluator."""

grid_cells = sa.Table(
    "grid_cells",
    metadata,
    id_column(),
    reference("document_id", "documents.id"),
    reference("code_id", "codes.id"),
    reference("participant_id", "participants.id"),
    sa.Column("value", sa.String(8), nullable=False),  # A, D, SE, SD, N, NR, AD: torn
    sa.Column("reason", sa.Text, nullable=False),
    reference("coder_id", "coders.id", index=False),
    sa.Column("updated", sa.String(32), nullable=False),
    sa.UniqueConstraint("document_id", "code_id", "participant_id"),
)
"""Cells of a consensus grid that an evaluator put right by hand, and why."""

question_cells = sa.Table(
    "question_cells",
    metadata,
    id_column(),
    reference("document_id", "documents.id"),
    reference("question_id", "questions.id"),
    reference("participant_id", "participants.id"),
    sa.Column("value", sa.String(8), nullable=False),  # as in grid_cells
    sa.Column("reason", sa.Text, nullable=False),
    reference("coder_id", "coders.id", index=False),
    sa.Column("updated", sa.String(32), nullable=False),
    sa.UniqueConstraint("document_id", "question_id", "participant_id"),
)
"""Cells of a grid by questions of the interview guide that an evaluator put right by hand, and why."""

passage_numbers = sa.Table(
    "passage_numbers",
    metadata,
    # A coding's id, and no key to it: a number that was printed never goes to another passage, though the coding go.
    id_column(),
    sa.Column("number", sa.Integer, nullable=False, index=True),
)
"""The number under which a passage is quoted in what is handed in; codings of the same words share it."""
