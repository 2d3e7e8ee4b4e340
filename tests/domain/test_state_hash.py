"""One hash over what is shared: it sees every value and nothing of who wrote it when."""

from __future__ import annotations

import pytest

from desktop_app.domain.entries import Action, Change, Payload
from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.state_hash import state_hash
from tests.domain.journals import RECORD, Station

OTHER = Subject(SubjectKind.PROMISE, "00000000-0000-7000-8000-000000000002")


def hashed(*stations: Station) -> str:
    return state_hash(station.state(subject) for station in stations for subject in (RECORD, OTHER))


def written(name: str, **values: object) -> Station:
    station = Station(name)
    station.change(**values)
    return station


def test_nothing_held() -> None:
    assert state_hash([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert hashed(Station("a")) == state_hash([])


def test_authors_and_order_do_not_count() -> None:
    a, b = written("a", f="x"), Station("bb")
    b.change(f="y")
    b.change(f="x")
    assert hashed(a) == hashed(b)
    states = [a.state(), State(OTHER, a.state().fields)]
    assert state_hash(states) == state_hash(reversed(states))


@pytest.mark.parametrize("values", [{"f": "y"}, {"g": "x"}, {"f": None}, {"f": "x", "g": None}])
def test_values_and_names_count(values: dict[str, object]) -> None:
    assert hashed(written("a", **values)) != hashed(written("a", f="x"))


def test_subjects_count() -> None:
    a = Station("a")
    a.change(OTHER, f="x")
    assert hashed(a) != hashed(written("a", f="x"))
    swapped = Subject(SubjectKind.PROMISE, RECORD.id)
    fields = written("a", f="x").state().fields
    assert state_hash([State(RECORD, fields)]) != state_hash([State(swapped, fields)])


def test_conflicts_count_whatever_their_order() -> None:
    a, b = written("a", f="x"), written("b", f="y")
    both, turned = Station("c"), Station("d")
    both.take(a, b)
    a, b = written("a", f="y"), written("b", f="x")
    turned.take(a, b)
    assert hashed(both) == hashed(turned) != hashed(a)


def test_list_items_count_and_struck_ones_do_not() -> None:
    a = Station("a")
    item = a.add("progress", "x")
    a.add("progress", "x")
    b = Station("b")
    b.add("progress", "x")
    assert hashed(a) != hashed(b)
    a.strike(item)
    assert hashed(a) == hashed(b)


def test_what_was_undone_leaves_no_trace() -> None:
    a = written("a", f="x")
    before = hashed(a)
    a.revoke(a.change(OTHER, f="x"))
    a.strike(a.add("progress", "x"))
    assert hashed(a) == before


def test_tombstones_count() -> None:
    a, b = written("a", f="x"), written("b", f="x")
    a.write(Action.PURGE, Payload({"number": Change((), "1")}))
    b.write(Action.PURGE, Payload({"number": Change((), "2")}))
    assert len({hashed(a), hashed(b), state_hash([])}) == 3
