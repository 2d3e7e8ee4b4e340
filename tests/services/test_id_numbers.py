"""Identity numbers and what becomes of them on every way into the journal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop_app.domain.entries import Action, Value
from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.marks import Mark
from desktop_app.domain.numbers import Number
from desktop_app.domain.purging import purge_payload
from desktop_app.policy import Policy
from desktop_app.services import conflicts, decisions, distrust, late_payloads, number_blocks, to_confirm
from desktop_app.services.id_numbers import under_policy
from desktop_app.services.record_changes import correct, void
from desktop_app.services.records import discard_draft, log_record, save_draft, start_draft
from desktop_app.services.waive_numbers import waive_numbers
from desktop_app.storage.journal import history
from desktop_app.storage.stations import Standing, Station, put_station
from desktop_app.storage.store import Store
from tests.domain.test_id_numbers import ONE
from tests.exchange.parties import party
from tests.stores import author

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


WHY = f"本人证件 {ONE}"
CALL = {"kind": "enquiry", "channel": "phone", "phone": "13123450001", "summary": "停水"}


def logged(store: Store) -> str:
    return log_record(store, CALL, now=NOW).subject_id


def purged(store: Store) -> Subject:
    subject = Subject(SubjectKind.RECORD, logged(store))
    with store.change() as unit:
        payload = purge_payload(unit.state(subject), unit.heads(), open_promises=0)
        unit.append(subject, Action.PURGE, payload, at=NOW)
    return subject


def confirm_of_another(store: Store) -> object:
    by_agent = log_record(replace(store, author=author("8022")), CALL, now=NOW)
    subject, entry_id = by_agent.entries[0]
    return to_confirm.confirm(store, subject, entry_id, now=NOW, reason=WHY)


def forget(store: Store) -> object:
    other = party("04").identity
    with store.change() as unit:
        put_station(unit.connection, Station(other, Standing.ACCEPTED, NOW))
    return distrust.forget(store, other.store, now=NOW, reason=WHY)


def waive_lost(store: Store) -> object:
    with store.marks.hold() as held:
        held.keep(replace(mark_of(store), highest=3), synced=False)
    return waive_numbers(store, [Number("07", 3)], WHY, now=NOW)


def mark_of(store: Store) -> Mark:
    with store.read() as view:
        return view.mark()


def give_back(store: Store) -> object:
    number_blocks.reserve(store, 3, for_whom=WHY, now=NOW)
    return number_blocks.give_back(store, number_blocks.blocks(store)[0].id, reason=WHY, now=NOW)


def discard(store: Store) -> object:
    return discard_draft(store, start_draft(store, CALL, now=NOW).subject.id, reason=WHY, now=NOW)


def decide(store: Store) -> object:
    subject = Subject(SubjectKind.RECORD, logged(store))
    typed = (conflicts.Choice("detail", (), text=WHY),)
    return conflicts.decide(store, subject, typed, now=NOW, reason=WHY)


ACTS: dict[str, Callable[[Store], object]] = {
    "correct": lambda store: correct(store, logged(store), {"detail": WHY}, reason=WHY, now=NOW),
    "void": lambda store: void(store, logged(store), reason=WHY, now=NOW),
    "discard_draft": discard,
    "confirm": lambda store: decisions.confirm(
        store, logged(store), "GD-1", profile="generic", now=NOW, reason=WHY
    ),
    "reject": lambda store: decisions.reject(
        store, logged(store), ["GD-1"], profile="generic", now=NOW, reason=WHY
    ),
    "waive": lambda store: decisions.waive(store, logged(store), reason=WHY, now=NOW),
    "waive_numbers": waive_lost,
    "give_back": give_back,
    "forget": forget,
    "reopen": lambda store: late_payloads.reopen(store, purged(store), now=NOW, reason=WHY),
    "confirm_step": confirm_of_another,
    "decide": decide,
}


@pytest.mark.parametrize("act", ACTS)
def test_no_reason_brings_an_identity_number_into_the_store(lead: Store, act: str) -> None:
    ACTS[act](lead)
    told = cells(lead)
    assert not any(ONE in one for one in told)
    assert any(f"本人证件 {MASKED}" in one for one in told)


def cells(store: Store) -> list[str]:
    """Return every cell of every table as text."""
    with store.read() as view:
        run = view.connection.exec_driver_sql
        tables = run("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars().all()
        rows = [row for table in tables for row in run(f'SELECT * FROM "{table}"')]  # noqa: S608 - our own names
    return [
        cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)
        for row in rows
        for cell in row
    ]
