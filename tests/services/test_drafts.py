from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.services.drafts import list_drafts, resume_draft, take_over_draft
from desktop_app.services.records import keep_draft, save_draft, start_draft
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_open_drafts_tell_whose_they_are_and_who_called(store: Store) -> None:
    colleague = replace(store, author=author("8022"))
    with store.change() as unit:
        unit.change(Subject(SubjectKind.USER, user_id("8022")), {"name": "赵敏"}, at=NOW)
    own = start_draft(store, {"kind": "urgent", "caller_name": "王芳", "phone": "13123450001"}, now=NOW)
    hers = start_draft(colleague, {"detail": "停水"}, now=NOW)
    later = NOW + timedelta(seconds=5)
    keep_draft(colleague, hers.subject.id, {"caller_name": "李娜"}, now=later)
    first, second = list_drafts(store)
    assert (first.number, first.own, first.kind) == (own.number, True, "urgent")
    assert (first.caller_name, first.phone) == ("王芳", "13123450001")
    assert (second.actor_name, second.own, second.kind, second.caller_name) == ("赵敏", False, "", "李娜")
    assert (second.started_at, second.kept_at) == (NOW, later)


def test_a_colleague_goes_on_with_a_draft_and_is_its_first_handler(store: Store) -> None:
    draft = start_draft(store, {"caller_name": "王芳"}, now=NOW)
    colleague = replace(store, author=author("8022"))
    taken = take_over_draft(colleague, draft.subject.id, now=NOW)
    assert (taken.number, taken.values) == (draft.number, {"caller_name": "王芳"})
    assert [one.own for one in list_drafts(colleague)] == [True]
    assert resume_draft(store, draft.subject.id).actor == user_id("8022")
    logged = save_draft(colleague, draft.subject.id, taken.values, now=NOW)
    with store.read() as view:
        state = view.state(Subject(SubjectKind.RECORD, logged.subject_id))
    assert state.values("first_handler") == [user_id("8022")]
    for gone in (resume_draft, lambda store, one: take_over_draft(store, one, now=NOW)):
        with pytest.raises(KnownError) as refused:
            gone(store, draft.subject.id)
        assert refused.value.code == "log.no_draft"
