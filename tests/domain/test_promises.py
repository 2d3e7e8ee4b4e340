"""Promises end as kept, withdrawn with a reason or carried over, and nothing closes over an open one."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.errors import GuardRefused
from desktop_app.domain.folding import State
from desktop_app.domain.guards import By, check
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.promises import (
    Ending,
    PromiseKind,
    check_close,
    due_at,
    effective_due,
    endings,
    is_closed,
    may_concern,
    open_promises,
    table_of,
)
from desktop_app.domain.roles import Role
from desktop_app.domain.steps import ANSWERS, CALLBACKS
from tests.domain.journals import NOON, RECORD, Station
from tests.domain.promise_oracle import ledger_oracle, promise

INCIDENT = Subject(SubjectKind.INCIDENT, "i1")


def made(*tellings: dict[str, Value], record: dict[str, Value] | None = None) -> dict[str, Ending]:
    """Endings of p1, p2, … made with these values; ``merged_with`` is added as a link."""
    station = Station("a")
    station.change(RECORD, **{"summary": "x", **(record or {})})
    for place, told in enumerate(tellings, 1):
        fields = dict(told)
        link = fields.pop("merged_with", None)
        if fields:
            station.change(promise(f"p{place}"), record=RECORD.id, **fields)
        if link:
            station.add("merged_with", link, promise(f"p{place}"))
    states = [station.state(promise(f"p{place}")) for place in range(1, len(tellings) + 1)]
    return endings(states, {RECORD.id: station.state(RECORD)})


@pytest.mark.parametrize(
    ("kind", "channel", "hours"),
    [
        (PromiseKind.ANSWER, "phone", 24),
        (PromiseKind.ANSWER, "walk_in", 24),
        (PromiseKind.ANSWER, "mail", 24),
        (PromiseKind.ANSWER, "web", 8),
        (PromiseKind.COMPLAINT, "phone", 48),
        (PromiseKind.COMPLAINT, "web", 48),
    ],
)
def test_due_times_of_the_house_rules(kind: PromiseKind, channel: str, hours: int) -> None:
    assert due_at(kind, channel, NOON) == NOON + timedelta(hours=hours)


def test_a_callback_is_due_when_the_agent_said() -> None:
    with pytest.raises(ValueError, match="agent said"):
        due_at(PromiseKind.CALLBACK, "phone", NOON)


def test_a_promise_that_does_not_say_is_a_callback() -> None:
    station = Station("a")
    assert table_of(station.state(promise())) is CALLBACKS
    station.change(promise(), kind="answer")
    assert table_of(station.state(promise())) is ANSWERS


@pytest.mark.parametrize(
    ("told", "record", "ending"),
    [
        ({"state": "due"}, {}, Ending.OPEN),
        ({"state": "unreachable"}, {}, Ending.OPEN),
        ({"state": "a new word"}, {}, Ending.OPEN),
        ({"state": "none"}, {}, Ending.OPEN),
        ({"state": ["done"]}, {}, Ending.OPEN),
        ({"state": "done"}, {}, Ending.KEPT),
        ({"state": "withdrawn"}, {}, Ending.OPEN),
        ({"state": "withdrawn", "end_reason": " "}, {}, Ending.OPEN),
        ({"state": "withdrawn", "end_reason": "customer rang"}, {}, Ending.WITHDRAWN),
        ({"state": "carried_over", "crm_owner": "wu"}, {}, Ending.OPEN),
        ({"state": "carried_over", "crm_owner": "wu"}, {"crm_id": " "}, Ending.OPEN),
        ({"state": "carried_over"}, {"crm_id": "7"}, Ending.OPEN),
        ({"state": "carried_over", "crm_owner": "wu"}, {"crm_id": "7"}, Ending.CARRIED_OVER),
        ({"state": "merged"}, {}, Ending.OPEN),
    ],
)
def test_how_a_promise_stands(told: dict, record: dict, ending: Ending) -> None:
    assert made(told, record=record) == {"p1": ending}


def test_carried_over_without_its_record_is_open() -> None:
    station = Station("a")
    station.change(promise(), state="carried_over", crm_owner="wu", record="elsewhere")
    assert endings([station.state(promise())], {}) == {"p1": Ending.OPEN}
    buried = State(RECORD, tombstone={"number": "1"})
    assert endings([station.state(promise())], {"elsewhere": buried}) == {"p1": Ending.CARRIED_OVER}


MERGED, DONE = {"state": "merged"}, {"state": "done"}
INTO_2, INTO_3 = {**MERGED, "merged_with": "p2"}, {**MERGED, "merged_with": "p3"}
WITHDRAWN = {"state": "withdrawn", "end_reason": "x"}


@pytest.mark.parametrize(
    ("tellings", "expected"),
    [
        ((INTO_2, {"state": "due"}), "open open"),
        ((INTO_2, DONE), "kept kept"),
        ((MERGED, {**DONE, "merged_with": "p1"}), "kept kept"),
        ((INTO_2, WITHDRAWN), "withdrawn withdrawn"),
        # Each merged into the other while apart: nobody keeps either.
        ((INTO_2, {**MERGED, "merged_with": "p1"}), "open open"),
        ((INTO_2, INTO_3, DONE), "kept kept kept"),
        ((INTO_2, {**DONE, "merged_with": "p3"}, {"state": "due"}), "open kept open"),
        # A target that is not here, and one whose making was undone.
        (({**MERGED, "merged_with": "p9"},), "open"),
        ((INTO_2, {}), "open"),
    ],
)
def test_a_merged_promise_ends_with_its_target(tellings: tuple, expected: str) -> None:
    assert made(*tellings) == {f"p{place}": Ending(word) for place, word in enumerate(expected.split(), 1)}


def test_a_link_struck_out_opens_the_promise_again() -> None:
    station = Station("a")
    station.change(promise("p1"), state="merged")
    station.change(promise("p2"), state="done")
    link = station.add("merged_with", "p2", promise("p1"))
    assert endings([station.state(promise(name)) for name in ("p1", "p2")], {})["p1"] is Ending.KEPT
    station.strike(link)
    assert endings([station.state(promise(name)) for name in ("p1", "p2")], {})["p1"] is Ending.OPEN


def test_a_merge_waits_for_every_target_and_for_what_else_is_said() -> None:
    a, b = Station("a"), Station("b")
    a.change(promise("p1"), state="due")
    b.take(a)
    a.change(promise("p1"), state="merged")
    a.change(promise("p2"), state="done")
    a.add("merged_with", "p2", promise("p1"))

    def first() -> Ending:
        return endings([a.state(promise(name)) for name in ("p1", "p2")], {})["p1"]

    assert first() is Ending.KEPT
    absent = a.add("merged_with", "p9", promise("p1"))
    assert first() is Ending.OPEN
    a.strike(absent)
    b.change(promise("p1"), state="withdrawn")
    a.take(b)
    assert first() is Ending.OPEN


def test_a_purged_promise_had_ended() -> None:
    told = [
        ({"state": "done"}, Ending.KEPT),
        ({"state": "merged"}, Ending.KEPT),
        ({"state": "withdrawn"}, Ending.WITHDRAWN),
        ({}, Ending.KEPT),
    ]
    for tombstone, ending in told:
        assert endings([State(promise(), tombstone=tombstone)], {}) == {"p1": ending}


def test_in_conflict_the_least_finished_counts() -> None:
    a, b = Station("a"), Station("b")
    a.change(promise(), state="due")
    b.take(a)
    a.change(promise(), state="done")
    b.change(promise(), state="missed")
    a.take(b)
    assert endings([a.state(promise())], {}) == {"p1": Ending.OPEN}


def test_in_conflict_every_ending_has_to_be_whole() -> None:
    a, b = Station("a"), Station("b")
    a.change(promise(), state="due", record=RECORD.id)
    b.take(a)
    a.change(promise(), state="withdrawn")
    b.change(promise(), state="carried_over", crm_owner="wu")
    a.take(b)
    a.change(RECORD, crm_id="7")
    assert open_promises([a.state(promise())], {RECORD.id: a.state(RECORD)}) == ["p1"]
    a.change(promise(), end_reason="x")
    assert open_promises([a.state(promise())], {RECORD.id: a.state(RECORD)}) == []


def test_what_was_undone_is_no_promise() -> None:
    station = Station("a")
    station.revoke(station.change(promise(), state="due"))
    assert endings([station.state(promise())], {}) == {}


def test_open_promises_of_an_incident() -> None:
    station = Station("a")
    records = {}
    for name, incident in (("r1", "i1"), ("r2", "i2"), ("r3", None), ("r4", "i1")):
        subject = Subject(SubjectKind.RECORD, name)
        station.change(subject, summary="x", **({"incident": incident} if incident else {}))
        records[name] = station.state(subject)
    records["r5"] = State(Subject(SubjectKind.RECORD, "r5"), tombstone={"incident": "i2"})
    states = []
    for place, record in enumerate(("r1", "r2", "r3", "r4", "r5", "r9"), 1):
        subject = promise(f"p{place}")
        station.change(subject, state="done" if record == "r4" else "due", record=record)
        states.append(station.state(subject))
    assert open_promises(states, records) == ["p1", "p2", "p3", "p5", "p6"]
    assert open_promises(states, records, ["i1"]) == ["p1", "p3", "p6"]
    assert open_promises(states, records, ["i2"]) == ["p2", "p3", "p5", "p6"]


@pytest.mark.parametrize(
    ("incident", "minutes", "concerns"),
    [
        ("i1", 999, True),
        ("i2", 5, False),
        ("", 5, True),
        ("", -59, True),
        ("", -61, False),
        ("", 119, True),
        ("", 121, False),
        ("", None, True),
    ],
)
def test_a_record_that_names_none_is_of_an_incident_of_its_time(
    incident: str, minutes: int | None, concerns: bool
) -> None:
    came = "gestern" if minutes is None else moment_text(NOON + timedelta(minutes=minutes))
    station = Station("a")
    station.change(RECORD, received_at=came, incident=incident)
    within = (NOON, NOON + timedelta(hours=1))
    assert may_concern(station.state(RECORD), {"i1"}, within) is concerns
    assert may_concern(station.state(RECORD), {"i1"}) is (incident != "i2")
    assert may_concern(None, {"i1"}, within)


def test_closing_waits_for_promises_and_a_late_one_reopens() -> None:
    with pytest.raises(GuardRefused):
        check_close(["p1"])
    check_close([])
    station, other = Station("a"), Station("b")
    station.change(INCIDENT, state="review")
    assert not is_closed(station.state(INCIDENT), [])
    other.take(station)
    station.change(INCIDENT, state="closed")
    assert is_closed(station.state(INCIDENT), [])
    assert not is_closed(station.state(INCIDENT), ["p1"])
    other.change(INCIDENT, state="manual")
    for one, away in ((station, other), (other, station)):
        one.take(away)
        assert not is_closed(one.state(INCIDENT), [])
    late = Station("z")
    late.lamport = 99
    late.change(INCIDENT, state="closed")
    other.take(late)
    assert other.state(INCIDENT).value("state") == "closed"
    assert not is_closed(other.state(INCIDENT), [])


def test_the_earliest_due_time_wins() -> None:
    a, b = Station("a"), Station("b")
    times = [moment_text(NOON + timedelta(hours=hours)) for hours in range(4)]
    a.change(promise("p1"), state="due", due=times[3])
    b.take(a)
    a.change(promise("p1"), due=times[2])
    b.change(promise("p1"), due=times[1])
    b.change(promise("p2"), state="due", due=times[0])
    b.change(promise("p3"), state="due", due="soon")
    a.take(b)

    def dues() -> dict[str, float]:
        found = effective_due(a.state(promise(name)) for name in ("p1", "p2", "p3"))
        return {name: (at - NOON) / timedelta(hours=1) for name, at in found.items()}

    assert dues() == {"p1": 1, "p2": 0}
    a.add("merged_with", "p2", promise("p1"))
    a.add("merged_with", "p7", promise("p3"))
    assert dues() == {"p1": 0, "p2": 0}


WORDS = ["due", "assigned", "calling", "missed", "reached", "done", "withdrawn", "carried_over", "merged"]


@given(st.integers(0, 2**32), st.integers(5, 60))
def test_no_order_of_events_closes_over_an_open_promise(seed: int, length: int) -> None:
    """Three stations do anything with three promises, guards or not; a lead closes whenever it may."""
    rng = random.Random(seed)
    stations = [Station(name) for name in "abc"]
    names = ["p1", "p2", "p3"]
    for _ in range(length):
        station = rng.choice(stations)
        what, name = rng.random(), rng.choice(names)
        if what < 0.45:
            fields: dict[str, Value] = {"state": rng.choice(WORDS), "record": RECORD.id}
            fields |= {field: "x" for field in ("end_reason", "crm_owner") if rng.random() < 0.7}
            station.change(promise(name), **fields)
        elif what < 0.55:
            station.add("merged_with", rng.choice(names), promise(name))
        elif what < 0.62:
            station.change(RECORD, crm_id=rng.choice(["", "7"]))
        elif what < 0.7 and station.held:
            station.revoke(rng.choice(list(station.held.values())))
        elif what < 0.85:
            station.take(rng.choice(stations))
        states = [station.state(promise(one)) for one in names]
        left = open_promises(states, {RECORD.id: station.state(RECORD)})
        assert bool(left) is ledger_oracle(station, names)
        try:
            check_close(left)
            station.change(INCIDENT, state="closed")
        except GuardRefused:
            assert left
        assert not (is_closed(station.state(INCIDENT), left) and ledger_oracle(station, names))


@given(st.integers(0, 2**32))
def test_merging_never_ends_a_promise_without_an_entry_that_says_so(seed: int) -> None:
    """Through the guards only: after any exchange an ended promise has an ending step in its history."""
    rng = random.Random(seed)
    stations = [Station(name) for name in "abc"]
    stations[0].change(promise(), state="due", due="t", record=RECORD.id)
    for _ in range(20):
        station = rng.choice(stations)
        state = station.state(promise())
        changes: dict[str, Value] = {
            "state": rng.choice(WORDS),
            "due": "t",
            "owner": "wu",
            "result": "x",
            "end_reason": "x",
        }
        try:
            check(state, changes, By("wu", Role.LEAD, "x"))
            station.change(promise(), reason="x", **changes)
        except GuardRefused:
            station.take(rng.choice(stations))
        found = endings([station.state(promise())], {})
        said = {
            sealed.payload.changes["state"].value for sealed in station.history(promise()) if sealed.payload
        }
        if found.get("p1", Ending.OPEN) is not Ending.OPEN:
            assert said & {"done", "withdrawn"}
