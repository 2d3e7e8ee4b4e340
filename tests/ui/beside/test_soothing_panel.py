"""The caller's mood by one key, and what calms it, logged as used."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu

from desktop_app.domain.site_pack import Phrase
from tests.ui.beside.packs import PACK, both
from tests.ui.beside.rooms import Room
from tests.ui.capture.keyboard import CONTROL, write

CALM = Phrase("aq", both("安抚"), both("{caller_name}，让您着急了，非常抱歉。"), ("angry", "worried"))


@pytest.fixture
def moody(open_room) -> Room:  # type: ignore[no-untyped-def]
    room: Room = open_room(pack=replace(PACK, phrases=(CALM,)))
    return room


def menu(room: Room) -> QMenu:
    room.press(Qt.Key.Key_M, CONTROL)
    return next(one for one in room.window.findChildren(QMenu, "mood_menu") if one.isVisible())


def said(room: Room) -> list[str]:
    return [one.text() for one in room.page.beside.soothing.findChildren(QLabel) if one.isVisible()]


def test_a_mood_chosen_by_keys_brings_what_calms(moody: Room) -> None:
    write(moody.qtbot, "13123450001")
    moody.form.enter("caller_name", "陈女士")
    assert not said(moody)
    moody.qtbot.keyClick(menu(moody), Qt.Key.Key_3)
    assert moody.form.text("mood") == "angry"
    assert "“陈女士，让您着急了，非常抱歉。”" in said(moody)
    offered = menu(moody)
    offered.actions()[-1].trigger()
    offered.close()
    assert QGuiApplication.clipboard().text() == "陈女士，让您着急了，非常抱歉。"
    assert moody.form.text("phrases_used") == "aq 安抚 (P-1 1.0)"


def test_a_calm_caller_needs_none(moody: Room) -> None:
    moody.form.enter("mood", "calm")
    assert not said(moody)
