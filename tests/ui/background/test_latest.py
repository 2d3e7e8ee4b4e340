"""Of several reads under way the last one counts."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject

from desktop_app.domain.errors import KnownError
from desktop_app.ui.background.latest import Latest
from tests.backgrounds import settle


def test_what_an_earlier_read_finds_is_dropped_even_if_it_comes_later(qtbot, background) -> None:
    gate, found, owner = threading.Event(), [], QObject()
    latest = Latest(background, lambda _problem: None, owner)
    latest.query(lambda: gate.wait() and "earlier", found.append)
    latest.query(lambda: "later", found.append)
    try:
        qtbot.waitUntil(lambda: found == ["later"])
    finally:
        gate.set()
    settle(qtbot, background)
    assert found == ["later"]


def test_forgotten_reads_are_not_answered_and_failures_are_told(qtbot, background) -> None:
    found, problems, owner = [], [], QObject()
    latest = Latest(background, problems.append, owner)
    latest.query(lambda: "forgotten", found.append)
    latest.forget()
    settle(qtbot, background)
    assert found == []

    def fail() -> None:
        raise KnownError("incidents.none")

    latest.query(fail, found.append)
    settle(qtbot, background)
    assert [str(one) for one in problems] == ["incidents.none"]
