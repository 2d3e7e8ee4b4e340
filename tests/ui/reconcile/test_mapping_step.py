"""The columns of a strange file mapped by keys, and kept for the next one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.ui.widgets.combo import Combo
from tests.backgrounds import settle
from tests.ui.reconcile.conftest import DemoDay
from tests.ui.reconcile.hands import CTRL, Open, child, drop, press

STRANGE = "甲,乙,丙\nGD-1,13123450001,电梯停运\n"


def test_columns_are_mapped_by_keys_and_kept(qtbot, day: DemoDay, open_page: Open, tmp_path: Path) -> None:
    strange = tmp_path / "奇怪.csv"
    strange.write_text(STRANGE, "utf-8")
    page = open_page(day.store)
    drop(qtbot, page, [strange])
    press(qtbot, Qt.Key.Key_Return, CTRL)
    assert not child(page, "step_next").isEnabled()
    for field in ("id", "phone", "summary"):
        press(qtbot, Qt.Key.Key_Return)
        editor = QApplication.focusWidget()
        assert isinstance(editor, Combo)
        wanted = editor.itemText(editor.findData(field))
        while editor.currentText() != wanted:
            press(qtbot, Qt.Key.Key_Down)
        press(qtbot, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda field=field: field in page.mapping.offered[0].seen.mapping.values())
        assert QApplication.focusWidget() is child(page, "mapping")
        press(qtbot, Qt.Key.Key_Down)
    (one,) = page.mapping.offered
    assert one.seen is not None
    assert one.seen.mapping == {"甲": "id", "乙": "phone", "丙": "summary"}
    assert child(page, "step_next").isEnabled()
    child(page, "keep_mapping").setFocus()
    press(qtbot, Qt.Key.Key_Space)
    settle(qtbot, page._session.background)
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.step == "results", timeout=30_000)
    assert page.results.compared is not None
    assert [row.row.phone for row in page.results.compared.found.crm] == ["13123450001"]
    settle(qtbot, page._session.background)

    other = open_page(day.store)
    drop(qtbot, other, [strange])
    (kept,) = other.files.offered
    assert kept.seen is not None
    assert kept.seen.mapping == one.seen.mapping
