"""Tables of the coding: who read what as what."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import qualikit.corpus.tables  # noqa: F401  the tables pointed at below
from qualikit.coding.names import name_key
from qualikit.i18n import ngettext
from qualikit.store import (
    DERIVED_FROM,
    POINTS_AT_ANY,
    PROPOSED,
    QUIET,
    QUOTES,
    SAYS_OF,
    SPANS,
    SaysOf,
    id_column,
    metadata,
    reference,
)


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
    # A code that is retired keeps its codings and takes no new ones.
    sa.Column("active", sa.Boolean(name="active_is_boolean", create_constraint=False), nullable=False),
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
    sa.Column("target_kind", sa.String(16), nullable=False),  # coding, document, participant, code
    sa.Column("target_id", sa.String(36), nullable=False, index=True, info={POINTS_AT_ANY: True}),
    reference("coder_id", "coders.id", index=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("created", sa.String(32), nullable=False),
    sa.Column("updated", sa.String(32), nullable=False),
    info={
        # The memo on a participant follows them into the one they become.
        SAYS_OF: SaysOf(
            attribute="target_kind",
            value="target_id",
            text="text",
            apart=("coder_id",),
            noun=lambda n: ngettext("{n} mémo", "{n} mémos", n).format(n=n),
        )
    },
)

suggestions = sa.Table(
    "suggestions",
    metadata,
    id_column(),
    reference("document_id", "documents.id"),
    reference("text_version_id", "text_versions.id", index=False),  # the constraint below begins with it
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("stop", sa.Integer, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    reference("code_id", "codes.id"),
    sa.Column("score", sa.Float, nullable=False),  # the higher the surer, among one assistant's
    sa.Column("reason", sa.Text, nullable=False, info={QUOTES: True}),  # in words for the user
    sa.Column("assistant", sa.String(64), nullable=False),
    sa.Column("assistant_version", sa.String(32), nullable=False),
    sa.Column("parameters", sa.JSON, nullable=False),
    sa.Column("created", sa.String(32), nullable=False),
    sa.UniqueConstraint("text_version_id", "start", "stop", "code_id", "assistant"),
    info={SPANS: ("code_id",), QUIET: True, PROPOSED: True},
)
"""Codings that an assistant proposes. They count as nothing: what a coder accepts is a coding of its own."""

decisions = sa.Table(
    "decisions",
    metadata,
    id_column(),
    reference("suggestion_id", "suggestions.id"),
    reference("coder_id", "coders.id", index=False),
    sa.Column("verdict", sa.String(16), nullable=False),  # accepted, rejected, corrected
    reference("code_id", "codes.id", nullable=True),  # of the coding that was made; null: none was
    # No foreign key: the coding may be taken away again, what was decided stays.
    sa.Column("coding_id", sa.String(36), nullable=True, index=True),
    sa.Column("created", sa.String(32), nullable=False),
    sa.UniqueConstraint("suggestion_id", "coder_id"),
)
"""What each coder made of a suggestion: coders decide apart from one another, as they code."""

codebook_versions = sa.Table(
    "codebook_versions",
    metadata,
    id_column(),
    sa.Column("number", sa.Integer, nullable=False, unique=True),  # in the order in which they were made
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),  # why
    sa.Column("codes", sa.JSON, nullable=False),  # the codes as they were, in reading order
    sa.Column("revision", sa.Integer, nullable=False),  # number of the last event it holds
    reference("coder_id", "coders.id", index=False),
    sa.Column("created", sa.String(32), nullable=False),
)
"""States of the codebook that the team agreed to name."""

change_notes = sa.Table(
    "change_notes",
    metadata,
    id_column(),
    sa.Column("event_seq", sa.Integer, sa.ForeignKey("events.seq"), nullable=False, unique=True),
    sa.Column("text", sa.Text, nullable=False),
    reference("coder_id", "coders.id", index=False),
    sa.Column("updated", sa.String(32), nullable=False),
)
"""Why the codebook was changed, said of the event that changed it, by whoever knows."""

endpoints = sa.Table(
    "endpoints",
    metadata,
    id_column(),
    # Short of what people write in words: no pseudonym may change where something is sent.
    sa.Column("url", sa.String(190), nullable=False),
    sa.Column("model", sa.String(120), nullable=False),
    reference("coder_id", "coders.id", index=False),
    sa.Column("updated", sa.String(32), nullable=False),
)
"""The language model that the project may ask: one row, or none."""

endpoint_consents = sa.Table(
    "endpoint_consents",
    metadata,
    id_column(),
    sa.Column("host", sa.String(120), nullable=False),
    reference("coder_id", "coders.id", index=False),
    sa.Column("created", sa.String(32), nullable=False),
)
"""Who allowed words of the project to be sent to which host. A row counts only on the machine where it was made."""

endpoint_calls = sa.Table(
    "endpoint_calls",
    metadata,
    id_column(),
    sa.Column("host", sa.String(120), nullable=False),
    sa.Column("model", sa.String(120), nullable=False),
    sa.Column("prompt_hash", sa.String(64), nullable=False),  # SHA-256 of what was sent; never the words
    sa.Column("characters", sa.Integer, nullable=False),  # sent, instructions included
    sa.Column("outcome", sa.String(16), nullable=False),  # of coding.endpoint.model.Outcome
    sa.Column("kept", sa.Integer, nullable=False),  # items of the answer that became proposals
    sa.Column("refused", sa.Integer, nullable=False),  # and that did not; an answer that is none counts as one
    reference("coder_id", "coders.id", index=False),
    sa.Column("created", sa.String(32), nullable=False),
)
"""Everything that was sent to a language model, one row a call. What has left cannot be undone: outside any event."""
