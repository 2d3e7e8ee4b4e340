"""A whole outage by keys in the real windows: a station reports it, its lead leads it, both see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.delivery import Timetable
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.roles import Role
from desktop_app.services import decisions
from desktop_app.services.incident_closing import Left, what_is_left
from desktop_app.services.incidents import current_incident, incidents
from desktop_app.services.pairing import accept, own
from desktop_app.ui.delivery import carrier
from tests.ui.incident.room_desk import ALT, CTRL, Key, RoomDesk

SHORT = Timetable(
    after_save=timedelta(milliseconds=300),
    poll=timedelta(milliseconds=300),
    first_retry=timedelta(milliseconds=200),
    longest_retry=timedelta(milliseconds=400),
    patience=timedelta(milliseconds=300),
    last=timedelta(seconds=2),
)


class Office:
    """A lead's window and a station's, with a folder between them."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        share = folder / "share"
        share.mkdir()
        self.station = self._desk(qtbot, folder / "07", share, "07", Role.AGENT)
        self.lead = self._desk(qtbot, folder / "01", share, "01", Role.LEAD)
        now = datetime.now(UTC)
        here, there = self.station.store, self.lead.store
        accept(here, own(there), now=now)
        accept(there, own(here), now=now)

    def at(self, desk: RoomDesk) -> RoomDesk:
        """Sit down at a desk."""
        desk.window.activateWindow()
        desk.waits(lambda: desk.window.isActiveWindow())
        return desk

    def close(self) -> None:
        for desk in (self.station, self.lead):
            desk.close()

    @staticmethod
    def _desk(qtbot: QtBot, folder: Path, share: Path, station: str, role: Role) -> RoomDesk:
        folder.mkdir()
        desk = RoomDesk(qtbot, folder, role, station=station)
        desk.preferences.handin_folder = share
        desk.unlock()
        desk.waits(lambda: bool(desk.window.workplace._session.shelf.pack.ladders))
        return desk


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr("desktop_app.ui.delivery.carrier.Means", partial(carrier.Means, timetable=SHORT))
    opened = Office(qtbot, tmp_path)
    yield opened
    opened.close()


def says(desk: RoomDesk, word: str) -> bool:
    """Whether the strip at the top says so."""
    return desk.sees("incident_state") and desk.find("incident_state").text() == word


@pytest.mark.soak
def test_an_outage_from_the_report_to_its_closing(office: Office) -> None:
    # Given a station where the CRM does not open
    station = office.at(office.station)
    station.report("CRM 打不开")
    # When the lead hears of it, has somebody see to it, confirms it and lets all write by hand
    lead = office.at(office.lead)
    lead.waits(lambda: says(lead, "疑似"))
    lead.hit(Key.Key_I, CTRL)
    lead.waits(lambda: lead.sees("clocks"))
    for _ in range(2):  # system operations, then the supervisor
        lead.hit(Key.Key_Return)
        lead.dialog()
        lead.hit(Key.Key_Return)
        lead.back()
    lead.confirm()
    lead.takes_next()
    # Both in one second have no order between them
    assert sorted(one.role for one in lead.view.told) == ["supervisor", "sysops"]
    # Then the station knows, and the call it takes is of this outage
    office.at(station)
    station.waits(lambda: says(station, "手工模式"))
    station.press(Key.Key_Escape)
    station.waits(lambda: station.focused() == "phone")
    station.types("13123450001")
    station.press(Key.Key_Return, CTRL)
    station.waits(lambda: station.window.workplace.desk.capture.keeper.unsaved == 0)
    # When it works again everybody who was told hears of it
    office.at(lead)
    lead.hit(Key.Key_Y, ALT)
    lead.dialog()
    lead.writes("赵运维")
    lead.hit(Key.Key_Return)
    lead.back()
    lead.hit(Key.Key_Tab, CTRL)
    lead.hit(Key.Key_Tab, CTRL)
    lead.waits(lambda: lead.focused() == "recovery_list")
    for _ in range(2):
        lead.hit(Key.Key_Return)
        lead.dialog()
        lead.hit(Key.Key_Return)
        lead.back()
    # And nothing is closed before the station has handed in and its call is settled
    lead.hit(Key.Key_Y, ALT)
    assert lead.view.state is IncidentState.RECONCILING
    head = lead.view.head
    lead.waits(lambda: bool(left(lead, head).to_backfill) and not left(lead, head).stations)
    lead.hit(Key.Key_Y, ALT)
    lead.waits(lambda: lead.focused() == "left")
    lead.hit(Key.Key_Y, ALT)
    assert lead.view.state is IncidentState.RECONCILING, "a record is in no CRM yet"
    (record,) = left(lead, head).to_backfill
    decisions.waive(lead.store, record, reason="来电人自己办了", now=datetime.now(UTC))
    lead.hit(Key.Key_Y, ALT)
    assert lead.view.state is IncidentState.REVIEW
    # Then it is closed with what happened, for the supervisor, with a reason
    for key, text in (
        ("course", "数据库崩溃"),
        ("measures", "切换备库"),
        ("result", "已恢复"),
        ("filled_by", "李娜"),
    ):
        lead.find(key).setFocus()
        lead.writes(text)
    lead.hit(Key.Key_Y, ALT)
    lead.dialog()
    lead.writes("主管在路上")
    lead.hit(Key.Key_Return)
    lead.back()
    assert current_incident(lead.store) is None
    (row,) = incidents(lead.store)
    assert row.state is IncidentState.CLOSED
    assert not lead.sees("incident_banner")
    # And the station sees that it is over
    station.waits(lambda: not station.sees("incident_banner"))


def left(desk: RoomDesk, incident: str) -> Left:
    return what_is_left(desk.store, incident, now=datetime.now(UTC))
