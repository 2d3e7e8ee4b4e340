"""SEARCH: free text over 100,000 records, beside a LIKE scan of the same rows.

The figure is the search itself, a page of ids; the page of sixty rows that a list shows of it, each with its
state, promises and delivery, is told beside it. The scan reads more than SQLite keeps in memory, so that each
question finds every page of the file still encrypted, as after a save.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from desktop_app.services.my_records import LIMIT, page
from desktop_app.storage import record_list
from desktop_app.storage.letter_pairs import folded
from desktop_app.storage.search import asked
from tests.bench.figures import Waits
from tests.bench.many_records import RARE, fill
from tests.stores import new_store

RECORDS = 100_000
ASKED = {
    "a common word of two letters": "漏水",
    "a rare word": RARE,
    "two letters of it": "卷帘",
    "a word that is nowhere": "游泳池",
    "two words": "陈女士 发票",
    "last digits": "2219",
    "a number read out": "07-05000",
}
_SCAN = "SELECT id FROM records WHERE search LIKE ? ORDER BY received_at DESC, id DESC LIMIT ?"


def measure(folder: Path, rounds: int) -> Waits:
    """Return how long each question took, ours and the scan's in turn."""
    store = new_store(folder / "store")
    fill(store, RECORDS)
    waits: dict[str, list[float]] = {}

    def scan(text: str) -> None:
        with store.read() as view:
            pattern = "%" + "%".join(folded(word) for word in text.split()) + "%"
            view.connection.exec_driver_sql(_SCAN, (pattern, LIMIT)).all()

    def find(text: str) -> None:
        with store.read() as view:
            record_list.find(view.connection, wanted=asked(text), limit=LIMIT + 1)

    def take(name: str, work: Callable[[], object]) -> None:
        began = time.perf_counter()
        work()
        waits.setdefault(name, []).append(time.perf_counter() - began)

    for turn in range(rounds + 1):
        if turn == 1:
            waits.clear()  # the first turn fills caches
        for what, text in ASKED.items():
            take(f"{what} ({text})", lambda text=text: find(text))
            take("the page of a list", lambda text=text: page(store, filter_text=text, station=True))
            take("LIKE scan", lambda text=text: scan(text))
    store.close()
    return Waits("SEARCH", f"a filter over {RECORDS:,} records; p50 counts", waits, 0.005)
