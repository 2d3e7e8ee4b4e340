"""Locking keeps the draft, closes the store and forgets its key; a refused draft keeps it open."""

from __future__ import annotations

import threading
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.services.draft_in_hand import left_open
from desktop_app.services.stores import unlock
from desktop_app.storage.opening import Credentials
from desktop_app.ui.capture.drafting import DraftKeeper
from desktop_app.ui.start.idle import IdleWatch
from desktop_app.ui.start.locker import Locker
from tests.backgrounds import settle
from tests.ui.start.starting import NOW, PIN, make


def test_locked_once_everything_is_kept(qtbot, background, own_data_folder) -> None:
    store = make(own_data_folder).store
    order: list[str] = []
    locker = Locker(background, lambda: NOW)
    locker.locking.connect(lambda: order.append("locking"))
    locker.locked.connect(lambda locked: order.append(f"locked {locked.staff_number} {locked.since}"))

    def flush(done) -> None:
        background.change(lambda: order.append("kept"), lambda _: done(True))

    locker.hold(store, flush)
    locker.lock()
    locker.lock()
    settle(qtbot, background)
    assert order == ["locking", "kept", "locked 8021 09:00"]
    assert locker._store is None
    assert store.key == bytes(32)
    locker.lock()
    assert order[-1].startswith("locked")


def test_what_was_just_typed_is_there_after_unlocking(qtbot, background, own_data_folder) -> None:
    store = make(own_data_folder).store
    keeper = DraftKeeper(store, background, lambda: NOW)
    locker = Locker(background, lambda: NOW)
    locker.hold(store, keeper.flush)
    keeper.edited({"detail": "三号楼"})
    keeper.edited({"detail": "三号楼电梯困人"})
    with qtbot.waitSignal(locker.locked):
        locker.lock()
    mine = Credentials("8021", PIN)
    with unlock(store.folder, mine, data_folder=own_data_folder, now=NOW) as again:
        draft = left_open(again, now=NOW)
        assert draft.values["detail"] == "三号楼电梯困人"


def test_idle_waits_for_a_job_to_end(qtbot, background, own_data_folder) -> None:
    store = make(own_data_folder).store
    watch = IdleWatch(QApplication.instance(), 100)
    locker = Locker(background, lambda: NOW, watch)
    done = threading.Event()
    background.query(done.wait)
    locker.hold(store, lambda flushed: flushed(True))
    with qtbot.waitSignal(watch.idle):
        pass
    assert locker._store is store
    with qtbot.waitSignal(locker.locked):
        done.set()


def test_a_refused_draft_keeps_the_store_open(qtbot, background, own_data_folder) -> None:
    with make(own_data_folder).store as store:
        locker = Locker(background, lambda: NOW)
        locker.hold(store, lambda done: done(False))
        with qtbot.waitSignal(locker.stayed_open):
            locker.lock()
        assert locker._store is store
        assert store.key != bytes(32)
        with qtbot.waitSignal(locker.stayed_open):
            locker.lock()


def test_idle_locks_and_a_key_begins_anew(qtbot, background, own_data_folder) -> None:
    store = make(own_data_folder).store
    watch = IdleWatch(QApplication.instance(), 60_000)
    locker = Locker(background, lambda: NOW, watch)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    locker.hold(store, lambda done: done(True))
    watch.again_in(30_000)
    qtbot.keyClicks(field, "a")
    assert watch._timer.interval() == 60_000, "a key begins the time anew"
    with qtbot.waitSignal(locker.locked):
        watch.again_in(10)
    assert store.key == bytes(32)


def test_a_store_that_cannot_be_closed_leaves_the_desk_usable(qtbot, background, own_data_folder) -> None:
    troubles: list[Exception] = []
    background.trouble.connect(troubles.append)
    with make(own_data_folder).store as store:
        locker = Locker(background, lambda: NOW)
        locker.hold(
            replace(store, settings=replace(store.settings, zone="Nowhere/At_all")), lambda done: done(True)
        )
        for _ in range(2):
            with qtbot.waitSignal(locker.stayed_open):
                locker.lock()
            settle(qtbot, background)
    assert len(troubles) == 2


def test_while_looks_change_nothing_is_watched_and_afterwards_it_is_again(qtbot, qapp) -> None:
    watch, field = IdleWatch(qapp, 4_000), QLineEdit()
    qtbot.addWidget(field)
    watch.start()
    watch.again_in(60_000)
    with watch.looking_away():
        qtbot.keyClick(field, "a")
        assert watch._timer.interval() == 60_000
    qtbot.keyClick(field, "b")
    assert watch._timer.interval() == 4_000
    watch.stop()
    with watch.looking_away():
        qtbot.keyClick(field, "c")
    qtbot.keyClick(field, "d")
    assert not watch._timer.isActive(), "what was not watched before is not watched afterwards"
