"""A call is taken with no network, no server and no domain log-on: nothing even asks for one (A§7.2)."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.identity import SubjectKind
from tests.ui.desk.desks import Desk, make_store

CONTROL = Qt.KeyboardModifier.ControlModifier
_watching: list[bool] = []
_asked: list[str] = []


def _audit(event: str, _arguments: tuple[object, ...]) -> None:
    if _watching and event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind"):
        _asked.append(event)


def saved_phones(desk: Desk) -> list[str]:
    with desk.window.workplace._session.store.read() as view:
        return [
            one.text("phone") for one in view.states(SubjectKind.RECORD) if one.value("state") == "recorded"
        ]


def test_from_unlocking_to_a_saved_call_nothing_asks_the_network(qtbot: QtBot, own_data_folder: Path) -> None:
    folder = own_data_folder / "store"
    make_store(folder, own_data_folder)
    sys.addaudithook(_audit)
    _watching.append(True)
    desk = Desk(qtbot, own_data_folder, folder)
    try:
        desk.unlock()
        desk.waits(lambda: desk.focused() == "phone")
        desk.types("13123450001")
        desk.press(Qt.Key.Key_Return, CONTROL)
        desk.waits(lambda: saved_phones(desk) == ["13123450001"])
    finally:
        desk.close()
        _watching.clear()
    assert _asked == []
