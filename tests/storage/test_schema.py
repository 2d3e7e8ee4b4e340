from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.services.records import log_record
from desktop_app.storage.database import Database, create_file
from desktop_app.storage.schema import REVISIONS, VERSION, alembic_config, ensure_schema, guarded, migrate
from desktop_app.storage.store import Store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def shape(database: Database) -> set[tuple[str, str]]:
    with database.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'alembic_version'"
        )
        return {(name, sql) for name, sql in found}


def count(connection: Connection, table: str) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar_one()


def rebuild_entries(connection: Connection) -> None:
    """What Alembic does for a change that SQLite's ALTER cannot make: copy, drop, rename."""
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("entries", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.Text()))


def test_the_revisions_lead_to_the_tables(store: Store) -> None:
    with store.database.change() as connection:
        command.check(alembic_config(connection))


def test_a_table_that_no_revision_makes_is_found(store: Store) -> None:
    with store.database.change() as connection:
        connection.exec_driver_sql("ALTER TABLE drafts DROP COLUMN content")
        with pytest.raises(Exception, match="content"):
            command.check(alembic_config(connection))


def test_up_down_and_up_again_gives_the_same_shape(store: Store) -> None:
    before = shape(store.database)
    migrate(store.database, "base", 0)
    assert shape(store.database) == set()
    ensure_schema(store.database)
    assert shape(store.database) == before
    assert sorted(REVISIONS) == list(range(1, VERSION + 1))


def test_a_store_of_a_day_comes_up_though_its_search_index_shrinks(store: Store) -> None:
    for place in range(40):
        log_record(store, {"phone": "13123450001", "detail": f"停水 {place}"}, now=NOW)
    migrate(store.database, REVISIONS[4], 4)
    with store.database.read() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM search_idx").scalar_one()
    ensure_schema(store.database)
    with store.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM search_idx").scalar_one() < before
        assert count(connection, "search") == count(connection, "records") == 40


def test_a_start_of_an_up_to_date_store_imports_no_alembic(tmp_path: Path, store: Store) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from desktop_app.storage.database import Database\n"
        "from desktop_app.storage.schema import ensure_schema\n"
        "database = Database(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])); ensure_schema(database)\n"
        "database.close(); assert 'alembic' not in sys.modules\n"
    )
    key = secrets.token_bytes(32)
    create_file(tmp_path / "other.db")
    other = Database(tmp_path / "other.db", key)
    ensure_schema(other)
    other.close()
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "other.db"), key.hex()], check=True)


def test_a_newer_store_is_refused_and_left_alone(store: Store) -> None:
    with store.database.change() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version={VERSION + 1}")
    with pytest.raises(KnownError) as refused:
        ensure_schema(store.database)
    assert refused.value.code == "store.newer"


def test_another_programs_file_is_refused(store: Store) -> None:
    with store.database.change() as connection:
        connection.exec_driver_sql("PRAGMA application_id=1")
    with pytest.raises(Damaged) as refused:
        ensure_schema(store.database)
    assert refused.value.code == "store.not_ours"


def test_a_rebuilt_table_keeps_the_rows_that_point_to_it_and_its_triggers(store: Store) -> None:
    for _ in range(5):
        log_record(store, {"summary": "停水"}, now=NOW)
    with store.database.change() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER entries_kept BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'kept'); END"
        )
    guarded(store.database, rebuild_entries, VERSION)
    with store.database.read() as connection:
        assert (count(connection, "entries"), count(connection, "payloads")) == (5, 5)
        assert "note" in connection.exec_driver_sql("SELECT * FROM entries").keys()  # noqa: SIM118 - a result, no mapping
        triggers = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        assert triggers.scalars().all() == ["entries_kept"]
    with store.database.writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_the_trap_is_real_without_the_guard(store: Store) -> None:
    with store.database.change() as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE child (id INTEGER REFERENCES parent (id) ON DELETE CASCADE)")
        connection.exec_driver_sql("INSERT INTO parent VALUES (1), (2)")
        connection.exec_driver_sql("INSERT INTO child VALUES (1), (2)")

    def rebuild_parent(connection: Connection) -> None:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("parent", recreate="always") as batch:
            batch.add_column(sa.Column("note", sa.Text()))

    guarded(store.database, rebuild_parent, VERSION)
    with store.database.change() as connection:
        assert count(connection, "child") == 2
        rebuild_parent_again = Operations(MigrationContext.configure(connection))
        with rebuild_parent_again.batch_alter_table("parent", recreate="always") as batch:
            batch.drop_column("note")
        assert (count(connection, "parent"), count(connection, "child")) == (2, 0)


def lose_rows(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM drafts")
    connection.exec_driver_sql("DELETE FROM settings")


def leave_dangling(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO payloads VALUES ('x', 1, 'erased', NULL, NULL)")


@pytest.mark.parametrize("work", [lose_rows, leave_dangling])
def test_a_migration_that_loses_something_is_undone(store: Store, work: Callable[[Connection], None]) -> None:
    before = shape(store.database)
    with pytest.raises(Damaged) as refused:
        guarded(store.database, work, VERSION + 1)
    assert refused.value.code == "store.migration_lost_rows"
    assert shape(store.database) == before
    ensure_schema(store.database)
    with store.read() as view:
        assert view.life.station == "07"
