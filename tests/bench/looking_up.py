"""LOOK-UP: a million customers looked up as they are typed, beside a b-tree probe on the same file.

Typed is every beginning of a number, a name, its pinyin and its initials, letter by letter, and the last
four to eight digits of a number; addresses, of which the target says nothing, are told too. The list is
imported as a person imports it; what that took is told too.
"""

from __future__ import annotations

import os
import re
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from desktop_app.domain.times import zone_of
from desktop_app.matching.sounds import name_sounds
from desktop_app.services.customers import import_customers, look_at, look_up
from desktop_app.services.progress import Progress
from desktop_app.storage.customers import CUSTOMERS_FILE
from desktop_app.storage.store import Store
from tests.bench.customers import FIRST_PHONE, rows, write_csv
from tests.stores import new_store

COUNT = int(os.environ.get("FALLBACK_DESK_BENCH_CUSTOMERS", "1000000"))
SEED = 1
TYPED = 60
"""Customers that are typed in each round."""
MOST_P50, MOST_P99 = 0.0001, 0.005
_NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
_PROBE = "SELECT id FROM phones WHERE digits >= ? AND digits < ? ORDER BY digits LIMIT 8"


@dataclass(frozen=True)
class Looks:
    """What each way of typing took, in seconds: least p50 and least p99 of all rounds."""

    times: Mapping[str, tuple[float, float]]
    rounds: int
    imported: str

    def told(self) -> str:
        """Return the figure as lines for a person, in milliseconds."""
        lines = [
            f"LOOK-UP  {COUNT:,} customers; target p50 {MOST_P50 * 1000:g} ms, p99 {MOST_P99 * 1000:g} ms"
            f"   ({self.imported}; n={self.rounds})"
        ]
        for way, (middle, slow) in self.times.items():
            verdict = "reached" if middle <= MOST_P50 and slow <= MOST_P99 else "NOT reached"
            verdict = {"probe": "yardstick", "address": "no target"}.get(way, verdict)
            lines.append(f"  {way:12} p50 {middle * 1000:7.3f}  p99 {slow * 1000:7.3f}  {verdict}")
        return "\n".join(lines)


def measure(folder: Path, rounds: int) -> Looks:
    """Return the figure; ``folder`` takes half a gigabyte for a million customers."""
    file = folder / "customers.csv"
    write_csv(file, COUNT, SEED)
    with new_store(folder / "store") as store:
        imported = _import(store, file)
        taken: dict[str, list[tuple[float, float]]] = {}
        for turn in range(rounds):
            for way, texts in _typed(turn).items():
                taken.setdefault(way, []).append(_timed(lambda text: look_up(store, text), texts))
            taken.setdefault("probe", []).append(_probed(store, turn))
    best = {way: (min(p50 for p50, _ in all_), min(p99 for _, p99 in all_)) for way, all_ in taken.items()}
    return Looks(best, rounds, imported)


def _import(store: Store, file: Path) -> str:
    began = time.perf_counter()
    look = look_at(file, zone_of("Asia/Shanghai"))
    made = import_customers(store, look, as_of=None, now=_NOW, progress=Progress())
    took = time.perf_counter() - began
    assert made.customers == COUNT
    size = (store.folder / CUSTOMERS_FILE).stat().st_size
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return f"import {took:.0f} s, file {size / 1e6:.0f} MB, peak {_peak()} MB, reader's child {child} MB"


def _peak() -> int:
    """Return the most memory of this process in megabytes, 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) // 1024 if found else 0


def _typed(turn: int) -> dict[str, list[str]]:
    """Return other texts in each round, each customer's one after another as they are typed."""
    random = Random(turn)
    texts: dict[str, list[str]] = {
        way: [] for way in ("phone", "last digits", "name", "pinyin", "initials", "address")
    }
    for _, name, phone, _, address, *_ in random.sample(list(rows(min(COUNT, 20_000), SEED)), TYPED):
        sounds = name_sounds(name)
        texts["phone"] += _beginnings(phone)
        texts["last digits"] += [phone[-count:] for count in range(4, 9)]
        texts["name"] += _beginnings(name)
        texts["pinyin"] += _beginnings("".join(sounds))
        texts["initials"] += _beginnings("".join(sound[0] for sound in sounds))
        texts["address"] += _beginnings(address)
    return texts


def _beginnings(text: str) -> Iterator[str]:
    return (text[: at + 1] for at in range(len(text)))


def _timed(look: Callable[[str], object], texts: list[str]) -> tuple[float, float]:
    times = []
    for text in texts:
        began = time.perf_counter()
        look(text)
        times.append(time.perf_counter() - began)
    return _spread(times)


def _probed(store: Store, turn: int) -> tuple[float, float]:
    """Time the bare statement on the file that is looked up in; each look at the file is a short one."""
    random = Random(turn)
    times = []
    for _ in range(500):
        begin = str(FIRST_PHONE + random.randrange(COUNT))[:9]
        with store.customers() as connection:
            began = time.perf_counter()
            connection.execute(_PROBE, (begin, begin + "~")).fetchall()
            times.append(time.perf_counter() - began)
    return _spread(times)


def _spread(times: list[float]) -> tuple[float, float]:
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.99)]
