"""Tables of the coding: who read what as what."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import qualikit.corpus.tables  # noqa: F401  the tables pointed at below
from qualikit.coding.names import name_key
from qualikit.store import DERIVED_FROM, POINTS_AT_ANY, SPANS, id_column, metadata, reference


def _folded(context: Any) -> str:
    return name_key(context.get_current_parameters()["name"])


codes = sa.Table(
    "codes",
    metadata,
    id_column(),
    reference("parent_id", "codes.id", nullable=True),
    sa.Column("position", sa.Integer, nullable=False),  # among its siblings
    sa.Column("name", sa.Text, nullable=False),
    # « Météo » and « meteo » are one code.
    sa.Column("folded", sa.Text, nullable=False, unique=True, default=_folded, info={DERIVED_FROM: ("name", name_key)}),
    sa.Column("definition", sa.Text, nullable=False),
    sa.Column("use", sa.Text, nullable=False),
    sa.Column("avoid", sa.Text, nullable=False),
    sa.Column("keywords", sa.JSON, nullable=False),
    sa.Column("example", sa.Text, nullable=False),
    sa.Column("color", sa.String(7), nullable=False),
    sa.Column("shortcut", sa.String(1), nullable=True, unique=True),
    sa.Column("kind", sa.String(16), nullable=False),  # theme, position
    sa.Column("value", sa.String(16), nullable=True),  # of a position: agreement, disagreement, nuance
)

codings = sa.Table(
    "codings",
    metadata,
    id_column(),
    reference("document_id", "documents.id"),
    reference("text_version_id", "text_versions.id", index=False),  # the constraint below begins with it
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("stop", sa.Integer, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    reference("code_id", "codes.id"),
    reference("coder_id", "coders.id"),
    sa.Column("origin", sa.String(16), nullable=False),  # hand, suggestion, import
    sa.Column("created", sa.String(32), nullable=False),
    sa.UniqueConstraint("text_version_id", "start", "stop", "code_id", "coder_id"),
    info={SPANS: ("code_id", "coder_id")},
)
"""A coder puts a code on a passage once, whatever is undone by whom."""

memos = sa.Table(
    "memos",
    metadata,
    id_column(),
    sa.Column("target_kind", sa.String(16), nullable=False),  # coding, document
    sa.Column("target_id", sa.String(36), nullable=False, index=True, info={POINTS_AT_ANY: True}),
    reference("coder_id", "coders.id", index=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("created", sa.String(32), nullable=False),
    sa.Column("updated", sa.String(32), nullable=False),
)
