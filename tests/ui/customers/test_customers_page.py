"""A list of customers imported by keys, and used at the form."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.customers import snapshot
from desktop_app.storage.store import Store
from desktop_app.ui.capture.look_up_row import LookUpRow
from desktop_app.ui.customers.customers_page import CustomersPage
from tests.known_customers import know_customers
from tests.ui.desk.desks import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
HEADER = "客户编号,客户姓名,联系电话,联系地址\n"
ROWS = "K100,陈女士,13123450219,翠湖苑 3-2-1602\nK101,沈国强,13123450043,翠湖苑 5-1-0301\n,,,空着的一行\n"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, held)


def part(page: CustomersPage, name: str) -> QWidget:
    found = [one for one in page.findChildren(QWidget, name) if one.isVisible()]
    assert len(found) == 1, (name, found)
    return found[0]


def choose(page: CustomersPage, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose a file by key; what it is depends on the desktop's own dialog."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_told: (str(path), ""))
    press(qtbot, Qt.Key.Key_O, CONTROL)
    qtbot.waitUntil(lambda: not page.busy, timeout=20_000)


def customers_in(store: Store) -> int:
    found = snapshot(store)
    return found.customers if found is not None else 0


def test_a_list_is_imported_by_keys_and_found_at_the_form(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the settings to the page, through the import, and back to the call."""
    path = tmp_path / "名单.csv"
    path.write_text(HEADER + ROWS, "utf-8")
    desk.press(Qt.Key.Key_Comma, CONTROL)
    desk.waits(lambda: desk.sees("customers"))
    desk.find("customers").setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: desk.sees("choose_customers"))
    page = desk.window.findChild(CustomersPage)
    desk.waits(lambda: desk.find("snapshot_state").text() == "没有快照")
    choose(page, qtbot, path, monkeypatch)
    desk.waits(lambda: desk.focused() == "mapping")
    desk.find("as_of").setFocus()
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.types("2026-11-21 23:00")
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.waits(lambda: not page.reading)
    assert "已导入 2 位客户" in page.notice.text()
    assert "1 行（第 4 行）没有姓名和电话" in page.notice.text()
    desk.waits(lambda: desk.sees("snapshot_file"))
    assert desk.find("snapshot_file").text() == "名单.csv"
    assert desk.find("snapshot_as_of").text() == "2026-11-21 23:00"
    assert "8021" in desk.find("snapshot_imported").text()
    desk.press(Qt.Key.Key_Escape)
    desk.waits(lambda: desk.focused() == "phone")
    desk.types("0043")
    desk.waits(lambda: any(row.isVisible() for row in desk.window.findChildren(LookUpRow)))
    desk.press(Qt.Key.Key_Return)
    assert desk.find("caller_name").text() == "沈国强"
    assert desk.find("address").text() == "翠湖苑 5-1-0301"


def test_a_column_nobody_knows_is_named_by_keys(
    page: CustomersPage, store: Store, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("x1,x2\n陈女士,13123450219\n", "utf-8")
    choose(page, qtbot, path, monkeypatch)
    assert not part(page, "import_customers").isEnabled()
    assert "没有认出姓名或电话列" in part(page, "step_hint").text()
    for row, (initials, field) in enumerate((("xm", "name"), ("dh", "phone"))):
        columns = part(page, "mapping")
        columns.setFocus()
        columns.go_to(row)
        press(qtbot, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: QApplication.focusWidget().objectName() == "mapping_field")
        qtbot.keyClicks(QApplication.focusWidget(), initials)
        press(qtbot, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda field=field: field in page.intake.look.mapping.values(), timeout=5000)
        qtbot.waitUntil(lambda: not page.busy)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not page.reading, timeout=20_000)
    assert customers_in(store) == 1


def test_a_moment_to_come_is_refused_and_leaving_changes_nothing(
    page: CustomersPage, store: Store, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + ROWS, "utf-8")
    know_customers(store, as_of=LONG_AGO)
    choose(page, qtbot, path, monkeypatch)
    for text in ("明天 10:00", "some day"):
        part(page, "as_of").setText(text)
        assert not part(page, "import_customers").isEnabled(), text
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert (page.reading, page.busy) == (True, False)
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert not page.reading
    assert customers_in(store) == 4
    qtbot.waitUntil(lambda: "可能过时" in part(page, "snapshot_state").text())


def test_a_cancelled_import_leaves_the_old_snapshot(
    page: CustomersPage, store: Store, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    rows = "".join(f"K{n},陈{n},1312345{n:04},翠湖苑 {n}\n" for n in range(9_000))
    path.write_text(HEADER + rows, "utf-8")
    know_customers(store, as_of=LONG_AGO)
    choose(page, qtbot, path, monkeypatch)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert page.busy
    part(page, "progress_cancel").click()
    qtbot.waitUntil(lambda: not page.busy, timeout=20_000)
    assert page.reading
    assert customers_in(store) == 4
    assert not [one for one in store.folder.iterdir() if one.name.startswith(".customers")]


def test_a_file_that_is_no_list_is_told_and_changes_nothing(
    page: CustomersPage, store: Store, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "picture.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    choose(page, qtbot, path, monkeypatch)
    assert [problem.code.split(".")[0] for problem in page._session.messages.problems] == ["reading"]
    assert not page.reading
    assert customers_in(store) == 0
