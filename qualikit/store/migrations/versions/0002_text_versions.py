"""Which text of a document is the current one, why each was made, and the attributes that the project describes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "attributes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attributes")),
        sa.UniqueConstraint("name", name=op.f("uq_attributes_name")),
    )
    with op.batch_alter_table("text_versions") as batch:
        batch.add_column(sa.Column("reason", sa.String(length=32), nullable=False, server_default="import"))
    with op.batch_alter_table("text_versions") as batch:
        batch.alter_column("reason", server_default=None)
    with op.batch_alter_table("documents") as batch:
        batch.add_column(sa.Column("text_version_id", sa.String(length=36), nullable=True))
    documents = sa.table("documents", sa.column("id"), sa.column("text_version_id"))
    versions = sa.table("text_versions", sa.column("id"), sa.column("document_id"), sa.column("number"))
    newest = (
        sa.select(versions.c.id)
        .where(versions.c.document_id == documents.c.id)
        .order_by(versions.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    op.execute(sa.update(documents).values(text_version_id=newest))
    # Rows of documents that older events hold have no such column: what they would put back would be incomplete.
    _complete_events()
    with op.batch_alter_table("documents") as batch:
        batch.alter_column("text_version_id", existing_type=sa.String(length=36), nullable=False)


def _complete_events() -> None:
    connection = op.get_bind()
    events = sa.table("events", sa.column("seq", sa.Integer), sa.column("changes", sa.JSON))
    documents = sa.table("documents", sa.column("id"), sa.column("text_version_id"))
    current = dict(connection.execute(sa.select(documents.c.id, documents.c.text_version_id)).all())
    touched = sa.table("events", sa.column("seq", sa.Integer), sa.column("action", sa.String))
    named = sa.select(touched.c.seq).where(touched.c.action.like("document.%") | touched.c.action.like("attributes.%"))
    for seq in connection.execute(named).scalars().all():
        changes = connection.execute(sa.select(events.c.changes).where(events.c.seq == seq)).scalar_one()
        for change in changes:
            if change["table"] == "documents":
                for row in filter(None, (change["before"], change["after"])):
                    row["text_version_id"] = current.get(row["id"])
        connection.execute(sa.update(events).where(events.c.seq == seq).values(changes=changes))
