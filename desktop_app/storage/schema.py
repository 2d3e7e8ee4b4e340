"""The shape of the file: brought up to date once, refused when newer, never half changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.storage.database import APPLICATION_ID, Database
from desktop_app.storage.folded import refold

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

VERSION = 6
"""Number of the newest revision; kept in the file's ``user_version`` so that a start needs no Alembic."""
REVISIONS = {1: "0001", 2: "0002", 3: "0003", 4: "0004", 5: "0005", 6: "0006"}


def ensure_schema(database: Database) -> None:
    """Bring the file to this program's shape, in one transaction.

    Raises KnownError ``store.newer`` for a file of a newer program, Damaged ``store.not_ours`` for one that
    some other program wrote.
    """
    with database.read() as connection:
        found, owner = version_of(connection), _pragma(connection, "application_id")
        empty = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one() == 0
    if found > VERSION:
        raise KnownError("store.newer", found=found, known=VERSION)
    if owner != APPLICATION_ID and not empty:
        raise Damaged("store.not_ours")
    if found != VERSION:
        guarded(database, _bring_up, VERSION)


def _bring_up(connection: Connection) -> None:
    """A revision may make a folded table anew: its rows are written before they are counted."""
    run_alembic(connection, REVISIONS[VERSION])
    refold(connection)


def migrate(database: Database, revision: str, version: int) -> None:
    """Upgrade or downgrade the file to a revision, whose number ``user_version`` then holds."""
    guarded(database, lambda connection: run_alembic(connection, revision), version)


def version_of(connection: Connection) -> int:
    """Return the number of the revision that a file has; 0 for one without tables."""
    return _pragma(connection, "user_version")


def guarded(database: Database, work: Callable[[Connection], None], version: int) -> None:
    """Change the schema by ``work``; any loss of rows or of links between them undoes everything.

    SQLite rebuilds a table by copying and dropping it. With foreign keys on, the drop deletes the rows that
    point to it, and its triggers go with it: keys are therefore off (possible only outside a transaction),
    triggers are put back, rows counted and links checked before the commit. Raises Damaged.
    """
    with database.writer.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                rows, triggers = _row_counts(connection), _triggers(connection)
                work(connection)
                _restore_triggers(connection, triggers)
                _check_nothing_lost(connection, rows)
                connection.exec_driver_sql(f"PRAGMA user_version={version}")
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def run_alembic(connection: Connection, revision: str) -> None:
    """Move the open transaction's schema to ``revision``, in whichever direction that lies."""
    from alembic import command  # 250 ms that an ordinary start does not pay
    from alembic.runtime.migration import MigrationContext

    current = MigrationContext.configure(connection).get_current_revision() or ""
    move = command.downgrade if revision == "base" or revision < current else command.upgrade
    move(alembic_config(connection), revision)


def alembic_config(connection: Connection) -> AlembicConfig:
    """Return Alembic's configuration, made in code: the revisions lie beside this file, frozen or not."""
    from alembic.config import Config

    # Its own output is kept from a console that may be closed, or missing in a windowed program.
    config = Config(stdout=io.StringIO())
    revisions = Path(__file__).resolve().parent / "migrations"
    # Alembic takes a % in an option for a placeholder, and a folder's name may hold one.
    config.set_main_option("script_location", str(revisions).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


def _row_counts(connection: Connection) -> dict[str, int]:
    # The tables behind a search index hold its pieces, which melt into fewer whenever it is written anew.
    names = connection.exec_driver_sql(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') "
        "AND name NOT LIKE 'sqlite%' AND name <> 'alembic_version'"
    ).scalars()
    return {
        name: int(connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one())  # noqa: S608 - our own names
        for name in names
    }


def _triggers(connection: Connection) -> dict[str, tuple[str, str]]:
    rows = connection.exec_driver_sql("SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'")
    return {name: (table, sql) for name, table, sql in rows}


def _restore_triggers(connection: Connection, before: dict[str, tuple[str, str]]) -> None:
    left, tables = _triggers(connection), _row_counts(connection)
    for name, (table, sql) in before.items():
        if name not in left and table in tables:
            connection.exec_driver_sql(sql)


def _check_nothing_lost(connection: Connection, before: dict[str, int]) -> None:
    after = _row_counts(connection)
    lost = [name for name, count in before.items() if name in after and after[name] < count]
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if lost or dangling:
        raise Damaged("store.migration_lost_rows")
