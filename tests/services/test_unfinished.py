from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop_app.domain.entries import Action
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.purging import purge_payload
from desktop_app.services.half_typed import broken_off, half_typed_at, keep_half_typed
from desktop_app.services.record_changes import correct, void
from desktop_app.services.records import log_record
from desktop_app.services.unfinished import forget_correction, keep_correction, unfinished_corrections
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_a_correction_is_kept_in_place_for_its_author_until_it_is_saved(store: Store) -> None:
    first, second = (log_record(store, {"summary": "停水"}, now=NOW).subject_id for _ in "ab")
    keep_correction(store, first, {"caller_name": "王"}, {"caller_name": ("x-1",)}, "", now=NOW)
    later = NOW + timedelta(seconds=1)
    keep_correction(store, first, {"caller_name": "王芳"}, {"caller_name": ("x-1",)}, "听错", now=later)
    keep_correction(store, second, {}, {}, "只写了原因", now=NOW)
    kept, other = unfinished_corrections(store)
    assert (kept.record, kept.texts, kept.seen, kept.reason) == (
        first,
        {"caller_name": "王芳"},
        {"caller_name": ("x-1",)},
        "听错",
    )
    assert (other.record, other.reason) == (second, "只写了原因")
    assert unfinished_corrections(replace(store, author=author("8022"))) == []
    correct(store, first, {"caller_name": "王芳"}, reason="听错", now=later)
    forget_correction(store, second)
    assert unfinished_corrections(store) == []


def test_nothing_typed_keeps_nothing_and_a_void_record_has_none(store: Store) -> None:
    subject_id = log_record(store, {"summary": "停水"}, now=NOW).subject_id
    keep_correction(store, subject_id, {"caller_name": "王"}, {}, "", now=NOW)
    keep_correction(store, subject_id, {}, {}, "", now=NOW)
    assert unfinished_corrections(store) == []
    keep_correction(store, subject_id, {"caller_name": "王"}, {}, "", now=NOW)
    void(store, subject_id, reason="重复", now=NOW)
    assert unfinished_corrections(store) == []


def test_a_purge_takes_it_too(store: Store) -> None:
    subject_id = log_record(store, {"summary": "停水"}, now=NOW).subject_id
    keep_correction(store, subject_id, {"caller_name": "王芳"}, {}, "", now=NOW)
    with store.change() as unit:
        subject = Subject(SubjectKind.RECORD, subject_id)
        purge = purge_payload(unit.state(subject), unit.heads(), open_promises=0)
        unit.append(subject, Action.PURGE, purge, at=NOW)
    with store.database.read() as connection:
        held = connection.exec_driver_sql("SELECT value FROM settings").scalars().all()
    assert "王芳" not in str(held)


def test_two_who_correct_one_record_keep_a_text_each(store: Store) -> None:
    subject_id = log_record(store, {"summary": "停水"}, now=NOW).subject_id
    colleague = replace(store, author=author("8022"))
    keep_correction(store, subject_id, {"caller_name": "王芳"}, {}, "听错", now=NOW)
    keep_correction(colleague, subject_id, {"detail": "停电"}, {}, "", now=NOW)
    assert [one.texts for one in unfinished_corrections(colleague)] == [{"detail": "停电"}]
    forget_correction(colleague, subject_id)
    assert unfinished_corrections(colleague) == []
    assert [one.texts for one in unfinished_corrections(store)] == [{"caller_name": "王芳"}]


def test_it_does_not_lapse_as_a_dialog_does_and_its_record_tells_of_it(store: Store) -> None:
    subject_id = log_record(store, {"summary": "停水"}, now=NOW).subject_id
    keep_correction(store, subject_id, {"caller_name": "王芳"}, {}, "", now=NOW)
    keep_half_typed(store, "ReportDialog/", "报告故障", {"symptom": "转圈"}, now=NOW)
    assert broken_off(store, now=NOW) == ("报告故障",)
    assert broken_off(store, now=NOW + timedelta(days=60)) == ()
    assert half_typed_at(store, "ReportDialog/") is None
    assert [one.texts for one in unfinished_corrections(store)] == [{"caller_name": "王芳"}]
