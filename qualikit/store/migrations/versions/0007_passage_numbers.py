"""Numbers under which passages are quoted in what is handed in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "passage_numbers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage_numbers")),
    )
    op.create_index(op.f("ix_passage_numbers_number"), "passage_numbers", ["number"])
