"""A lead's session at a real store that holds a demo day, and that day's files."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.roles import Role
from desktop_app.services.demo_day.files import write_crm, write_log
from desktop_app.services.demo_day.plan import Plan
from desktop_app.services.demo_day.world import day_of
from desktop_app.services.records import log_record
from desktop_app.services.seats import seat_of
from desktop_app.settings import Settings
from desktop_app.storage.database import Database
from desktop_app.storage.lying import STORE_FILE
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.store import Store, StoreMarks
from desktop_app.ui.background.background import Background
from desktop_app.ui.reconcile.reconcile_page import ReconcilePage
from desktop_app.ui.session import Session
from desktop_app.words import Words
from tests.stores import author, new_store
from tests.ui.sessions import begin_session, show_page

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class DemoDay:
    """A store with a day's records, and the files of that day."""

    store: Store
    crm: Path
    calls: Path
    queue_log: Path

    @property
    def files(self) -> list[Path]:
        return [self.crm, self.calls, self.queue_log]


def make_day(folder: Path, calls: int = 60, role: Role = Role.LEAD, key: bytes | None = None) -> DemoDay:
    day = day_of(Plan(calls=calls, stations=1, seed=7))
    store = replace(new_store(folder / "store", key=key), author=author("8001", role))
    numbers = {
        note.key: str(log_record(store, note.values(), now=note.written_at).number) for note in day.notes
    }
    after = day.aftermath(numbers)
    made = DemoDay(store, folder / "crm.csv", folder / "calls.csv", folder / "queue_log")
    write_crm(made.crm, after.rows)
    write_log(made.calls, made.queue_log, day.log)
    return made


@pytest.fixture(scope="session")
def written_day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Return the folder of a day that is written once and copied for each test, and its store's key."""
    folder, key = tmp_path_factory.mktemp("day"), secrets.token_bytes(32)
    make_day(folder, key=key).store.close()
    return folder, key


@pytest.fixture
def day(written_day: tuple[Path, bytes], tmp_path: Path) -> Iterator[DemoDay]:
    folder, key = written_day
    copy = tmp_path / "day"
    shutil.copytree(folder, copy)
    store = Store(
        copy / "store",
        Database(copy / "store" / STORE_FILE, key),
        author("8001", Role.LEAD),
        StoreMarks(MarkFile(copy / "data", "07", drill=False), copy / "store"),
        Settings(),
    )
    yield DemoDay(store, copy / "crm.csv", copy / "calls.csv", copy / "queue_log")
    store.close()


@pytest.fixture
def session_in(
    qtbot: QtBot, tmp_path: Path, background: Background, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Store, Words], Session]:
    """Begin a session at a store, in a window of its own and with a data folder of its own."""
    monkeypatch.setenv("FALLBACK_DESK_DATA", str(tmp_path / "data"))

    def begin(store: Store, words: Words) -> Session:
        person = seat_of(store)
        return begin_session(
            qtbot, store, background, tmp_path, words=words, person=person, clock=lambda: NOW
        )

    return begin


@pytest.fixture
def open_page(qtbot, session_in: Callable[[Store, Words], Session]) -> Callable[[Store], ReconcilePage]:
    """Open the page in a window of its own, with keys and messages."""

    def open_it(store: Store, language: str = "zh") -> ReconcilePage:
        return show_page(qtbot, ReconcilePage, session_in(store, Words(language)))

    return open_it
