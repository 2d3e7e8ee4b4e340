"""Hands at the reconciliation page: keys, files dropped on it, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.match_decisions import standing
from desktop_app.domain.reconciliation import RecordResult, RecordStatus
from desktop_app.ui.reconcile.filters import Filter
from desktop_app.ui.reconcile.reconcile_page import ReconcilePage
from tests.backgrounds import settle
from tests.ui.reconcile.conftest import DemoDay

Open = Callable[..., ReconcilePage]
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def press(qtbot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is, as a hand does."""
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def drop(qtbot, page: ReconcilePage, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    page.files.dropEvent(QDropEvent(QPointF(QPoint(9, 9)), Qt.DropAction.CopyAction, data, left, none))
    qtbot.waitUntil(lambda: not page.files.busy, timeout=20_000)


def walk_to_results(qtbot, page: ReconcilePage, paths: list[Path]) -> None:
    drop(qtbot, page, paths)
    press(qtbot, Qt.Key.Key_Return, CTRL)
    assert page.step == "mapping"
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.step == "results", timeout=30_000)
    settle(qtbot, page._session.background)


def choose(qtbot, page: ReconcilePage, side: str, status: str) -> None:
    """Choose what the list shows, by the arrow keys."""
    choices = child(page, "result_filters")
    keys = [one.key for one in page.results._filters.rows]
    choices.setFocus()
    press(qtbot, Qt.Key.Key_Home)
    for _ in range(len(keys)):
        if keys[choices.currentIndex().row()] == (side, status):
            break
        press(qtbot, Qt.Key.Key_Down)
    assert page.results._filter.key == (side, status)
    child(page, "results").setFocus()


def child(page: QWidget, name: str) -> QWidget:
    found = page.findChild(QWidget, name)
    assert isinstance(found, QWidget), name
    return found


def count(page: ReconcilePage, side: str, status: str) -> int:
    found = next(
        (one for one in page.results._filters.rows if one.key == (side, status)), Filter(side, status)
    )
    return found.count


def selected(page: ReconcilePage) -> RecordResult:
    result = page.results._selected()
    assert isinstance(result, RecordResult)
    return result


def status_of(page: ReconcilePage, key: str) -> RecordStatus:
    assert page.results.compared is not None
    return next(one.status for one in page.results.compared.found.records if one.record.key == key)


def decisions_in(day: DemoDay) -> int:
    with day.store.read() as view:
        return len(list(standing(view.states(SubjectKind.MATCH_DECISION))))


def decide(qtbot, page: ReconcilePage, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    press(qtbot, key, modifier)
    qtbot.waitUntil(lambda: not page.results.busy and not page.busy, timeout=20_000)
