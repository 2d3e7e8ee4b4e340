"""A StartWindow over real folders, driven by keys as a person does."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from desktop_app.domain.roles import Role
from desktop_app.policy import Policy
from desktop_app.services.places import folder_for
from desktop_app.services.stores import Created, OpenStore, Person, create
from desktop_app.ui.background.background import Background
from desktop_app.ui.start.parts import StartParts
from desktop_app.ui.start.start_window import StartWindow
from desktop_app.words import Words
from tests.backgrounds import settle

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
PIN = "a long pass phrase"
NEW = "another pass phrase"
OWNER = Person("8021", "李娜", Role.AGENT)
RELIEF = Person("8022", "王芳", Role.AGENT)


def make(data: Path, *, drill: bool = False, **told) -> Created:
    given = {"station": "07", "owner": OWNER, "pin": PIN} | told
    return create(folder_for(data, drill=drill), data_folder=data, now=NOW, drill=drill, **given)


class Desk:
    """What a person sees and does before a store is unlocked."""

    def __init__(self, qtbot, background: Background, data: Path, policy: Policy | None = None) -> None:
        self.bot, self.background, self.data = qtbot, background, data
        self.words = Words("en")
        parts = StartParts(self.words, background, policy or Policy(), data, lambda: NOW)
        self.window = StartWindow(parts)
        self.opened: list[OpenStore] = []
        self.window.unlocked.connect(self.opened.append)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def begin(self) -> None:
        self.window.begin()
        self.settle()

    def settle(self) -> None:
        settle(self.bot, self.background)
        QApplication.processEvents()

    def focus(self) -> str:
        inside = QApplication.focusWidget()
        return inside.objectName() if inside else ""

    def type(self, *texts: str) -> None:
        """Type each text into the field that has the focus then, Tab after each but the last."""
        for index, text in enumerate(texts):
            if index:
                self.key(Qt.Key.Key_Tab)
            self.bot.keyClicks(QApplication.focusWidget(), text)

    def key(self, key: Qt.Key) -> None:
        self.bot.keyClick(QApplication.focusWidget(), key)

    def enter(self) -> None:
        self.key(Qt.Key.Key_Return)
        self.settle()

    def unlock(self, number: str, pin: str) -> None:
        """Staff number, Tab, PIN, Enter: the contract of the unlock window."""
        field = self.field("staff_number")
        field.setFocus()
        field.selectAll()
        self.type(number, pin)
        self.enter()

    def field(self, name: str) -> QLineEdit:
        return self.window.page.findChild(QLineEdit, name)

    def button(self, name: str) -> QPushButton:
        return self.window.findChild(QPushButton, name)

    def press(self, name: str) -> None:
        self.bot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)
        self.settle()

    def page(self) -> str:
        return type(self.window.page).__name__

    def told(self) -> str:
        """Everything that the page says in words."""
        return "\n".join(label.text() for label in self.window.page.findChildren(QLabel) if label.isVisible())

    def close(self) -> None:
        self.window.abandon()
        for store in self.opened:
            store.close()
