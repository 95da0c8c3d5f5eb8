"""The file a document came from may be deleted for good: its row stays, so that the same file is still recognised."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("source_files") as batch:
        batch.alter_column("content", existing_type=sa.LargeBinary(), nullable=True)
