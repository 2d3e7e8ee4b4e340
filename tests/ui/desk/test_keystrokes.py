"""Keys counted against DESK §6, on the real desk with the shipped site pack: no click, every field asserted.

A chord counts as one key; a Chinese word as its full pinyin and one key that settles it, composed letter by
letter. Free text is what the caller tells in their own words; all else is structured.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from pathlib import Path

import pytest
from pypinyin import lazy_pinyin
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.services.site_pack import load_pack
from desktop_app.storage.store import Store
from tests.known_customers import know_customers
from tests.ui.beside.rooms import Room
from tests.ui.capture.keyboard import CONTROL, focused, press
from tests.ui.sessions import START
from tests.ui.typing.composing import compose, later, settle

ALT = Qt.KeyboardModifier.AltModifier
SOON = "2026-03-20T02:33:00.000000Z"
"""Thirty minutes after the call came in."""


class Clicks(QObject):
    """Counts mouse buttons pressed anywhere in the program."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.MouseButtonPress
        return False


@dataclass
class Hands:
    """The hands at a desk, and what they did."""

    qtbot: QtBot
    room: Room
    clicks: Clicks
    structured: int = 0
    free: int = 0
    tabs: int = 0

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(self.qtbot, key, held)
        self.structured += 1
        self.tabs += key == Qt.Key.Key_Tab

    def enter(self, times: int = 1) -> None:
        for _ in range(times):
            self.key(Qt.Key.Key_Return)
            self.qtbot.wait(1)

    def types(self, text: str) -> None:
        self.structured += self._type(text)

    def tells(self, text: str) -> None:
        self.free += self._type(text)

    def at(self, key: str) -> None:
        """See that the caret stands where the hands expect it."""
        assert key in (focused().objectName(), focused().parent().objectName())

    def known(self, digits: str, then_at: str) -> None:
        """Find the caller by the last digits and take what is stored."""
        self.at("phone")
        self.types(digits)
        looking = self.room.form.caller.looking_up
        self.qtbot.waitUntil(lambda: looking.popup.count == 1, timeout=5000)
        self.enter()
        self.at(then_at)

    def unknown(self, digits: str, name: str, address: str) -> None:
        """Type whoever is in no snapshot."""
        self.at("phone")
        self.types(digits)
        self.enter()
        self.at("caller_name")
        self.types(name)
        self._on()
        self.at("address")
        self.types(address)
        self._on()

    def saves(self, what: str) -> State:
        """Save from wherever the caret is, and return the record."""
        with self.qtbot.waitSignal(self.room.page.capture.saved, timeout=5000) as saved:
            self.key(Qt.Key.Key_Return, CONTROL)
        self.at("phone")
        assert self.room.form.is_empty()
        assert self.clicks.count == 0
        assert self.tabs <= 9
        print(f"\n{what}: {self.structured} structured + {self.free} free keys, {self.tabs} Tab, 0 clicks")
        assert saved.args[0].missing == () or what.startswith("lift")
        with self.room.session.store.read() as view:
            return view.state(Subject(SubjectKind.RECORD, saved.args[0].subject_id))

    def _on(self) -> None:
        later(self.room.session)
        self.enter()

    def _type(self, text: str) -> int:
        count = 0
        for plain, part in groupby(text, lambda sign: sign.isascii()):
            piece = "".join(part)
            if plain:
                self.qtbot.keyClicks(focused(), piece)
                count += len(piece)
                continue
            letters = "".join(lazy_pinyin(piece, errors="ignore"))
            for typed in range(1, len(letters) + 1):
                compose(focused(), letters[:typed])
            settle(focused(), piece)
            count += len(letters) + 1
        return count


@pytest.fixture
def hands(
    store: Store, open_room: Callable[..., Room], qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Hands:
    know_customers(store, as_of=START - timedelta(hours=11))
    room = open_room(pack=load_pack(tmp_path).pack)
    clicks = Clicks()
    qapp.installEventFilter(clicks)
    return Hands(qtbot, room, clicks)


def told(state: State, wanted: dict[str, object]) -> None:
    assert {key: state.value(key) for key in wanted} == wanted


def enquiry(hands: Hands) -> dict[str, object]:
    hands.at("category")
    hands.types("z")
    hands.enter()
    hands.types("y")
    hands.enter()
    hands.at("detail")
    hands.tells("问停车费电子发票什么时候能开")
    return {
        "kind": "enquiry",
        "category": "enquiry",
        "outcome": "answered",
        "detail": "问停车费电子发票什么时候能开",
    }


def complaint(hands: Hands) -> dict[str, object]:
    hands.at("complaint_type")
    hands.types("f")
    hands.enter()
    hands.types("y")
    hands.enter()
    hands.tells("装修队晚上十一点还在施工，反映过两次")
    hands.key(Qt.Key.Key_Tab)
    hands.at("complaint_against")
    hands.types("q")
    hands.enter()
    hands.types("k")
    hands.enter()
    hands.tells("今晚停工")
    hands.key(Qt.Key.Key_Tab)
    hands.at("promised_by")
    hands.enter()
    hands.types("l")
    hands.enter()
    hands.at("callback_needed")
    hands.types("3")
    return {
        "kind": "complaint",
        "complaint_type": "service",
        "severity": "ordinary",
        "detail": "装修队晚上十一点还在施工，反映过两次",
        "complaint_against": "other_department",
        "complaint_form": "oral",
        "customer_wants": "今晚停工",
        "outcome": "contact_left",
        "callback_needed": True,
        "callback_due": SOON,
    }


def lift(hands: Hands) -> dict[str, object]:
    hands.at("urgent_kind")
    hands.types("dt")
    hands.enter()
    hands.types("y")
    hands.enter()
    hands.types("2")
    hands.enter()
    hands.at("detail")
    hands.tells("停在七层，")
    hands.types(";2 ")
    hands.key(Qt.Key.Key_0, ALT)
    hands.key(Qt.Key.Key_T, CONTROL)
    hands.key(Qt.Key.Key_J, ALT)
    hands.qtbot.waitUntil(lambda: focused().objectName() == "accepted_by")
    hands.types("周敏")
    hands._on()
    hands.types("zb")
    hands.enter()
    hands.at("repeated_problem")
    hands.types("1234")
    return {
        "kind": "urgent",
        "urgent_kind": "lift",
        "people_hurt": "yes",
        "people_count": 2,
        "accepted_by": "周敏",
        "outcome": "transferred",
        "centre_told_at": "2026-03-20T02:03:00.000000Z",
        **{f"repeated_{one}": True for one in ("problem", "address", "name", "phone")},
    }


CHEN = {"phone": "13123450219", "caller_name": "陈女士", "address": "翠湖苑 3-2-1602"}
WU = {"phone": "13123457788", "caller_name": "吴师傅", "address": "云栖里 2-801"}


def test_a_plain_enquiry(hands: Hands) -> None:
    hands.known("0219", "category")
    wanted = enquiry(hands)
    told(hands.saves("enquiry, known caller"), {**CHEN, **wanted})
    assert hands.structured <= 18


def test_a_plain_enquiry_of_somebody_unknown(hands: Hands) -> None:
    hands.unknown("13123457788", "吴师傅", "云栖里 2-801")
    wanted = enquiry(hands)
    told(hands.saves("enquiry, unknown caller"), {**WU, **wanted})
    assert hands.structured <= 64


def test_an_enquiry_in_canned_words(hands: Hands) -> None:
    hands.known("0219", "category")
    hands.types("z")
    hands.enter()
    hands.types("y")
    hands.enter()
    hands.types(";xt ")
    state = hands.saves("enquiry in canned words, known caller")
    told(state, {**CHEN, "outcome": "answered", "detail": "系统故障，先登记后补录。"})
    assert [item.value["text"][:2] for item in state.lists["phrases_used"]] == ["xt"]
    assert hands.structured + hands.free <= 25


def test_a_complaint_with_a_call_back(hands: Hands) -> None:
    hands.key(Qt.Key.Key_F3)
    hands.known("0219", "complaint_type")
    wanted = complaint(hands)
    told(hands.saves("complaint and call-back, known caller"), {**CHEN, **wanted})
    assert hands.structured <= 23


def test_a_complaint_of_somebody_unknown(hands: Hands) -> None:
    hands.key(Qt.Key.Key_F3)
    hands.unknown("13123457788", "吴师傅", "云栖里 2-801")
    wanted = complaint(hands)
    told(hands.saves("complaint and call-back, unknown caller"), {**WU, **wanted})
    assert hands.structured <= 68


def test_somebody_shut_in_a_lift(hands: Hands) -> None:
    hands.key(Qt.Key.Key_F4)
    hands.known("0219", "address")
    hands.key(Qt.Key.Key_Return, ALT)  # the caller said the stored address
    hands.enter()
    wanted = lift(hands)
    told(hands.saves("lift trapped, known caller"), {**CHEN, **wanted})
    assert hands.structured <= 42


def test_somebody_unknown_shut_in_a_lift(hands: Hands) -> None:
    hands.key(Qt.Key.Key_F4)
    hands.unknown("13123457788", "吴师傅", "云栖里 2-801")
    wanted = lift(hands)
    told(hands.saves("lift trapped, unknown caller"), {**WU, **wanted})
    assert hands.structured <= 86


def test_the_number_to_ring_is_there_with_the_kind_and_told_by_one_chord(hands: Hands) -> None:
    assert not hands.room.sees("ring_take")
    hands.key(Qt.Key.Key_F4)
    hands.qtbot.waitUntil(lambda: hands.room.sees("ring_take"))
    assert hands.structured == 1
    hands.key(Qt.Key.Key_T, CONTROL)
    assert hands.room.form.text("centre_told_at") == "2026-03-20 10:03"
    assert hands.structured == 2
