"""The look at the CRM: nothing is opened while no address is set; what it suggests is one key away."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop_app.domain.crm_probe import Suggestion
from desktop_app.services.incidents import current_incident
from tests.ui.desk.desks import Desk
from tests.ui.desk.desks import desk as desk

ALT = Qt.KeyboardModifier.AltModifier


class _Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.server.seen.append(self.path)  # type: ignore[attr-defined]
        self.send_response(503)
        self.end_headers()

    def log_message(self, *_told: object) -> None:
        """Say nothing on the console."""


@pytest.fixture
def crm() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    server.seen = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


_made: list[object] = []
_watching: list[bool] = []


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        _made.append(arguments)


def test_without_an_address_nothing_is_opened(desk: Desk) -> None:
    sys.addaudithook(_audit)
    _watching.append(True)
    try:
        workplace = desk.window.workplace
        assert workplace is not None
        workplace._watch.begin()
        desk.qtbot.wait(300)
    finally:
        _watching.clear()
    assert _made == []
    assert not workplace._watch._look.isActive()


def test_an_address_set_by_keys_is_looked_at_and_three_failures_suggest_a_fault(
    desk: Desk, crm: HTTPServer
) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    workplace, session = desk.window.workplace, desk.window._session
    assert workplace is not None
    assert session is not None
    settings = replace(session.store.settings, crm_probe_seconds=0)
    object.__setattr__(session, "store", replace(session.store, settings=settings))
    workplace.go("settings")
    address = desk.find("crm_probe")
    assert isinstance(address, QLineEdit)
    address.setFocus()
    desk.qtbot.keyClicks(address, "crm")
    desk.qtbot.keyClick(address, Qt.Key.Key_Return)
    assert session.preferences.crm_probe == "", "what is no address was taken"
    address.clear()
    desk.qtbot.keyClicks(address, f"http://127.0.0.1:{crm.server_port}/login")
    desk.qtbot.keyClick(address, Qt.Key.Key_Return)
    desk.waits(lambda: desk.sees("noticing"))
    assert len(crm.seen) >= 3  # type: ignore[attr-defined]
    workplace.go("desk")
    desk.press(Qt.Key.Key_Right, ALT)
    desk.waits(lambda: current_incident(session.store) is not None)
    told = current_incident(session.store)
    assert told is not None
    assert "127.0.0.1" in told.text("symptom")
    workplace.go("settings")
    address.clear()
    desk.qtbot.keyClick(address, Qt.Key.Key_Return)
    assert not workplace._watch._look.isActive(), "switched off"


def test_that_it_answers_again_leads_to_the_incident(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    workplace = desk.window.workplace
    assert workplace is not None
    workplace._watch.suggests.emit(Suggestion.RECOVERY, "crm.example:80")
    desk.waits(lambda: desk.sees("noticing"))
    desk.press(Qt.Key.Key_Right, ALT)
    desk.waits(lambda: workplace.place() == "incident")
