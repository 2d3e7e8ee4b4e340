"""What Alembic runs: on the connection handed in, inside the transaction that is already open."""

from __future__ import annotations

from alembic import context

from desktop_app.storage.tables import metadata


def _is_ours(name: str | None, kind: str, parents: object) -> bool:
    """Leave out the search index: its tables are made by SQLite itself."""
    return kind != "table" or not (name or "").startswith("search")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    include_name=_is_ours,
)
context.run_migrations()
