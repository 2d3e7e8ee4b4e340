"""When an agent saves, the lead has it and says so; when the share fails, nothing is lost or held up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.domain.delivery import Timetable
from desktop_app.domain.roles import Role
from desktop_app.services.pairing import accept, own
from desktop_app.ui.delivery import carrier
from desktop_app.ui.widgets.pill import Pill
from tests.ui.delivery.shares import DeadShare
from tests.ui.desk.desks import Desk, make_store

SHORT = Timetable(
    after_save=timedelta(milliseconds=600),
    poll=timedelta(milliseconds=300),
    first_retry=timedelta(milliseconds=200),
    longest_retry=timedelta(milliseconds=400),
    patience=timedelta(milliseconds=300),
    last=timedelta(seconds=2),
)
CTRL = Qt.KeyboardModifier.ControlModifier


class Office:
    """Two windows in two data folders."""

    def __init__(self, qtbot, folder: Path, share: Path) -> None:
        self.station = self._desk(qtbot, folder / "07", share, "07", Role.AGENT)
        self.lead = self._desk(qtbot, folder / "01", share, "01", Role.LEAD)
        now = datetime.now(UTC)
        here, there = (desk.window._session.store for desk in (self.station, self.lead))
        accept(here, own(there), now=now)
        accept(there, own(here), now=now)

    def close(self) -> None:
        for desk in (self.station, self.lead):
            desk.close()

    def pill(self, desk: Desk) -> Pill:
        found = desk.find("delivery")
        assert isinstance(found, Pill)
        return found

    def saves(self, phone: str) -> None:
        desk = self.station
        desk.window.activateWindow()
        field: QWidget = desk.find("phone")
        field.setFocus()
        desk.qtbot.keyClicks(field, phone)
        desk.press(Qt.Key.Key_Return, CTRL)

    @staticmethod
    def _desk(qtbot, folder: Path, share: Path, station: str, role: Role) -> Desk:
        folder.mkdir()
        make_store(folder / "store", folder, station=station, role=role)
        desk = Desk(qtbot, folder, folder / "store")
        desk.preferences.handin_folder = share
        desk.unlock()
        return desk


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


@pytest.fixture
def dead(monkeypatch) -> DeadShare:
    shared = DeadShare()
    shared.answer()
    monkeypatch.setattr(
        "desktop_app.ui.delivery.carrier.Means",
        partial(carrier.Means, timetable=SHORT, shared=shared),
    )
    return shared


@pytest.fixture
def office(qtbot, tmp_path, share, dead) -> Iterator[Office]:
    opened = Office(qtbot, tmp_path, share)
    yield opened
    dead.answer()
    opened.close()


def has(desk: Desk, of: Desk) -> bool:
    """Whether a store has all that another has written."""
    with of.window._session.store.read() as ours:
        writer, last = ours.life.writer, ours.heads()[ours.life.writer]
    return heads_of(desk).get(writer, 0) == last


def heads_of(desk: Desk) -> dict[str, int]:
    with desk.window._session.store.read() as view:
        return view.heads()


def test_saved_calls_reach_the_lead_whatever_the_share_does(office: Office, share: Path) -> None:
    station, lead = office.station, office.lead
    office.saves("13123450001")
    station.waits(lambda: office.pill(station).text() in ("待上交 1", "已交出 1，待回执"))
    station.waits(lambda: has(lead, station))
    station.waits(lambda: office.pill(station).text().startswith("上交：已收到回执"))
    assert office.pill(station).tone == "ok"
    # The share disappears in the middle of the work, and a file takes its place.
    share.rename(share.with_name("pulled out"))
    for last in (2, 3):
        office.saves(f"1312345000{last}")
    station.waits(lambda: "不可用" in office.pill(station).text())
    assert office.pill(station).tone == "warn"
    assert "现在打不开" in office.pill(station).toolTip()
    share.write_bytes(b"")
    station.qtbot.wait(300)
    assert "不可用" in office.pill(station).text()
    share.unlink()
    share.mkdir()
    station.waits(lambda: has(lead, station))
    station.waits(lambda: office.pill(station).tone == "ok")
    # What is saved just before locking is on the share before the key is dropped.
    own = station.window._session.store
    with own.read() as view:
        writer, before = view.life.writer, view.heads()
    office.saves("13123450008")
    station.waits(lambda: station.window.workplace.desk.capture.keeper.unsaved == 0)
    station.press(Qt.Key.Key_L, CTRL)
    station.waits(lambda: station.window.workplace is None)
    lead.waits(lambda: heads_of(lead)[writer] > before[writer])


def test_a_share_that_hangs_freezes_no_window_no_lock_and_no_closing(office: Office, dead: DeadShare) -> None:
    """Each step ends while the share has not answered; on the thread of the window none ever would."""
    station = office.station
    station.waits(lambda: office.pill(station).tone == "ok")
    dead.die()
    for last in range(4, 8):
        office.saves(f"1312345000{last}")
        station.waits(lambda: station.window.workplace.desk.capture.keeper.unsaved == 0)
    station.waits(lambda: "不可用" in office.pill(station).text())
    station.press(Qt.Key.Key_L, CTRL)
    station.waits(lambda: station.window.workplace is None)
    dead.answer()
    station.unlock()
    station.waits(lambda: has(office.lead, station))
    dead.die()
    office.saves("13123450009")
    station.window.close()
    station.waits(lambda: not station.window.isVisible())
