"""What the key takes back: the deed that was asked for last, done already or not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import KnownError
from desktop_app.services.decisions import Made
from desktop_app.services.incident_acts import note_event
from desktop_app.services.incidents import incident, report_fault
from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.deeds import Deed, Deeds
from tests.backgrounds import settle
from tests.ui.sessions import Clock, Told, begin_session


class Hands:
    """A fault in a real store, and what somebody does to it."""

    def __init__(self, qtbot: QtBot, store: Store, background: Background, folder: Path) -> None:
        self.store, self.clock, self.told = store, Clock(), Told()
        self._qtbot, self.background = qtbot, background
        session = begin_session(qtbot, store, background, folder, clock=self.clock)
        self.told = session.messages  # type: ignore[assignment]
        self._parent = QObject()
        self.deeds = Deeds(session, self._parent)
        self.head = report_fault(store, symptom="CRM 打不开", now=self.clock()).incident

    def notes(self, code: str) -> Made:
        return note_event(self.store, self.head, code, now=self.clock())

    def does(self, code: str) -> Deed:
        return self.deeds.act(lambda: self.notes(code))

    def is_refused(self) -> Deed:
        return self.deeds.act(self._refuse)

    def _refuse(self) -> Made:
        raise KnownError("incidents.none")

    @contextmanager
    def before_it_is_done(self) -> Iterator[None]:
        """Hold the store's thread meanwhile, and have everything answered afterwards."""
        gate = threading.Event()
        self.background.change(gate.wait)
        try:
            yield
        finally:
            gate.set()
        self.settle()

    def settle(self) -> None:
        settle(self._qtbot, self.background)

    @property
    def noted(self) -> list[str]:
        return [one.code for one in incident(self.store, self.head).events if one.code != "reported"]

    def problems(self) -> list[str]:
        return [str(one) for one in self.told.problems]


@pytest.fixture
def hands(qtbot: QtBot, store: Store, background: Background, tmp_path: Path) -> Hands:
    return Hands(qtbot, store, background, tmp_path)


def test_an_undo_asked_for_at_once_takes_back_what_is_still_under_way(hands: Hands) -> None:
    hands.does("lines_full")
    hands.settle()
    with hands.before_it_is_done():
        deed = hands.does("lines_free")
        hands.deeds.undo_last()
        assert deed.made is None
    assert deed.wrote
    assert hands.noted == ["lines_full"]
    assert hands.told.said == ["已撤销。"]


def test_of_several_under_way_the_last_is_taken_back(hands: Hands) -> None:
    with hands.before_it_is_done():
        hands.does("lines_full")
        hands.does("lines_free")
        hands.deeds.undo_last()
        hands.does("surge")
    assert hands.noted == ["lines_full", "surge"]
    hands.deeds.undo_last()
    hands.settle()
    assert hands.noted == ["lines_full"]


def test_asking_twice_takes_back_one(hands: Hands) -> None:
    hands.does("lines_full")
    hands.settle()
    with hands.before_it_is_done():
        hands.does("lines_free")
        hands.deeds.undo_last()
        hands.deeds.undo_last()
    hands.deeds.undo_last()
    hands.settle()
    assert hands.noted == ["lines_full"]
    assert hands.told.problems == []


def test_what_was_refused_is_not_undone_and_neither_is_what_was_before_it(hands: Hands) -> None:
    hands.does("lines_full")
    hands.settle()
    with hands.before_it_is_done():
        hands.is_refused()
        hands.deeds.undo_last()
    assert hands.noted == ["lines_full"]
    assert hands.problems() == ["incidents.none"]
    assert hands.told.said == []


def test_after_a_refusal_the_last_is_what_was_done_before(hands: Hands) -> None:
    before = hands.does("lines_full")
    hands.settle()
    hands.is_refused()
    hands.settle()
    assert hands.deeds.last is before
    hands.deeds.undo_last()
    hands.settle()
    assert hands.noted == []


def test_where_nothing_was_written_the_key_takes_nothing_back(hands: Hands) -> None:
    hands.does("lines_full")
    hands.settle()
    hands.deeds.act_and_tell(lambda: Made(()), "已记下。")
    hands.settle()
    assert hands.deeds.last is None
    hands.deeds.tell_done(hands.notes("lines_free"), "已记下。")
    assert hands.deeds.last is not None
    hands.deeds.tell_done(Made(()), "没有改动。")
    assert hands.deeds.last is None


def test_an_undo_that_failed_can_be_asked_for_again(hands: Hands) -> None:
    deed = hands.does("lines_full")
    hands.settle()
    assert deed.made is not None
    told, deed.made = deed.made, Made((*deed.made.entries, (deed.made.entries[0][0], "nobody-1")))
    hands.deeds.undo_last()
    hands.settle()
    assert hands.problems() == ["log.changed_since"]
    deed.made = told
    hands.deeds.undo_last()
    hands.settle()
    assert hands.noted == []


def test_what_is_forgotten_stays(hands: Hands) -> None:
    hands.does("lines_full")
    hands.settle()
    with hands.before_it_is_done():
        hands.deeds.forget(hands.does("lines_free"))
        assert hands.deeds.last is None
    hands.deeds.undo_last()
    hands.settle()
    assert hands.noted == ["lines_full", "lines_free"]
    assert hands.deeds.last is None
