"""A call-back that comes due is told of in the window, twice, and takes nothing out of anybody's hands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QPushButton

from desktop_app.services.records import log_record
from desktop_app.ui.desk.due_notice import DueNotice
from tests.ui.desk.desks import Desk


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
    (button,) = bar.findChildren(QPushButton)
    button.click()
    desk.waits(workplace.desk.records.record.isVisible)
    assert not bar.isVisible()
