"""One record: read, corrected in place, made void, undone, its history; all by keys."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.domain.fields import FIELDS
from desktop_app.services.my_records import ShowRecords, tally
from desktop_app.services.record_changes import correct
from desktop_app.services.record_view import view_record
from desktop_app.services.records import Logged
from desktop_app.storage.put_files import PutFile, keep_put_file
from desktop_app.ui.records.report_dialog import ReportDialog
from desktop_app.ui.theme.style import current_tokens
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.combo import Combo
from tests.stores import author
from tests.ui.records.conftest import NOW, Desk
from tests.ui.records.pages import (
    CONTROL,
    button,
    dialog,
    focus_name,
    state_of,
    texts,
)
from tests.ui.records.pages import (
    lift as lift,
)


def test_everything_is_told_in_words(desk: Desk, lift: Logged) -> None:
    told = texts(desk.panel.record)
    for part in (
        "07-00003-5",
        "13123450003",
        "电梯困人，一位老人和一个孩子",
        "09:50 师傅已出发",
        "待补全：",
        "物业电话",
    ):
        assert part in told
    for code in ("urgent", "phone", "lift", "True"):
        assert code not in told.split()
    assert "2026-03-02 11:30" in told


def test_how_far_the_call_has_come_and_that_it_is_important(desk: Desk, save) -> None:
    logged = save(
        kind="complaint", caller_name="钱女士", detail="没有来", important="yes", outcome="escalated"
    )
    desk.panel.open(logged.subject_id)
    desk.settle()
    told = texts(desk.panel.record).split("\n")
    assert {"重要，待上报", "接听 ✓　询问 ✓　待解决　记录 ✓　待派单"} <= set(told)
    reported = {"reported_to": "李经理", "reported_at": "2026-03-02 10:00", "handed_over_to": "工程部"}
    correct(desk.session.store, logged.subject_id, reported, reason="上报", now=NOW)
    desk.panel.open(logged.subject_id)
    desk.settle()
    told = texts(desk.panel.record).split("\n")
    assert {"重要，已上报", "接听 ✓　询问 ✓　待解决　记录 ✓　派单 ✓"} <= set(told)


def test_an_important_record_is_reported_by_one_key(desk: Desk, save) -> None:
    logged = save(kind="complaint", caller_name="钱女士", detail="没有来", important="yes")
    desk.panel.refresh()
    desk.panel.open(logged.subject_id)
    desk.settle()
    assert desk.panel.record.report.isVisible()
    desk.press((Qt.Key.Key_T, CONTROL))
    dialog = desk.panel.record._dialog
    assert isinstance(dialog, ReportDialog)
    desk.press(Qt.Key.Key_Return)
    assert dialog.isVisible(), "nobody was named"
    desk.type("李主管")
    desk.press(Qt.Key.Key_Tab, Qt.Key.Key_Right)
    desk.press((Qt.Key.Key_Return, CONTROL))
    assert not dialog.isVisible()
    told = view_record(desk.session.store, logged.subject_id).texts
    kept = {key: told[key] for key in ("reported_to", "reported_via", "reported_at")}
    assert kept == {"reported_to": "李主管", "reported_via": "in_person", "reported_at": "2026-03-02 10:00"}
    assert not desk.panel.record.report.isVisible()
    assert tally(desk.session.store, now=NOW, station=True).shown[ShowRecords.IMPORTANT] == 0


def test_what_is_not_important_is_not_reported(desk: Desk, lift: Logged) -> None:
    desk.press((Qt.Key.Key_T, CONTROL))
    assert not desk.panel.record.report.isVisible()
    assert desk.panel.record._dialog is None


def test_handing_in_is_a_state_of_its_own(desk: Desk, lift: Logged) -> None:
    assert {"已登记", "未上交"} <= set(texts(desk.window).split("\n"))
    with desk.session.store.change() as unit:
        put = PutFile("there", NOW, (), {unit.life.writer: ((1, 999),)})
        keep_put_file(unit.connection, "share", put)
    desk.panel.refresh()
    desk.settle()
    assert {"已登记", "已上交"} <= set(texts(desk.window).split("\n"))


def test_a_correction_by_keys_with_a_reason_and_its_undo(desk: Desk, lift: Logged) -> None:
    desk.panel.record.begin_edit("caller_name")
    desk.press((Qt.Key.Key_A, CONTROL))
    desk.type("Li Na")
    desk.press((Qt.Key.Key_Return, CONTROL))
    assert desk.panel.record.edit is not None, "without a reason nothing is saved"
    assert focus_name() == "reason"
    desk.type("heard wrong")
    desk.press((Qt.Key.Key_Return, CONTROL))
    desk.settle()
    assert desk.panel.record.edit is None
    state = state_of(desk, lift)
    assert (state.text("caller_name"), state.text("state")) == ("Li Na", "corrected")
    assert "Li Na" in desk.rows()[2]
    assert desk.panel.record.notice.isVisible()
    button(desk.panel.record.notice, "撤销").click()
    desk.settle()
    assert (state_of(desk, lift).text("caller_name"), state_of(desk, lift).text("state")) == (
        "李娜",
        "recorded",
    )
    assert "李娜" in desk.rows()[2]


def test_only_what_was_touched_is_written(desk: Desk, lift: Logged) -> None:
    colleague = replace(desk.session.store, author=author("8022"))
    desk.panel.record.begin_edit("address")
    desk.press(Qt.Key.Key_End)
    desk.type("B1")
    correct(colleague, lift.subject_id, {"caller_name": "李娜娜"}, reason="核实", now=NOW)
    desk.panel.record.edit.reason.setFocus()
    desk.type("x")
    desk.press((Qt.Key.Key_S, CONTROL))
    desk.settle()
    told = view_record(desk.session.store, lift.subject_id)
    assert (told.texts["address"], told.texts["caller_name"]) == ("五幢二单元电梯B1", "李娜娜")
    assert told.conflicts == {}


def test_two_who_did_not_see_each_other_are_both_shown(desk: Desk, lift: Logged) -> None:
    colleague = replace(desk.session.store, author=author("8022"))
    desk.panel.record.begin_edit("caller_name")
    desk.type("Wang")
    correct(colleague, lift.subject_id, {"caller_name": "李娜娜"}, reason="核实", now=NOW)
    desk.panel.record.edit.reason.setFocus()
    desk.type("x")
    desk.press((Qt.Key.Key_Return, CONTROL))
    desk.settle()
    told = texts(desk.panel.record)
    assert "李娜娜" in told
    assert "多人填写不一致" in told
    assert len(view_record(desk.session.store, lift.subject_id).conflicts["caller_name"]) == 2


def test_escape_throws_nothing_away(desk: Desk, lift: Logged) -> None:
    desk.panel.record.begin_edit("caller_name")
    desk.press(Qt.Key.Key_Escape)
    assert desk.panel.record.edit is None, "nothing was typed"
    desk.panel.record.begin_edit("caller_name")
    desk.type("B")
    desk.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    edit = desk.panel.record.edit
    assert edit is not None
    assert "caller_name" in edit.changes()
    button(edit.notice, "放弃更正").click()
    desk.settle()
    assert desk.panel.record.edit is None
    assert state_of(desk, lift).text("state") == "recorded"


def test_all_other_fields_are_one_press_away(desk: Desk, lift: Logged) -> None:
    desk.panel.record.begin_edit()
    edit = desk.panel.record.edit
    assert edit is not None
    assert edit.findChild(QWidget, "crm_id") is None
    edit.more.click()
    crm = edit.findChild(QWidget, "crm_id")
    assert crm is not None
    assert crm.accessibleName()
    crm.setFocus()
    desk.type("C-9")
    edit.reason.setFocus()
    desk.type("x")
    desk.press((Qt.Key.Key_S, CONTROL))
    desk.settle()
    assert state_of(desk, lift).text("crm_id") == "C-9"


def test_ctrl_t_stamps_the_time_under_the_caret(desk: Desk, lift: Logged) -> None:
    desk.panel.record.begin_edit("centre_told_at")
    desk.press((Qt.Key.Key_T, CONTROL))
    assert desk.panel.record.edit.changes() == {"centre_told_at": "2026-03-02 10:00"}


def test_void_asks_for_a_reason_and_can_be_undone(desk: Desk, lift: Logged) -> None:
    desk.panel.record.void.click()
    asking = dialog(desk)
    desk.press(Qt.Key.Key_Return)
    assert asking.isVisible(), "a reason is needed"
    desk.type("twice")
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert not asking.isVisible()
    assert state_of(desk, lift).text("state") == "void"
    assert len(desk.rows()) == 4
    assert not desk.panel.record.correct.isVisible()
    assert "已撤回" in texts(desk.panel.record)
    button(desk.panel.record.notice, "撤销").click()
    desk.settle()
    assert len(desk.rows()) == 5
    assert desk.panel.record.correct.isVisible()


def test_escape_leaves_the_dialog_and_changes_nothing(desk: Desk, lift: Logged) -> None:
    desk.panel.record.void.click()
    asking = dialog(desk)
    desk.press(Qt.Key.Key_Escape)
    assert not asking.isVisible()
    assert state_of(desk, lift).text("state") == "recorded"


def test_the_history_tells_who_what_and_why(desk: Desk, lift: Logged) -> None:
    correct(desk.session.store, lift.subject_id, {"people_hurt": "no"}, reason="已确认", now=NOW)
    desk.panel.record.history.click()
    desk.settle()
    told = texts(dialog(desk))
    for part in ("更正", "原因：已确认", "有 → 无", "登记", "承诺回访", "09:50 师傅已出发"):
        assert part in told
    desk.press(Qt.Key.Key_Escape)


def test_the_number_is_copied(desk: Desk, lift: Logged) -> None:
    desk.panel.record.copy.click()
    assert QApplication.clipboard().text() == "07-00003-5"


def test_what_callers_say_is_never_rendered(desk: Desk, save) -> None:
    logged = save(caller_name="<b>王</b>", detail="<img src=x>\n<h1>大</h1>", phone="13123450009")
    desk.panel.refresh()
    desk.panel.open(logged.subject_id)
    desk.settle()
    for label in desk.panel.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<b>王</b>" in texts(desk.panel.record)
    index = desk.panel.table.model().index(0, 3)
    assert "<" not in str(index.data(Qt.ItemDataRole.ToolTipRole))


def test_every_input_has_a_name_and_a_key(desk: Desk, lift: Logged) -> None:
    desk.panel.record.begin_edit()
    edit = desk.panel.record.edit
    assert edit is not None
    edit.more.click()
    for key, editor in edit._editors.items():
        assert editor.widget.objectName() == key
        assert editor.widget.accessibleName() or editor.widget.text()


def test_a_late_answer_does_not_take_the_caret_from_the_next_call(desk: Desk, lift: Logged) -> None:
    phone = LineEdit()
    desk.window.layout().addWidget(phone)
    desk.panel.record.begin_edit("caller_name")
    desk.type("x")
    desk.panel.record.edit.reason.setFocus()
    desk.type("heard wrong")
    desk.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CONTROL)
    phone.setFocus()
    desk.settle()
    assert desk.panel.record.edit is None
    assert QApplication.focusWidget() is phone
    undo = button(desk.panel.record.notice, "撤销")
    undo.setFocus()
    desk.qtbot.keyClick(undo, Qt.Key.Key_Space)
    phone.setFocus()
    desk.settle()
    assert state_of(desk, lift).text("caller_name") == "李娜"
    assert QApplication.focusWidget() is phone


def test_after_a_correction_and_its_undo_the_keys_still_work_here(desk: Desk, lift: Logged) -> None:
    phone = LineEdit()
    desk.window.layout().addWidget(phone)
    desk.panel.record.begin_edit("caller_name")
    desk.type("x")
    desk.panel.record.edit.reason.setFocus()
    desk.type("heard wrong")
    desk.press((Qt.Key.Key_Return, CONTROL))
    assert desk.panel.record.isAncestorOf(QApplication.focusWidget())
    undo = button(desk.panel.record.notice, "撤销")
    undo.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is desk.panel.record


def test_what_is_filled_in_is_marked_as_missing_no_more(desk: Desk, lift: Logged) -> None:
    missing = [key for key in view_record(desk.session.store, lift.subject_id).missing if FIELDS[key].options]
    desk.panel.record.begin_edit(missing[0])
    combo = QApplication.focusWidget()
    assert isinstance(combo, Combo)
    assert amber(desk, combo)
    combo.setFocus()
    desk.press(Qt.Key.Key_Down)
    assert combo.current_code()
    assert not amber(desk, combo)
    combo.setFocus()
    desk.press(Qt.Key.Key_Home)
    assert not combo.current_code()
    assert amber(desk, combo), "emptied again, it is missing again"


def amber(desk: Desk, field: QWidget) -> bool:
    """Whether the frame of a field has the colour of what is missing, looked at without the focus."""
    desk.panel.record.edit.reason.setFocus()
    frame = field.grab().toImage().pixelColor(field.width() // 2, 0)
    return frame.name() == QColor(current_tokens().warn).name()
