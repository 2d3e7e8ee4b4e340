"""MERGE: a hundred hand-ins of two thousand entries, beside ATTACH + INSERT OR IGNORE of the same rows.

Ours checks signatures and chains, folds, indexes, accounts for numbers and lists conflicts; the
yardstick only copies rows from a hundred plain database files, one transaction each, into a table
with two indexes.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.bundles import Bundle, Manifest, Result, Run
from desktop_app.domain.entries import GENESIS, Stored
from desktop_app.domain.identities import Identity
from desktop_app.domain.roles import Role
from desktop_app.exchange.bundles import write_bundle
from desktop_app.services.merge import merge_bundles
from desktop_app.settings import Settings
from desktop_app.storage.database import Database
from desktop_app.storage.lying import STORE_FILE
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.stations import Standing, Station, make_identity, own_identity, put_station
from desktop_app.storage.store import Store, StoreMarks
from desktop_app.storage.turns import TURN_FILE
from tests.bench.figures import Figure, in_turns
from tests.bench.floor_of_bundles import Writer, new_writer, runs_of, write_calls
from tests.stores import author, new_store

STATIONS, EACH, SIZE = 20, 5, 2_000
AGAIN = SIZE // 20
_NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
_ROWS = (
    "CREATE TABLE rows (id TEXT PRIMARY KEY, writer TEXT, seq INT, lamport INT, subject TEXT, envelope BLOB, "
    "hash BLOB, salt BLOB, payload BLOB)"
)
_INDEXES = (
    "CREATE INDEX by_subject ON rows (subject, lamport, writer, seq)",
    "CREATE INDEX by_time ON rows (lamport)",
)


def measure(folder: Path, rounds: int) -> Figure:
    """Return the figure; ``folder`` takes some hundred megabytes."""
    writers = [new_writer(f"{index + 1:02d}") for index in range(STATIONS)]
    write_calls(writers, EACH * SIZE)
    key = secrets.token_bytes(32)
    lead = lead_store(folder / "lead", writers, key)
    (folder / "bundles").mkdir()
    bundles, tables = [], []
    for writer in writers:
        for serial, entries in enumerate(runs_of(writer, EACH, SIZE, AGAIN), 1):
            bundles.append(bundle_file(folder / "bundles", writer, entries, serial, lead))
            tables.append(_plain_file(folder / f"rows-{len(tables)}.db", entries))
    times, yardstick = in_turns(
        rounds, lambda: _merge(folder, bundles, key), lambda: _attach(folder / "all.db", tables)
    )
    return Figure("MERGE", "100 hand-ins of 2,000 entries", times, yardstick, 4.0)


def lead_store(folder: Path, writers: list[Writer], key: bytes) -> Identity:
    """Make the lead's store, which knows every station and holds nothing."""
    with new_store(folder, station="90", key=key) as store:
        with store.change() as unit:
            make_identity(unit.connection, "组长", Role.LEAD)
            identity = own_identity(unit.connection)
            for writer in writers:
                put_station(unit.connection, Station(writer.identity, Standing.ACCEPTED, _NOW))
        store.database.checkpoint()
    assert identity is not None
    return identity


def bundle_file(folder: Path, writer: Writer, entries: list[Stored], serial: int, lead: Identity) -> Path:
    """Write one hand-in into a folder."""
    first = entries[0].entry.seq
    link = bytes.fromhex(writer.entries[first - 2].entry.hash) if first > 1 else GENESIS
    identity = writer.identity
    manifest = Manifest(identity, _NOW, serial, "bench", (writer.writer,), (), highest=writer.sequence)
    run = Run(writer.writer, identity.store, writer.station, False, link, tuple(entries), identity)
    return write_bundle(folder, Bundle(manifest, (run,)), writer.keys, [lead])


def opened(folder: Path, key: bytes) -> Store:
    """Open a copy of the lead's store."""
    marks = StoreMarks(MarkFile(folder.parent / "data", "90", drill=False), folder)
    database = Database(folder / STORE_FILE, key, turns=folder / TURN_FILE)
    return Store(folder, database, author(role=Role.LEAD), marks, Settings())


def _merge(folder: Path, bundles: list[Path], key: bytes) -> float:
    here = folder / "turn"
    shutil.copytree(folder / "lead", here)
    with opened(here, key) as store:
        began = time.perf_counter()
        merged = merge_bundles(store, bundles, now=_NOW)
        took = time.perf_counter() - began
    results = {one.result for one in merged.bundles}
    new = sum(one.new for one in merged.bundles)
    assert results == {Result.MERGED}, results
    assert new == STATIONS * (EACH * (SIZE - AGAIN) + AGAIN), new
    assert merged.conflicts
    shutil.rmtree(here)
    return took


def _plain_file(path: Path, entries: list[Stored]) -> Path:
    with sqlite3.connect(path) as connection:
        connection.execute(_ROWS)
        connection.executemany(
            "INSERT INTO rows VALUES (?,?,?,?,?,?,?,?,?)",
            (
                (
                    one.entry.id,
                    one.entry.writer,
                    one.entry.seq,
                    one.entry.lamport,
                    one.entry.subject.id,
                    one.entry.envelope(),
                    bytes.fromhex(one.entry.hash),
                    one.salt,
                    one.payload,
                )
                for one in entries
            ),
        )
    connection.close()
    return path


def _attach(path: Path, tables: list[Path]) -> float:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    for statement in (_ROWS, *_INDEXES):
        connection.execute(statement)
    began = time.perf_counter()
    for table in tables:
        connection.execute("ATTACH ? AS theirs", (str(table),))
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT OR IGNORE INTO rows SELECT * FROM theirs.rows")
        connection.execute("COMMIT")
        connection.execute("DETACH theirs")
    took = time.perf_counter() - began
    connection.close()
    path.unlink()
    return took
