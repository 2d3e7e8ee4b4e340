"""A record in its page, and what is read there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.services.records import Logged
from tests.ui.records.conftest import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def lift(desk: Desk, day: list[Logged]) -> Logged:
    """The urgent call, open."""
    desk.panel.open(day[2].subject_id)
    desk.settle()
    return day[2]


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def state_of(desk: Desk, logged: Logged) -> State:
    with desk.session.store.read() as view:
        return view.state(Subject(SubjectKind.RECORD, logged.subject_id))


def dialog(desk: Desk) -> QDialog:
    (found,) = (one for one in desk.window.findChildren(QDialog) if one.isVisible())
    desk.qtbot.waitUntil(found.isActiveWindow)
    return found


def button(inside: QWidget, text: str) -> QPushButton:
    (found,) = (one for one in inside.findChildren(QPushButton) if one.text() == text and one.isVisible())
    return found


def focus_name() -> str:
    focus = QApplication.focusWidget()
    return focus.objectName() if focus else ""
