"""What comes due is told of in the window, twice, and takes nothing out of anybody's hands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.roles import Role
from desktop_app.services.incident_acts import tell
from desktop_app.services.incidents import report_fault
from desktop_app.services.records import log_record
from desktop_app.ui.desk.due_notice import DueNotice
from desktop_app.ui.start.locked_clocks import LockedClocks
from desktop_app.ui.widgets.pill import Pill
from tests.ui.desk.desks import Desk, make_store


def test_two_minutes_before_and_at_the_moment(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone" and not desk.background.pending)
    workplace = desk.window.workplace
    assert workplace is not None
    now = datetime.now(UTC)
    due = (now + timedelta(minutes=2)).replace(second=0, microsecond=0)
    local = due + timedelta(hours=8)
    values = {
        "phone": "13123450001",
        "caller_name": "陈女士",
        "callback_due": f"{local:%Y-%m-%d %H:%M}",
    }
    logged = log_record(workplace._session.store, values, now=now)
    bar = workplace.due
    assert isinstance(bar, DueNotice)
    bar.refresh()
    desk.waits(bar.isVisible)
    assert bar.text() == f"{local:%H:%M} 要回访 陈女士（{logged.number}），还有约 2 分钟。"
    assert desk.focused() == "phone"
    bar.dismiss()
    bar.refresh()
    desk.waits(lambda: not desk.background.pending)
    assert not bar.isVisible(), "told once"
    clock = workplace._session.clock
    object.__setattr__(workplace._session, "clock", lambda: clock() + (due - now))
    bar.refresh()
    desk.waits(bar.isVisible)
    assert bar.text().startswith("现在该回访 陈女士 了")
    (button,) = [one for one in bar.findChildren(QPushButton) if one.isVisible()]
    button.click()
    desk.waits(workplace.desk.records.record.isVisible)
    assert not bar.isVisible()


@pytest.fixture
def lead(qtbot: QtBot, own_data_folder: Path) -> Iterator[tuple[Desk, list[timedelta]]]:
    """A lead's desk, and by how much its clock is ahead."""
    folder, ahead = own_data_folder / "store", [timedelta()]
    make_store(folder, own_data_folder, role=Role.LEAD)
    desk = Desk(qtbot, own_data_folder, folder, clock=lambda: datetime.now(UTC) + ahead[0])
    desk.unlock()
    yield desk, ahead
    desk.close()


def test_a_clock_rings_for_the_lead_and_behind_the_lock_screen(lead: tuple[Desk, list[timedelta]]) -> None:
    desk, ahead = lead
    workplace = desk.window.workplace
    assert workplace is not None
    session, bar = workplace._session, workplace.due
    desk.waits(lambda: bool(session.shelf.pack.ladders) and not desk.background.pending)
    now = session.clock()
    one = report_fault(session.store, symptom="CRM 打不开", now=now).incident
    bar.refresh()
    desk.waits(bar.isVisible)
    # System operations are told at once (A§2.2).
    assert "时限到了：通知系统运维（G07-" in bar.text()
    made = {"ladder": "fault", "rung": "operations", "role": "sysops"}
    tell(session.store, one, told_to="赵运维", channel="phone", now=now, **made)
    bar.refresh()
    desk.waits(lambda: not bar.isVisible())
    ahead[0] = timedelta(minutes=3, seconds=5)
    bar.refresh()
    desk.waits(bar.isVisible)
    assert bar.text().startswith("还有约 2 分钟到期：组长报主管")
    desk.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    desk.waits(lambda: desk.sees("due_panel"))
    (shown,) = [pill.text() for pill in desk.find("due_panel").findChildren(Pill) if pill.isVisible()][:1]
    assert shown.endswith(" 到期")
    ahead[0] = timedelta(minutes=7)
    clocks = desk.window.findChild(LockedClocks)
    clocks.look()
    (shown,) = [pill.text() for pill in desk.find("due_panel").findChildren(Pill) if pill.isVisible()][:1]
    assert shown in ("已超 1 分钟", "已超 2 分钟")
    desk.unlock_again()
    assert not desk.window.findChildren(LockedClocks) or not clocks.times


def test_clocks_ring_for_no_agent(desk: Desk) -> None:
    workplace = desk.window.workplace
    assert workplace is not None
    session, bar = workplace._session, workplace.due
    desk.waits(lambda: bool(session.shelf.pack.ladders) and not desk.background.pending)
    report_fault(session.store, symptom="CRM 打不开", now=session.clock())
    bar.refresh()
    desk.waits(lambda: not desk.background.pending)
    assert not bar.isVisible()
    assert bar.times == ()


def test_no_bar_lies_over_the_clocks_that_it_would_tell_of(lead: tuple[Desk, list[timedelta]]) -> None:
    desk, _ahead = lead
    workplace = desk.window.workplace
    assert workplace is not None
    session, bar = workplace._session, workplace.due
    desk.waits(lambda: bool(session.shelf.pack.ladders) and not desk.background.pending)
    report_fault(session.store, symptom="CRM 打不开", now=session.clock())
    bar.refresh()
    desk.waits(bar.isVisible)
    workplace.incidents.refresh()
    desk.waits(lambda: workplace.incidents.shown is not None)
    workplace.go("incident")
    desk.waits(lambda: not bar.isVisible())
    assert not workplace._sees_clocks("another")
    workplace.go("desk")
    assert not workplace._sees_clocks(workplace.incidents.shown.head)


def test_what_is_done_is_named_no_longer(lead: tuple[Desk, list[timedelta]]) -> None:
    desk, _ahead = lead
    workplace = desk.window.workplace
    assert workplace is not None
    session, bar = workplace._session, workplace.due
    desk.waits(lambda: bool(session.shelf.pack.ladders) and not desk.background.pending)
    now = session.clock()
    one = report_fault(
        session.store, symptom="CRM 打不开", now=now, noticed_at=now - timedelta(minutes=6)
    ).incident
    bar.refresh()
    desk.waits(lambda: "通知系统运维" in bar.text() and "组长报主管" in bar.text())
    made = {"ladder": "fault", "rung": "operations", "role": "sysops"}
    tell(session.store, one, told_to="赵运维", channel="phone", now=now, **made)
    bar.refresh()
    desk.waits(lambda: "通知系统运维" not in bar.text())
    assert "组长报主管" in bar.text()
