"""Codes that are retired, suggestions and what coders decide of them, versions of the codebook, the interview guide and
where its questions are put, queries with a name."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from qualikit.store.past_rows import complete

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _retired_codes()
    op.create_table(
        "suggestions",
        sa.Column("id", sa.String(length=36), nullable=False),
        *_passage(),
        sa.Column("code_id", sa.String(length=36), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("assistant", sa.String(length=64), nullable=False),
        sa.Column("assistant_version", sa.String(length=32), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["codes.id"], name=op.f("fk_suggestions_code_id_codes")),
        *_of_a_text("suggestions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
        sa.UniqueConstraint(
            "text_version_id",
            "start",
            "stop",
            "code_id",
            "assistant",
            name=op.f("uq_suggestions_text_version_id_start_stop_code_id_assistant"),
        ),
    )
    _indexed("suggestions", "document_id", "code_id")
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("suggestion_id", sa.String(length=36), nullable=False),
        sa.Column("coder_id", sa.String(length=36), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("code_id", sa.String(length=36), nullable=True),
        sa.Column("coding_id", sa.String(length=36), nullable=True),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestions.id"], name=op.f("fk_decisions_suggestion_id_suggestions")
        ),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_decisions_coder_id_coders")),
        sa.ForeignKeyConstraint(["code_id"], ["codes.id"], name=op.f("fk_decisions_code_id_codes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("suggestion_id", "coder_id", name=op.f("uq_decisions_suggestion_id_coder_id")),
    )
    _indexed("decisions", "suggestion_id", "code_id", "coding_id")
    op.create_table(
        "codebook_versions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.String(length=36), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_codebook_versions_coder_id_coders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_versions")),
        sa.UniqueConstraint("number", name=op.f("uq_codebook_versions_number")),
    )
    op.create_table(
        "change_notes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.String(length=36), nullable=False),
        sa.Column("updated", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_change_notes_coder_id_coders")),
        sa.ForeignKeyConstraint(["event_seq"], ["events.seq"], name=op.f("fk_change_notes_event_seq_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_notes")),
        sa.UniqueConstraint("event_seq", name=op.f("uq_change_notes_event_seq")),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_table(
        "question_marks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("question_id", sa.String(length=36), nullable=False),
        *_passage(),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("coder_id", sa.String(length=36), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_marks_question_id_questions")
        ),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_question_marks_coder_id_coders")),
        *_of_a_text("question_marks"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_marks")),
        sa.UniqueConstraint(
            "text_version_id",
            "start",
            "stop",
            "question_id",
            name=op.f("uq_question_marks_text_version_id_start_stop_question_id"),
        ),
    )
    _indexed("question_marks", "question_id", "document_id")
    op.create_table(
        "queries",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("coder_id", sa.String(length=36), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.Column("updated", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_queries_coder_id_coders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queries")),
        sa.UniqueConstraint("folded", name=op.f("uq_queries_folded")),
    )


def _passage() -> list[sa.Column[Any]]:
    return [
        sa.Column("document_id", sa.String(length=36), nullable=False),
        sa.Column("text_version_id", sa.String(length=36), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
    ]


def _of_a_text(table: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f(f"fk_{table}_document_id_documents")),
        sa.ForeignKeyConstraint(
            ["text_version_id"], ["text_versions.id"], name=op.f(f"fk_{table}_text_version_id_text_versions")
        ),
    ]


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _retired_codes() -> None:
    with op.batch_alter_table("codes") as batch:
        batch.add_column(sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("codes") as batch:
        batch.alter_column("active", existing_type=sa.Boolean(), server_default=None)
    complete(op.get_bind(), "codes", active=True)
