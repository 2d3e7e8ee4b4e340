"""What a store brings to a reconciliation: its records, its numbers, its promises and its audit trail."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from desktop_app.domain.entries import Sealed
from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.ladders import Ladder
from desktop_app.domain.numbers import Number
from desktop_app.domain.promises import effective_due, endings
from desktop_app.domain.ranges import ranges
from desktop_app.domain.reconciliation import HandRecord, Source
from desktop_app.domain.times import parse_iso
from desktop_app.domain.typed import read_money
from desktop_app.exchange.worksheets.journal import AuditLine, JournalParts, NumbersIssued, PromiseLine
from desktop_app.services.clock_lines import clock_lines
from desktop_app.services.record_values import TIMES
from desktop_app.services.records import identified_rows
from desktop_app.storage import journal
from desktop_app.storage.accounting import account_numbers
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View

_NAMED = (SubjectKind.INCIDENT, SubjectKind.NOTIFICATION, SubjectKind.ANNOUNCEMENT)
_NAMES = ("name", "staff_number", "incident_no", "announcement_no", "told_to")
"""By which fields people call what is no record."""


def hand_records(store: Store) -> tuple[HandRecord, ...]:
    """Return the store's records as reconciliation compares them, by time."""
    return identified_records(store)[0]


def identified_records(store: Store) -> tuple[tuple[HandRecord, ...], dict[str, str]]:
    """Return the store's records as ``hand_records`` does, and their ids by key."""
    records: list[HandRecord] = []
    ids: dict[str, str] = {}
    for row, (record, values) in enumerate(identified_rows(store), 1):
        source = Source(store.folder.name, row)
        key = values["number"] if values["number"] not in ids else str(source)
        ids[key] = record
        texts = {name: values[name] for name in TEMPLATE_COLUMNS if name not in TIMES}
        records.append(
            HandRecord(
                key,
                source,
                received_at=parse_iso(values["received_at"], UTC),
                ended_at=parse_iso(values["ended_at"], UTC),
                callback_due=parse_iso(values["callback_due"], UTC),
                amount=read_money(values["amount_taken"]) or "",
                amount_channel=values["amount_channel"],
                recording=values["recording"],
                **texts,
            )
        )
    return tuple(records), ids


def span_of_records(store: Store) -> tuple[int, datetime | None, datetime | None]:
    """Return how many records the store has, and when the first and the last of them came in (UTC)."""
    records = hand_records(store)
    times = sorted(record.received_at for record in records if record.received_at)
    return len(records), times[0] if times else None, times[-1] if times else None


def journal_parts(
    store: Store, ladders: Sequence[Ladder] = (), *, now: datetime | None = None
) -> JournalParts:
    """Return what the workbook tells of the journal itself; ``ladders`` are those of the site's pack.

    Clocks stand as they do at ``now``; without one they are left out.
    """
    clocks = clock_lines(store, ladders, now=now) if now else ()
    with store.read() as view:
        records = {state.subject.id: state for state in view.states(SubjectKind.RECORD)}
        people = {state.subject.id: state for state in view.states(SubjectKind.USER)}
        promises = {state.subject.id: state for state in view.states(SubjectKind.PROMISE)}
        decided = {state.subject.id: state for state in view.states(SubjectKind.MATCH_DECISION)}
        named = people | {state.subject.id: state for state in view.states(*_NAMED)}
        return JournalParts(
            promises=tuple(_promises(promises, records, people)),
            clocks=clocks,
            audit=tuple(_audit(view, records, {**promises, **decided}, named)),
            numbers=_numbers(view, store.marks.highest()),
        )


def numbers_issued(store: Store) -> NumbersIssued:
    """Return how many numbers were given and what accounts for each."""
    with store.read() as view:
        return _numbers(view, store.marks.highest())


def _numbers(view: View, marked: int) -> NumbersIssued:
    accounts = account_numbers(view, marked)
    named = [
        (Number(station, first, drill), Number(station, last, drill))
        for (station, drill), told in accounts.items()
        for first, last in ranges(told.unaccounted)
    ]
    return NumbersIssued(
        issued=sum(told.issued for told in accounts.values()),
        records=sum(told.records for told in accounts.values()),
        void=sum(told.void for told in accounts.values()),
        drafts=sum(told.drafts for told in accounts.values()),
        reserved=sum(told.reserved for told in accounts.values()),
        unaccounted=sum(len(told.unaccounted) for told in accounts.values()),
        names=tuple(str(first) if first == last else f"{first} … {last}" for first, last in named),
    )


def _promises(
    promises: Mapping[str, State], records: Mapping[str, State], people: Mapping[str, State]
) -> Iterator[PromiseLine]:
    due = effective_due(promises.values())
    ended = endings(promises.values(), records)
    for one in sorted(ended, key=lambda one: due.get(one, datetime.max.replace(tzinfo=UTC))):
        promise = promises[one]
        record = records.get(promise.text("record"), State(promise.subject))
        owner = promise.text("owner") or promise.text("crm_owner")
        yield PromiseLine(
            number=record.text("number"),
            due=due.get(one),
            end=ended[one].value,
            caller_name=record.text("caller_name"),
            phone=promise.text("phone"),
            summary=record.text("summary"),
            owner=_name(owner, people),
            reason=promise.text("end_reason"),
        )


def _audit(
    view: View,
    records: Mapping[str, State],
    about: Mapping[str, State],
    people: Mapping[str, State],
) -> Iterator[AuditLine]:
    chains = (journal.chain(view.connection, writer) for writer in journal.writer_ids(view.connection))
    for stored in heapq.merge(*chains, key=lambda stored: stored.entry.order):
        entry, sealed = stored.entry, stored.sealed()
        yield AuditLine(
            at=entry.at,
            actor=_name(entry.actor, people),
            role=entry.role.value,
            action=entry.action.value,
            kind=entry.subject.kind.value,
            subject=_called(entry.subject, records, about, people),
            fields=_fields(sealed),
            reason=sealed.payload.reason if sealed.payload else "",
            entry=entry.id,
            hash=entry.hash,
        )


def _fields(sealed: Sealed) -> tuple[tuple[str, str], ...] | None:
    if sealed.payload is None:
        return None
    changes = sealed.payload.changes.items()
    return tuple((name, "" if change.value is None else str(change.value)) for name, change in changes)


def _called(
    subject: Subject,
    records: Mapping[str, State],
    about: Mapping[str, State],
    people: Mapping[str, State],
) -> str:
    """Return how people call a subject: a number or a name; its id where it has neither.

    ``about`` are the subjects that are about a record: promises and decisions.
    """
    record = records.get(subject.id)
    if record is None and subject.id in about:
        record = records.get(about[subject.id].text("record"))
    if record is not None:
        buried = record.tombstone or {}
        return record.text("number") or str(buried.get("number", "")) or subject.id
    return _name(subject.id, people)


def _name(person: str, people: Mapping[str, State]) -> str:
    state = people.get(person)
    if state is None:
        return person
    return next((text for name in _NAMES if (text := state.text(name))), "")
