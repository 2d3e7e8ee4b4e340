"""Where the plan gives a title only, people write the check-list themselves, at the incident too (2§6)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout

from desktop_app.services.cards import own_items
from desktop_app.services.half_typed import half_typed_at
from desktop_app.services.incidents import incident, report_fault
from desktop_app.ui.incident.check_panel import CheckPanel
from desktop_app.ui.incident.incident_room import IncidentRoom
from tests.ui.incident.conftest import NOW, Room
from tests.ui.typing.composing import settle as commit_text

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


def _open(room: Room) -> tuple[CheckPanel, str]:
    head = report_fault(room.store, symptom="有人跌倒", category="fall", now=NOW, outage=False).incident
    incidents = IncidentRoom(room.session, room.window)
    panel = CheckPanel(incidents, "test")
    QVBoxLayout(room.window).addWidget(panel)
    incidents.changed.connect(
        lambda: panel.show_incident(incidents.shown) if incidents.shown is not None else None
    )
    incidents.choose(head)
    room.settle()
    panel.setFocus()
    return panel, head


def test_lines_are_added_and_ticked_by_keys(room: Room) -> None:
    panel, head = _open(room)
    assert QApplication.focusWidget() is panel.add
    for text in ("叫保安", "打 120"):
        commit_text(panel.add, text)
        room.qtbot.keyClick(panel.add, Key.Key_End)
        room.qtbot.keyClick(panel.add, Key.Key_Return)
        room.settle()
    assert [one.title.zh for one in own_items(incident(room.store, head))] == ["叫保安", "打 120"]
    room.qtbot.keyClick(panel.add, Key.Key_2, ALT)
    room.settle()
    (ticked,) = incident(room.store, head).ticks
    assert ticked.item == own_items(incident(room.store, head))[1].key


def test_what_is_half_typed_stands_there_again_after_a_crash(room: Room) -> None:
    panel, head = _open(room)
    commit_text(panel.add, "叫保")
    room.qtbot.waitUntil(lambda: half_typed_at(room.store, f"own_item.test/{head}") is not None)
    again = CheckPanel(panel._room, "test")
    again.show_incident(incident(room.store, head))
    room.settle()
    assert again.add.text() == "叫保"
    assert own_items(incident(room.store, head)) == ()
    again.deleteLater()


def test_what_stands_in_the_field_is_added_before_it_is_locked(room: Room) -> None:
    panel, head = _open(room)
    commit_text(panel.add, "叫保安")
    heard: list[bool] = []
    panel.flush(heard.append)
    room.settle()
    assert heard == [True]
    assert [one.title.zh for one in own_items(incident(room.store, head))] == ["叫保安"]
