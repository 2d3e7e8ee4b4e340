"""A long list read by pages: the model's rules, what a refresh keeps, and what an overtaken answer may do."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop_app.domain.errors import KnownError
from desktop_app.services.my_records import page as records_page
from desktop_app.services.records import log_record
from desktop_app.ui.tables.paged_model import PAGE, Column, PagedModel
from tests.backgrounds import settle
from tests.ui.tables.books import COLUMNS, Book, Row, Rows

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def made(qtbot, background):
    def make(book: Book) -> PagedModel[Row]:
        model = PagedModel(background, COLUMNS, lambda row: row.key)
        model.tester = QAbstractItemModelTester(
            model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
        )
        model.show(book.page)
        return model

    return make


def keys_of(model: PagedModel[Row]) -> list[int]:
    return [model.row_at(model.index(place, 0)).key for place in range(model.rowCount())]


def test_rows_come_a_page_at_a_time(qtbot, background, made) -> None:
    book = Book(*range(2 * PAGE + 5))
    model = made(book)
    assert (model.rowCount(), model.ready) == (0, False)
    settle(qtbot, background)
    assert (model.rowCount(), model.ready, book.read) == (PAGE, True, 1)
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
        assert not model.canFetchMore(model.index(-1, -1)), "the same page would be asked for twice"
        settle(qtbot, background)
    assert keys_of(model) == sorted(book.words, reverse=True)
    assert book.read == 3


def test_a_cell_says_its_text_icon_tip_and_colour(qtbot, background, made) -> None:
    model = made(Book(1, 2))
    settle(qtbot, background)
    roles = Qt.ItemDataRole
    assert model.index(0, 0).data() == "2"
    assert model.index(0, 1).data() == ""
    assert model.index(0, 1).data(roles.AccessibleTextRole) == "已保存"
    assert model.index(0, 2).data(roles.AccessibleTextRole) == "第2条"
    assert model.index(0, 1).data(roles.ToolTipRole) == "‹b›第2条"
    assert model.index(1, 2).data(roles.ForegroundRole).name().upper() == "#B42318"
    assert model.index(0, 2).data(roles.ForegroundRole) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "状态"


def test_a_refresh_keeps_the_selected_row_where_rows_came_went_and_changed(qtbot, background, made) -> None:
    book = Book(*range(10))
    model = made(book)
    settle(qtbot, background)
    chosen = QItemSelectionModel(model)
    chosen.setCurrentIndex(model.index_of(5), QItemSelectionModel.SelectionFlag.SelectCurrent)
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    book.words |= {20: "新", 21: "新"}
    del book.words[3]
    del book.words[9]
    book.words[7] = "改过"
    model.refresh()
    settle(qtbot, background)
    assert keys_of(model) == sorted(book.words, reverse=True)
    assert model.row_at(chosen.currentIndex()).key == 5
    assert changed == [keys_of(model).index(7)]
    assert model.index_of(7).siblingAtColumn(2).data() == "改过"
    del book.words[5]
    model.refresh()
    settle(qtbot, background)
    assert model.index_of(5).isValid() is False


def test_a_refresh_reads_as_many_rows_as_were_there(qtbot, background, made) -> None:
    book = Book(*range(3 * PAGE))
    model = made(book)
    settle(qtbot, background)
    model.fetchMore(model.index(-1, -1))
    settle(qtbot, background)
    model.refresh()
    settle(qtbot, background)
    assert model.rowCount() == 2 * PAGE


def test_an_answer_that_a_later_question_has_overtaken_is_dropped(qtbot, background, made) -> None:
    gate = threading.Event()
    model = made(Book(1))

    def late(after: int | None, limit: int) -> Rows:
        gate.wait()
        return Rows((Row(7, "旧"),), False)

    model.show(late)
    model.show(Book(8).page)
    qtbot.waitUntil(lambda: keys_of(model) == [8])
    gate.set()
    settle(qtbot, background)
    assert keys_of(model) == [8]


@pytest.mark.parametrize("told", [True, False])
def test_a_failure_leaves_the_rows_and_is_told(qtbot, background, told) -> None:
    heard: list[Exception] = []
    book, broken = Book(1, 2), False

    def fetch(after: int | None, limit: int) -> Rows:
        if broken:
            raise KnownError("store.damaged")
        return book.page(after, limit)

    model = PagedModel(background, COLUMNS, lambda row: row.key, fetch, failed=heard.append if told else None)
    if not told:
        background.trouble.connect(heard.append)
    model.refresh()
    settle(qtbot, background)
    broken = True
    model.refresh()
    settle(qtbot, background)
    assert ([error.code for error in heard], keys_of(model)) == (["store.damaged"], [2, 1])
    broken = False
    model.refresh()
    settle(qtbot, background)
    assert keys_of(model) == [2, 1]


def test_records_of_a_store_are_read_to_the_end(qtbot, background, store) -> None:
    numbers = {str(log_record(store, {"summary": f"第{i}"}, now=NOW).number) for i in range(PAGE + 3)}
    model = PagedModel(
        background,
        [Column("号", lambda row: row.number)],
        lambda row: row.key,
        lambda after, limit: records_page(store, after=after, limit=limit),
    )
    model.refresh()
    settle(qtbot, background)
    model.fetchMore(model.index(-1, -1))
    settle(qtbot, background)
    assert {model.index(place, 0).data() for place in range(model.rowCount())} == numbers
    assert not model.canFetchMore(model.index(-1, -1))


def test_the_end_of_a_long_list_is_one_page_away(qtbot, background, made) -> None:
    book = Book(*range(100 * PAGE))
    model = made(book)
    model.show(book.page, book.back)
    settle(qtbot, background)
    assert model.holds_start
    assert not model.holds_end
    read = book.read
    model.go_to_end()
    settle(qtbot, background)
    assert keys_of(model) == list(reversed(range(PAGE)))
    assert (book.read, model.holds_start, model.holds_end) == (read + 1, False, True)
    assert not model.canFetchMore(model.index(-1, -1))
    model.go_to_start()
    settle(qtbot, background)
    assert keys_of(model)[0] == 100 * PAGE - 1
    assert (model.holds_start, model.holds_end) == (True, False)


def test_from_the_end_pages_are_read_upwards_to_the_first(qtbot, background, made) -> None:
    book = Book(*range(2 * PAGE + 5))
    model = made(book)
    model.show(book.page, book.back)
    settle(qtbot, background)
    model.go_to_end()
    settle(qtbot, background)
    put: list[int] = []
    model.put_before.connect(put.append)
    while not model.holds_start:
        model.fetch_before()
        model.fetch_before()
        settle(qtbot, background)
    assert keys_of(model) == sorted(book.words, reverse=True)
    assert put == [PAGE, 5]
    read = book.read
    model.fetch_before()
    settle(qtbot, background)
    assert book.read == read


def test_a_refresh_at_the_end_stays_there(qtbot, background, made) -> None:
    book = Book(*range(4 * PAGE))
    model = made(book)
    model.show(book.page, book.back)
    settle(qtbot, background)
    model.go_to_end()
    settle(qtbot, background)
    book.words[3] = "改"
    book.words[9999] = "新"
    model.refresh()
    settle(qtbot, background)
    assert keys_of(model) == list(reversed(range(PAGE)))
    assert model.row_at(model.index_of(3)).word == "改"
