"""Purging in a real encrypted store: what was said is gone from every page, everything else still holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import Connection

from desktop_app.domain.entries import (
    GENESIS,
    Action,
    Change,
    Entry,
    Payload,
    Stored,
    chain_hash,
    payload_digest,
)
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.roles import Role
from desktop_app.services.backup import back_up, restore
from desktop_app.services.doctor import examine_store
from desktop_app.services.purging import Purged, purge_records
from desktop_app.services.reconcile_store import journal_parts
from desktop_app.services.records import log_record, start_draft, template_rows
from desktop_app.services.stores import Person, create, unlock
from desktop_app.storage import journal
from desktop_app.storage.checks import check_journal
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.opening import Credentials
from desktop_app.storage.store import Store
from desktop_app.storage.tables import writers
from desktop_app.words import LANGUAGES, Words

LOGGED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ARCHIVED = LOGGED + timedelta(days=7)
NOW = ARCHIVED + timedelta(days=90)
CALLER, PHONE, STREET = "王方圆", "13123450777", "清漪路七号"
MARKERS = (CALLER, PHONE, STREET)
PAGE, RESERVED, NONCE = 4096, 80, 16


class Station:
    """A store of an administrator, opened again and again with the recovery code."""

    def __init__(self, root: Path, folder: str = "07", station: str = "07") -> None:
        self.folder, self.data, self.backups = root / folder, root / "data", root / "backups"
        created = create(
            self.folder,
            station=station,
            owner=Person("8001", "赵敏", Role.ADMIN),
            pin="a long pass phrase",
            data_folder=self.data,
            now=LOGGED,
        )
        created.store.close()
        self.credentials = Credentials("8001", recovery=created.recovery)

    def open(self, *, alone: bool = True) -> Store:
        return unlock(self.folder, self.credentials, data_folder=self.data, now=NOW, alone=alone)

    def problems(self) -> list[str]:
        found = examine_store(self.folder, self.credentials, data_folder=self.data, now=NOW)
        return [problem.code for problem in found.problems]

    def purge(self, store: Store, *records: str, **told) -> Purged:
        return purge_records(store, records, **{"backups": self.backups, "now": NOW} | told)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


def log(store: Store, *, promised: bool = True) -> str:
    values = {"kind": "complaint", "caller_name": CALLER, "phone": PHONE, "detail": STREET * 300}
    if promised:
        values["callback_due"] = "2026-03-02T18:00:00"
    return log_record(store, values, now=LOGGED).subject_id


def end(store: Store, record_id: str, *, archived: datetime = ARCHIVED, kept: bool = True) -> None:
    """Bring a record through correction to the archive, and its promise to its end."""
    record = Subject(SubjectKind.RECORD, record_id)
    with store.change() as unit:
        unit.change(record, {"state": "corrected", "address": STREET}, at=LOGGED, reason=CALLER)
        unit.change(record, {"state": "archived", "approved_by": user_id("8002")}, at=archived)
        for promise in list(unit.states(SubjectKind.PROMISE)):
            if kept and promise.text("record") == record_id:
                unit.change(promise.subject, {"state": "done", "result": STREET}, at=LOGGED)


def plain_pages(file: Path, key: bytes) -> bytes:
    """Every page of the file as SQLite sees it, free ones too: AES-256-CBC, the nonce in the reserved end."""
    content, pages = file.read_bytes(), []
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        body = page[16 if start == 0 else 0 : PAGE - RESERVED]
        nonce = page[PAGE - RESERVED : PAGE - RESERVED + NONCE]
        decryptor = Cipher(algorithms.AES256(key), modes.CBC(nonce)).decryptor()
        pages.append(decryptor.update(body) + decryptor.finalize())
    return b"".join(pages)


def found_in(file: Path, key: bytes) -> list[str]:
    pages = plain_pages(file, key)
    return [marker for marker in MARKERS if marker.encode() in pages]


def refusal(call) -> KnownError:
    with pytest.raises(KnownError) as caught:
        call()
    for language in LANGUAGES:
        assert Words(language).sentence(caught.value)
    return caught.value


def test_a_hundred_payloads_go_and_everything_else_holds(station: Station, tmp_path: Path) -> None:
    with station.open() as store:
        doomed, kept = [log(store) for _ in range(25)], log(store, promised=False)
        for record_id in doomed:
            end(store, record_id)
        start_draft(store, {}, now=LOGGED)
        old = back_up(store, station.backups, now=LOGGED)
        store.database.checkpoint()
        key, file = bytes(store.key), station.folder / "store.db"
        assert found_in(file, key) == list(MARKERS)

        done = station.purge(store, *doomed)

        assert (len(done.numbers), done.erased, done.left) == (25, 25 * 5, ())
        wal = file.with_name("store.db-wal")
        assert not wal.exists() or wal.stat().st_size == 0
        assert [row["caller_name"] for row in template_rows(store)] == [CALLER]
        told = journal_parts(store).numbers
        assert told is not None
        assert (told.issued, told.records, told.drafts, told.unaccounted) == (27, 26, 1, 0)
        # The record that stays has the same words: only without it they must be nowhere.
        end(store, kept)
        done = station.purge(store, kept)
        assert found_in(file, key) == []
    assert found_in(file, key) == []
    assert station.problems() == []
    assert [path.name for path in sorted(station.backups.iterdir())] == [done.backup.name]
    assert not old.exists()
    restore(tmp_path / "again", done.backup, station.credentials, data_folder=tmp_path / "other", now=NOW)
    assert found_in(tmp_path / "again" / "store.db", key) == []


def test_any_later_edit_of_an_entry_is_found(station: Station) -> None:
    with station.open() as store:
        doomed = [log(store) for _ in range(3)]
        for record_id in doomed:
            end(store, record_id)
        station.purge(store, *doomed[:2])
        assert check_journal(store.database).problems == ()
        with store.read() as view:
            every = list(journal.chain(view.connection, view.life.writer))
        assert sum(stored.entry.action is Action.PURGE for stored in every) == 4
        for stored in every:
            edits = [("entries", "envelope", stored.entry.envelope().replace(b"2026-", b"2027-", 1))]
            if stored.payload is not None:
                edits.append(("payloads", "stored", stored.payload.replace(b"reason", b"Reason", 1)))
            for table, column, value in edits:
                with edited(store, table, column, value, stored.entry.seq):
                    assert check_journal(store.database).problems
        assert check_journal(store.database).problems == ()


@contextmanager
def edited(store: Store, table: str, column: str, value: bytes, seq: int) -> Iterator[None]:
    def put(connection: Connection, content: bytes) -> None:
        update = f"UPDATE {table} SET {column} = ? WHERE seq = ?"  # noqa: S608 - our own names
        connection.exec_driver_sql(update, (content, seq))

    with store.database.change() as connection:
        read = f"SELECT {column} FROM {table} WHERE seq = ?"  # noqa: S608 - our own names
        row = connection.exec_driver_sql(read, (seq,))
        before = row.scalar_one()
        assert before != value
        put(connection, value)
    yield
    with store.database.change() as connection:
        put(connection, before)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"kept": False}, "guard.open_promise"),
        ({"archived": ARCHIVED + timedelta(seconds=1)}, "guard.retention_passed"),
        (None, "guard.no_step"),
    ],
)
def test_it_is_refused_and_nothing_is_purged(station: Station, how: dict | None, code: str) -> None:
    with station.open() as store:
        ready, other = log(store), log(store, promised=how is not None)
        end(store, ready)
        if how is not None:
            end(store, other, **how)
        older = back_up(store, station.backups, now=LOGGED)
        assert refusal(lambda: station.purge(store, ready, other)).code == code
        assert len(template_rows(store)) == 2
        assert list(station.backups.iterdir()) == [older]


def test_only_an_administrator_purges_and_only_once(station: Station) -> None:
    with station.open() as store:
        record_id = log(store)
        end(store, record_id)
        lead = replace(store, author=replace(store.author, role=Role.LEAD))
        assert refusal(lambda: station.purge(lead, record_id)).code == "guard.role"
        station.purge(store, record_id)
        with pytest.raises(GuardRefused, match="purged"):
            station.purge(store, record_id)


def test_the_store_has_to_be_alone(station: Station) -> None:
    with station.open(alone=False) as store, station.open(alone=False):
        record_id = log(store)
        end(store, record_id)
        assert refusal(lambda: station.purge(store, record_id)).code == "purging.not_alone"
        assert refusal(station.open).code == "lock.in_use"
        assert len(template_rows(store)) == 1


def test_what_comes_late_goes_where_it_was_named_and_is_set_aside_where_not(station: Station) -> None:
    """Another station's entries arrive as a merge writes them: one it had told of, one nobody had seen."""
    theirs = "b" * 32
    with station.open() as store:
        record_id = log(store)
        record = Subject(SubjectKind.RECORD, record_id)
        end(store, record_id)
        with store.change() as unit:
            row = {"writer": theirs, "store": "c" * 32, "station": "08", "drill": 0, "link": GENESIS}
            unit.connection.execute(writers.insert(), row)
            told = entry_by(theirs, 1, GENESIS, record)
            withheld = Stored(told.entry, None, None, withheld=True)
            journal.put(unit.connection, withheld)
        station.purge(store, record_id)
        late = entry_by(theirs, 2, bytes.fromhex(told.entry.hash), record)
        with store.database.change() as connection:
            journal.put(connection, late)
            assert journal.erase(connection, record) == (late.entry.id,)
        with store.read() as view:
            assert view.state(record).tombstone is not None
            held = {one.entry.id for one in journal.history(view.connection, record) if one.payload}
            purges = {
                one.entry.id
                for one in journal.history(view.connection, record)
                if one.entry.action is Action.PURGE
            }
        assert held == {late.entry.id} | purges
        assert template_rows(store) == []
    assert station.problems() == []


def entry_by(writer: str, seq: int, link: bytes, subject: Subject) -> Stored:
    stored, salt = Payload({"caller_name": Change((), "李芳")}).to_bytes(), bytes(16)
    bare = Entry(
        writer,
        seq,
        1000 + seq,
        LOGGED,
        user_id("9"),
        Role.AGENT,
        subject,
        Action.CHANGE,
        payload_digest(salt, stored),
    )
    return Stored(replace(bare, hash=chain_hash(link, bare.envelope())), salt, stored)


def test_only_older_backups_of_this_store_are_replaced(station: Station, tmp_path: Path) -> None:
    other = Station(tmp_path, "08", station="08")
    with other.open() as store:
        theirs = back_up(store, station.backups, now=LOGGED)
    broken, note = station.backups / "07-broken.fdbackup", station.backups / "note.txt"
    broken.write_bytes(b"fallback-desk backup 1\n")
    note.write_text("kept")
    with station.open() as store:
        record_id = log(store)
        end(store, record_id)
        older = [back_up(store, station.backups, now=LOGGED + timedelta(days=day)) for day in range(2)]
        early = older[0].read_bytes()
        log(store)
        ahead = back_up(store, station.backups, now=ARCHIVED)
        pack = tmp_path / "early.fdbackup"
        pack.write_bytes(early)
    # Taken back, the store no longer has the last record; the backup that has it is its only copy.
    restore(station.folder, pack, station.credentials, data_folder=station.data, now=NOW)
    with station.open() as store:
        done = station.purge(store, record_id)
    aside = [path for path in done.left if path.is_dir()]
    assert [path.parent for path in aside] == [station.folder]
    assert set(done.left) - set(aside) == {broken, ahead}
    assert sorted(station.backups.iterdir()) == sorted([theirs, broken, note, ahead, done.backup])
    assert "doctor.unaccounted" in station.problems()


def test_without_records_the_backups_are_replaced(station: Station) -> None:
    with station.open() as store:
        older = back_up(store, station.backups, now=LOGGED)
        mark = MarkFile(station.data, "07", drill=False).read()
        done = station.purge(store)
        assert (done.numbers, done.erased) == ((), 0)
        assert MarkFile(station.data, "07", drill=False).read() == mark
    assert list(station.backups.iterdir()) == [done.backup]
    assert done.backup != older
