"""Identity numbers and what becomes of them on every way into the journal."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop_app.domain.entries import Value
from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.policy import Policy
from desktop_app.services.id_numbers import under_policy
from desktop_app.services.record_changes import correct
from desktop_app.services.records import log_record, save_draft, start_draft
from desktop_app.storage.journal import history
from desktop_app.storage.store import Store
from tests.domain.test_id_numbers import ONE

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MASKED = f"330106**********{ONE[-2:]}"


def state_of(store: Store, subject_id: str) -> State:
    with store.read() as view:
        return view.state(Subject(SubjectKind.RECORD, subject_id))


def test_a_form_is_saved_masked_and_loses_nothing_else(store: Store) -> None:
    texts: dict[str, Value] = {
        "kind": "urgent",
        "phone": "13123450001",
        "caller_name": f"王芳 {ONE}",
        "detail": f"停水三天。\n证件 {ONE}，旧证 330106900307123",
        "chase_log": f"已核对 {ONE}\n08:55 已放人",
        "crm_id": ONE,
        "customer_no": "330106900307123",
    }
    draft = start_draft(store, texts, now=NOW)
    state = state_of(store, save_draft(store, draft.subject.id, texts, now=NOW).subject_id)
    assert state.value("caller_name") == f"王芳 {MASKED}"
    assert state.value("detail") == f"停水三天。\n证件 {MASKED}，旧证 330106*******23"
    assert [item.value["text"] for item in state.lists["chase_log"]] == [f"已核对 {MASKED}", "08:55 已放人"]
    assert state.value("crm_id") == ONE, "another system's number finds nothing once it is changed"
    assert state.value("customer_no") == "330106900307123"
    assert state.value("phone") == "13123450001"


def test_what_log_takes_in_is_masked(store: Store) -> None:
    logged = log_record(store, {"kind": "enquiry", "channel": "phone", "summary": f"证件{ONE}"}, now=NOW)
    assert state_of(store, logged.subject_id).value("summary") == f"证件{MASKED}"


def test_a_correction_and_its_reason_are_masked(store: Store) -> None:
    logged = log_record(store, {"kind": "enquiry", "channel": "phone", "summary": "停水"}, now=NOW)
    correct(store, logged.subject_id, {"detail": ONE}, reason=f"补 {ONE}", now=NOW)
    state = state_of(store, logged.subject_id)
    assert state.value("detail") == MASKED
    with store.read() as view:
        written = str(history(view.connection, state.subject))
    assert MASKED in written
    assert ONE not in written


@pytest.mark.parametrize("keeps", [True, False])
def test_a_site_that_keeps_them_says_so_in_its_policy(store: Store, keeps: bool) -> None:
    kept = under_policy(store, Policy(keep_id_numbers=keeps))
    assert kept.settings == replace(store.settings, keep_id_numbers=keeps)
    logged = log_record(kept, {"kind": "enquiry", "channel": "phone", "summary": ONE}, now=NOW)
    assert state_of(store, logged.subject_id).value("summary") == (ONE if keeps else MASKED)
