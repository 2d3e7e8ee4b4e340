"""The last save taken back within its time, and a call gone on with after a save."""

from __future__ import annotations

import threading

from PySide6.QtTest import QSignalSpy

from desktop_app.ui.capture import undo_offer
from tests.backgrounds import settle
from tests.faults.conftest import nobody as nobody
from tests.faults.conftest import open_folder as open_folder
from tests.ui.capture.keeping import (
    CALL,
    records_of,
    texts_of,
)
from tests.ui.capture.keeping import (
    page as page,
)


def test_undo_makes_the_last_save_a_draft_again_under_its_number(qtbot, page, store, background) -> None:
    page.keeper.edited(CALL)
    page.keeper.save(CALL)
    settle(qtbot, background)
    page.keeper.edited({"detail": "下一个"})
    page.keeper.undo()
    settle(qtbot, background)
    assert records_of(store) == {}
    assert (page.shown[0].why, page.shown[0].number) == ("undone", page.saved[0])
    assert page.shown[0].values["detail"] == "停水了"
    assert {"detail": "下一个"} in texts_of(store)
    page.keeper.undo()
    settle(qtbot, background)
    assert len(page.shown) == 1


def test_undo_right_after_a_save_means_that_save(qtbot, page, store, background) -> None:
    page.keeper.edited(CALL)
    page.keeper.save(CALL)
    settle(qtbot, background)
    gate = threading.Event()
    background.change(gate.wait)
    page.keeper.edited({**CALL, "detail": "漏水了"})
    page.keeper.save({**CALL, "detail": "漏水了"})
    page.keeper.undo()
    page.keeper.undo()
    gate.set()
    settle(qtbot, background)
    assert records_of(store) == {page.saved[0]: "停水了"}
    assert [(one.why, one.values["detail"]) for one in page.shown] == [("undone", "漏水了")]


def test_of_two_saves_under_way_the_one_before_the_key_is_undone(qtbot, page, store, background) -> None:
    gate = threading.Event()
    background.change(gate.wait)
    page.keeper.edited(CALL)
    page.keeper.save(CALL)
    page.keeper.undo()
    page.keeper.edited({**CALL, "detail": "漏水了"})
    page.keeper.save({**CALL, "detail": "漏水了"})
    gate.set()
    settle(qtbot, background)
    assert list(records_of(store).values()) == ["漏水了"]
    assert [text["detail"] for text in texts_of(store)] == ["停水了"]


def test_undo_of_a_save_that_was_refused_does_nothing(qtbot, page, store, background) -> None:
    page.keeper.edited(CALL)
    page.keeper.save(CALL)
    settle(qtbot, background)
    gate = threading.Event()
    background.change(gate.wait)
    page.keeper.save({})
    page.keeper.undo()
    gate.set()
    settle(qtbot, background)
    assert len(page.failed) == 1
    assert list(records_of(store)) == page.saved
    page.keeper.undo()
    settle(qtbot, background)
    assert records_of(store) == {}


def test_undo_is_offered_for_a_while_only(qtbot, page, store, background) -> None:
    page.keeper.undo_offer._timer.setInterval(50)
    offered = QSignalSpy(page.keeper.undo_offer.changed)
    late = QSignalSpy(page.keeper.undo_offer.too_late)
    page.keeper.undo()
    assert late.count() == 0
    page.keeper.edited(CALL)
    page.keeper.save(CALL)
    qtbot.waitUntil(lambda: offered.count() == 2)
    assert (offered.at(0)[0].subject_id != "", offered.at(1)[0]) == (True, None)
    page.keeper.undo()
    settle(qtbot, background)
    assert list(records_of(store)) == page.saved
    assert late.count() == 1
    assert undo_offer.MILLISECONDS == 10_000


def test_typing_on_after_a_plain_save_goes_on_under_the_same_number(qtbot, page, store, background) -> None:
    page.keeper.edited(CALL)
    page.keeper.save(CALL, next=False)
    settle(qtbot, background)
    page.keeper.edited({**CALL, "detail": "停水了。两次"})
    settle(qtbot, background)
    assert (records_of(store), texts_of(store)) == ({}, [{**CALL, "detail": "停水了。两次"}])
    page.keeper.save({**CALL, "detail": "停水了。两次"})
    settle(qtbot, background)
    assert records_of(store) == {page.saved[0]: "停水了。两次"}
    assert page.saved == [page.saved[0]] * 2


def test_going_on_after_a_plain_save_saves_nothing_twice(qtbot, page, store, background) -> None:
    page.keeper.edited(CALL)
    page.keeper.save(CALL, next=False)
    settle(qtbot, background)
    page.keeper.save(CALL)
    page.keeper.edited({"detail": "下一个"})
    settle(qtbot, background)
    assert len(records_of(store)) == 1
    assert texts_of(store) == [{"detail": "下一个"}]
