"""A lead walks from files to the workbook by keys, in a real window on a real store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget

from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.match_decisions import standing
from desktop_app.domain.reconciliation import RecordResult, RecordStatus
from desktop_app.domain.roles import Role
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incidents import report_fault
from desktop_app.ui.reconcile.filters import Filter
from desktop_app.ui.reconcile.reconcile_page import ReconcilePage
from desktop_app.ui.widgets.combo import Combo
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.ui.reconcile.conftest import NOW, DemoDay, make_day

Open = Callable[..., ReconcilePage]
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
STRANGE = "甲,乙,丙\nGD-1,13123450001,电梯停运\n"


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


def test_decisions_hold_for_the_next_import_and_are_undone(qtbot, day: DemoDay, open_page: Open) -> None:
    page = open_page(day.store)
    walk_to_results(qtbot, page, [day.crm])
    first = selected(page)
    decide(qtbot, page, Qt.Key.Key_Y, ALT)
    held = status_of(page, first.record.key)
    lines = day.crm.read_text("utf-8-sig").splitlines()
    day.crm.write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", "utf-8-sig")

    again = open_page(day.store)
    walk_to_results(qtbot, again, [day.crm])
    assert status_of(again, first.record.key) is held
    choose(qtbot, again, "records", held.value)
    results = child(again, "results")
    while selected(again).record.key != first.record.key:
        press(qtbot, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is results
    decide(qtbot, again, Qt.Key.Key_B, ALT)
    assert status_of(again, first.record.key) is first.status
    assert decisions_in(day) == 0
    decide(qtbot, again, Qt.Key.Key_Z, ALT)
    assert status_of(again, first.record.key) is held
    assert decisions_in(day) == 1


def test_no_leaves_the_next_candidate_or_nothing(qtbot, day: DemoDay, open_page: Open) -> None:
    page = open_page(day.store)
    walk_to_results(qtbot, page, [day.crm])
    choose(qtbot, page, "records", "matched")
    before = count(page, "records", "matched")
    key = selected(page).record.key
    row = selected(page).crm_id
    decide(qtbot, page, Qt.Key.Key_Delete)
    assert status_of(page, key) in (RecordStatus.TO_BACKFILL, RecordStatus.AMBIGUOUS)
    assert count(page, "records", "matched") == before - 1
    assert page.results.compared is not None
    assert next(one for one in page.results.compared.found.crm if one.row.id == row).record == ""
    decide(qtbot, page, Qt.Key.Key_Z, ALT)
    assert status_of(page, key) is RecordStatus.MATCHED
    assert decisions_in(day) == 0


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


def test_a_bad_file_is_one_sentence_and_the_others_stay(
    qtbot, day: DemoDay, open_page: Open, tmp_path: Path
) -> None:
    empty = tmp_path / "空.csv"
    empty.write_bytes(b"")
    page = open_page(day.store)
    drop(qtbot, page, [empty, day.crm])
    model = page.files._model
    assert model.cell(0, 3).text == Words("zh").say("error.reading.empty", file="空.csv")
    assert model.cell(1, 1).text == "CRM 导出"
    press(qtbot, Qt.Key.Key_Return, CTRL)
    assert [one.label for one in page.mapping.offered] == ["crm.csv"]


def test_files_dropped_while_others_are_looked_at_wait(qtbot, day: DemoDay, open_page: Open) -> None:
    page = open_page(day.store)
    page.files.add([day.crm])
    drop(qtbot, page, [day.crm, day.queue_log])
    assert [one.label for one in page.files.offered] == ["crm.csv", "queue_log"]


def test_delete_takes_a_file_off_the_list(qtbot, day: DemoDay, open_page: Open) -> None:
    page = open_page(day.store)
    drop(qtbot, page, [day.crm, day.queue_log])
    child(page, "files").setFocus()
    press(qtbot, Qt.Key.Key_Delete)
    assert [one.label for one in page.files.offered] == ["crm.csv"]
    assert decisions_in(day) == 0


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


def test_a_window_that_is_none_is_told_at_once(qtbot, day: DemoDay, open_page: Open) -> None:
    page = open_page(day.store)
    drop(qtbot, page, [day.crm])
    field = child(page, "window_from")
    field.setFocus()
    qtbot.keyClicks(field, "morgens")
    press(qtbot, Qt.Key.Key_Return, CTRL)
    assert page.step == "files"
    assert [one.code for one in page._session.messages.problems] == ["reconcile.window_text"]


def test_the_span_of_the_records_is_one_key_away(qtbot, day: DemoDay, open_page: Open) -> None:
    page = open_page(day.store)
    settle(qtbot, page._session.background)
    use = child(page, "use_span")
    use.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    walk_to_results(qtbot, page, [day.crm])
    assert page.results.compared is not None
    assert count(page, "records", "outside") == 0
    assert page.results.compared.found.window.start is not None


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


def test_agents_look_and_are_told_who_decides(qtbot, open_page: Open, tmp_path: Path) -> None:
    day = make_day(tmp_path, 30, Role.AGENT)
    page = open_page(day.store)
    walk_to_results(qtbot, page, [day.crm])
    assert page.results._bar.text() == Words("zh").say("error.decisions.leads_only")
    for code in ("yes", "no", "waive", "undo"):
        assert not child(page, f"decide_{code}").isEnabled()
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Y, ALT)
    settle(qtbot, page._session.background)
    assert decisions_in(day) == 0
    day.store.close()


def test_what_is_counted_adds_up(qtbot, day: DemoDay, open_page: Open) -> None:
    page = open_page(day.store, "en")
    walk_to_results(qtbot, page, day.files)
    for name in ("numbers", "records", "calls", "answered", "crm"):
        label = child(page, f"sum_{name}")
        assert " = " in label.text(), label.text()
    shown = sum(
        one.count
        for one in page.results._filters.rows
        if one.side == "records" and one.status not in ("", "undecided")
    )
    assert shown == count(page, "records", "")


def test_a_table_of_hand_records_is_said_not_to_be_compared(
    qtbot, day: DemoDay, open_page: Open, tmp_path: Path
) -> None:
    page = open_page(day.store)
    table = tmp_path / "paper.csv"
    values = {"number": "1", "kind": "enquiry", "caller_name": "王芳", "phone": "13123450001"}
    rows = (TEMPLATE_COLUMNS, [values.get(name, "") for name in TEMPLATE_COLUMNS])
    table.write_text("".join(",".join(row) + "\n" for row in rows), "utf-8")
    drop(qtbot, page, [table])
    model = child(page, "files").model()
    shown = [model.index(0, column).data() for column in range(model.columnCount())]
    assert Words("zh").say("window.reconcile.files.not_compared") in shown


def test_the_last_outage_is_filled_in_once_and_can_be_emptied(qtbot, day: DemoDay, open_page: Open) -> None:
    one = report_fault(day.store, symptom="CRM 打不开", now=NOW).incident
    known = {"scope": "all", "incident_category": "application"}
    take_step(day.store, one, IncidentState.CONFIRMED, now=NOW, values=known)
    take_step(day.store, one, IncidentState.MANUAL, now=NOW)
    over = {"recovery_confirmed_by": "赵运维"}
    take_step(day.store, one, IncidentState.RECOVERED, now=NOW + timedelta(hours=1), values=over)
    page = open_page(day.store)
    start, end = (page.findChild(QLineEdit, f"window_{name}") for name in ("from", "to"))
    qtbot.waitUntil(lambda: start.text() == "2026-11-22 09:00")
    assert end.text() == "2026-11-22 10:00:59"
    for field in (start, end):
        field.clear()
    page.files.load()
    settle(qtbot, page._session.background)
    assert page.files.window_told() is None
