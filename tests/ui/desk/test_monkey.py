"""Thousands of keys in any order at the real desk: no exception, no text lost, no dialog stuck."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.roles import Role
from desktop_app.services.logs import last_lines
from desktop_app.services.stores import unlock
from desktop_app.storage import journal
from desktop_app.storage.drafts import all_drafts
from desktop_app.storage.opening import Credentials
from desktop_app.storage.store import Store
from tests.known_customers import know_customers
from tests.ui.desk.desks import PIN, STAFF_NUMBER, Desk, make_store
from tests.ui.desk.monkey import Monkey

FEW = 100
MANY = int(os.environ.get("FALLBACK_DESK_MONKEY_KEYS", "5000"))


def opened(folder: Path, data: Path, *, writing: bool) -> Store:
    return unlock(
        folder, Credentials(STAFF_NUMBER, PIN), data_folder=data, now=datetime.now(UTC), writing=writing
    )


def plain(text: Any) -> str:
    return " ".join(str(text).split())


def ever_held(store: Store) -> set[str]:
    """Every text that is or ever was in a record, and those of the drafts."""
    with store.read() as view:
        texts = [value for draft in all_drafts(view) for value in draft.values.values()]
        for _, entries in journal.every_history(view.connection):
            for one in entries:
                if one.payload is not None:
                    texts += [change.value for change in one.payload.changes.values()]
    return {plain(text) for text in texts}


def run(qtbot: QtBot, data: Path, seed: int, presses: int) -> Monkey:
    folder = data / "store"
    make_store(folder, data, role=Role.LEAD)
    with opened(folder, data, writing=True) as store:
        know_customers(store, as_of=datetime.now(UTC))
    desk = Desk(qtbot, data, folder)
    desk.unlock()
    monkey = Monkey(desk, seed, presses)
    monkey.start()
    try:
        qtbot.waitUntil(lambda: monkey.ended, timeout=3_600_000)
    finally:
        print("\n".join(monkey.log))
    assert monkey.problem == "", monkey.log
    desk.close()
    assert [line for line in last_lines(data) if " ERROR " in line] == []
    with opened(folder, data, writing=False) as store:
        held = ever_held(store)
    lost = [
        (key, text) for values in monkey.typed() for key, text in values.items() if plain(text) not in held
    ]
    assert lost == []
    return monkey


def test_some_keys(qtbot: QtBot, own_data_folder: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    run(qtbot, own_data_folder, 7, FEW)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_many_keys(qtbot: QtBot, own_data_folder: Path, tmp_path: Path, monkeypatch: Any) -> None:
    """The long run; says what it counted."""
    monkeypatch.chdir(tmp_path)
    seed = int(os.environ.get("FALLBACK_DESK_MONKEY_SEED", "0")) or random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")
    monkey = run(qtbot, own_data_folder, seed, MANY)
    print(f"{MANY} deeds {dict(monkey.done)}, {len(monkey.typed())} forms: nothing lost")
