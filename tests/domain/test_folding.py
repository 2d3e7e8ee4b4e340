"""From entries to state: candidates, lists, undo, and the same result in any order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entries import Action, Change, Payload, Sealed
from desktop_app.domain.folding import State, fold, fold_next, revoked_ids
from desktop_app.domain.state_hash import state_hash
from tests.domain.journals import RECORD, Station

STEP = st.tuples(
    st.sampled_from(["change", "add", "strike", "revoke", "take", "take"]),
    st.integers(0, 2),
    st.integers(0, 50),
    st.sampled_from(["yes", "no", None, 3]),
)
STEPS = st.lists(STEP, max_size=25)


def play(steps: list[tuple[str, int, int, object]]) -> list[Station]:
    stations = [Station("a"), Station("b"), Station("c")]
    for what, who, pick, value in steps:
        station = stations[who]
        held = sorted(station.held.values(), key=lambda sealed: sealed.entry.order)
        if what == "change":
            station.change(**{("f", "g")[pick % 2]: value})
        elif what == "add":
            station.add("progress", value)
        elif what == "take":
            station.take(stations[pick % 3])
        elif held:
            target = held[pick % len(held)]
            station.strike(target) if what == "strike" else station.revoke(target)
    return stations


def everything(stations: list[Station]) -> Station:
    whole = Station("z")
    whole.take(*stations)
    return whole


def test_a_field_nobody_wrote() -> None:
    state = fold(RECORD, [])
    assert state == State(RECORD)
    assert (state.value("f"), state.values("f"), state.text("f"), state.seen("f")) == (None, [], "", ())


def test_text_of_values() -> None:
    station = Station("a")
    station.change(f="李娜", g=3, h=None)
    state = station.state()
    assert [state.text(name) for name in "fgh"] == ["李娜", "3", ""]


def test_a_later_change_replaces_what_its_author_saw() -> None:
    station = Station("a")
    station.change(f="one", g="kept")
    station.change(f="two")
    state = station.state()
    assert (state.values("f"), state.values("g"), state.conflicts()) == (["two"], ["kept"], [])


def test_two_who_did_not_see_each_other_leave_both_values() -> None:
    a, b = Station("a"), Station("b")
    a.change(f="base")
    b.take(a)
    a.change(f="left")
    b.change(f="right")
    a.take(b)
    assert a.state().values("f") == ["left", "right"]
    assert a.state().value("f") == "right"
    assert a.state().conflicts() == ["f"]
    b.take(a)
    b.change(f="left")
    assert (b.state().values("f"), b.state().conflicts()) == (["left"], [])


def test_a_change_back_to_the_old_value_is_still_a_change() -> None:
    """Comparing values would hide this: the other author never saw that the first one changed his mind."""
    a, b = Station("a"), Station("b")
    a.change(f="no")
    b.take(a)
    a.change(f="yes")
    a.change(f="no")
    b.change(f="yes")
    b.take(a)
    assert b.state().conflicts() == ["f"]


def test_same_value_twice_is_no_conflict_but_two_candidates() -> None:
    a, b = Station("a"), Station("b")
    a.change(f="yes")
    b.change(f="yes")
    a.take(b)
    assert (a.state().conflicts(), len(a.state().seen("f"))) == ([], 2)


@pytest.mark.parametrize(("one", "other"), [(1, True), (0, False), (1, 1.0), ("1", 1), (None, "")])
def test_values_that_python_takes_for_equal_are_distinct(one: object, other: object) -> None:
    a, b = Station("a"), Station("b")
    a.change(f=one)
    b.change(f=other)
    a.take(b)
    assert a.state().conflicts() == ["f"]


def test_lists_grow_without_conflict_and_items_are_struck_out() -> None:
    a, b = Station("a"), Station("b")
    first = a.add("progress", "called")
    b.take(a)
    a.add("progress", "wrote")
    b.add("progress", "called")
    b.strike(first, "wrong record")
    a.take(b)
    assert [item.value for item in a.state().lists["progress"]] == ["wrote", "called"]
    assert a.state().conflicts() == []


def test_undo_and_redo() -> None:
    station = Station("a")
    first = station.change(f="one")
    second = station.change(f="two")
    struck = station.strike(station.add("progress", "x"))
    before = station.state()
    undo = station.revoke(second)
    assert station.state().values("f") == ["one"]
    redo = station.revoke(undo)
    assert station.state().fields == before.fields
    station.revoke(redo)
    assert station.state().values("f") == ["one"]
    station.revoke(struck)
    assert [item.value for item in station.state().lists["progress"]] == ["x"]
    station.revoke(first)
    assert station.state().values("f") == []


def test_revoked_twice_stays_revoked_until_both_are_revoked() -> None:
    a, b = Station("a"), Station("b")
    change = a.change(f="one")
    b.take(a)
    mine, theirs = a.revoke(change), b.revoke(change)
    a.take(b)
    a.revoke(mine)
    assert a.state().values("f") == []
    a.revoke(theirs)
    assert a.state().values("f") == ["one"]


def test_a_revocation_reaches_only_earlier_entries_that_are_held() -> None:
    station = Station("a")
    change = station.change(f="one")
    early = replace(change.entry, lamport=0)
    stray = Sealed(replace(early, seq=9, action=Action.REVOKE), Payload(target=change.entry.id))
    absent = Sealed(replace(early, seq=8, action=Action.REVOKE), Payload(target="z-1"))
    withheld = Sealed(replace(early, seq=7, lamport=99, action=Action.REVOKE), None)
    assert fold(RECORD, [stray, absent, withheld, change]).values("f") == ["one"]
    assert revoked_ids([stray, change]) == set()


def test_erased_payloads_change_nothing() -> None:
    station = Station("a")
    first, second = station.change(f="one"), station.change(f="two")
    erased = Sealed(second.entry, None)
    state = fold(RECORD, [first, erased])
    assert (state.values("f"), state.newest) == (["one"], second.entry.order)
    assert fold(RECORD, [second, erased]) == fold(RECORD, [erased, second]) == fold(RECORD, [second])


def purge(station: Station, **tombstone: str) -> Sealed:
    return station.write(Action.PURGE, Payload({name: Change((), told) for name, told in tombstone.items()}))


def test_a_purge_folds_to_its_tombstone_whatever_else_is_held() -> None:
    a, b = Station("a"), Station("b")
    a.change(f="one")
    b.take(a)
    purged = purge(a, number="07-00001-3")
    b.change(f="late")
    b.add("progress", "late")
    a.take(b)
    state = a.state()
    assert state.tombstone == {"number": "07-00001-3"}
    assert (state.fields, state.lists, state.newest) == ({}, {}, max(s.entry.order for s in a.history()))
    a.revoke(purged, "reopened")
    assert (a.state().tombstone, a.state().values("f")) == (None, ["late"])
    purge(a, number="again")
    assert a.state().tombstone == {"number": "again"}


def test_of_two_purges_the_last_speaks() -> None:
    a, b = Station("a"), Station("b")
    purge(a, number="x")
    purge(b, number="y")
    a.take(b)
    assert a.state().tombstone == {"number": "y"}


def test_fold_next_leaves_to_fold_what_is_not_last() -> None:
    station = Station("a")
    first, second = station.change(f="one"), station.change(f="two")
    state = fold(RECORD, [second])
    assert fold_next(state, first) is None
    assert fold_next(state, second) is None
    revoke = station.revoke(second)
    assert fold_next(state, revoke) is None
    assert fold_next(state, Sealed(replace(revoke.entry, action=Action.CHANGE), None)) is None
    purged = purge(station, number="x")
    assert fold_next(state, purged) is None
    late = station.change(f="late")
    assert fold_next(fold(RECORD, [purged]), late) is None


@given(STEPS, st.randoms())
def test_any_order_and_any_repetition_fold_alike(steps: list, order: object) -> None:
    history = everything(play(steps)).history()
    shuffled = history + history[::2]
    order.shuffle(shuffled)
    assert fold(RECORD, shuffled) == fold(RECORD, history)


@given(STEPS)
def test_fold_next_is_fold(steps: list) -> None:
    history = sorted(everything(play(steps)).history(), key=lambda sealed: sealed.entry.order)
    state = fold(RECORD, [])
    for place, sealed in enumerate(history):
        whole = fold(RECORD, history[: place + 1])
        following = fold_next(state, sealed)
        assert following is None or following == whole
        assert (following is None) is (sealed.entry.action is Action.REVOKE)
        state = whole


@given(STEPS, STEPS)
def test_undoing_everything_restores_exactly(steps: list, more: list) -> None:
    stations = play(steps)
    lead = everything(stations)
    before, done = lead.state(), []
    for what, _who, pick, value in more:
        held = sorted(lead.held.values(), key=lambda sealed: sealed.entry.order)
        if what == "add":
            done.append(lead.add("progress", value))
        elif what == "strike" and held:
            done.append(lead.strike(held[pick % len(held)]))
        elif what == "revoke" and held:
            done.append(lead.revoke(held[pick % len(held)]))
        else:
            done.append(lead.change(f=value))
    after = lead.state()
    undone = [lead.revoke(sealed) for sealed in reversed(done)]
    assert state_hash([lead.state()]) == state_hash([before])
    assert lead.state().fields == before.fields
    for sealed in reversed(undone):
        lead.revoke(sealed)
    assert state_hash([lead.state()]) == state_hash([after])


@given(STEPS, st.permutations(range(3)))
def test_merging_is_commutative_and_idempotent(steps: list, order: list[int]) -> None:
    stations = play(steps)
    one, other = Station("x"), Station("y")
    one.take(*stations)
    for place in (*order, *order):
        other.take(stations[place])
    assert state_hash([one.state()]) == state_hash([other.state()])
