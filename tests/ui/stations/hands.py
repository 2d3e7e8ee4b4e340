"""What is done at the stations page and read off it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.services.records import template_rows
from desktop_app.storage.store import Store
from desktop_app.ui.stations.code_panel import CodePanel
from tests import hearsay
from tests.floor import Desk, Floor
from tests.ui.stations.conftest import Opened

Open = Callable[..., Opened]


ALT = Qt.KeyboardModifier.AltModifier
SEVEN = hearsay.identity("07", "王芳")


def drop(opened: Opened, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, left = QPointF(QPoint(9, 9)), Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    opened.page.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, data, left, none))
    opened.settle()


def child(opened: Opened, name: str) -> QWidget:
    (found,) = (one for one in opened.page.findChildren(QWidget, name) if one.isVisible())
    return found


def calls(store: Store) -> int:
    return len(template_rows(store))


def dialog(opened: Opened) -> QDialog:
    opened.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    found.activateWindow()
    opened.qtbot.waitUntil(found.isActiveWindow)
    return found


def code_in(shown: QDialog) -> str:
    (panel,) = shown.findChildren(CodePanel)
    return panel.code()


def handed_in(floor: Floor) -> tuple[Desk, Desk, Path]:
    """Return a lead, a station the lead does not know, and what that station handed in."""
    lead, station = floor.lead(), floor.desk("07")
    station.accepts(lead)
    station.log_many(2)
    return lead, station, station.hand_in(lead)
