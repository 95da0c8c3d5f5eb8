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


syntheses = sa.Table(
    "syntheses",
    metadata,
    id_column(),
    reference("code_id", "codes.id"),
    sa.Column("dimension", sa.String(64), nullable=False),  # territory, source, actor…: what the column stands for
    # Aubagne, focus_group…; the id of a document or of a participant, with which the text about them goes
    sa.Column("value", sa.Text, nullable=False, info={POINTS_AT_ANY: True}),
    sa.Column("text", sa.Text, nullable=False),
    reference("coder_id", "coders.id", index=False),
    sa.Column("created", sa.String(32), nullable=False),
    sa.Column("updated", sa.String(32), nullable=False),
    sa.UniqueConstraint("code_id", "dimension", "value"),
    info={
        SAYS_OF: SaysOf(
            "dimension",
            "value",
            "text",
            ("code_id",),
            lambda n: ngettext("{n} synthèse", "{n} synthèses", n).format(n=n),
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
