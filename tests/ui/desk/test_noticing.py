"""Three callers who tell of one thing: a quiet bar, and one key reports it."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt

from desktop_app.services.incidents import current_incident
from desktop_app.services.records import save_draft, start_draft
from tests.ui.desk.desks import Desk
from tests.ui.desk.desks import desk as desk

ALT = Qt.KeyboardModifier.AltModifier


def _log(desk: Desk, place: int) -> None:
    session = desk.window._session
    assert session is not None
    values = {
        "kind": "enquiry",
        "phone": f"1312345000{place}",
        "detail": "客户说网站打不开",
        "category": "query",
    }
    now = datetime.now(UTC)
    draft = start_draft(session.store, values, now=now)
    save_draft(session.store, draft.subject.id, values, now=now)


def test_three_callers_suggest_a_fault_and_one_key_reports_it(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    session = desk.window._session
    assert session is not None
    desk.waits(lambda: bool(session.shelf.pack.incident_types))
    for place in range(2):
        _log(desk, place)
    desk.qtbot.wait(100)
    assert not desk.sees("noticing")
    _log(desk, 2)
    desk.waits(lambda: desk.sees("noticing"))
    assert "网站打不开" in desk.find("noticing").accessibleName()
    assert desk.focused() == "phone", "the bar took the caret"
    desk.press(Qt.Key.Key_Right, ALT)
    desk.waits(lambda: current_incident(session.store) is not None)
    told = current_incident(session.store)
    assert told is not None
    assert told.category == "website"
    assert "网站打不开" in told.text("symptom")
    desk.waits(lambda: not desk.sees("noticing"))
