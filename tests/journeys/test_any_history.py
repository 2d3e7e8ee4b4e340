"""Whatever people do in whatever order: numbers are unique and accounted for, chains and tables whole."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop_app.domain.entries import check_chain
from desktop_app.domain.errors import KnownError
from desktop_app.services.records import (
    Logged,
    discard_draft,
    keep_draft,
    log_record,
    reserve_numbers,
    save_draft,
    start_draft,
    template_rows,
    undo_save,
)
from desktop_app.storage import journal
from desktop_app.storage.accounting import account_numbers
from desktop_app.storage.drafts import all_drafts
from desktop_app.storage.rebuild import examine
from desktop_app.storage.store import Store
from tests.stores import new_store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TEXT = st.text(max_size=8)
STEPS = st.tuples(
    st.sampled_from(["log", "log_promise", "paper", "reserve", "start", "keep", "save", "discard", "undo"]),
    st.integers(0, 5),
    TEXT,
)


class Floor:
    """What an agent did so far, and which numbers were shown."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.shown: list[str] = []
        self.saved: list[Logged] = []
        self.paper: list[str] = []

    def step(self, what: str, which: int, text: str) -> None:
        store, values = self.store, {"summary": f"停水{text}"}
        with store.read() as view:
            drafts = all_drafts(view)
        draft = drafts[which % len(drafts)].subject.id if drafts else "none"
        if what in ("log", "log_promise"):
            if what == "log_promise":
                values["callback_due"] = "2026-03-02T18:00"
            self.saved.append(log_record(store, values, now=NOW))
            self.shown.append(str(self.saved[-1].number))
        elif what == "reserve":
            block = [str(number) for number in reserve_numbers(store, which + 1, now=NOW)]
            self.paper += block
            self.shown += block
        elif what == "paper" and self.paper:
            number = self.paper[which % len(self.paper)]
            self.saved.append(log_record(store, values | {"number": number}, now=NOW))
        elif what == "start":
            self.shown.append(str(start_draft(store, values, now=NOW).number))
        elif what == "keep":
            keep_draft(store, draft, values, now=NOW)
        elif what == "save":
            self.saved.append(save_draft(store, draft, values, now=NOW))
        elif what == "discard":
            discard_draft(store, draft, reason=text, now=NOW)
        elif what == "undo" and self.saved:
            undo_save(store, self.saved[which % len(self.saved)], now=NOW)


# Each example makes a store: shrinking one would take minutes.
@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(STEPS, min_size=12, max_size=30))
def test_any_history_keeps_the_books(steps: list[tuple[str, int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(Path(folder) / "store")
        try:
            floor = Floor(store)
            for what, which, text in steps:
                try:
                    floor.step(what, which, text)
                except KnownError as refused:
                    assert refused.code.startswith("log.")  # noqa: PT017 - it may go either way
            check(floor)
        finally:
            store.close()


def check(floor: Floor) -> None:
    rows = [row["number"] for row in template_rows(floor.store)]
    assert len(set(floor.shown)) == len(floor.shown)
    assert len(set(rows)) == len(rows)
    assert set(rows) <= set(floor.shown)
    with floor.store.read() as view:
        found = account_numbers(view, len(floor.shown))["07", False]
        assert found.adds_up
        assert (found.unaccounted, found.twice) == ((), ())
        assert found.issued == len(floor.shown)
        assert found.records == len(rows)
        assert examine(view).differing == ()
        chained = journal.chain(view.connection, view.life.writer)
        triples = ((stored.entry, stored.salt, stored.payload) for stored in chained)
        assert list(check_chain(triples, journal.link(view.connection, view.life.writer))) == []
