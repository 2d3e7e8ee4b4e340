"""A merge that is killed, and saves while one goes on."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop_app.domain.bundles import Bundle, Manifest, Result, Run
from desktop_app.domain.entries import GENESIS
from desktop_app.exchange.bundles import write_bundle
from desktop_app.services.merge import Merged, merge_bundles
from desktop_app.services.pairing import accept, own
from desktop_app.services.progress import Progress
from desktop_app.services.records import log_record
from desktop_app.storage.rebuild import examine
from desktop_app.storage.store import Store
from desktop_app.storage.tables import entries as entries_table
from tests.bench.floor_of_bundles import new_writer, write_calls
from tests.faults.desk import Desk, broken, record

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FEW, MANY = 3_000, 20_000


def hand_ins(store: Store, folder: Path, entries: int, each: int = 10_000) -> list[Path]:
    """Let two stations write so many entries together and hand them in to the store."""
    writers = [new_writer(code) for code in ("11", "12")]
    write_calls(writers, entries // 2)
    files = []
    for writer in writers:
        accept(store, writer.identity, now=NOW)
        link = GENESIS
        for serial, start in enumerate(range(0, len(writer.entries), each), 1):
            part = tuple(writer.entries[start : start + each])
            identity = writer.identity
            run = Run(writer.writer, identity.store, writer.station, False, link, part)
            link = bytes.fromhex(part[-1].entry.hash)
            manifest = Manifest(identity, NOW, serial, "test", (writer.writer,), (), highest=writer.sequence)
            files.append(write_bundle(folder, Bundle(manifest, (run,)), writer.keys, [own(store)]))
    return files


def state_hash(store: Store) -> str:
    with store.read() as view:
        found = examine(view)
    assert found.differing == ()
    return found.state_hash


def count(store: Store) -> int:
    with store.read() as view:
        return int(view.connection.execute(select(func.count()).select_from(entries_table)).scalar_one())


def test_a_killed_merge_is_finished_by_merging_again(tmp_path: Path) -> None:
    desk, chance = Desk(tmp_path).create(), random.Random(7)
    with desk.unlock() as store:
        files = hand_ins(store, tmp_path, FEW)
    whole = desk.copy("whole")
    with whole.unlock() as store:
        assert {one.result for one in merge_bundles(store, files, now=NOW).bundles} == {Result.MERGED}
        expected = state_hash(store)
    command = [sys.executable, "-m", "desktop_app", "merge", "--store", str(desk.folder), *map(str, files)]
    with desk.unlock(writing=False) as store:
        kept = [count(store)]
        for turn in range(2):
            with subprocess.Popen(
                command, env=desk.environment(), cwd=tmp_path, stdout=subprocess.DEVNULL
            ) as process:
                while count(store) == kept[-1] and process.poll() is None:
                    time.sleep(0.002)
                # The first is killed after the first batch, however fast the merge.
                time.sleep(chance.uniform(0, 0.05) if turn else 0)
                process.send_signal(signal.SIGKILL)
            assert broken(store) == []
            kept.append(count(store))
    assert kept == sorted(kept)
    assert kept[0] < kept[1] < FEW
    with desk.unlock() as store:
        merged = merge_bundles(store, list(reversed(files)), now=NOW)
        assert merged.absent == ()
        assert state_hash(store) == merged.state_hash == expected


def test_a_save_waits_for_one_batch(tmp_path: Path) -> None:
    save_beside(tmp_path, FEW)


@pytest.mark.soak
def test_a_save_waits_for_one_batch_of_twenty_thousand_entries(tmp_path: Path) -> None:
    save_beside(tmp_path, MANY)


def save_beside(folder: Path, entries: int) -> None:
    """Save one record after the other while bundles are merged; count the batches each waited for."""
    desk = Desk(folder).create()
    batches: list[int] = []
    progress = Progress(lambda step, done, of: batches.append(done) if step == "merging_entries" else None)
    found: list[Merged] = []
    with desk.unlock() as store:
        files = hand_ins(store, folder, entries)
        work = threading.Thread(
            target=lambda: found.append(merge_bundles(store, files, now=NOW, progress=progress))
        )
        work.start()
        waited, saved = [], 0
        while work.is_alive():
            before = len(batches)
            log_record(store, record(f"save-{saved}"), now=datetime.now(UTC))
            waited.append(len(batches) - before)
            saved += 1
        work.join()
        (merged,) = found
        assert {one.result for one in merged.bundles} == {Result.MERGED}
        # One that was at work, and the end of one that was told of only afterwards.
        assert max(waited) <= 2, waited
        assert saved > len(batches) / 4
        assert state_hash(store)
        with store.read() as view:
            assert examine(view).entries >= entries + saved
