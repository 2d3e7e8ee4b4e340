"""Notices in the outage room: from the site's text, approved, posted, followed to the resolved one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout

from desktop_app.domain.announcement_steps import AnnouncementState
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.outage_options import AnnouncementType
from desktop_app.domain.roles import Role
from desktop_app.services.announcements import Notice, announcements, in_force
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incidents import report_fault
from desktop_app.services.to_confirm import confirm, to_confirm
from desktop_app.ui.act_dialog import ActDialog
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.notice_dialog import NoticeDialog
from desktop_app.ui.incident.notices_panel import NoticesPanel
from desktop_app.ui.incident.publish_dialog import PublishDialog
from tests.stores import author
from tests.ui.incident.conftest import Room

_T = AnnouncementType
STEPS = {
    IncidentState.CONFIRMED: {"scope": "some"},
    IncidentState.RECOVERED: {"recovery_confirmed_by": "赵运维"},
}


class Notices:
    """The panel of an incident that was reported, and hands at it."""

    def __init__(self, room: Room, category: str = "network") -> None:
        self.room = room
        report_fault(room.store, symptom="网络断了", category=category, now=room.clock())
        self.incidents = IncidentRoom(room.session, room.window)
        room.settle()
        self.panel = NoticesPanel(self.incidents)
        QVBoxLayout(room.window).addWidget(self.panel)
        self.panel.show()
        self.incidents.changed.connect(self.show)
        self.show()
        room.settle()

    def show(self) -> None:
        view = self.incidents.shown
        assert view is not None
        self.panel.show_incident(view)

    @property
    def all(self) -> tuple[Notice, ...]:
        return announcements(self.room.store)

    def press(self, name: str) -> None:
        self.room.session.shortcuts.run(f"incident_notice_{name}")
        self.room.settle()

    def dialog(self, of: type) -> object:
        (found,) = [one for one in self.room.window.findChildren(of) if one.isVisible()]
        return found

    def writes(self, **texts: str) -> NoticeDialog:
        dialog = self.dialog(NoticeDialog)
        assert isinstance(dialog, NoticeDialog)
        for name, text in texts.items():
            (dialog.fields.get(name) or dialog.times[name]).setText(text)
        return dialog

    def keeps(self, dialog: NoticeDialog | PublishDialog) -> None:
        self.room.qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.room.settle()
        assert not dialog.isVisible(), dialog.notice.text()

    def acts(self, reason: str) -> None:
        dialog = self.dialog(ActDialog)
        assert isinstance(dialog, ActDialog)
        dialog.reason.setText(reason)
        self.room.qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
        self.room.settle()

    def goes_out(self, **texts: str) -> None:
        """Write what comes next, approve it as 代行 and note it as posted."""
        self.press("write")
        self.keeps(self.writes(**texts))
        self.press("next")
        self.acts("主管不在场")
        self.press("next")
        dialog = self.dialog(PublishDialog)
        assert isinstance(dialog, PublishDialog)
        self.keeps(dialog)

    def facts(self) -> str:
        """Return the line that says who wrote and who approved the notice at hand."""
        (said,) = [
            one.text()
            for one in self.panel.findChildren(QLabel)
            if one.isVisible() and one.text().startswith("起草：")
        ]
        return said

    def becomes(self, *states: IncidentState) -> None:
        for state in states:
            view = self.incidents.shown
            assert view is not None
            lead = replace(self.room.store, author=author("5001", Role.SUPERVISOR))
            values = STEPS.get(state, {})
            take_step(lead, view.head, state, now=self.room.clock(), values=values, reason="演练")
            self.incidents.refresh()
            self.room.settle()


@pytest.fixture
def notices(room: Room) -> Notices:
    return Notices(room)


def test_from_the_first_notice_to_the_resolved_one(notices: Notices) -> None:
    panel = notices.panel
    assert panel.state.text() == "目前没有对外公告"
    notices.goes_out(workaround="请到营业厅办理")
    (first,) = notices.all
    assert (first.type, first.state) == (_T.FIRST, AnnouncementState.PUBLISHED)
    assert first.channels == ("website", "ivr", "wechat")
    assert first.text("wording_version") == "GG-01 1.0"
    assert "请到营业厅办理" in first.text("text_zh")
    assert "预计" not in first.text("text_zh"), "nobody knows yet"
    assert panel.state.text() == "10:30 前再通报"
    notices.room.clock.pass_minutes(31)
    notices.show()
    notices.room.settle()
    assert panel.state.text() == "应在 10:30 再通报，已过时"
    assert panel.proposed() is _T.UPDATE
    notices.goes_out(expected_at="14:00")
    assert in_force(notices.all) is not None
    notices.room.clock.pass_minutes(9)
    notices.becomes(IncidentState.CONFIRMED, IncidentState.MANUAL, IncidentState.RECOVERED)
    assert panel.proposed() is _T.RESOLVED
    assert panel.state.text() == "故障已恢复，还没有公告恢复"
    notices.goes_out()
    assert [one.type for one in notices.all] == [_T.FIRST, _T.UPDATE, _T.RESOLVED]
    assert in_force(notices.all) is None
    assert panel.state.text() == "已公告恢复"


def test_the_texts_follow_until_somebody_edits_them(notices: Notices) -> None:
    notices.press("write")
    dialog = notices.writes(affected="查不到订单", workaround="请留下电话")
    assert "查不到订单" in dialog.texts["zh"].full_text()
    english = dialog.texts["en"].full_text()
    assert "this problem: Network trouble." in english, "what its type is called instead"
    assert "____" not in english
    assert "Until then" not in english, "no Chinese words, and no blank that would go out unread"
    dialog.texts["zh"].setPlainText("自己写的。")
    notices.writes(affected="IVR")
    assert dialog.texts["zh"].full_text() == "自己写的。"
    assert "problem: IVR" in dialog.texts["en"].full_text()
    dialog.rewrite()
    assert "IVR" in dialog.texts["zh"].full_text()
    notices.writes(expected_at="13:30")
    assert "03-02 13:30" in dialog.texts["zh"].full_text()
    box = dialog.findChild(QCheckBox, "expected_open")
    assert box is not None
    box.setChecked(True)
    assert "13:30" not in dialog.texts["zh"].full_text()
    dialog.reject()


def test_the_type_of_incident_names_what_is_affected_in_both_languages(notices: Notices) -> None:
    notices.press("write")
    dialog = notices.writes()
    kind = next(one for one in notices.room.session.shelf.pack.incident_types if one.key == "network")
    assert kind.title.zh in dialog.texts["zh"].full_text()
    assert kind.title.en in dialog.texts["en"].full_text()
    dialog.reject()


def test_the_text_for_this_type_comes_first(room: Room) -> None:
    notices = Notices(room, "hotline_down")
    notices.press("write")
    assert notices.writes().template.current_code() == "first_lines"
    notices.writes().reject()


def test_a_time_nobody_can_read_is_said_and_nothing_is_kept(notices: Notices) -> None:
    notices.press("write")
    dialog = notices.writes(since="早上")
    dialog.accept()
    assert "时间写法看不懂" in dialog.notice.text()
    assert dialog.isVisible()
    assert notices.all == ()
    dialog.reject()


def test_one_that_is_not_out_is_changed_and_approved_again(notices: Notices) -> None:
    notices.press("write")
    notices.keeps(notices.writes())
    notices.press("next")
    notices.acts("主管不在场")
    notices.panel.change.click()
    notices.keeps(notices.writes(affected="只有查询受影响"))
    (one,) = notices.all
    assert (one.state, one.text("affected")) == (AnnouncementState.DRAFT, "只有查询受影响")
    notices.panel.withdraw.click()
    notices.acts("写错了")
    assert notices.all[0].state is AnnouncementState.WITHDRAWN


def test_an_approval_for_the_supervisor_says_so_until_it_is_confirmed(notices: Notices) -> None:
    lead = Subject(SubjectKind.USER, notices.room.store.author.actor)
    with notices.room.store.change() as unit:
        unit.change(lead, {"name": "陈静"}, at=notices.room.clock())
    notices.press("write")
    notices.keeps(notices.writes())
    notices.press("next")
    notices.acts("主管不在场")
    approved = "批准：陈静"
    assert f"{approved}（代行主管，待确认）" in notices.facts()
    (listed,) = to_confirm(notices.room.store)
    supervisor = replace(notices.room.store, author=author("5001", Role.SUPERVISOR))
    confirm(supervisor, listed.subject, listed.entry_id, now=notices.room.clock())
    notices.show()
    notices.room.settle()
    assert approved in notices.facts()
    assert "代行" not in notices.facts()
    notices.panel.change.click()
    notices.keeps(notices.writes(affected="只有查询受影响"))
    notices.press("next")
    notices.acts("主管还没回来")
    assert f"{approved}（代行主管，待确认）" in notices.facts(), "new words wait for themselves"


def test_the_statement_has_its_spokesperson(notices: Notices) -> None:
    notices.panel.statement.click()
    notices.keeps(notices.writes())
    (one,) = notices.all
    assert (one.type, one.text("spokesperson")) == (_T.STATEMENT, "中心经理")
    assert notices.panel.proposed() is _T.FIRST


@pytest.mark.parametrize(("name", "language"), [("copy_zh", "zh"), ("copy_en", "en")])
def test_a_text_is_copied_by_one_key(notices: Notices, name: str, language: str) -> None:
    notices.press("write")
    notices.keeps(notices.writes())
    notices.panel.table.setFocus()
    notices.press(name)
    assert QGuiApplication.clipboard().text() == notices.all[0].text(f"text_{language}")
    assert notices.room.told.said[-1].startswith("正文已复制")
