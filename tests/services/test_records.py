from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.entries import Action, Change, Payload
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.folding import State
from desktop_app.domain.guards import By, check
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.numbers import Number
from desktop_app.domain.purging import purge_payload
from desktop_app.domain.roles import Role
from desktop_app.services.records import (
    discard_draft,
    keep_draft,
    log_record,
    reserve_numbers,
    save_draft,
    start_draft,
    template_rows,
    undo_save,
)
from desktop_app.storage import journal
from desktop_app.storage.drafts import all_drafts
from desktop_app.storage.store import Store
from tests.stores import author, new_store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CALL = {
    "kind": "投诉",
    "channel": "phone",
    "caller_name": "王芳",
    "phone": "13123450001",
    "summary": "电梯停运",
    "callback_due": "2026-03-02T18:00:00",
}


def promises(store: Store) -> list[State]:
    with store.read() as view:
        return [state for state in view.states(SubjectKind.PROMISE) if state.fields]


def test_a_record_is_saved_with_its_promise_in_one_transaction(store: Store) -> None:
    logged = log_record(store, {**CALL, "agent": "9999", "station": "09"}, now=NOW)
    assert logged.number == Number("07", 1)
    assert template_rows(store) == [
        {
            "number": str(logged.number),
            "kind": "complaint",
            "channel": "phone",
            "received_at": "2026-03-02T09:00:00+08:00",
            "ended_at": "",
            "caller_name": "王芳",
            "phone": "13123450001",
            "callback_phone": "",
            "customer_no": "",
            "address": "",
            "category": "",
            "summary": "电梯停运",
            "detail": "",
            "agent": "8021",
            "station": "07",
            "callback_due": "2026-03-02T18:00:00+08:00",
            "crm_id": "",
            "paper_serial": "",
        }
    ]
    (promise,) = promises(store)
    assert promise.text("record") == logged.subject_id
    assert promise.text("due") == "2026-03-02T10:00:00.000000Z"
    assert len(logged.entries) == 2


def test_what_is_missing_is_told_and_blocks_nothing(store: Store) -> None:
    logged = log_record(store, {"phone": "13123450001"}, now=NOW)
    assert {"kind", "channel", "caller_name"} <= set(logged.missing)


def test_a_refused_record_takes_no_number(store: Store) -> None:
    for values in ({}, {"sumary": "x"}, {**CALL, "number": "07-00001-2"}, {**CALL, "kind": "?"}):
        with pytest.raises(KnownError):
            log_record(store, values, now=NOW)
    assert log_record(store, CALL, now=NOW).number.sequence == 1


def test_undoing_a_save_revokes_all_of_it_and_the_number_stays(store: Store) -> None:
    logged = log_record(store, CALL, now=NOW)
    draft = undo_save(store, logged, now=NOW)
    assert (promises(store), template_rows(store)) == ([], [])
    assert (draft.number, draft.values["caller_name"]) == (logged.number, "王芳")
    with pytest.raises(KnownError):
        undo_save(store, logged, now=NOW)
    again = save_draft(store, draft.subject.id, draft.values, now=NOW)
    assert (again.number, again.subject_id) == (logged.number, logged.subject_id)
    assert template_rows(store)[0]["received_at"] == "2026-03-02T09:00:00+08:00"
    assert len(promises(store)) == 1


def test_an_undo_takes_back_nobody_elses_work(store: Store) -> None:
    logged = log_record(store, CALL, now=NOW)
    with store.change() as unit:
        unit.change(Subject(SubjectKind.RECORD, logged.subject_id), {"address": "三幢"}, at=NOW)
    with pytest.raises(KnownError) as refused:
        undo_save(store, logged, now=NOW)
    assert refused.value.code == "log.changed_since"
    assert (len(promises(store)), all_open(store)) == (1, [])


def all_open(store: Store) -> list[str]:
    with store.read() as view:
        return [str(draft.number)[:8] for draft in all_drafts(view)]


def test_many_drafts_are_kept_in_place_without_entries(store: Store) -> None:
    drafts = [start_draft(store, {"caller_name": "王"}, now=NOW) for _ in range(3)]
    for second in range(5):
        keep_draft(
            store, drafts[1].subject.id, {"detail": "停" * second}, now=NOW + timedelta(seconds=second)
        )
    with store.read() as view:
        kept = all_drafts(view)
        assert journal.head(view.connection, view.life.writer)[0] == 0
    assert [draft.number.sequence for draft in kept] == [1, 2, 3]
    assert kept[1].values == {"detail": "停停停停"}
    assert template_rows(store) == []


def test_a_draft_becomes_a_record_or_a_void_number(store: Store) -> None:
    first, second = (start_draft(store, {}, now=NOW) for _ in range(2))
    logged = save_draft(store, first.subject.id, CALL, now=NOW)
    assert (logged.number, logged.subject_id) == (first.number, first.subject.id)
    with pytest.raises(KnownError):
        discard_draft(store, second.subject.id, reason=" ", now=NOW)
    assert discard_draft(store, second.subject.id, reason="打错", now=NOW) == second.number
    assert all_open(store) == []
    assert [row["number"] for row in template_rows(store)] == [str(first.number)]
    with store.read() as view:
        state = view.state(second.subject)
    assert (state.text("state"), state.text("number")) == ("void", str(second.number))
    with pytest.raises(KnownError):
        keep_draft(store, second.subject.id, {}, now=NOW)


def test_a_draft_that_cannot_be_saved_stays(store: Store) -> None:
    draft = start_draft(store, {}, now=NOW)
    with pytest.raises(KnownError):
        save_draft(store, draft.subject.id, {"received_at": "bald"}, now=NOW)
    assert all_open(store) == ["07-00001"]


def test_a_number_is_taken_once_and_only_from_a_block_reserved_here(store: Store) -> None:
    block = reserve_numbers(store, 3, now=NOW)
    assert [number.sequence for number in block] == [1, 2, 3]
    assert log_record(store, CALL, now=NOW).number.sequence == 4
    assert log_record(store, {**CALL, "number": str(block[1])}, now=NOW).number == block[1]
    for number, code in (
        (block[1], "log.number_used"),
        (Number("07", 4), "log.number_not_reserved"),
        (Number("07", 99), "log.number_not_reserved"),
        (Number("08", 2), "log.number_not_reserved"),
        (Number("07", 2, drill=True), "log.number_not_reserved"),
    ):
        with pytest.raises(KnownError) as refused:
            log_record(store, {**CALL, "number": str(number)}, now=NOW)
        assert refused.value.code == code
    assert log_record(store, CALL, now=NOW).number.sequence == 5


def test_drill_numbers_say_so(tmp_path: Path) -> None:
    drill = new_store(tmp_path / "drill", drill=True)
    assert str(log_record(drill, CALL, now=NOW).number).startswith("D07-00001-")
    drill.close()


def test_template_rows_show_the_latest_of_a_conflict_and_no_purged_record(store: Store) -> None:
    kept, purged = (Subject(SubjectKind.RECORD, log_record(store, CALL, now=NOW).subject_id) for _ in "ab")
    with store.change() as unit:
        seen = unit.state(kept).seen("caller_name")
        for name in ("王方", "王房"):
            unit.append(kept, Action.CHANGE, Payload({"caller_name": Change(seen, name)}), at=NOW)
        purge = purge_payload(unit.state(purged), unit.heads(), open_promises=0)
        unit.append(purged, Action.PURGE, purge, at=NOW)
    (row,) = template_rows(store)
    assert row["caller_name"] == "王房"


def test_an_auditor_writes_nothing(store: Store) -> None:
    looking = replace(store, author=author("9001", Role.AUDITOR))
    with pytest.raises(KnownError):
        log_record(looking, CALL, now=NOW)
    assert template_rows(store) == []


def test_a_record_is_its_writers_own_and_its_first_handler_stays(store: Store) -> None:
    logged = log_record(store, CALL, now=NOW)
    with store.read() as view:
        state = view.state(Subject(SubjectKind.RECORD, logged.subject_id))
    assert state.text("first_handler") == store.author.actor == user_id("8021")
    corrected = {"state": "corrected", "address": "三幢"}
    assert not check(state, corrected, By(store.author.actor, Role.AGENT, "听错"))
    for other in ("8022", "8021"):
        with pytest.raises(GuardRefused, match="locked"):
            check(state, {"first_handler": user_id(other)}, By(store.author.actor, Role.LEAD, "换人"))
    with pytest.raises(GuardRefused, match="role"):
        check(state, corrected, By(user_id("8022"), Role.IT, "听错"))


def test_after_an_undone_save_whoever_saves_again_is_the_first_handler(store: Store) -> None:
    logged = log_record(store, CALL, now=NOW)
    draft = undo_save(store, logged, now=NOW)
    colleague = replace(store, author=author("8022"))
    again = save_draft(colleague, draft.subject.id, draft.values, now=NOW)
    with store.read() as view:
        state = view.state(Subject(SubjectKind.RECORD, again.subject_id))
    assert state.values("first_handler") == [user_id("8022")]
