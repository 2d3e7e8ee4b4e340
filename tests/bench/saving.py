"""SAVE BESIDE MERGE: how long whoever saves waits for a merge, in its process and in another one.

Twice in each turn something is written: nothing at all, which shows how long the merge keeps a transaction
from beginning, and a whole record. No yardstick: a save waits for at most one batch, 50 ms (DESIGN §4).
"""

from __future__ import annotations

import json
import random
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.app import SWITCH_SECONDS
from desktop_app.services.merge import merge_bundles
from desktop_app.services.records import log_record
from desktop_app.storage.store import Store
from tests.bench.figures import Waits
from tests.bench.floor_of_bundles import new_writer, runs_of, write_calls
from tests.bench.merging import SIZE, bundle_file, lead_store, opened
from tests.floor import CALL

STATIONS, MOST = 10, 0.05
_NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
_PAUSE = (0.02, 0.12)
_Sample = tuple[float, float]
"""Seconds until a transaction began, and seconds that saving a record took."""


def measure(folder: Path, rounds: int) -> Waits:
    """Return what a save waited; ``rounds`` merges beside each of the two."""
    writers = [new_writer(f"{index + 1:02d}") for index in range(STATIONS)]
    write_calls(writers, SIZE)
    key = secrets.token_bytes(32)
    lead = lead_store(folder / "lead", writers, key)
    (folder / "bundles").mkdir()
    files = [
        bundle_file(folder / "bundles", writer, entries, 1, lead)
        for writer in writers
        for entries in runs_of(writer, 1, SIZE, 0)
    ]
    sys.setswitchinterval(SWITCH_SECONDS)
    waits: dict[str, list[_Sample]] = {"same process": [], "another process": []}
    for _ in range(rounds):
        for where, beside in (("same process", _in_thread), ("another process", _in_process)):
            here = folder / "turn"
            shutil.copytree(folder / "lead", here)
            with opened(here, key) as store:
                waits[where] += beside(store, key, lambda: merge_bundles(store, files, now=_NOW))
            shutil.rmtree(here)
            shutil.rmtree(folder / "data", ignore_errors=True)
    told = {where: [wait for wait, _ in samples] for where, samples in waits.items()}
    told |= {f"{where}, whole save": [took for _, took in samples] for where, samples in waits.items()}
    return Waits("SAVE BESIDE MERGE", f"{STATIONS} hand-ins of {SIZE:,} entries", told, MOST)


def _in_thread(store: Store, key: bytes, work: Callable[[], object]) -> list[_Sample]:
    over, found = threading.Event(), list[_Sample]()
    log_record(store, CALL, now=_NOW)
    saver = threading.Thread(target=lambda: found.extend(_save(store, over)))
    saver.start()
    try:
        work()
    finally:
        over.set()
        saver.join()
    return found


def _in_process(store: Store, key: bytes, work: Callable[[], object]) -> list[_Sample]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.saving", str(store.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as saver:
        if saver.stdin is None or saver.stdout is None:
            raise AssertionError("both are pipes")
        print(key.hex(), file=saver.stdin, flush=True)
        saver.stdout.readline()
        try:
            work()
        finally:
            saver.stdin.close()
        return [(wait, took) for wait, took in json.loads(saver.stdout.read())]


def _save(store: Store, over: threading.Event) -> list[_Sample]:
    dice, found = random.Random(1), []
    while not over.wait(dice.uniform(*_PAUSE)):
        asked = time.perf_counter()
        with store.database.change():
            wait = time.perf_counter() - asked
        time.sleep(dice.uniform(*_PAUSE))
        began = time.perf_counter()
        log_record(store, CALL, now=_NOW)
        found.append((wait, time.perf_counter() - began))
    return found


def _main() -> None:
    """Save into the store named until nobody listens: the other process."""
    over = threading.Event()
    with opened(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline())) as store:
        log_record(store, CALL, now=_NOW)
        print("ready", flush=True)
        threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
        print(json.dumps(_save(store, over)))


if __name__ == "__main__":
    _main()
