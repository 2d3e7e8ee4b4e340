"""The clocks of an incident as the workbook lists them: who was told, how late, and who was not reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.domain.ladders import Ladder, Rung, RungKind
from desktop_app.domain.roles import Role
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.services.clock_lines import clock_lines
from desktop_app.services.incident_acts import decide, tell
from desktop_app.services.incidents import report_fault
from desktop_app.services.reconcile import hand_over, reconcile_store
from desktop_app.services.reconcile_reading import Request
from desktop_app.services.records import log_record
from desktop_app.storage.store import Store
from desktop_app.words import Words
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FAULT = Ladder(
    "fault",
    Version("SX-01", "1.0"),
    Bilingual("系统故障", "System fault"),
    "reported",
    (
        Rung("supervisor", 5, Bilingual("报主管", "Tell the supervisor"), tells=("supervisor",)),
        Rung("decision", 60, Bilingual("决定下一步", "Decide"), RungKind.DECIDE),
    ),
)


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


@pytest.fixture
def lead(store: Store) -> Store:
    return replace(store, author=author("5001", Role.SUPERVISOR))


@pytest.fixture
def fault(lead: Store) -> str:
    made = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    asked = {"ladder": "fault", "rung": "supervisor", "role": "supervisor", "channel": "phone"}
    tell(lead, made, told_to="周主管", reached=False, now=minutes(4), **asked)
    tell(lead, made, told_to="周主管", reply="马上到", now=minutes(9), told_at=minutes(6.5), **asked)
    decide(lead, made, ladder="fault", rung="decision", code="wait", reason="快好了", now=minutes(61))
    return made


def test_each_step_is_a_line_and_who_was_not_reached_too(lead: Store, fault: str) -> None:
    lines = clock_lines(lead, (FAULT,), now=minutes(70))
    told = [(one.title.zh, one.stage, one.late_seconds, one.told, one.note) for one in lines]
    assert told == [
        ("", "not_reached", 0, "周主管", ""),
        ("报主管", "done", 90, "周主管", "马上到"),
        ("决定下一步", "done", 60, "", "快好了"),
    ]
    assert {one.incident for one in lines} == {"G07-260302-1"}
    assert lines[1].due_at == minutes(5)


def test_without_ladders_everybody_told_is_there(lead: Store, fault: str) -> None:
    assert [one.stage for one in clock_lines(lead, (), now=minutes(70))] == ["not_reached", "reached"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_has_them_and_the_work_by_agent_and_hour(
    lead: Store, fault: str, tmp_path: Path, language: str
) -> None:
    for at in (1, 2, 65):
        log_record(lead, {"phone": "13123450002", "kind": "urgent"}, now=minutes(at))
    finding = reconcile_store(Request(), lead, now=minutes(70), ladders=(FAULT,))
    words = Words("en" if language == "en" else "zh")
    hand_over(finding, words, out=tmp_path / "x.xlsx", json=None, password=None)
    book = load_workbook(tmp_path / "x.xlsx")
    clocks = book[words.say("workbook.sheet.clocks")]
    rows = [[cell.value for cell in row] for row in clocks.iter_rows(min_row=2)]
    assert [row[3] for row in rows] == [None, "1:30", "1:00"]
    work = book[words.say("workbook.sheet.workload")]
    counts = [[cell.value for cell in row] for row in work.iter_rows(min_row=2)]
    assert [(row[0], row[1].hour, row[2], row[5]) for row in counts] == [
        ("5001", 9, 2, 2),
        ("5001", 10, 1, 1),
    ]
