"""Purge: refused over open promises, leaves the chain whole, and sets aside what its author never saw."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.entries import GENESIS, Action, Change, Payload, Sealed, check_chain
from desktop_app.domain.errors import GuardRefused
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.purging import Sweep, purge_payload, reopening, sweep
from tests.domain.journals import RECORD, Station


def heads(station: Station) -> dict[str, int]:
    found: dict[str, int] = {}
    for sealed in station.held.values():
        found[sealed.entry.writer] = max(found.get(sealed.entry.writer, 0), sealed.entry.seq)
    return found


def purge(station: Station, subject: Subject = RECORD) -> Sealed:
    payload = purge_payload(station.state(subject), heads(station), open_promises=0)
    return station.write(Action.PURGE, payload, subject=subject)


def swept(station: Station) -> None:
    for entry_id in sweep(station.history()).erase:
        station.held[entry_id] = replace(station.held[entry_id], payload=None)


def test_it_is_refused_while_a_promise_is_open() -> None:
    station = Station("a")
    station.change(summary="x")
    with pytest.raises(GuardRefused, match="open_promise"):
        purge_payload(station.state(), {}, open_promises=1)


def test_it_is_refused_twice() -> None:
    station = Station("a")
    purge(station)
    with pytest.raises(GuardRefused, match="purged"):
        purge(station)


def test_the_tombstone_names_what_has_to_stay() -> None:
    a, b = Station("a"), Station("b")
    a.change(number="07-00001-3", kind="complaint", incident="i1", state="archived", caller_name="王芳")
    b.take(a)
    b.change(caller_name="王方")
    a.take(b)
    purge(a)
    assert a.state().tombstone == {
        "number": "07-00001-3",
        "kind": "complaint",
        "incident": "i1",
        "state": "archived",
        "heads": {"a": 1, "b": 1},
    }


def test_what_a_purge_names_goes_and_what_came_later_is_set_aside() -> None:
    a, b = Station("a"), Station("b")
    first = a.change(caller_name="王芳")
    b.take(a)
    undone = a.revoke(a.change(summary="x"))
    purged = purge(a)
    late = b.change(caller_name="王方")
    a.take(b)
    assert sweep(a.history()) == Sweep(("a-1", "a-2", undone.entry.id), (late.entry.id,))
    assert sweep(b.history()) == Sweep()
    swept(a)
    assert sweep(a.history()) == Sweep((), (late.entry.id,))
    assert a.state().tombstone is not None
    # A payload the author had seen goes even when it arrives again.
    a.held[first.entry.id] = first
    assert sweep(a.history()).erase == (first.entry.id,)
    assert a.held[purged.entry.id].payload is not None


def test_two_purges_name_what_either_saw() -> None:
    a, b = Station("a"), Station("b")
    a.change(summary="x")
    b.change(summary="y")
    purge(a)
    purge(b)
    a.take(b)
    assert sweep(a.history()) == Sweep(("a-1", "b-1"), ())
    a.write(Action.PURGE, Payload({"heads": Change((), {"a": 0})}))
    assert sweep(a.history()) == Sweep(("a-1", "b-1"), ())


def test_reopening_brings_back_what_the_tombstone_names() -> None:
    a, b = Station("a"), Station("b")
    a.change(number="07-00001-3", caller_name="王芳", state="archived")
    b.take(a)
    purged = purge(a)
    swept(a)
    late = b.change(caller_name="王方")
    a.take(b)
    swept(a)
    revoke, values = reopening(RECORD, a.history())
    assert (revoke, values) == ([purged.entry.id], {"number": "07-00001-3", "state": "archived"})
    a.revoke(a.held[revoke[0]], "late entry")
    a.change(**values)
    state = a.state()
    assert (state.text("number"), state.text("caller_name")) == ("07-00001-3", "王方")
    assert sweep(a.history()) == Sweep()
    # Purged again it goes for good, and equally where only the second purge is known.
    purge(a)
    swept(a)
    assert sweep(a.history()) == Sweep()
    assert a.held[late.entry.id].payload is None
    assert a.state().text("caller_name") == ""
    assert a.state().tombstone is not None
    assert a.state().tombstone["heads"] == {"a": 4, "b": 1}


def test_what_a_purge_erased_goes_also_where_it_is_heard_of_together_with_its_end() -> None:
    a, b = Station("a"), Station("b")
    first = a.change(summary="x")
    b.take(a)
    purged = purge(a)
    a.revoke(purged)
    b.take(a)
    assert b.state().tombstone is None
    assert sweep(b.history()) == Sweep((first.entry.id,))


def test_only_what_is_purged_is_reopened() -> None:
    with pytest.raises(GuardRefused, match="not_purged"):
        reopening(RECORD, [])


def test_heads_that_are_none_erase_nothing() -> None:
    station = Station("a")
    station.change(summary="x")
    station.write(Action.PURGE, Payload({"heads": Change((), {"a": "all", "b": True})}))
    assert sweep(station.history()) == Sweep((), ("a-1",))
    station.write(Action.PURGE, Payload({"heads": Change((), "all")}))
    station.write(Action.PURGE, Payload({}))
    assert sweep(station.history()) == Sweep((), ("a-1",))


def test_a_purge_of_a_hundred_payloads_leaves_the_chain_whole_and_a_later_edit_is_found() -> None:
    station = Station("a")
    subjects = [Subject(SubjectKind.RECORD, f"r{number}") for number in range(50)]
    for subject in subjects:
        station.change(subject, caller_name="王芳")
        station.add("progress", "called", subject)
    for subject in subjects:
        purge(station, subject)
    gone = {entry_id for subject in subjects for entry_id in sweep(station.history(subject)).erase}
    assert len(gone) == 100
    rows = [
        (entry, None, None) if entry.id in gone else (entry, salt, stored)
        for entry, salt, stored in station.chain
    ]
    assert list(check_chain(rows, GENESIS)) == []
    for place in range(len(rows)):
        edited = list(rows)
        entry, salt, stored = rows[place]
        edited[place] = (replace(entry, actor="someone"), salt, stored)
        assert [problem.seq for problem in check_chain(edited, GENESIS)] == [place + 1]


def test_a_purged_promise_still_tells_whose_it_was() -> None:
    station = Station("a")
    station.change(record="r1", state="done", phone="13123450001")
    purge(station)
    tombstone = station.state().tombstone or {}
    assert (tombstone["record"], "phone" in tombstone) == ("r1", False)
    assert reopening(RECORD, station.history())[1] == {"record": "r1", "state": "done"}


def test_only_what_its_author_held_is_named_where_entries_were_absent() -> None:
    station = Station("a")
    written = [station.change(summary=f"第{number}次") for number in range(4)]
    payload = purge_payload(station.state(), {"a": [(1, 2), (4, 4)], "b": ()}, open_promises=0)
    assert payload.changes["heads"].value == {"a": [[1, 2], [4, 4]], "b": []}
    station.write(Action.PURGE, payload)
    found = sweep(station.history())
    assert found.erase == tuple(written[place].entry.id for place in (0, 1, 3))
    assert found.set_aside == (written[2].entry.id,)
