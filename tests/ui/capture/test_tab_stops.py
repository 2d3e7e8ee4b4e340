"""Where Tab stops on the way to a save, and what one stop takes."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.kinds import Kind
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import KINDS, focused, go_on_to, name_of_focus, press, tab, write

HEAD = ["phone", "caller_name", "address"]


REST = ["callback_needed", "save_next"]


STOPS = {
    Kind.ENQUIRY: [*HEAD, "category", "outcome", "detail", *REST],
    Kind.COMPLAINT: [*HEAD, "complaint_type", "severity", "detail", "complaint_against", *REST],
    Kind.URGENT: [*HEAD, "urgent_kind", "people_hurt", "detail", "property_centre", *REST],
    Kind.ABNORMAL: [*HEAD, "abnormal_kind", "outcome", "detail", "called_back", *REST],
    Kind.MEDIA: [*HEAD, "outlet", "position", "detail", "media_way", *REST],
}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_at_most_nine_stops_to_save(desk: Desk, qtbot: QtBot, kind: Kind) -> None:
    press(qtbot, KINDS[kind])
    order = [name_of_focus()]
    while order[-1] != "save_next" and len(order) < 20:
        tab(qtbot)
        order.append(name_of_focus())
    assert order == STOPS[kind]
    assert len(order) <= 9


def test_tab_walks_the_kinds_own_rows_once_something_is_in_them(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F3)
    go_on_to(qtbot, "complaint_against")
    press(qtbot, Qt.Key.Key_Return)
    assert name_of_focus() == "complaint_form", "Enter goes to every field"
    write(qtbot, "kt")
    press(qtbot, Qt.Key.Key_Backtab)
    walked = []
    while not walked or walked[-1] != "save_next":
        tab(qtbot)
        walked.append(name_of_focus())
    assert walked == ["complaint_form", "customer_wants", "promised_by", "outcome", *REST]


def test_a_count_is_asked_for_only_where_somebody_is_hurt(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F4)
    go_on_to(qtbot, "people_hurt")
    write(qtbot, "w")
    press(qtbot, Qt.Key.Key_Return)
    assert name_of_focus() == "detail"
    desk.field("people_hurt").setFocus()
    write(qtbot, "y")
    tab(qtbot)
    assert name_of_focus() == "people_count"


def test_what_was_read_back_is_one_stop_ticked_by_digits(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F4)
    go_on_to(qtbot, "repeated_problem")
    write(qtbot, "134")
    assert name_of_focus() == "repeated_problem"
    ticked = [key for key in desk.form.values() if key.startswith("repeated_")]
    assert ticked == ["repeated_problem", "repeated_name", "repeated_phone"]
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Space)
    write(qtbot, "1")
    assert "repeated_problem" not in desk.form.values()
    assert desk.form.values()["repeated_address"] == "yes"
    tab(qtbot)
    assert name_of_focus() == "callback_needed"
    press(qtbot, Qt.Key.Key_Backtab)
    assert name_of_focus() == "repeated_address"
    press(qtbot, Qt.Key.Key_Return)
    assert name_of_focus() == "callback_needed"


def test_the_ticks_are_the_same_in_front_and_under_more(desk: Desk, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_F4, Qt.Key.Key_F2, Qt.Key.Key_F4):
        press(qtbot, key)
        desk.form.fields.unfold(True)
        boxes = [desk.field(f"repeated_{one}") for one in ("problem", "address", "name", "phone")]
        assert [box.text() for box in boxes] == ["① 问题", "② 地址", "③ 姓名", "④ 电话"]
        boxes[0].setFocus()
        write(qtbot, "2")
        assert boxes[1].isChecked()
        press(qtbot, Qt.Key.Key_Left)
        assert focused() is boxes[3]
        boxes[1].setChecked(False)
