"""Positions of participants, cells of consensus grids put right by hand, the state of a synthesis."""

import sqlalchemy as sa
from alembic import op

from qualikit.store.past_rows import complete

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _states_of_syntheses()
    op.create_table(
        "positions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("coding_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("value", sa.String(length=16), nullable=False),
        sa.Column("strong", sa.Boolean(), nullable=False),
        sa.Column("coder_id", sa.String(length=36), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        _points("positions", "coding_id", "codings"),
        _points("positions", "participant_id", "participants"),
        _points("positions", "coder_id", "coders"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_positions")),
        sa.UniqueConstraint("coding_id", "participant_id", name=op.f("uq_positions_coding_id_participant_id")),
    )
    op.create_table(
        "grid_cells",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("document_id", sa.String(length=36), nullable=False),
        sa.Column("code_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("value", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.String(length=36), nullable=False),
        sa.Column("updated", sa.String(length=32), nullable=False),
        _points("grid_cells", "document_id", "documents"),
        _points("grid_cells", "code_id", "codes"),
        _points("grid_cells", "participant_id", "participants"),
        _points("grid_cells", "coder_id", "coders"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_cells")),
        sa.UniqueConstraint(
            "document_id", "code_id", "participant_id", name=op.f("uq_grid_cells_document_id_code_id_participant_id")
        ),
    )
    for table, column in (
        ("positions", "coding_id"),
        ("positions", "participant_id"),
        ("grid_cells", "document_id"),
        ("grid_cells", "code_id"),
        ("grid_cells", "participant_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _points(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _states_of_syntheses() -> None:
    with op.batch_alter_table("syntheses") as batch:
        batch.add_column(sa.Column("status", sa.String(length=16), nullable=False, server_default="draft"))
        batch.add_column(sa.Column("validated", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("validated_by", sa.String(length=36), nullable=True))
        batch.create_foreign_key(op.f("fk_syntheses_validated_by_coders"), "coders", ["validated_by"], ["id"])
    with op.batch_alter_table("syntheses") as batch:
        batch.alter_column("status", existing_type=sa.String(length=16), server_default=None)
    complete(op.get_bind(), "syntheses", status="draft", validated=None, validated_by=None)
