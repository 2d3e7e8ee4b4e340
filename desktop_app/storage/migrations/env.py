"""What Alembic runs: on the connection handed in, inside the transaction that is already open."""

from __future__ import annotations

from alembic import context

from desktop_app.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
