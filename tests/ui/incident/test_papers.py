"""Papers of an incident in the real window: Ctrl+P, logs by role, the summary drafted from the log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.paper import lines_of
from desktop_app.domain.roles import Role
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incidents import incident
from desktop_app.ui.papers.paper_dialog import PaperDialog
from tests.ui.incident.test_incident_page import ALT, CTRL, Key, RoomDesk


@pytest.fixture
def lead(qtbot: QtBot, own_data_folder) -> Iterator[RoomDesk]:
    opened = RoomDesk(qtbot, own_data_folder, Role.LEAD)
    opened.unlock()
    opened.waits(lambda: bool(opened.window.workplace._session.shelf.pack.ladders))
    opened.settle()
    opened.report()
    yield opened
    opened.close()


def paper(desk: RoomDesk) -> str:
    """Press Ctrl+P, read the paper that is shown, and close it."""
    desk.hit(Key.Key_P, CTRL)
    dialog = desk.dialog()
    assert isinstance(dialog, PaperDialog)
    desk.waits(lambda: dialog.drawn is not None)
    desk.settle()
    assert dialog.pages, "the pages are on screen"
    text = "\n".join(lines_of(dialog.drawn.paper))
    desk.hit(Key.Key_Escape)
    desk.back()
    return text


def test_ctrl_p_shows_the_form_of_the_incident(lead: RoomDesk) -> None:
    text = paper(lead)
    assert text.startswith("系统故障情况处理表\nG07-")
    assert "现象: CRM 打不开" in text
    assert "打印：李娜 · 工作站 07" in text


def test_keys_are_heard_in_every_view(lead: RoomDesk) -> None:
    lead.confirm()
    for code in [*lead.page.views.codes(), "clocks"][1:]:
        lead.hit(Key.Key_Tab, CTRL)
        assert lead.page.views.current_code() == code
        assert lead.page.isAncestorOf(lead.window.focusWidget()), code
    assert paper(lead).startswith("系统故障情况处理表")


def test_the_log_is_narrowed_by_role_copied_and_printed(lead: RoomDesk) -> None:
    lead.confirm()
    lead.page.show_view("log")
    lead.settle()
    panel = lead.page._panels["log"]
    every = [row.what for row in panel.model.rows]
    assert every[0] == "报告故障：CRM 打不开"
    assert [what for what in every if what.startswith("填写")]
    panel.whose.setFocus()
    lead.hit(Key.Key_4)
    management = [row.what for row in panel.model.rows]
    assert management == ["报告故障：CRM 打不开", "确认故障"]
    panel.copy.click()
    assert [line.split("\t")[2] for line in QGuiApplication.clipboard().text().split("\n")] == management
    text = paper(lead)
    assert text.startswith("故障日志 · 管理日志")
    assert "填写" not in text


def test_the_summary_is_drafted_by_one_key_corrected_and_printed(lead: RoomDesk) -> None:
    lead.confirm()
    now = lead.window.workplace._session.clock
    head = lead.view.head
    over = {"recovery_confirmed_by": "赵运维"}
    take_step(lead.store, head, IncidentState.RECOVERED, now=now(), values=over)
    lead.window.workplace.incidents.refresh()
    lead.page.show_view("closing")
    lead.settle()
    lead.hit(Key.Key_L, ALT)
    lead.waits(lambda: incident(lead.store, head).text("course") != "")
    lead.settle()
    form = lead.page._panels["closing"].form
    assert form.field("course").toPlainText().split("\n")[0].endswith("报告故障：CRM 打不开")
    form.field("result").setFocus()
    form.field("result").selectAll()
    lead.writes("已恢复，无损失")
    text = paper(lead)
    assert text.startswith("故障总结")
    assert "已恢复，无损失" in text, "what is being typed is on the paper"
    assert incident(lead.store, head).text("result") == "已恢复，无损失"


def test_readiness_is_reached_by_palette_and_printed(lead: RoomDesk) -> None:
    lead.hit(Key.Key_K, CTRL)
    lead.waits(lambda: lead.sees("palette_text"))
    lead.writes("就绪检查")
    lead.settle()
    lead.hit(Key.Key_Return)
    lead.waits(lambda: lead.window.workplace.place() == "readiness")
    lead.settle()
    assert lead.find("readiness_state").text().startswith("有 ")
    assert lead.find("check_memory").text() in ("就绪", "留意")
    assert lead.find("check_backup").text() == "要处理"
    text = paper(lead)
    assert text.startswith("就绪检查")
    assert "没有找到本机做过的备份" in text
    lead.find("go_customers").setFocus()
    lead.hit(Key.Key_Return)
    assert lead.window.workplace.place() == "customers"
