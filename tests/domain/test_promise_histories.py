"""Nothing closes over an open promise, in whatever order things happen on whatever stations."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entries import Value
from desktop_app.domain.errors import GuardRefused
from desktop_app.domain.guards import By, check
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.promises import (
    Ending,
    check_close,
    endings,
    is_closed,
    open_promises,
)
from desktop_app.domain.roles import Role
from tests.domain.journals import RECORD, Station

INCIDENT = Subject(SubjectKind.INCIDENT, "i1")
ENDED = {"done", "withdrawn", "carried_over"}


def promise(name: str = "p1") -> Subject:
    return Subject(SubjectKind.PROMISE, name)


def ledger_oracle(station: Station, names: list[str]) -> bool:
    """Whether any promise stands open, told from values alone: none ends but by a word that says so."""
    states = {name: station.state(promise(name)) for name in names}
    records = station.state(RECORD)

    def ended(name: str, *also: str) -> bool:
        state = states[name]
        told = [one for one in state.values("state") if one not in also]
        good = {"done"}
        if state.text("end_reason"):
            good.add("withdrawn")
        if state.text("crm_owner") and records.text("crm_id"):
            good.add("carried_over")
        return bool(told or also) and all(one in good for one in told)

    def merged(name: str) -> bool:
        """In conflict of merged with an ending, the merge counts as the less finished."""
        told = set(states[name].values("state"))
        return "merged" in told and told <= {"merged", *ENDED}

    def peers(name: str) -> set[str]:
        near, grown = {name}, True
        while grown:
            linked = {
                other
                for one in names
                for item in states[one].lists.get("merged_with", ())
                for pair in ((one, item.value), (item.value, one))
                for other in pair[1:]
                if pair[0] in near
            }
            grown = not linked <= near
            near |= linked
        return near

    alive = [name for name in names if states[name].values("state")]
    for name in alive:
        if merged(name):
            targets = [other for other in peers(name) if other in alive and not merged(other)]
            if not targets or not all(ended(other) for other in targets) or not ended(name, "merged"):
                return True
        elif not ended(name):
            return True
    return False


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
