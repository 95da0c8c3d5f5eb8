"""Who made each text of a document, from which one, and what they wrote about it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("text_versions") as batch:
        batch.add_column(sa.Column("base_id", sa.String(length=36), nullable=True))
        batch.add_column(sa.Column("note", sa.Text(), nullable=True))
        batch.add_column(sa.Column("coder_id", sa.String(length=36), nullable=True))
        batch.create_foreign_key(op.f("fk_text_versions_coder_id_coders"), "coders", ["coder_id"], ["id"])
    connection = op.get_bind()
    events = sa.table(
        "events",
        sa.column("coder_id", sa.String),
        sa.column("action", sa.String),
        sa.column("kind", sa.String),
        sa.column("changes", sa.JSON),
    )
    versions = sa.table("text_versions", sa.column("document_id", sa.String), sa.column("coder_id", sa.String))
    brought = sa.select(events.c.coder_id, events.c.changes).where(
        events.c.action == "document.import", events.c.kind == "do"
    )
    for coder, changes in connection.execute(brought).all():
        ids = [change["id"] for change in changes if change["table"] == "documents"]
        connection.execute(sa.update(versions).where(versions.c.document_id.in_(ids)).values(coder_id=coder))
