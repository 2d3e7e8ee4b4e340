"""Fields changed apart at real stores: decided field by field, the same for everybody."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.services.conflicts import Choice, Conflict, chosen, conflicts, decide, redo, undo
from desktop_app.services.record_changes import correct
from desktop_app.services.record_view import view_record
from desktop_app.storage.store import Store
from tests.floor import NOW, Desk, Floor, pair
from tests.floor import floor as floor
from tests.runs import give

FIELDS = ("phone", "summary", "address", "caller_name")
VALUES = st.sampled_from(("13123450002", "13123450003", "13123450004"))
EDITS = st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=5)
LATER = NOW + timedelta(minutes=5)


def fix(store: Store, record: str, field: str, value: str) -> None:
    with store.read() as view:
        same = view.state(Subject(SubjectKind.RECORD, record)).value(field) == value
    if not same:
        correct(store, record, {field: value}, reason="更正", now=LATER)


def of(store: Store, record: str) -> dict[str, Conflict]:
    return {one.field: one for one in conflicts(store, limit=10_000).conflicts if one.record == record}


def hand_over(giver: Desk, taker: Desk) -> None:
    merged = taker.merge(giver.hand_in(taker))
    assert [one.reason for one in merged.bundles] == [None]


def test_a_conflict_goes_up_is_decided_and_comes_down_again(floor: Floor) -> None:
    lead, agent = floor.lead(), floor.desk("08")
    pair(lead, agent)
    record = agent.log().subject_id
    hand_over(agent, lead)
    fix(lead.store, record, "phone", "13123450002")
    fix(agent.store, record, "phone", "13123450003")
    hand_over(agent, lead)
    held = of(lead.store, record)["phone"]
    assert {one.station for one in held.candidates} == {"01", "08"}
    theirs = next(one for one in held.candidates if one.station == "08")
    decide(lead.store, held.subject, [Choice("phone", held.seen, theirs.entry_id)], now=LATER, reason="核实")
    hand_over(lead, agent)
    assert of(agent.store, record) == of(lead.store, record) == {}
    (told,) = chosen(agent.store)
    assert (told.fields, told.station, told.reason) == ((("phone", "13123450003"),), "01", "核实")
    assert lead.state_hash() == agent.state_hash()


@pytest.mark.parametrize("theirs", ["2026-12-28 20:00", "2026-12-28 18:00"])
def test_a_call_back_set_at_two_stations_is_one_promise(floor: Floor, theirs: str) -> None:
    lead, agent = floor.lead(), floor.desk("08")
    pair(lead, agent)
    record = agent.log().subject_id
    hand_over(agent, lead)
    mine = "2026-12-28 18:00"
    fix(agent.store, record, "callback_due", mine)
    fix(lead.store, record, "callback_due", theirs)
    hand_over(agent, lead)
    (promise,) = view_record(lead.store, record).promises
    assert promise.ending == "open"
    apart = of(lead.store, record)
    assert apart.keys() == (set() if theirs == mine else {"callback_due", "due"})
    if theirs == mine:
        return
    held = apart["callback_due"]
    later = next(one for one in held.candidates if one.station == "01")
    decide(lead.store, held.subject, [Choice("callback_due", held.seen, later.entry_id)], now=LATER)
    assert of(lead.store, record) == {}
    hand_over(lead, agent)
    (told,) = view_record(agent.store, record).promises
    (decided,) = view_record(lead.store, record).promises
    assert (told.due, told.ending) == (decided.due, "open")
    assert lead.state_hash() == agent.state_hash()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS, EDITS, st.sets(st.sampled_from(FIELDS)), st.integers(0, 1), st.permutations(range(6)))
def test_deciding_clears_exactly_what_was_chosen_and_undo_brings_it_back(
    floor: Floor,
    mine: list[tuple[str, str]],
    theirs: list[tuple[str, str]],
    wanted: set[str],
    side: int,
    order: list[int],
) -> None:
    if not floor.desks:
        for station in ("01", "02"):
            floor.lead(station)
        floor.desk("08")
    one, two, agent = (desk.store for desk in floor.desks)
    stores = (one, two, agent)
    record = floor.desks[2].log().subject_id
    for target in (one, two):
        give(agent, target)
    for store, edits in ((one, mine), (agent, theirs)):
        for field, value in edits:
            fix(store, record, field, value)
    pairs = list(itertools.permutations(stores, 2))
    for place in (*order, *order):
        give(*pairs[place])
    ours, others = dict(mine), dict(theirs)
    before = of(one, record)
    apart = {name for name in ours if name in others and ours[name] != others[name]}
    assert before.keys() == apart
    assert of(two, record) == of(agent, record) == before
    decided = [before[name] for name in sorted(wanted & before.keys())]
    if not decided:
        return
    subject = Subject(SubjectKind.RECORD, record)
    choices = [Choice(held.field, held.seen, held.candidates[side].entry_id) for held in decided]
    made = decide(two, subject, choices, now=LATER)
    left = {name: held for name, held in before.items() if held not in decided}
    assert of(two, record) == left
    undo(two, made, now=LATER)
    assert of(two, record) == before
    redo(two, *made[0], now=LATER)
    for place in (*reversed(order), *reversed(order)):
        give(*pairs[place])
    for store in stores:
        assert of(store, record) == left
    assert len({desk.state_hash() for desk in floor.desks}) == 1
