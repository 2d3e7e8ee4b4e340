"""Sheets go out, come back filled in and are taken in, by keys in the whole window."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.services.records import template_rows
from desktop_app.ui.hand_table.hand_table_page import HandTablePage
from desktop_app.ui.tables.table import Table
from tests.ui.desk.desks import Desk
from tests.ui.scenes.faults_seen import faults_of

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def go_there(desk: Desk) -> HandTablePage:
    desk.press(Qt.Key.Key_E, CONTROL)
    desk.waits(lambda: desk.sees("count"))
    page = desk.window.findChild(HandTablePage)
    assert page is not None
    return page


def make(desk: Desk, page: HandTablePage, path: Path, count: int = 4) -> None:
    """Make a sheet by keys: count, for whom and place are fields in their order."""
    before = len(page.blocks.blocks)
    desk.waits(lambda: desk.focused() == "count")
    desk.types(str(count))
    desk.find("for_whom").setFocus()
    desk.types("reception")
    place = desk.find("sheet_path")
    place.setFocus()
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.types(str(path))
    desk.find("make_sheet").setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: len(page.blocks.blocks) == before + 1)


def fill(path: Path, *rows: dict[str, object]) -> None:
    book = load_workbook(path)
    for line, row in enumerate(rows, 2):
        for column, value in row.items():
            book.worksheets[0].cell(line, TEMPLATE_COLUMNS.index(column) + 1).value = value
    book.save(path)


def opened(desk: Desk, page: HandTablePage, path: Path) -> None:
    page.open(path)
    desk.waits(lambda: page.reading and not page.busy)


def records(page: HandTablePage) -> list[dict[str, str]]:
    return template_rows(page._session.store)


def standings(page: HandTablePage) -> list[str]:
    assert page.intake.judged is not None
    return [row.standing.value for row in page.intake.judged.rows]


CALL = {"kind": "投诉", "received_at": "2026-11-22 09:30", "phone": "13123450001", "detail": "停水"}


def press_in_notice(desk: Desk, page: HandTablePage, text: str) -> None:
    (button,) = [one for one in page.notice.findChildren(QPushButton) if one.text() == text]
    button.click()


def test_a_sheet_goes_out_and_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    page, path = go_there(desk), tmp_path / "sheet.xlsx"
    make(desk, page, path)
    assert (page.blocks.blocks[0].for_whom, page.blocks.blocks[0].out) == ("reception", 4)
    assert str(path) in page.notice.text()
    fill(path, CALL, {**CALL, "phone": "13123450002"}, {"kind": "投诉"})
    opened(desk, page, path)
    assert standings(page) == ["new", "new", "bad"]
    assert records(page) == []  # looking saves nothing
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.waits(lambda: len(records(page)) == 2 and not page.busy)
    desk.waits(lambda: standings(page) == ["known", "known", "bad"])
    assert not desk.find("table_import").isEnabled()

    kept = tmp_path / "bad.xlsx"
    page.keep_bad_rows(kept)
    desk.waits(kept.exists)
    desk.waits(lambda: str(kept) in page.notice.text())
    desk.press(Qt.Key.Key_Left, ALT)
    desk.waits(lambda: page.blocks.blocks[0].out == 2)
    assert not page.reading
    desk.press(Qt.Key.Key_Escape)
    desk.waits(lambda: desk.sees("phone"))


def test_a_low_window_with_a_notice_squeezes_no_field(desk: Desk, tmp_path: Path) -> None:
    desk.window.resize(1093, 520)
    page = go_there(desk)
    make(desk, page, tmp_path / "sheet.xlsx")
    desk.waits(page.notice.isVisible)
    desk.qtbot.wait(50)
    assert faults_of(desk.window) == []


def test_an_import_is_undone(desk: Desk, tmp_path: Path) -> None:
    page, path = go_there(desk), tmp_path / "sheet.xlsx"
    make(desk, page, path)
    fill(path, CALL)
    opened(desk, page, path)
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.waits(lambda: standings(page) == ["known"])
    press_in_notice(desk, page, "撤销")
    desk.waits(lambda: standings(page) == ["new"])
    assert records(page) == []


def test_what_was_not_used_is_given_back_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    page = go_there(desk)
    make(desk, page, tmp_path / "sheet.xlsx")
    desk.find("give_back").setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    desk.waits(lambda: page.blocks.blocks[0].out == 0)
    assert not page.blocks.give.isEnabled()
    press_in_notice(desk, page, "撤销")
    desk.waits(lambda: page.blocks.blocks[0].out == 4)


def test_a_column_is_given_another_meaning_by_keys(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    path.write_text("序号,电话,怎么回事\n1,13123450001,停水\n", "utf-8")
    page = go_there(desk)
    opened(desk, page, path)
    columns = page.intake.findChild(Table, "mapping")
    assert columns is not None
    columns.setFocus()
    columns.go_to(2)
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: desk.focused() == "mapping_field")
    editor = QApplication.focusWidget()
    assert editor is not None
    desk.qtbot.keyClicks(editor, "sxnr")  # 事项内容, by its initials
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)

    def read_so() -> bool:
        judged = page.intake.judged
        return judged is not None and bool(judged.rows) and judged.rows[0].values.get("detail") == "停水"

    desk.waits(read_so)


def test_cancelled_and_gone_on(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    rows = [f"{place},2026-11-22 09:{place % 60:02},1312345{place:04},停水\n" for place in range(60)]
    path.write_text("序号,来电时间,电话,内容\n" + "".join(rows), "utf-8")
    page = go_there(desk)
    opened(desk, page, path)
    page.take_in()
    (cancel,) = [one for one in page.findChildren(QPushButton) if one.text() == "取消"]
    cancel.click()
    desk.waits(lambda: not page.busy)
    if len(records(page)) < 60:
        page.take_in()
    desk.waits(lambda: len(records(page)) == 60 and not page.busy)
    assert standings(page) == ["known"] * 60


def test_a_file_is_dropped(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    path.write_text("序号,电话,内容\n1,13123450001,停水\n", "utf-8")
    page, data = go_there(desk), QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    page.dropEvent(drop)
    desk.waits(lambda: page.reading and not page.busy)
    assert standings(page) == ["new"]


def test_what_is_no_table_is_said_in_one_sentence(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    page = go_there(desk)

    def said() -> str:
        return "\n".join(one.text() for one in desk.window.findChildren(QLabel) if one.isVisible())

    for text, told in (("", "空文件"), ("<html><table>", "网页"), ("a,b\n1,2\n", "没有一列是来电内容")):
        path.write_text(text, "utf-8")
        page.open(path)
        desk.waits(lambda told=told: told in said() and not page.busy)
    assert not desk.find("table_import").isEnabled()
