"""The check-list follows the level: six actions of a general incident, all hands of a major one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from desktop_app.domain.outage_options import IncidentLevel
from desktop_app.domain.roles import Role
from desktop_app.services.incident_values import set_level
from desktop_app.ui.incident.check_panel import CheckPanel
from tests.stores import author
from tests.ui.incident.conftest import Room
from tests.ui.incident.panels import Shown

SIX = "one_more_agent shift_extended next_shift_early level_reported time_asked notice_posted".split()


def test_a_level_adds_its_six_actions_below(room: Room) -> None:
    shown = Shown(room, CheckPanel, "website")
    senior = replace(room.store, author=author("5001", Role.SUPERVISOR))
    set_level(senior, shown.view.head, IncidentLevel.MAJOR, reason="满线 30 分钟", now=room.clock())
    shown.incidents.refresh()
    room.settle()
    assert [line.item.key for line in shown.panel.model.rows][-6] == "all_agents"
    set_level(senior, shown.view.head, IncidentLevel.GENERAL, reason="缓解了", now=room.clock())
    shown.incidents.refresh()
    room.settle()
    lines = shown.panel.model.rows
    assert [line.item.key for line in lines][-6:] == SIX
    for place in range(len(lines) - 6, len(lines)):
        shown.panel.table.go_to(place)
        room.qtbot.keyClick(shown.panel.table, Qt.Key.Key_Return)
        room.settle()
    assert [one.item for one in shown.view.ticks] == SIX
