"""A lead walks from files to the workbook by keys, in a real window on a real store."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton

from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.reconciliation import RecordStatus
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.ui.reconcile.conftest import DemoDay
from tests.ui.reconcile.hands import (
    ALT,
    CTRL,
    Open,
    child,
    count,
    decide,
    drop,
    press,
    selected,
    status_of,
    walk_to_results,
)


def test_results_take_no_focus_from_a_call_that_is_typed(qtbot, day: DemoDay, open_page: Open) -> None:
    page = open_page(day.store)
    phone = QLineEdit()
    page.window().layout().addWidget(phone)
    drop(qtbot, page, day.files)
    press(qtbot, Qt.Key.Key_Return, CTRL)
    press(qtbot, Qt.Key.Key_Return, CTRL)
    page.hide()
    phone.setFocus()
    qtbot.waitUntil(lambda: page.step == "results", timeout=30_000)
    settle(qtbot, page._session.background)
    assert phone.hasFocus()
    page.show()
    page.setFocus()
    assert child(page, "results").hasFocus()


def test_the_whole_walk_to_the_workbook(qtbot, day: DemoDay, open_page: Open, tmp_path: Path) -> None:
    page = open_page(day.store)
    walk_to_results(qtbot, page, day.files)
    undecided = count(page, "records", "undecided")
    assert undecided > 1
    first = selected(page)
    assert first.status is RecordStatus.AMBIGUOUS
    decide(qtbot, page, Qt.Key.Key_Return)
    assert count(page, "records", "undecided") == undecided - 1
    assert status_of(page, first.record.key) in (
        RecordStatus.MATCHED,
        RecordStatus.DIFFERS,
        RecordStatus.DUPLICATE,
    )
    assert first.record.number in page.results._bar.text()
    second = selected(page)
    assert second.record.key != first.record.key

    press(qtbot, Qt.Key.Key_W, ALT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    qtbot.keyClicks(QApplication.focusWidget(), "test call")
    decide(qtbot, page, Qt.Key.Key_Return)
    assert status_of(page, second.record.key) is RecordStatus.WAIVED
    assert count(page, "records", "waived") == 1
    page.window().activateWindow()  # the offscreen platform does not, after a dialog

    press(qtbot, Qt.Key.Key_Return, CTRL)
    assert page.step == "workbook"
    out = tmp_path / "out.xlsx"
    path = child(page, "workbook_path")
    assert isinstance(path, QLineEdit)
    assert QApplication.focusWidget() is path
    path.selectAll()
    qtbot.keyClicks(path, str(out))
    out.write_text("what was there")
    press(qtbot, Qt.Key.Key_Return, CTRL)
    told = Words("zh").say("window.reconcile.workbook.replaces", path=out)
    qtbot.waitUntil(lambda: child(page, "written").text() == told)
    settle(qtbot, page._session.background)
    assert out.read_text() == "what was there"
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(child(page, "open_folder").isVisible, timeout=30_000)
    assert page._session.messages.problems == []
    book = load_workbook(out)
    rows = {row[0]: row for row in book["手工记录"].iter_rows(values_only=True)}
    assert "免补录：test call" in [str(cell) for cell in rows[second.record.number]]
    assert any("match_decision" in str(row) or "匹配决定" in str(row) for row in book["操作审计"].values)
    assert child(page, "open_folder").isVisible()


def test_a_comparison_is_stopped_in_the_middle(qtbot, day: DemoDay, open_page: Open) -> None:
    page = open_page(day.store)
    drop(qtbot, page, [day.crm])
    press(qtbot, Qt.Key.Key_Return, CTRL)
    press(qtbot, Qt.Key.Key_Return, CTRL)
    assert page.step == "progress"
    cancel = page.progress.panel.findChild(QPushButton)
    assert cancel is not None
    cancel.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.step == "mapping", timeout=10_000)
    assert page.results.compared is None
    assert not page.busy
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.step == "results", timeout=30_000)
    settle(qtbot, page._session.background)


def test_crm_numbers_are_written_and_taken_back(qtbot, day: DemoDay, open_page: Open) -> None:
    page = open_page(day.store)
    walk_to_results(qtbot, page, [day.crm])
    press(qtbot, Qt.Key.Key_Return, CTRL)
    child(page, "accept_all").setFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.busy and child(page, "unaccept_all").isVisible(), timeout=30_000)
    with day.store.read() as view:
        written = [one for one in view.states(SubjectKind.RECORD) if one.text("crm_id")]
    assert len(written) == count(page, "records", "matched")
    assert {one.text("state") for one in written} == {"matched"}
    child(page, "unaccept_all").setFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.busy and not child(page, "unaccept_all").isVisible(), timeout=30_000)
    with day.store.read() as view:
        assert not [one for one in view.states(SubjectKind.RECORD) if one.text("crm_id")]
