"""What was compared: decided by keys, undone, counted; agents look only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.domain.reconciliation import RecordStatus
from desktop_app.domain.roles import Role
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.ui.reconcile.conftest import DemoDay, make_day
from tests.ui.reconcile.hands import (
    ALT,
    Open,
    child,
    choose,
    count,
    decide,
    decisions_in,
    press,
    selected,
    status_of,
    walk_to_results,
)


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
