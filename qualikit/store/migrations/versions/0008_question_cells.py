"""Cells of consensus grids by questions of the interview guide, put right by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "question_cells",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("document_id", sa.String(length=36), nullable=False),
        sa.Column("question_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("value", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.String(length=36), nullable=False),
        sa.Column("updated", sa.String(length=32), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_question_cells_{column}_{target}"))
            for column, target in (
                ("document_id", "documents"),
                ("question_id", "questions"),
                ("participant_id", "participants"),
                ("coder_id", "coders"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_cells")),
        sa.UniqueConstraint(
            "document_id",
            "question_id",
            "participant_id",
            name=op.f("uq_question_cells_document_id_question_id_participant_id"),
        ),
    )
    for column in ("document_id", "question_id", "participant_id"):
        op.create_index(op.f(f"ix_question_cells_{column}"), "question_cells", [column])
