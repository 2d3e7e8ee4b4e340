from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, OperationalError

from desktop_app.domain.errors import Closed, Damaged, KnownError
from desktop_app.storage.database import APPLICATION_ID, Database, create_file
from desktop_app.storage.lying import STORE_FILE
from desktop_app.storage.schema import VERSION
from desktop_app.storage.store import Store
from desktop_app.storage.tables import records
from tests.stores import new_store

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "temp_store": 2,
    "busy_timeout": 15_000,
    "application_id": APPLICATION_ID,
    "user_version": VERSION,
}


@pytest.mark.parametrize("side", ["writer", "reader"])
def test_every_pragma_holds_on_both_sides(store: Store, side: str) -> None:
    with getattr(store.database, side).connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in PRAGMAS}
    assert found == PRAGMAS


def test_a_failed_change_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.database.change() as connection:
            connection.exec_driver_sql("CREATE TABLE left_over (a)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.database.read() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_schema").scalars().all()
    assert "left_over" not in names


def test_reading_writes_nothing(store: Store) -> None:
    with pytest.raises((DBAPIError, KnownError)), store.database.read() as connection:
        connection.exec_driver_sql("DELETE FROM settings")


def test_readers_do_not_wait_for_the_writer_and_keep_their_view(store: Store) -> None:
    with store.database.read() as before:
        count = before.exec_driver_sql("SELECT count(*) FROM settings").scalar_one()
        with store.database.change() as connection:
            connection.exec_driver_sql("INSERT INTO settings VALUES ('zone', 'Asia/Shanghai')")
            with store.database.read() as during:
                assert during.exec_driver_sql("SELECT count(*) FROM settings").scalar_one() == count
        assert before.exec_driver_sql("SELECT count(*) FROM settings").scalar_one() == count
    with store.database.read() as after:
        assert after.exec_driver_sql("SELECT count(*) FROM settings").scalar_one() == count + 1


def test_a_wrong_key_and_a_missing_file_are_told(store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    wrong = Database(store.database.path, secrets.token_bytes(32))
    with pytest.raises(Damaged) as damaged, wrong.read():
        pass
    assert damaged.value.code == "store.damaged"
    absent = Database(store.folder / "absent.db", secrets.token_bytes(32))
    with pytest.raises(KnownError) as missing, absent.change():
        pass
    assert missing.value.code == "store.cannot_open"
    assert not (store.folder / "absent.db").exists()
    assert capfd.readouterr().err == ""


def test_a_store_is_never_created_over_another(store: Store) -> None:
    with pytest.raises(KnownError) as refused:
        create_file(store.database.path)
    assert refused.value.code == "store.exists"


def test_the_file_is_its_owners_only(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with store.change():
        modes = {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    store.close()
    assert modes == {0o600}
    assert (tmp_path / STORE_FILE).exists()


def test_another_process_that_holds_the_store_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.storage.database.BUSY_SECONDS", 0.05)
    key = secrets.token_bytes(32)
    mine = new_store(store.folder / "busy", key=key)
    other = Database(mine.database.path, key)
    with mine.database.change(), pytest.raises(KnownError) as refused, other.change():
        pass
    other.close()
    mine.close()
    assert refused.value.code == "store.busy"


def test_who_reads_after_closing_is_late_and_the_store_is_not_called_damaged(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.close()
    with pytest.raises(Closed), store.database.read():
        pass
    with pytest.raises(KnownError) as refused, store.database.change():
        pass
    assert refused.value.code == "store.closed"
    assert not isinstance(refused.value, Closed)


def test_a_hint_reaches_sqlite(store: Store) -> None:
    query = select(records.c.id)
    with store.read() as view:
        assert view.connection.execute(query.with_hint(records, "NOT INDEXED")).all() == []
    with pytest.raises(OperationalError, match="no such index"), store.read() as view:
        view.connection.execute(query.with_hint(records, "INDEXED BY no_such_index"))
