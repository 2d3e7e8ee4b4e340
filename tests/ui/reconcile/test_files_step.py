"""Files for reconciliation: dropped, looked at, taken off the list; the time that is compared."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incidents import report_fault
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.ui.reconcile.conftest import NOW, DemoDay
from tests.ui.reconcile.hands import CTRL, Open, child, count, decisions_in, drop, press, walk_to_results


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
