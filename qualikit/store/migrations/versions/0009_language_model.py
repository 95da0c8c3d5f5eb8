"""The language model that a project may ask: where it is, who allowed it, each call that was made."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _create(
        "endpoints",
        sa.Column("url", sa.String(length=190), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("coder_id", sa.String(length=36), nullable=False),
        sa.Column("updated", sa.String(length=32), nullable=False),
    )
    _create(
        "endpoint_consents",
        sa.Column("host", sa.String(length=120), nullable=False),
        sa.Column("coder_id", sa.String(length=36), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
    )
    _create(
        "endpoint_calls",
        sa.Column("host", sa.String(length=120), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("prompt_hash", sa.String(length=64), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.String(length=36), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
    )


def _create(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f(f"fk_{name}_coder_id_coders")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
