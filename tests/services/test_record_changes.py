"""Corrections and voidings: with a reason, by whom it is for, seen or in conflict, undone whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.folding import State
from desktop_app.domain.guards import acted_for
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.services.record_changes import correct, undo_change, void
from desktop_app.services.record_history import record_history
from desktop_app.services.record_view import view_record
from desktop_app.services.records import Logged, save_draft, start_draft
from desktop_app.storage import journal
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=20)


@pytest.fixture
def logged(store: Store) -> Logged:
    texts = {
        "kind": "urgent",
        "caller_name": "王方",
        "phone": "13123450001",
        "detail": "停水",
        "chase_log": "08:40 催",
    }
    draft = start_draft(store, dict(texts), now=NOW)
    return save_draft(store, draft.subject.id, dict(texts), now=NOW)


def promises(store: Store) -> list[State]:
    with store.read() as view:
        return [one for one in view.states(SubjectKind.PROMISE) if one.fields]


def acting(store: Store, subject_id: str) -> list[str]:
    subject = Subject(SubjectKind.RECORD, subject_id)
    with store.read() as view:
        return list(acted_for(subject, [one.sealed() for one in journal.history(view.connection, subject)]))


def test_a_correction_keeps_what_was_said_before(store: Store, logged: Logged) -> None:
    changed = correct(
        store, logged.subject_id, {"caller_name": "王芳", "phone": "13123450001"}, reason="听错", now=LATER
    )
    told = view_record(store, logged.subject_id)
    assert (told.texts["caller_name"], told.state) == ("王芳", "corrected")
    assert len(changed.entries) == 1
    newest = record_history(store, logged.subject_id)[0]
    assert (newest.what, newest.reason) == ("corrected", "听错")
    assert [(one.key, one.before, one.after) for one in newest.changes] == [("caller_name", "王方", "王芳")]
    undo_change(store, changed, now=LATER)
    told = view_record(store, logged.subject_id)
    assert (told.texts["caller_name"], told.state) == ("王方", "recorded")
    undone = record_history(store, logged.subject_id)
    assert [one.what for one in undone] == ["undone", "corrected", "added", "saved"]
    assert undone[0].undoes == undone[1].id


def test_a_reason_and_a_change_are_needed(store: Store, logged: Logged) -> None:
    for changes, reason, code in (
        ({"caller_name": "王芳"}, " ", "log.change_reason_needed"),
        ({"caller_name": "王方"}, "听错", "log.nothing_changed"),
        ({"number": "07-00009-9", "agent": "1"}, "听错", "log.nothing_changed"),
    ):
        with pytest.raises(KnownError) as refused:
            correct(store, logged.subject_id, changes, reason=reason, now=LATER)
        assert refused.value.code == code
    with pytest.raises(KnownError) as refused:
        correct(store, "00000000-0000-7000-8000-000000000001", {"caller_name": "王"}, reason="x", now=LATER)
    assert refused.value.code == "log.no_record"


def test_what_somebody_else_wrote_meanwhile_stays_beside_it(store: Store, logged: Logged) -> None:
    seen = view_record(store, logged.subject_id).seen
    colleague = replace(store, author=author("8022"))
    correct(colleague, logged.subject_id, {"caller_name": "汪芳"}, reason="回拨核实", now=LATER)
    correct(store, logged.subject_id, {"caller_name": "王芳"}, reason="听错", now=LATER, seen=seen)
    told = view_record(store, logged.subject_id)
    assert [one.text for one in told.conflicts["caller_name"]] == ["汪芳", "王芳"]
    correct(store, logged.subject_id, {"caller_name": "汪芳"}, reason="以回拨为准", now=LATER, seen=told.seen)
    assert view_record(store, logged.subject_id).conflicts == {}
    assert view_record(store, logged.subject_id).texts["caller_name"] == "汪芳"


def test_own_shift_a_colleague_and_a_lead(store: Store, logged: Logged) -> None:
    def corrected(by: Store, now: datetime, name: str) -> int:
        correct(by, logged.subject_id, {"caller_name": name}, reason="听错", now=now)
        return len(acting(store, logged.subject_id))

    assert corrected(store, LATER, "甲") == 0
    assert corrected(replace(store, author=author("9001", Role.LEAD)), LATER, "乙") == 0
    assert corrected(replace(store, author=author("8022")), LATER, "丙") == 1
    with pytest.raises(GuardRefused):
        corrected(replace(store, author=author("9002", Role.AUDITOR)), LATER, "丁")


def test_an_empty_text_empties_a_field_and_the_list_of_what_is_missing_says_so(
    store: Store, logged: Logged
) -> None:
    changed = correct(
        store, logged.subject_id, {"caller_name": "", "phone": "晚点给"}, reason="不确定", now=LATER
    )
    assert "caller_name" in changed.missing
    told = view_record(store, logged.subject_id)
    assert "caller_name" not in told.texts
    assert told.texts["phone"] == "晚点给"


def test_lines_of_a_list_are_added_and_struck_out(store: Store, logged: Logged) -> None:
    correct(store, logged.subject_id, {"chase_log": "08:40 催\n08:55 到场"}, reason="补记", now=LATER)
    assert view_record(store, logged.subject_id).texts["chase_log"] == "08:40 催\n08:55 到场"
    changed = correct(store, logged.subject_id, {"chase_log": "08:55 到场"}, reason="记错", now=LATER)
    assert view_record(store, logged.subject_id).texts["chase_log"] == "08:55 到场"
    assert record_history(store, logged.subject_id)[0].what == "struck"
    undo_change(store, changed, now=LATER)
    assert view_record(store, logged.subject_id).texts["chase_log"] == "08:40 催\n08:55 到场"


def test_the_promise_follows_the_call_back_time(store: Store, logged: Logged) -> None:
    subject_id = logged.subject_id
    assert promises(store) == []
    correct(store, subject_id, {"callback_due": "2026-03-02 18:00"}, reason="漏记", now=LATER)
    (promise,) = promises(store)
    assert (promise.text("due")[:16], promise.text("phone")) == ("2026-03-02T10:00", "13123450001")
    correct(
        store,
        subject_id,
        {"callback_due": "2026-03-02 19:00", "phone": "13123450002"},
        reason="改",
        now=LATER,
    )
    (promise,) = promises(store)
    assert (promise.text("due")[:16], promise.text("phone")) == ("2026-03-02T11:00", "13123450002")
    (told,) = view_record(store, subject_id).promises
    assert (told.due, told.ending) == (datetime(2026, 3, 2, 11, 0, tzinfo=UTC), "open")
    dropped = correct(store, subject_id, {"callback_due": ""}, reason="没有约回访", now=LATER)
    (told,) = view_record(store, subject_id).promises
    assert (told.ending, told.reason) == ("withdrawn", "没有约回访")
    undo_change(store, dropped, now=LATER)
    assert view_record(store, subject_id).promises[0].ending == "open"


def test_a_void_record_withdraws_its_promise_and_can_be_brought_back(store: Store, logged: Logged) -> None:
    correct(store, logged.subject_id, {"callback_due": "2026-03-02 18:00"}, reason="漏记", now=LATER)
    gone = void(store, logged.subject_id, reason="重复登记", now=LATER)
    told = view_record(store, logged.subject_id)
    assert (told.state, told.missing, told.changeable, told.voidable) == ("void", (), False, False)
    assert told.promises[0].ending == "withdrawn"
    for again in (
        lambda: void(store, logged.subject_id, reason="x", now=LATER),
        lambda: correct(store, logged.subject_id, {"caller_name": "王"}, reason="x", now=LATER),
    ):
        with pytest.raises(GuardRefused):
            again()
    undo_change(store, gone, now=LATER)
    told = view_record(store, logged.subject_id)
    assert (told.state, told.promises[0].ending, told.voidable) == ("corrected", "open", True)
    with pytest.raises(KnownError):
        void(store, logged.subject_id, reason="", now=LATER)


def test_an_undo_takes_back_nobody_elses_work(store: Store, logged: Logged) -> None:
    changed = correct(store, logged.subject_id, {"caller_name": "王芳"}, reason="听错", now=LATER)
    correct(store, logged.subject_id, {"address": "三幢"}, reason="补", now=LATER)
    with pytest.raises(KnownError) as refused:
        undo_change(store, changed, now=LATER)
    assert refused.value.code == "log.changed_since"


def test_what_only_a_lead_reads_is_not_shown_to_an_agent(store: Store, logged: Logged) -> None:
    lead = replace(store, author=author("9001", Role.LEAD))
    with pytest.raises(GuardRefused):
        correct(store, logged.subject_id, {"findings": "属实"}, reason="核实", now=LATER)
    correct(lead, logged.subject_id, {"findings": "属实", "address": "三幢"}, reason="核实", now=LATER)
    assert view_record(lead, logged.subject_id).texts["findings"] == "属实"
    assert "findings" not in view_record(store, logged.subject_id).texts
    assert "属实" not in str(record_history(store, logged.subject_id))
    assert "属实" in str(record_history(lead, logged.subject_id))
