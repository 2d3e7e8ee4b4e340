"""The list by keys, its widths from one start to the next, and what it says when it is empty."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QCursor, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget

from desktop_app.ui.preferences import Preferences
from desktop_app.ui.tables.paged_model import PAGE, PagedModel
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.ui.tables.books import COLUMNS, Book


class Window(QWidget):
    def __init__(self, background, preferences: Preferences, book: Book) -> None:
        super().__init__()
        self.model = PagedModel(background, COLUMNS, lambda row: row.key, book.page, parent=self)
        self.empty = EmptyState("records", "还没有记录。")
        self.view = TableView(
            self.model,
            preferences,
            Words("zh"),
            "records",
            [80, 40, 0],
            accessible_name="我的记录",
            empty=self.empty,
        )
        self.before, self.after = QLineEdit(), QLineEdit()
        layout = QVBoxLayout(self)
        for part in (self.before, self.view, self.after):
            layout.addWidget(part)
        self.resize(600, 400)
        self.model.refresh()


@pytest.fixture
def open_window(qtbot, qapp, background, tmp_path):
    apply_theme(qapp, "light")
    preferences = Preferences(tmp_path / "window.ini")

    def make(book: Book) -> Window:
        window = Window(background, preferences, book)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        window.view.setFocus()
        qtbot.waitUntil(window.view.hasFocus)
        settle(qtbot, background)
        return window

    return make


def current(window: Window) -> int:
    return window.model.row_at(window.view.currentIndex()).key


def test_keys_go_from_row_to_row_and_enter_opens(qtbot, background, open_window) -> None:
    window = open_window(Book(*range(20)))
    opened: list[int] = []
    window.view.opened.connect(lambda index: opened.append(window.model.row_at(index).key))
    for key, goal in (
        (Qt.Key.Key_Home, 19),
        (Qt.Key.Key_Down, 18),
        (Qt.Key.Key_End, 0),
        (Qt.Key.Key_Up, 1),
    ):
        qtbot.keyClick(window.view, key)
        assert current(window) == goal
    qtbot.keyClick(window.view, Qt.Key.Key_Return)
    qtbot.keyClick(window.view, Qt.Key.Key_Enter)
    qtbot.keyClicks(window.view, "7")
    assert opened == [1, 1]
    assert len(window.view.selectionModel().selectedRows()) == 1


def test_tab_leaves_the_list(qtbot, open_window) -> None:
    window = open_window(Book(1, 2))
    qtbot.keyClick(window.view, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is window.after
    qtbot.keyClick(window.after, Qt.Key.Key_Backtab)
    qtbot.keyClick(window.view, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is window.before


def test_going_down_to_the_end_reads_all_pages(qtbot, background, open_window) -> None:
    book = Book(*range(3 * PAGE))
    window = open_window(book)
    for _ in range(4):
        qtbot.keyClick(window.view, Qt.Key.Key_End)
        settle(qtbot, background)
    assert current(window) == 0


def test_end_goes_to_the_last_of_all_and_home_back(qtbot, background, open_window) -> None:
    book = Book(*range(50 * PAGE))
    window = open_window(book)
    window.model.show(book.page, book.back)
    settle(qtbot, background)
    read = book.read
    for key, goal in ((Qt.Key.Key_End, 0), (Qt.Key.Key_Home, 50 * PAGE - 1), (Qt.Key.Key_End, 0)):
        qtbot.keyClick(window.view, key)
        settle(qtbot, background)
        assert current(window) == goal
        assert window.view.viewport().rect().intersects(window.view.visualRect(window.view.currentIndex()))
    assert book.read == read + 3


def test_going_up_from_the_end_keeps_what_is_in_sight(qtbot, background, open_window) -> None:
    book = Book(*range(5 * PAGE))
    window = open_window(book)
    window.model.show(book.page, book.back)
    settle(qtbot, background)
    qtbot.keyClick(window.view, Qt.Key.Key_End)
    settle(qtbot, background)
    view, model = window.view, window.model
    view.verticalScrollBar().setValue(5)
    seen = model.row_at(model.index(view.rowAt(0), 0)).key
    settle(qtbot, background)
    assert model.rowCount() == 2 * PAGE
    assert model.row_at(model.index(view.rowAt(0), 0)).key == seen
    assert current(window) == 0
    for _ in range(6 * PAGE):
        qtbot.keyClick(view, Qt.Key.Key_Up)
        settle(qtbot, background)
    assert current(window) == 5 * PAGE - 1
    assert model.rowCount() == 5 * PAGE


def test_a_screen_taller_than_a_page_is_filled(qtbot, background, open_window) -> None:
    window = open_window(Book(*range(2 * PAGE)))
    window.resize(600, 31 * (PAGE + 20))
    window.model.refresh()
    qtbot.waitUntil(lambda: window.model.rowCount() == 2 * PAGE)
    settle(qtbot, background)


def test_the_selected_row_stays_on_screen_when_rows_come_in(qtbot, background, open_window) -> None:
    book = Book(*range(10, 60))
    window = open_window(book)
    window.view.select(window.model.index_of(30))
    top = window.view.rowAt(0)
    book.words[70] = "新"
    window.model.refresh()
    settle(qtbot, background)
    assert current(window) == 30
    assert window.view.viewport().rect().intersects(window.view.visualRect(window.view.currentIndex()))
    assert top > 0


def test_widths_that_a_person_drew_are_those_of_the_next_time(qtbot, open_window) -> None:
    window = open_window(Book(1))
    header = window.view.horizontalHeader()
    assert window.view.columnWidth(0) == 80
    edge = QPoint(79, header.height() // 2)
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(header.viewport(), left, pos=edge)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, edge + QPoint(53, 0), QCursor.pos(), left, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(header.viewport(), moved)
    qtbot.mouseRelease(header.viewport(), left, pos=edge + QPoint(53, 0))
    assert window.view.columnWidth(0) == 133
    assert open_window(Book(1)).view.columnWidth(0) == 133


def test_widths_that_nobody_drew_are_not_remembered(qtbot, open_window) -> None:
    """They follow the words of the language and the room there is."""
    window = open_window(Book(1))
    window.view.horizontalHeader().resizeSection(0, 133)
    window.resize(900, 400)
    window.hide()
    assert open_window(Book(1)).view.columnWidth(0) == 80


def test_a_click_on_the_header_draws_no_width(qtbot, open_window) -> None:
    window = open_window(Book(1))
    window.view.horizontalHeader().resizeSection(0, 133)
    for place in (QPoint(20, 8), QPoint(132, 8)):
        qtbot.mouseClick(window.view.horizontalHeader().viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert open_window(Book(1)).view.columnWidth(0) == 80


def test_an_empty_list_says_what_to_do_once_it_is_known_to_be_empty(qtbot, background, open_window) -> None:
    book = Book()
    window = open_window(book)
    assert window.empty.isVisible()
    assert window.empty.size() == window.view.viewport().size()
    window.resize(700, 500)
    assert window.empty.size() == window.view.viewport().size()
    book.words[1] = "第一条"
    window.model.refresh()
    assert window.empty.isVisible()
    settle(qtbot, background)
    assert not window.empty.isVisible()
    fresh = Window(background, Preferences(window.view._preferences._file.fileName()), Book())
    qtbot.addWidget(fresh)
    fresh.show()
    assert not fresh.empty.isVisible(), "nobody knows yet"
    settle(qtbot, background)
    assert fresh.empty.isVisible()


def menu_of(window: Window) -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.parent() is window.view
    return menu


def ask_by_key(window: Window) -> QMenu:
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(window.view, asked)
    return menu_of(window)


def test_columns_are_chosen_by_the_menu_key_and_stay_chosen(qtbot, open_window) -> None:
    window = open_window(Book(1))
    menu = ask_by_key(window)
    assert [(one.text(), one.isChecked(), one.isEnabled()) for one in menu.actions()[:3]] == [
        (column.title, True, place != 2) for place, column in enumerate(COLUMNS)
    ], "what takes the rest of the room cannot be hidden"
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert window.view.isColumnHidden(0)
    again = open_window(Book(1))
    assert [again.view.isColumnHidden(place) for place in range(3)] == [True, False, False]
    menu = ask_by_key(again)
    qtbot.keyClick(menu, Qt.Key.Key_Up)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert not again.view.isColumnHidden(0)
    assert again.view.columnWidth(0) == 80


def test_a_right_click_on_the_headings_asks_and_one_on_a_row_does_not(qtbot, open_window) -> None:
    window = open_window(Book(1))
    right = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(window.view.viewport(), right)
    assert QApplication.activePopupWidget() is None
    QApplication.sendEvent(window.view.horizontalHeader().viewport(), right)
    menu_of(window).close()


def test_columns_that_were_moved_and_drawn_come_back_at_any_zoom(qtbot, qapp, open_window) -> None:
    window = open_window(Book(1))
    header = window.view.horizontalHeader()
    left, y = Qt.MouseButton.LeftButton, header.height() // 2
    qtbot.mousePress(header.viewport(), left, pos=QPoint(30, y))
    for x in (60, 90, 110):
        moved = QMouseEvent(
            QEvent.Type.MouseMove, QPoint(x, y), QCursor.pos(), left, left, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(header.viewport(), moved)
    qtbot.mouseRelease(header.viewport(), left, pos=QPoint(110, y))
    assert [header.logicalIndex(visual) for visual in range(3)] == [1, 0, 2]
    try:
        apply_theme(qapp, "light", 1.5)
        again = open_window(Book(1)).view
        assert [again.horizontalHeader().logicalIndex(visual) for visual in range(3)] == [1, 0, 2]
        assert (again.columnWidth(0), again.columnWidth(1)) == (120, 60)
        again.reset_columns()
        assert [again.horizontalHeader().logicalIndex(visual) for visual in range(3)] == [0, 1, 2]
    finally:
        apply_theme(qapp, "light")
