"""Which decisions stand, whatever other stores' entries say."""

from __future__ import annotations

import pytest

from desktop_app.domain.entries import Action, Change, Payload, Value
from desktop_app.domain.folding import State
from desktop_app.domain.match_decisions import RECORDS, Verdict, decisions, standing, subject_of
from tests.domain.journals import Station

ONE, OTHER, ROW = "record-1", "record-2", "4711"


def say(station: Station, record: str, verdict: Value, profile: str = "odoo", row: str = ROW) -> None:
    told = {"record": record, "profile": profile, "row": row, "verdict": verdict, "reason": "核对"}
    changes = {name: Change((), value) for name, value in told.items()}
    station.write(Action.CHANGE, Payload(changes), subject=subject_of(record, profile, row))


def states(station: Station) -> list[State]:
    return [station.state(subject) for subject in {one.entry.subject for one in station.held.values()}]


@pytest.mark.parametrize("verdict", ["maybe", 1, None, ["confirmed"], {"confirmed": True}])
def test_what_is_no_verdict_decides_nothing(verdict: Value) -> None:
    station = Station("a")
    say(station, ONE, verdict)
    say(station, OTHER, Verdict.WAIVED, "", "")
    assert [(one.record, one.verdict) for one in standing(states(station))] == [(OTHER, Verdict.WAIVED)]


def test_a_double_that_somebody_also_matched_is_neither() -> None:
    station = Station("a")
    say(station, OTHER, Verdict.CONFIRMED)
    say(station, OTHER, Verdict.CONFIRMED, RECORDS, ONE)
    found = decisions(standing(states(station)), "odoo", {ONE: "07-1", OTHER: "07-2"})
    assert [(key, one.crm_id, one.twin_of) for key, one in found.items()] == [("07-2", "", "")]


def test_a_double_stands_for_the_record_that_counts() -> None:
    station = Station("a")
    say(station, OTHER, Verdict.CONFIRMED, RECORDS, ONE)
    say(station, ONE, Verdict.CONFIRMED)
    found = decisions(standing(states(station)), "odoo", {ONE: "07-1", OTHER: "07-2"})
    assert {key: (one.crm_id, one.twin_of) for key, one in found.items()} == {
        "07-1": (ROW, ""),
        "07-2": ("", "07-1"),
    }
