"""F1: in the order of the work, whole on a small screen, and one page of paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF, Qt, QTimer
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.desk.help import KeysHelp, shared_out
from desktop_app.ui.desk.key_groups import KeyLine, key_groups
from desktop_app.ui.paper import key_page
from desktop_app.ui.typing.keys import KEYS
from desktop_app.words import LANGUAGES, Language, Words
from tests.ui.desk.desks import Desk
from tests.ui.desk.desks import desk as desk
from tests.ui.scenes.faults_seen import faults_of
from tests.ui.sessions import begin_session

A4_POINTS = QSizeF(595 - 2 * 36, 842 - 2 * 36)
"""A sheet within margins that every printer keeps."""


def every_key(words: Words) -> list[tuple[str, str]]:
    """Return more than is ever shown at once: every code there are words for."""
    return [(code, KEYS.get(code, "Alt+Left")) for code in words.table("window.keys")]


@pytest.fixture
def open_help(qtbot: QtBot, store: Store, background: Background, tmp_path: Path):
    def open_it(words: Words, size: tuple[int, int] = (1366, 768)) -> KeysHelp:
        session = begin_session(qtbot, store, background, tmp_path, words=words)
        window = session.shortcuts.parent()
        window.resize(*size)
        window.show()
        for code, keys in every_key(words):
            session.shortcuts.add(code, keys, lambda: None)
        dialog = KeysHelp(session, window)
        dialog.open()
        return dialog

    return open_it


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1366, 768), (1093, 520)])
def test_every_key_of_every_room_can_be_read_on_a_small_screen(
    open_help, language: Language, size: tuple[int, int]
) -> None:
    dialog = open_help(Words(language), size)
    assert dialog.width() <= size[0]
    assert dialog.height() <= size[1]
    assert faults_of(dialog) == []
    area = dialog.findChild(QScrollArea, "keys")
    assert isinstance(area, QScrollArea)
    assert area.widget().width() <= area.viewport().width(), "scrolled sideways"
    dialog.reject()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_are_one_page_of_paper(open_help, tmp_path: Path, language: Language) -> None:
    dialog = open_help(Words(language))
    document = key_page("F1", dialog.pages(), "hint")
    document.documentLayout().setPaintDevice(writer := QPdfWriter(str(tmp_path / "keys.pdf")))
    writer.setResolution(72)
    document.setPageSize(A4_POINTS)
    assert document.pageCount() == 1
    text = document.toPlainText()
    assert all(line.told in text for group in dialog.groups for line in group.lines)
    dialog.reject()


def test_a_call_comes_first_and_what_is_only_counted_is_one_line() -> None:
    groups = key_groups(Words("zh"), KEYS.items())
    assert [group.title for group in groups][:2] == ["接听与填写", "保存与挂起"]
    assert groups[0].lines[0] == KeyLine("F2", "咨询")
    parked = [line for group in groups for line in group.lines if "挂起" in line.told]
    assert KeyLine("Ctrl+1…4", "接回挂起的一个") in parked
    assert len([line for line in parked if line.keys.startswith("Ctrl+1")]) == 1


@pytest.mark.parametrize(
    ("lengths", "count", "columns"),
    [
        ([5, 5, 5], 3, [[0], [1], [2]]),
        ([9, 2, 2, 2, 3], 2, [[0], [1, 2, 3, 4]]),
        ([1, 1], 3, [[0], [1]]),
        ([4, 4, 4], 1, [[0, 1, 2]]),
        ([], 2, [[]]),
    ],
)
def test_groups_are_shared_out_in_their_order(lengths, count, columns) -> None:
    assert shared_out(lengths, count) == columns


def test_the_keys_of_the_page_come_first_on_screen_alone(
    qtbot: QtBot, store: Store, background: Background, tmp_path: Path
) -> None:
    session = begin_session(qtbot, store, background, tmp_path)
    window = session.shortcuts.parent()
    page, other = QWidget(window), QWidget(window)
    inside = QWidget(page)
    for code, keys, owner in (
        ("save_next", "Ctrl+Return", None),
        ("people_verify", "Alt+V", page),
        ("parked_1", "Ctrl+1", inside),
        ("station_distrust", "Alt+D", other),
    ):
        session.shortcuts.add(code, keys, lambda: None, owner=owner)
    dialog = KeysHelp(session, window, page=page)
    first, *rest = dialog.groups
    assert (first.title, [line.keys for line in first.lines]) == ("这一页", ["Alt+V", "Ctrl+1"])
    assert {"Alt+V", "Ctrl+1"}.isdisjoint(line.keys for group in rest for line in group.lines)
    assert [title for title, _ in dialog.pages()] == ["保存与挂起", "各页面内"], "as it lies beside the phone"
    dialog.deleteLater()


def test_f1_in_a_room_begins_with_its_keys(desk: Desk) -> None:
    workplace = desk.window.workplace
    assert workplace is not None
    seen: list[list[str]] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, KeysHelp)
        seen.append([line.told for line in dialog.groups[0].lines])
        dialog.reject()

    for place in ("people", "desk"):
        workplace.go(place)
        QTimer.singleShot(200, desk.window, look)
        desk.press(Qt.Key.Key_F1)
    assert any(told.startswith("人员") for told in seen[0])
    assert "咨询" in seen[1]
