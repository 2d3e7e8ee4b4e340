"""Who does what, internal notes and the next shift, by keys in the lead's window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from desktop_app.domain.incident_roles import Post, who_leads
from desktop_app.services.incident_notes import NoteKind, notes
from desktop_app.services.incident_roles import role_board
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incidents import current_incident, report_fault
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.next_shift_card import NextShiftCard
from desktop_app.ui.incident.notes_card import NotesCard
from desktop_app.ui.incident.overtime_dialog import OvertimeDialog
from desktop_app.ui.incident.post_dialog import PostDialog
from desktop_app.ui.incident.role_board_card import RoleBoardCard
from desktop_app.ui.incident.team_panel import TeamPanel
from tests.ui.incident.conftest import Room
from tests.ui.typing.composing import settle as commit_text


class Team:
    """The panel of an incident that was reported, and hands at it."""

    def __init__(self, room: Room) -> None:
        self.room = room
        report_fault(room.store, symptom="网络断了", category="network", now=room.clock())
        self.incidents = IncidentRoom(room.session, room.window)
        room.settle()
        self.panel = TeamPanel(self.incidents)
        QVBoxLayout(room.window).addWidget(self.panel)
        self.panel.show()
        self.incidents.changed.connect(self.show)
        self.show()
        room.settle()

    def show(self) -> None:
        assert self.incidents.shown is not None
        self.panel.show_incident(self.incidents.shown)

    @property
    def view(self) -> IncidentView:
        found = current_incident(self.room.store)
        assert found is not None
        return found

    def asked(self, shortcut: str, of: type[DoingDialog]) -> DoingDialog:
        self.room.session.shortcuts.run(shortcut)
        (found,) = [one for one in self.room.window.findChildren(of) if one.isVisible()]
        return found

    def answers(self, dialog: DoingDialog) -> None:
        dialog.accept()
        self.room.settle()


@pytest.fixture
def team(room: Room) -> Team:
    return Team(room)


def rows(card: NotesCard | NextShiftCard | RoleBoardCard) -> list[list[str]]:
    model = card.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_deputy_is_named_hands_on_and_the_board_says_who_leads(team: Team) -> None:
    dialog = team.asked("incident_post", PostDialog)
    assert isinstance(dialog, PostDialog)
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
    (second,) = [one for one in team.room.window.findChildren(PostDialog) if one.isVisible()]
    assert second.post.current_code() == Post.DEPUTY
    second.name.setText("刘芳")
    second.acting.setChecked(True)
    team.answers(second)
    assert second.isVisible(), "whoever acts says why"
    second.reason.setText("陈静去机房")
    team.answers(second)
    first, after = rows(team.panel.board)
    assert (first[1], first[3]) == ("陈静", "10:30 交给 刘芳")
    assert after[1] == "刘芳（代行）"


def test_a_lead_in_command_says_why_in_the_dialog(team: Team) -> None:
    dialog = team.asked("incident_post", PostDialog)
    assert isinstance(dialog, PostDialog)
    dialog.name.setText("陈静")
    team.answers(dialog)
    assert dialog.isVisible()
    dialog.reason.setText("主管在路上")
    team.answers(dialog)
    (held,) = role_board(team.view)
    assert (held.post, held.reason) == ("commander", "主管在路上")


def test_a_note_composed_and_entered_is_on_the_board_and_can_be_undone(team: Team) -> None:
    line = team.panel.bulletins.line
    line.setFocus()
    commit_text(line, "14:00 协调会")
    team.room.qtbot.keyClick(line, Qt.Key.Key_Return)
    team.room.settle()
    assert [one.text for one in notes(team.room.store, team.view, NoteKind.BULLETIN)] == ["14:00 协调会"]
    assert line.text() == ""
    assert rows(team.panel.bulletins)[0][2] == "14:00 协调会"
    team.room.qtbot.keyClick(line, Qt.Key.Key_Return)
    team.panel.feedback.line.setText("备用耳机不够")
    team.room.qtbot.keyClick(team.panel.feedback.line, Qt.Key.Key_Return)
    team.room.settle()
    assert len(notes(team.room.store, team.view, NoteKind.BULLETIN)) == 1
    assert [one.text for one in notes(team.room.store, team.view, NoteKind.FEEDBACK)] == ["备用耳机不够"]


def test_who_agreed_to_overtime_is_listed_with_their_answer(team: Team) -> None:
    assert "没有下一班" in team.panel.shift._gap.text()
    for name, consent in (("李娜", "agreed"), ("赵敏", "refused")):
        dialog = team.asked("incident_overtime", OvertimeDialog)
        assert isinstance(dialog, OvertimeDialog)
        dialog.name.setText(name)
        dialog.consent.choose(consent)
        team.answers(dialog)
    assert [(one.name, one.agreed) for one in team.view.called_in] == [("李娜", True), ("赵敏", False)]
    assert [row[1:] for row in rows(team.panel.shift)] == [["李娜", "同意"], ["赵敏", "不同意"]]
