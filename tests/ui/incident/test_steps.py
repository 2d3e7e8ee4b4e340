"""The steps of an incident by keys, each of which can be undone."""

from __future__ import annotations

from desktop_app.domain.incident_steps import IncidentState
from desktop_app.services.incident_acts import tell
from desktop_app.services.incidents import current_incident
from tests.ui.incident.conftest import NOW
from tests.ui.incident.halls import ALT, CTRL, Hall, Key


def clocks(hall: Hall) -> dict[str, str]:
    """How each clock stands, by what is to be done."""
    return dict(zip(hall.cells("clocks", 1), hall.cells("clocks", 3), strict=True))


def finish(hall: Hall) -> None:
    hall.dialog()
    hall.hit(Key.Key_Return, CTRL)
    hall.back()


def confirm(hall: Hall) -> None:
    hall.hit(Key.Key_Y, ALT)
    hall.dialog().findChild(type(hall.page.views), "scope").setFocus()
    hall.hit(Key.Key_3)
    finish(hall)


def test_the_judgement_makes_the_ten_minutes_due_by_one_key_and_can_be_undone(hall: Hall) -> None:
    managers = next(title for title in clocks(hall) if "中心经理" in title)
    assert clocks(hall)[managers] == "剩 10:00"
    hall.hit(Key.Key_J, ALT)
    assert hall.view.values["unrecoverable"] is True
    assert clocks(hall)[managers] == "超时 00:00"
    hall.hit(Key.Key_Z, ALT)
    assert clocks(hall)[managers] == "剩 10:00"


def test_confirming_says_who_is_not_told_yet(hall: Hall) -> None:
    """States 4.5: system operations and the supervisor come before; their clocks wait, the floor does not."""
    hall.hit(Key.Key_Y, ALT)
    assert hall.dialog().untold.text().startswith("还没通知系统运维、主管。")  # type: ignore[attr-defined]
    hall.hit(Key.Key_Escape)
    hall.back()
    for role, name in (("sysops", "赵运维"), ("supervisor", "王主管")):
        rung = "operations" if role == "sysops" else role
        tell(
            hall.room.store,
            hall.head,
            told_to=name,
            channel="phone",
            ladder="fault",
            rung=rung,
            role=role,
            now=NOW,
        )
    hall.page._room.refresh()
    hall.room.settle()
    hall.hit(Key.Key_Y, ALT)
    assert not hall.dialog().untold.isVisible()  # type: ignore[attr-defined]
    hall.hit(Key.Key_Escape)
    hall.back()


def test_to_manual_mode_over_and_down_again(hall: Hall) -> None:
    confirm(hall)
    assert (hall.view.state, hall.view.text("scope")) == (IncidentState.CONFIRMED, "all")
    assert hall.view.values["systems.crm"] is True, "what the type says is hit"
    hall.hit(Key.Key_Y, ALT)
    finish(hall)
    assert hall.view.state is IncidentState.MANUAL
    hall.hit(Key.Key_Y, ALT)
    hall.dialog()
    hall.hit(Key.Key_Return, CTRL)
    assert "谁" in hall.dialog().notice.text(), "who confirmed it is asked for"  # type: ignore[attr-defined]
    hall.writes("赵运维")
    finish(hall)
    assert (hall.view.state, hall.view.text("recovery_confirmed_by")) == (IncidentState.RECOVERED, "赵运维")
    hall.room.clock.pass_minutes(5)
    hall.hit(Key.Key_R, ALT)
    finish(hall)
    assert (hall.view.state, hall.view.relapses) == (IncidentState.MANUAL, 1)
    assert any("第 2 次" in title for title in clocks(hall)), "clocks start again"
    hall.hit(Key.Key_Z, ALT)
    assert (hall.view.state, hall.view.relapses) == (IncidentState.RECOVERED, 0)


def test_a_false_alarm_needs_a_reason(hall: Hall) -> None:
    hall.hit(Key.Key_N, ALT)
    hall.dialog()
    hall.hit(Key.Key_Return)
    hall.dialog()
    hall.writes("网线松了")
    hall.hit(Key.Key_Return)
    hall.back()
    assert current_incident(hall.room.store) is None
    assert hall.view.state is IncidentState.FALSE_ALARM
    assert hall.page._empty_button.hasFocus()
