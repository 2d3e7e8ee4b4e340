"""Who does what, internal notes and the next shift, by keys in the lead's window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.domain.incident_roles import Post, who_leads
from desktop_app.services.incident_notes import NoteKind, notes
from desktop_app.services.incident_roles import role_board
from desktop_app.services.roster import look_at, take_in
from desktop_app.ui.incident.overtime_dialog import OvertimeDialog
from desktop_app.ui.incident.post_dialog import PostDialog
from desktop_app.ui.incident.team_panel import TeamPanel
from tests.ui.incident.conftest import Room
from tests.ui.incident.panels import Shown, cells
from tests.ui.typing.composing import settle as commit_text


@pytest.fixture
def team(room: Room) -> Shown[TeamPanel]:
    return Shown(room, TeamPanel)


def test_a_deputy_is_named_hands_on_and_the_board_says_who_leads(team: Shown[TeamPanel]) -> None:
    dialog = team.asked("incident_post", PostDialog)
    dialog.post.choose(Post.DEPUTY)
    team.answers(dialog)
    assert "由谁" in dialog.notice.text()
    dialog.name.setText("陈静")
    team.answers(dialog)
    leads = who_leads(role_board(team.view), team.room.clock())
    assert leads is not None
    assert leads.name == "陈静"
    assert team.panel.board._leads.text() == "现在由 陈静 指挥（副指挥）"
    team.room.clock.pass_minutes(30)
    team.panel.board.table.activated.emit(team.panel.board.model.index(0, 0))
    second = team.dialog(PostDialog)
    assert second.post.current_code() == Post.DEPUTY
    second.name.setText("刘芳")
    second.acting.setChecked(True)
    team.answers(second)
    assert second.isVisible(), "whoever acts says why"
    second.reason.setText("陈静去机房")
    team.answers(second)
    first, after = cells(team.panel.board.model)
    assert (first[1], first[3]) == ("陈静", "10:30 交给 刘芳")
    assert after[1] == "刘芳（代行）"


def test_a_lead_in_command_says_why_in_the_dialog(team: Shown[TeamPanel]) -> None:
    dialog = team.asked("incident_post", PostDialog)
    dialog.name.setText("陈静")
    team.answers(dialog)
    assert dialog.isVisible()
    dialog.reason.setText("主管在路上")
    team.answers(dialog)
    (held,) = role_board(team.view)
    assert (held.post, held.reason) == ("commander", "主管在路上")


def test_a_note_composed_and_entered_is_on_the_board_and_can_be_undone(team: Shown[TeamPanel]) -> None:
    line = team.panel.bulletins.line
    line.setFocus()
    commit_text(line, "14:00 协调会")
    team.room.qtbot.keyClick(line, Qt.Key.Key_Return)
    team.room.settle()
    assert [one.text for one in notes(team.room.store, team.view, NoteKind.BULLETIN)] == ["14:00 协调会"]
    assert line.text() == ""
    assert cells(team.panel.bulletins.model)[0][2] == "14:00 协调会"
    team.room.qtbot.keyClick(line, Qt.Key.Key_Return)
    team.panel.feedback.line.setText("备用耳机不够")
    team.room.qtbot.keyClick(team.panel.feedback.line, Qt.Key.Key_Return)
    team.room.settle()
    assert len(notes(team.room.store, team.view, NoteKind.BULLETIN)) == 1
    assert [one.text for one in notes(team.room.store, team.view, NoteKind.FEEDBACK)] == ["备用耳机不够"]


ROSTER = (
    "日期,时间,姓名,工号\n2026-03-02,08:00-16:00,李娜,8021\n"
    "2026-03-02,16:00-23:00,王芳,8022\n2026-03-02,16:00-23:00,陈刚,8024\n"
)


def test_the_gap_of_the_next_shift_is_what_is_needed_less_who_comes(room: Room, tmp_path: Path) -> None:
    """Row 82: seats needed are typed, the roster says who comes, overtime with consent fills the rest."""
    path = tmp_path / "值班.csv"
    path.write_text(ROSTER, "utf-8")
    take_in(room.store, look_at(path), now=room.clock())
    team = Shown(room, TeamPanel)
    shift = team.panel.shift
    shift.seats.setFocus()
    room.qtbot.keyClicks(shift.seats, "5")
    room.settle()
    assert "还缺 3 席" in shift._gap.text()
    dialog = team.asked("incident_overtime", OvertimeDialog)
    dialog.name.setText("李娜")
    dialog.consent.choose("agreed")
    team.answers(dialog)
    assert "还缺 2 席" in shift._gap.text()


def test_who_agreed_to_overtime_is_listed_with_their_answer(team: Shown[TeamPanel]) -> None:
    assert "没有下一班" in team.panel.shift._gap.text()
    for name, consent in (("李娜", "agreed"), ("赵敏", "refused")):
        dialog = team.asked("incident_overtime", OvertimeDialog)
        dialog.name.setText(name)
        dialog.consent.choose(consent)
        team.answers(dialog)
    assert [(one.name, one.agreed) for one in team.view.called_in] == [("李娜", True), ("赵敏", False)]
    assert [row[1:] for row in cells(team.panel.shift.model)] == [["李娜", "同意"], ["赵敏", "不同意"]]
