"""Alembic's environment: always online, on the connection and inside the transaction it is handed."""

from alembic import context

from qualikit.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
