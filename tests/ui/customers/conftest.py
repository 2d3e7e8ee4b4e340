"""The import page in a window of its own, on a real encrypted store."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.roles import Role
from desktop_app.services.seats import Seat
from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.customers.customers_page import CustomersPage
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.ui.desk.desks import desk  # noqa: F401


class Told(list[Exception]):
    """What the page could not say itself."""

    def tell(self, problem: Exception) -> None:
        self.append(problem)


@pytest.fixture
def page(
    qapp: QApplication, qtbot: QtBot, store: Store, background: Background, tmp_path: Path
) -> Iterator[CustomersPage]:
    if not qapp.styleSheet():
        apply_theme(qapp, "light")
    window = QWidget()
    qtbot.addWidget(window)
    session = Session(
        store=store,
        person=Seat("8021", "李娜", Role.AGENT, "07", False),
        words=Words("zh"),
        background=background,
        clock=lambda: datetime.now(UTC),
        preferences=Preferences(tmp_path / "window.ini"),
        shortcuts=Shortcuts(window),
        messages=Told(),
    )
    opened = CustomersPage(session)
    layout = QVBoxLayout(window)
    layout.addWidget(opened)
    window.resize(1100, 700)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    opened.setFocus()
    settle(qtbot, background)
    yield opened
    settle(qtbot, background)
