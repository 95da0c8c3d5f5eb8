"""Tables of the corpus: what was said, by whom, where."""

from __future__ import annotations

import sqlalchemy as sa

from qualikit.store import CURRENT_TEXT, KEPT_WHEN_REMOVED, PART_OF_ROW, QUIET, SPANS, id_column, metadata, reference

source_files = sa.Table(
    "source_files",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=True),  # null: deleted for good
)
"""The files as they were brought, byte for byte."""

documents = sa.Table(
    "documents",
    metadata,
    id_column(),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("source_kind", sa.String(32), nullable=False),
    sa.Column("territory", sa.String(200), nullable=True),
    sa.Column("date", sa.String(10), nullable=True),  # ISO 8601, of what was said or seen
    sa.Column("attributes", sa.JSON, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), sa.ForeignKey("source_files.sha256"), nullable=False, index=True),
    sa.Column("reader", sa.String(64), nullable=False),
    sa.Column("reader_version", sa.String(32), nullable=False),
    sa.Column("rule", sa.JSON, nullable=True),  # how its speakers were told apart
    # The current text. No foreign key: the two tables would refer to each other; ``qualikit check`` looks after it.
    sa.Column("text_version_id", sa.String(36), nullable=False),
    sa.Column("created", sa.String(32), nullable=False),
    sa.Column("removed", sa.Boolean(name="removed_is_boolean", create_constraint=False), nullable=False),
    info={KEPT_WHEN_REMOVED: "removed", CURRENT_TEXT: "text_version_id"},
)

text_versions = sa.Table(
    "text_versions",
    metadata,
    id_column(),
    reference("document_id", "documents.id"),
    sa.Column("number", sa.Integer, nullable=False),  # in the order in which they were made
    sa.Column("reason", sa.String(32), nullable=False),  # import, correction, pseudonyms, removal
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("text_hash", sa.String(64), nullable=False),
    sa.Column("words", sa.Integer, nullable=False),
    sa.Column("created", sa.String(32), nullable=False),
    # The text it was made from. No foreign key: an earlier text may have to leave the project, names and all.
    sa.Column("base_id", sa.String(36), nullable=True),
    sa.Column("note", sa.Text, nullable=True),  # what the coder wrote about it
    reference("coder_id", "coders.id", nullable=True, index=False),
    sa.UniqueConstraint("document_id", "number"),
    info={PART_OF_ROW: True},
)
"""Texts never change: a correction is a new version, and the document says which one is current."""

participants = sa.Table(
    "participants",
    metadata,
    id_column(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.String(32), nullable=False),
    sa.Column("attributes", sa.JSON, nullable=False),  # actor, territory…; its own win over the document's
)

turns = sa.Table(
    "turns",
    metadata,
    id_column(),
    reference("text_version_id", "text_versions.id"),
    sa.Column("index", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("stop", sa.Integer, nullable=False),
    sa.Column("speech_start", sa.Integer, nullable=False),
    sa.Column("speech_stop", sa.Integer, nullable=False),
    sa.Column("label", sa.Text, nullable=True),
    reference("participant_id", "participants.id", nullable=True),
    sa.Column("time", sa.Float, nullable=True),  # seconds from the start of the recording
    sa.Column("time_stop", sa.Float, nullable=True),
    sa.UniqueConstraint("text_version_id", "index"),
)

attributes = sa.Table(
    "attributes",
    metadata,
    id_column(),
    sa.Column("name", sa.String(200), nullable=False, unique=True),  # territory and actor are ours
    sa.Column("kind", sa.String(16), nullable=False),  # text, number, date, choice
    sa.Column("choices", sa.JSON, nullable=False),  # values in the order in which they are shown
    sa.Column("position", sa.Integer, nullable=False),
)
"""What documents and participants are described by, where the project says more of it than its name."""

questions = sa.Table(
    "questions",
    metadata,
    id_column(),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("section", sa.Text, nullable=False),  # heading of the guide that it stands under; empty: none
    sa.Column("text", sa.Text, nullable=False),
)
"""The questions of the interview guide, in its order."""

question_marks = sa.Table(
    "question_marks",
    metadata,
    id_column(),
    reference("question_id", "questions.id"),
    reference("document_id", "documents.id"),
    reference("text_version_id", "text_versions.id", index=False),  # the constraint below begins with it
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("stop", sa.Integer, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("origin", sa.String(16), nullable=False),  # hand, guide: found by the guide's text
    reference("coder_id", "coders.id", index=False),
    sa.Column("created", sa.String(32), nullable=False),
    sa.UniqueConstraint("text_version_id", "start", "stop", "question_id"),
    info={SPANS: ("question_id",), QUIET: True},
)
"""Where a question of the guide is put: what is said from there to the next mark answers it."""
