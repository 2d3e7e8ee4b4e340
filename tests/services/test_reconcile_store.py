"""A store's own side of a reconciliation, from a real encrypted store."""

from datetime import UTC, datetime, timedelta

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.services.reconcile_store import hand_records, journal_parts
from desktop_app.services.records import discard_draft, log_record, reserve_numbers, start_draft
from desktop_app.storage.accounting import account_numbers
from desktop_app.storage.store import Store

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def fill(store: Store) -> list[str]:
    """Two records (one with a promise), a voided number, an open draft and three reserved numbers."""
    due = (NOW + timedelta(hours=3)).isoformat()
    first = log_record(store, {"kind": "complaint", "phone": "13123450001", "callback_due": due}, now=NOW)
    second = log_record(store, {"kind": "urgent", "summary": "电梯停运"}, now=NOW + timedelta(minutes=1))
    void = start_draft(store, {}, now=NOW)
    discard_draft(store, void.subject.id, reason="打错", now=NOW)
    start_draft(store, {"phone": "1"}, now=NOW)
    reserve_numbers(store, 3, now=NOW)
    return [str(first.number), str(second.number)]


def test_records_come_with_utc_times(store: Store) -> None:
    numbers = fill(store)
    records = hand_records(store)
    assert [record.number for record in records] == numbers
    assert [record.key for record in records] == numbers
    assert records[0].received_at == NOW
    assert records[0].callback_due == NOW + timedelta(hours=3)
    assert records[1].summary == "电梯停运"


def test_every_number_is_accounted_for(store: Store) -> None:
    fill(store)
    told = journal_parts(store).numbers
    assert told is not None
    assert (told.issued, told.records, told.void, told.drafts, told.reserved) == (7, 2, 1, 1, 3)
    assert (told.unaccounted, told.names) == (0, ())


def test_a_number_that_nothing_accounts_for_is_named(store: Store) -> None:
    fill(store)
    with store.read() as view:
        (told,) = account_numbers(view, marked=9).values()
    assert told.unaccounted == (8, 9)
    assert told.adds_up


def test_promises_tell_how_they_stand(store: Store) -> None:
    numbers = fill(store)
    (promise,) = journal_parts(store).promises
    assert (promise.number, promise.end, promise.due) == (numbers[0], "open", NOW + timedelta(hours=3))


def test_the_audit_names_every_entry(store: Store) -> None:
    numbers = fill(store)
    with store.change() as unit:
        unit.change(Subject(SubjectKind.USER, unit.author.actor), {"name": "李娜"}, at=NOW)
    lines = list(journal_parts(store).audit)
    assert [int(line.entry.rsplit("-", 1)[1]) for line in lines] == list(range(1, len(lines) + 1))
    assert {line.actor for line in lines} == {"李娜"}
    assert [line.subject for line in lines if line.kind == "record"][:2] == numbers
    assert [line.subject for line in lines if line.kind == "promise"] == numbers[:1]
    assert ("phone", "13123450001") in (lines[0].fields or ())
