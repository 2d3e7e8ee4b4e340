"""Entries of other writers put into real stores, in any order, cut and repeated."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from desktop_app.domain.bundles import Run
from desktop_app.domain.entries import Action, Change, Payload
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.merging import cut
from desktop_app.domain.purging import purge_payload
from desktop_app.domain.ranges import Range, ranges, without
from desktop_app.services.records import log_record
from desktop_app.storage import journal, letter_pairs, search
from desktop_app.storage.absent import absent
from desktop_app.storage.checks import check_journal
from desktop_app.storage.merging import put_in_batches, put_runs
from desktop_app.storage.rebuild import examine
from desktop_app.storage.station_list import chains
from desktop_app.storage.store import Store
from desktop_app.storage.tables import breaks, payloads, records, taken
from desktop_app.storage.unit_of_work import View
from tests.runs import runs_of, withholding
from tests.stores import new_store
from tests.stores import store as store

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
CALL = {
    "kind": "enquiry",
    "phone": "13123450001",
    "caller_name": "王小明",
    "summary": "水费",
    "detail": "想问水费",
}


def take(target: Store, runs: Sequence[Run]) -> int:
    with target.database.change() as connection:
        return put_runs(connection, runs)


def spans(connection: Connection) -> dict[str, list[Range]]:
    return {chain.writer: list(chain.held) for chain in chains(connection)}


def digest(store: Store) -> str:
    """Return the state hash, after a look that the folded tables say what the journal says."""
    with store.read() as view:
        found = examine(view)
    assert found.differing == ()
    return found.state_hash


def change(store: Store, subject: Subject, **values: str) -> None:
    with store.change() as unit:
        unit.change(subject, dict(values), at=NOW)


def floor(folder: Path) -> tuple[list[Run], Subject]:
    """Three stations that change, undo, add, conflict and purge; returns all runs and what was purged."""
    made = itertools.count()
    stores = [new_store(folder / str(next(made)), station=code) for code in ("07", "08", "09")]
    first, second, third = stores
    logged = [
        log_record(one, CALL | {"detail": f"{one.folder.name}班第{number}件"}, now=NOW)
        for one in stores
        for number in range(4)
    ]
    shared = Subject(SubjectKind.RECORD, logged[0].subject_id)
    for one in (second, third):
        take(one, runs_of(first))
        change(one, shared, caller_name=f"刘{one.marks.highest()}", address="三幢二单元")
    with second.change() as unit:
        state = unit.state(shared)
        unit.append(shared, Action.ADD, Payload({"progress": Change((), {"text": "已派工"})}), at=NOW)
        unit.revoke(state.candidates("address")[-1].entry_id, shared, at=NOW)
    take(third, runs_of(second))
    gone = Subject(SubjectKind.RECORD, logged[1].subject_id)
    change(second, gone, summary="作废前的改动")
    with third.change() as unit:
        payload = purge_payload(unit.state(gone), unit.heads(), open_promises=0)
        unit.append(gone, Action.PURGE, payload, at=NOW)
    every = sorted((run for one in stores for run in runs_of(one)), key=lambda run: len(run.entries))
    runs = list({run.writer: run for run in every if run.entries}.values())
    for one in stores:
        one.close()
    return runs, gone


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Run], Subject]:
    return floor(tmp_path_factory.mktemp("floor"))


@pytest.fixture(scope="module")
def whole(history: tuple[list[Run], Subject], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The state hash of a store that took everything at once."""
    with new_store(tmp_path_factory.mktemp("whole") / "lead", station="01") as lead:
        take(lead, history[0])
        return digest(lead)


def pieces(runs: Sequence[Run], size: int) -> list[Run]:
    found = []
    for run in runs:
        while run.entries:
            begin, run = cut(run, size)
            found.append(begin)
    return found


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_order_any_repetition_the_same_state(
    history: tuple[list[Run], Subject],
    whole: str,
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
) -> None:
    parts = data.draw(st.permutations(pieces(history[0], data.draw(st.integers(1, 9)))))
    again = data.draw(st.lists(st.sampled_from(parts), max_size=6))
    hidden = data.draw(st.sets(st.integers(1, 30)))
    order = [withholding(part, hidden) for part in parts] + again + parts
    with new_store(tmp_path_factory.mktemp("order") / "lead", station="01") as lead:
        while order:
            size = data.draw(st.integers(1, 12))
            take(lead, order[:size])
            order = order[size:]
        assert digest(lead) == whole
        with lead.read() as view:
            assert absent(view.connection) == []
            assert view.connection.execute(select(breaks)).all() == []
        assert check_journal(lead.database).problems == ()


def test_all_that_is_known_brings_nothing(store: Store, history: tuple[list[Run], Subject]) -> None:
    runs, _ = history
    assert take(store, runs) == 18
    before = digest(store)
    assert take(store, runs) == 0
    assert digest(store) == before


def test_what_is_absent_is_named_and_heals(
    store: Store, history: tuple[list[Run], Subject], whole: str
) -> None:
    runs = history[0]
    holed = [part for run in runs for index, part in enumerate(pieces([run], 3)) if index % 2]
    take(store, holed)
    with store.read() as view:
        held = spans(view.connection)
        missing = {one.writer: one.spans for one in absent(view.connection)}
    for run in runs:
        seqs = {one.entry.seq for part in holed if part.writer == run.writer for one in part.entries}
        assert held[run.writer] == ranges(seqs)
        assert list(missing[run.writer]) == without([(1, max(seqs))], ranges(seqs))
    assert check_journal(store.database).problems == ()
    take(store, runs)
    assert digest(store) == whole


def test_a_payload_that_was_withheld_is_filled_in_folded_and_found(store: Store, tmp_path: Path) -> None:
    with new_store(tmp_path / "other", station="08") as other:
        log_record(other, CALL | {"address": "金城路九号"}, now=NOW)
        (run,) = runs_of(other)
        there = digest(other)
    take(store, [withholding(run, range(1, 9))])
    assert digest(store) != there
    assert take(store, [run]) == len(run.entries)
    assert digest(store) == there
    with store.read() as view:
        assert found(view.connection, "金城") == 1


def found(connection: Connection, text: str) -> int:
    wanted = letter_pairs.match(search.asked(text))
    query = "SELECT count(*) FROM search WHERE search MATCH ?"
    return int(connection.exec_driver_sql(query, (wanted,)).scalar_one())


def test_late_payloads_of_a_purged_record_are_never_kept(
    store: Store, history: tuple[list[Run], Subject]
) -> None:
    runs, gone = history
    purging = [run for run in runs if any(one.entry.action is Action.PURGE for one in run.entries)]
    take(store, purging)
    take(store, [run for run in runs if run not in purging])
    with store.read() as view:
        late = {one.entry.id: one for one in journal.history(view.connection, gone)}
        readable = {one.entry.action for one in late.values() if one.payload is not None}
        row = view.connection.execute(select(records).where(records.c.id == gone.id)).one()
        # The purge named all but the change its author had not seen, which waits for a lead.
        assert readable == {Action.PURGE, Action.CHANGE}
        assert sum(one.payload is not None for one in late.values()) == 2
        assert (row.state, row.search, row.phone_digits) == ("purged", "", "")
        assert found(view.connection, "0班第1件") == 0
        assert found(view.connection, "1班第1件") == 1


def test_a_store_writes_above_all_that_it_took(store: Store, history: tuple[list[Run], Subject]) -> None:
    runs, _ = history
    take(store, runs)
    top = max(one.entry.lamport for run in runs for one in run.entries)
    logged = log_record(store, CALL, now=NOW)
    with store.read() as view:
        (first, *_) = journal.history(view.connection, Subject(SubjectKind.RECORD, logged.subject_id))
    assert first.entry.lamport == top + 1


def test_a_run_that_contradicts_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with new_store(tmp_path / "other", station="08") as other:
        log_record(other, CALL, now=NOW)
        log_record(other, CALL, now=NOW)
        (run,) = runs_of(other)
    take(store, [cut(run, 1)[0]])
    before = digest(store)
    with new_store(tmp_path / "more", station="09") as more:
        log_record(more, CALL, now=NOW)
        (sound,) = runs_of(more)
    wrong = cut(run, 1)[1]
    with pytest.raises(KnownError, match=r"merge\.altered"):
        take(store, [sound, replace(wrong, link=bytes(32))])
    assert digest(store) == before


class Stopped(Exception):
    pass


def test_a_merge_that_is_stopped_keeps_batches_and_goes_on_later(store: Store, tmp_path: Path) -> None:
    with new_store(tmp_path / "other", station="08") as other:
        for number in range(150):
            log_record(other, CALL | {"detail": f"第{number}次"}, now=NOW)
        runs, there = runs_of(other), digest(other)

    def last(view: View, count: int) -> None:
        view.connection.execute(
            taken.insert(), {"bundle": "b", "result": "merged", "reason": "", "store": "s", "taken_at": "t"}
        )

    def stop(done: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        put_in_batches(store.database, runs, last=last, step=stop, portion=100)
    with store.read() as view:
        assert 0 < spans(view.connection)[runs[0].writer][0][1] < len(runs[0].entries)
        assert view.connection.execute(select(taken)).all() == []
        assert examine(view).differing == ()
    put_in_batches(store.database, runs, last=last)
    assert digest(store) == there
    with store.read() as view:
        assert len(view.connection.execute(select(taken)).all()) == 1
        held = view.connection.execute(select(payloads.c.status)).scalars().all()
        assert set(held) == {"held"}
