"""Papers of an incident: Ctrl+P, logs by role, the summary drafted from the log."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.paper import lines_of
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incident_values import set_values
from desktop_app.ui.papers.paper_dialog import PaperDialog
from tests.ui.incident.conftest import NOW
from tests.ui.incident.halls import ALT, CTRL, Hall, Key

CONFIRMED = {"scope": "all", "incident_category": "application"}


def paper(hall: Hall) -> str:
    """Press Ctrl+P, read the paper that is shown, and close it."""
    hall.hit(Key.Key_P, CTRL)
    dialog = hall.dialog()
    assert isinstance(dialog, PaperDialog)
    hall.room.settle()
    assert dialog.drawn is not None
    assert dialog.pages, "the pages are on screen"
    text = "\n".join(lines_of(dialog.drawn.paper))
    hall.hit(Key.Key_Escape)
    hall.back()
    return text


def confirm(hall: Hall) -> None:
    take_step(hall.room.store, hall.head, IncidentState.CONFIRMED, now=NOW, values=CONFIRMED)
    hall.page._room.refresh()
    hall.room.settle()


def test_ctrl_p_shows_the_form_of_the_incident(hall: Hall) -> None:
    set_values(hall.room.store, hall.head, {"plan_version": "GZ-02 1.0, SX-01 1.0"}, now=NOW)
    text = paper(hall)
    assert text.startswith("系统故障情况处理表\nG07-")
    assert "现象: CRM 打不开" in text
    assert f"打印：{hall.room.session.person.name}" in text
    assert "工作站 07" in text
    # Number and version of what it was led by, as they were then (2 cover).
    assert "制度版本: GZ-02 1.0, SX-01 1.0" in text


def test_ctrl_tab_goes_round_all_views_and_keys_are_heard_in_each(hall: Hall) -> None:
    confirm(hall)
    codes = hall.page.views.codes()
    onward = [(code, Key.Key_Tab, CTRL) for code in [*codes[1:], codes[0]]]
    # With Shift held the key is told as another one.
    back = [(code, Key.Key_Backtab, CTRL | Qt.KeyboardModifier.ShiftModifier) for code in reversed(codes)]
    for code, key, held in onward + back:
        hall.hit(key, held)
        assert hall.page.views.current_code() == code
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible()
        assert hall.page.isAncestorOf(focus), code
    assert paper(hall).startswith("系统故障情况处理表")


def test_the_log_is_narrowed_by_role_copied_and_printed(hall: Hall) -> None:
    confirm(hall)
    hall.page.show_view("log")
    hall.room.settle()
    panel = hall.page._panels["log"]
    every = [row.what for row in panel.model.rows]
    assert every[0] == "报告故障：CRM 打不开"
    assert [what for what in every if what.startswith("填写")]
    panel.whose.setFocus()
    hall.hit(Key.Key_4)
    management = [row.what for row in panel.model.rows]
    assert management == ["报告故障：CRM 打不开", "确认故障"]
    panel.copy.click()
    assert [line.split("\t")[2] for line in QGuiApplication.clipboard().text().split("\n")] == management
    text = paper(hall)
    assert text.startswith("故障日志 · 管理日志")
    assert "填写" not in text


def test_the_summary_is_drafted_by_one_key_corrected_and_printed(hall: Hall) -> None:
    confirm(hall)
    over = {"recovery_confirmed_by": "赵运维"}
    take_step(hall.room.store, hall.head, IncidentState.RECOVERED, now=NOW, values=over)
    hall.page._room.refresh()
    hall.go("closing")
    assert hall.field("print_incident").text() == "打印总结", "each view says what it prints"
    hall.hit(Key.Key_L, ALT)
    assert hall.view.text("course") != ""
    form = hall.page._panels["closing"].form
    assert form.field("course").toPlainText().split("\n")[0].endswith("报告故障：CRM 打不开")
    form.field("result").setFocus()
    form.field("result").selectAll()
    hall.writes("已恢复，无损失")
    text = paper(hall)
    assert text.startswith("故障总结")
    assert "已恢复，无损失" in text, "what is being typed is on the paper"
    assert hall.view.text("result") == "已恢复，无损失"
