from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from desktop_app.domain.entries import GENESIS, Action, Change, Payload, Value, check_chain
from desktop_app.domain.folding import fold
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.marks import Mark
from desktop_app.domain.numbers import Number
from desktop_app.domain.purging import purge_payload
from desktop_app.storage import journal
from desktop_app.storage.lives import Life
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.store import Store
from desktop_app.storage.tables import writers
from desktop_app.storage.unit_of_work import View
from tests.stores import new_store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def problems(view: View) -> list[object]:
    found: list[object] = []
    for writer in journal.writer_ids(view.connection):
        link = journal.link(view.connection, writer)
        triples = (
            (stored.entry, stored.salt, stored.payload) for stored in journal.chain(view.connection, writer)
        )
        found += check_chain(triples, link)
    return found


def know(connection: Connection, life: Life) -> None:
    """Take in another station's writer, as a merge does."""
    row = {"writer": life.writer, "store": life.store, "station": life.station, "drill": 0, "link": GENESIS}
    connection.execute(writers.insert(), row)


def marked(store: Store) -> Mark:
    held = MarkFile(store.folder.parent / "data", "07", drill=False).read()
    assert held is not None
    return held.mark


def record(store: Store, **values: object) -> Subject:
    with store.change() as unit:
        subject = unit.new_subject(SubjectKind.RECORD, NOW)
        unit.change(subject, {"number": str(unit.mint_number()), **values}, at=NOW)
    return subject


def test_entries_are_chained_without_gaps_across_units(store: Store) -> None:
    for name in ("王芳", "李娜", "赵敏"):
        record(store, caller_name=name)
    with store.read() as view:
        chained = list(journal.chain(view.connection, view.life.writer))
        assert [stored.entry.seq for stored in chained] == [1, 2, 3]
        assert [stored.entry.lamport for stored in chained] == [1, 2, 3]
        assert len({stored.salt for stored in chained}) == 3
        assert problems(view) == []
        assert journal.link(view.connection, view.life.writer) == GENESIS


def test_a_failed_unit_uses_no_seq_and_writes_no_mark(store: Store) -> None:
    def fail() -> None:
        with store.change() as unit:
            unit.change(
                unit.new_subject(SubjectKind.RECORD, NOW), {"number": str(unit.mint_number())}, at=NOW
            )
            raise ZeroDivisionError

    record(store)
    mark = marked(store)
    with pytest.raises(ZeroDivisionError):
        fail()
    assert marked(store) == mark
    record(store)
    with store.read() as view:
        assert journal.head(view.connection, view.life.writer)[0] == 2
        numbers = {state.text("number")[:8] for state in view.states(SubjectKind.RECORD)}
    assert numbers == {"07-00001", "07-00002"}


def test_the_folded_state_is_what_folding_everything_gives(store: Store) -> None:
    subject = record(store, caller_name="王芳", phone="13123450001")
    with store.change() as unit:
        unit.change(subject, {"caller_name": "王方", "summary": "停水"}, at=NOW, reason="听错")
        item = unit.append(subject, Action.ADD, Payload({"progress": Change((), {"text": "已转"})}), at=NOW)
        unit.append(subject, Action.STRIKE, Payload(target=item.id), at=NOW)
        undone = unit.change(subject, {"summary": "停电"}, at=NOW)
        assert undone is not None
        unit.revoke(undone.id, subject, at=NOW)
    with store.read() as view:
        state = view.state(subject)
        everything = [stored.sealed() for stored in journal.history(view.connection, subject)]
        assert state == fold(subject, everything)
        assert (state.text("caller_name"), state.text("summary")) == ("王方", "停水")
        assert state.lists["progress"] == ()


@pytest.mark.parametrize(("old", "new"), [(True, 1), (0, False), (1, 1.0), ([True], [1]), ("1", 1)])
def test_values_that_python_takes_for_equal_are_a_change(store: Store, old: Value, new: Value) -> None:
    subject = record(store, repeated=old)
    with store.change() as unit:
        assert unit.change(subject, {"repeated": new}, at=NOW) is not None
        assert unit.change(subject, {"repeated": new}, at=NOW) is None
    with store.read() as view:
        assert repr(view.state(subject).value("repeated")) == repr(new)


def test_a_change_that_changes_nothing_is_no_entry(store: Store) -> None:
    subject = record(store, caller_name="王芳")
    with store.change() as unit:
        assert unit.change(subject, {"caller_name": "王芳"}, at=NOW) is None


def test_a_purge_erases_what_it_has_seen_and_sets_later_payloads_aside(store: Store) -> None:
    subject = record(store, caller_name="王芳")
    with store.change() as unit:
        unit.change(subject, {"caller_name": "王方"}, at=NOW)
        payload = purge_payload(unit.state(subject), unit.heads(), open_promises=0)
        unit.append(subject, Action.PURGE, payload, at=NOW)
        unit.append(subject, Action.CHANGE, Payload({"caller_name": Change((), "王房")}), at=NOW)
    with store.read() as view:
        assert (view.state(subject).tombstone or {})["number"] == str(Number("07", 1))
        held = [stored.payload is not None for stored in journal.history(view.connection, subject)]
        assert held == [False, False, True, True]
        assert problems(view) == []
        (row,) = view.connection.exec_driver_sql("SELECT number, state, phone_digits FROM records")
    assert row == (str(Number("07", 1)), "purged", "")


def test_a_payload_that_a_purge_names_is_erased_when_it_arrives_late(store: Store, tmp_path: Path) -> None:
    with store.change() as unit:
        subject = unit.new_subject(SubjectKind.RECORD, NOW)
        for name in ("王芳", "王方"):
            unit.change(subject, {"caller_name": name}, at=NOW)
        purge = purge_payload(unit.state(subject), unit.heads(), open_promises=0)
        before = journal.history(unit.connection, subject)
        unit.append(subject, Action.PURGE, purge, at=NOW)
        life = unit.life
        (*_, buried) = journal.history(unit.connection, subject)
    lead = new_store(tmp_path / "lead", station="00")
    with lead.database.change() as connection:
        know(connection, life)
        for arrived in (buried, before[1], before[0]):
            journal.put(connection, arrived)
        held = [stored.payload is not None for stored in journal.history(connection, subject)]
    assert held == [False, False, True]
    with lead.read() as view:
        assert view.state(subject).tombstone is not None
        assert problems(view) == []
    lead.close()


def test_entries_of_other_writers_fold_the_same_in_any_order(store: Store, tmp_path: Path) -> None:
    subject = record(store, caller_name="王芳")
    with store.change() as unit:
        change = unit.change(subject, {"caller_name": "王方", "summary": "停水"}, at=NOW)
        assert change is not None
        unit.revoke(change.id, subject, at=NOW)
        unit.change(subject, {"address": "三幢"}, at=NOW)
        state, life = unit.state(subject), unit.life
        sent = journal.history(unit.connection, subject)
    for name, order in (("forward", sent), ("backward", sent[::-1]), ("mixed", [*sent[2:], *sent[:2]])):
        lead = new_store(tmp_path / name, station="00")
        with lead.database.change() as connection:
            know(connection, life)
            for stored in order:
                journal.put(connection, stored)
        with lead.read() as view:
            assert view.state(subject) == state
            assert view.highest_number() == 0
        lead.close()


def test_numbers_go_on_above_store_and_mark(store: Store) -> None:
    record(store)
    assert marked(store).highest == 1
    store.marks.keep(replace(marked(store), highest=40), synced=False)
    with store.change() as unit:
        numbers = [unit.mint_number().sequence, unit.mint_block(10).sequence, unit.mint_number().sequence]
    assert numbers == [41, 42, 52]


def test_the_mark_is_what_the_store_itself_holds(store: Store) -> None:
    record(store)
    record(store)
    with store.read() as view:
        assert view.mark() == marked(store)
