"""The line above the fields: what is shown is whole, and the less important goes first where it is narrow."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.records import log_record
from desktop_app.ui.capture.number_line import NumberLine
from desktop_app.ui.widgets.labels import ElidedLabel
from desktop_app.ui.widgets.pill import Pill
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import CONTROL, press, write
from tests.ui.sessions import START

PHONE = "13123450219"


def saved_one(desk: Desk, qtbot: QtBot) -> None:
    """Save a call and begin the next one, its draft kept."""
    write(qtbot, "13123450001")
    with qtbot.waitSignal(desk.page.saved):
        press(qtbot, Qt.Key.Key_Return, CONTROL)
    write(qtbot, PHONE)
    with qtbot.waitSignal(desk.page.keeper.kept):
        desk.page.keeper.flush()
    desk.settle(qtbot)


def shown(desk: Desk) -> list[QWidget]:
    line = desk.form.findChild(NumberLine)
    return [part for part in line.findChildren(QWidget) if part.isVisible()]


def cut(desk: Desk) -> list[str]:
    return [part.text() for part in shown(desk) if isinstance(part, ElidedLabel) and part.is_elided()]


@pytest.mark.parametrize(("width", "pills"), [(900, 2), (560, 1)])
def test_what_does_not_fit_is_left_out_and_not_cut(
    open_desk: Callable[..., Desk], qtbot: QtBot, width: int, pills: int
) -> None:
    desk = open_desk(size=(width, 686))
    saved_one(desk, qtbot)
    assert [part for part in cut(desk) if not part.startswith("来电")] == []
    assert sum(isinstance(part, Pill) for part in shown(desk)) == pills
    assert desk.field("undo").isVisible()
    assert desk.field("number").text().startswith("临时编号")


def test_only_the_callers_line_may_be_cut(open_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = open_desk(size=(560, 470))
    for _ in range(2):
        values = {"kind": "complaint", "phone": PHONE, "received_at": START.isoformat(), "detail": "停水"}
        log_record(desk.session.store, values, now=START)
    saved_one(desk, qtbot)
    line = desk.field("caller_line")
    assert line.width() >= 200
    assert set(cut(desk)) <= {line.text()}
