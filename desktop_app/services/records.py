"""Records: what an agent writes down of a call, saved with the promises it opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from itertools import count
from types import MappingProxyType

from desktop_app.domain.entries import Action, Change, Payload, Value, moment_text
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.fields import RESTRICTED, TEMPLATE_COLUMNS
from desktop_app.domain.folding import State
from desktop_app.domain.guards import NOTHING_IN_THE_WAY, Around, By, check
from desktop_app.domain.identity import Subject, SubjectKind, promise_id
from desktop_app.domain.kinds import Kind
from desktop_app.domain.numbers import Number
from desktop_app.domain.restricted import split
from desktop_app.domain.roles import Role
from desktop_app.domain.state_hash import is_blank
from desktop_app.domain.steps import CALLBACKS, RECORDS, PromiseState, RecordState, current
from desktop_app.domain.times import parse_iso, zone_of
from desktop_app.services.incident_groups import head_at_hand
from desktop_app.services.record_form import FormValues, read_form, typed_form
from desktop_app.services.record_values import TIMES, check_values
from desktop_app.storage.drafts import Draft, find_draft, put_draft, remove_draft
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork

BESIDE = ("amount_taken", "amount_channel", "recording")
"""Fields that reconciliation looks at and a template file has not."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A saved record: its number, its id, the fields still missing, and the entries that an undo revokes.

    An ``urgent`` one is handed in at once.
    """

    number: Number
    subject_id: str
    missing: tuple[str, ...]
    entries: tuple[tuple[Subject, str], ...] = ()
    urgent: bool = False


def log_record(store: Store, values: Mapping[str, object], *, now: datetime) -> Logged:
    """Save one record given as template columns, with an entry for the promise it opens.

    The number may be shown or printed once this returned. Raises KnownError ``log.*`` for what cannot be
    taken; nothing is saved then.
    """
    checked = check_values(values, zone_of(store.settings.zone), now)
    with store.change() as unit:
        number = checked.number or unit.mint_number()
        if checked.number is not None:
            _check_reserved(unit, checked.number)
        subject = unit.new_subject(SubjectKind.RECORD, now)
        form = FormValues(checked.values, missing=checked.missing)
        return _save(unit, subject, number, form, now)


def start_draft(store: Store, values: Mapping[str, Value], *, now: datetime, aside: bool = False) -> Draft:
    """Begin a draft at the first key; its number may be shown once this returned."""
    with store.change() as unit:
        subject = unit.new_subject(SubjectKind.RECORD, now)
        draft = Draft(subject, unit.mint_number(), unit.author.actor, now, now, dict(values), aside)
        put_draft(unit, draft)
        return draft


def keep_draft(
    store: Store, subject_id: str, values: Mapping[str, Value], *, now: datetime, aside: bool = False
) -> None:
    """Write what was typed so far over the draft; raises KnownError ``log.no_draft``.

    ``aside``: it waits for later while another call is typed.
    """
    with store.change() as unit:
        draft = _draft(unit, subject_id)
        put_draft(unit, replace(draft, kept_at=now, values=dict(values), aside=aside))


def save_draft(store: Store, subject_id: str, values: Mapping[str, Value], *, now: datetime) -> Logged:
    """Turn a draft into a record under the number it has, of the texts of its form; one transaction.

    Without a time of its own the call came in when its draft was begun. Raises KnownError ``log.empty`` for a
    form that says nothing and ``log.no_draft``; a text that is no time or number stops nothing
    (``record_form``).
    """
    with store.change() as unit:
        draft = _draft(unit, subject_id)
        form = read_form(values, zone_of(store.settings.zone), now, draft.started_at)
        remove_draft(unit, subject_id)
        return _save(unit, draft.subject, draft.number, form, now)


def discard_draft(store: Store, subject_id: str, *, reason: str, now: datetime) -> Number:
    """Void a draft: its number stays accounted for, what was typed goes. Raises KnownError."""
    if not reason.strip():
        raise KnownError("log.reason_needed")
    with store.change() as unit:
        draft = _draft(unit, subject_id)
        remove_draft(unit, subject_id)
        told: dict[str, Value] = {
            "number": str(draft.number),
            "state": RecordState.VOID.value,
            "station": draft.number.station,
            "agent": unit.author.staff_number,
            "first_handler": unit.author.actor,
            "recorded_at": moment_text(now),
        }
        write(unit, draft.subject, told, now, reason.strip())
        return draft.number


def undo_save(store: Store, logged: Logged, *, now: datetime) -> Draft:
    """Revoke every entry of a save; what was typed is a draft again, under the same number.

    Raises KnownError ``log.changed_since`` where somebody has changed the record or its promise since.
    """
    with store.change() as unit:
        subject = Subject(SubjectKind.RECORD, logged.subject_id)
        typed = typed_form(unit.state(subject), zone_of(store.settings.zone))
        revoke_all(unit, logged.entries, now)
        draft = Draft(subject, logged.number, unit.author.actor, now, now, typed)
        put_draft(unit, draft)
        return draft


def save_row(
    unit: UnitOfWork, form: FormValues, number: Number | None, *, agent: str, now: datetime
) -> Logged:
    """Save one record of a table that somebody filled in; ``agent`` is who took the call, if it says so.

    Raises KnownError ``log.number_not_reserved`` and ``log.number_used`` before anything is written.
    """
    if number is not None:
        _check_reserved(unit, number)
    subject = unit.new_subject(SubjectKind.RECORD, now)
    return _save(unit, subject, number or unit.mint_number(), form, now, agent)


def reserve_numbers(
    store: Store, count: int, *, now: datetime, told: Mapping[str, Value] = MappingProxyType({})
) -> list[Number]:
    """Reserve a block of numbers for printed forms or a spreadsheet; they may be shown afterwards.

    ``told`` is what else the block says of itself (``number_blocks``).
    """
    with store.change() as unit:
        first = unit.mint_block(count)
        block: dict[str, Value] = {
            **told,
            "station": first.station,
            "drill": first.drill,
            "first": first.sequence,
            "last": first.sequence + count - 1,
            "use": "reserved",
        }
        unit.change(unit.new_subject(SubjectKind.NUMBER_BLOCK, now), block, at=now)
    return [Number(first.station, first.sequence + step, first.drill) for step in range(count)]


def template_rows(store: Store) -> list[dict[str, str]]:
    """Return every saved record as template columns, by time; purged and void ones are left out.

    Times are ISO 8601 in the site's zone. Of a conflict the latest candidate is shown.
    """
    return [{name: row[name] for name in TEMPLATE_COLUMNS} for _, row in identified_rows(store)]


def identified_rows(store: Store) -> list[tuple[str, dict[str, str]]]:
    """Return what ``template_rows`` does and ``BESIDE``, each row with its record's id."""
    zone = zone_of(store.settings.zone)
    with store.read() as view:
        states = [state for state in view.states(SubjectKind.RECORD) if _is_record(state)]
    states.sort(key=lambda state: (state.text("received_at"), state.text("number")))
    return [
        (state.subject.id, {name: _shown(state, name, zone) for name in (*TEMPLATE_COLUMNS, *BESIDE)})
        for state in states
    ]


def _is_record(state: State) -> bool:
    return state.tombstone is None and not is_blank(state) and current(state, RECORDS) is not RecordState.VOID


def _shown(state: State, name: str, zone: tzinfo) -> str:
    text = state.text(name)
    moment = parse_iso(text, UTC) if name in TIMES else None
    return moment.astimezone(zone).isoformat() if moment else text


def revoke_all(unit: UnitOfWork, entries: Iterable[tuple[Subject, str]], now: datetime) -> None:
    """Revoke what one thing a person did has written, all of it.

    Raises KnownError ``log.changed_since`` where somebody has changed one of its subjects since.
    """
    made = tuple(entries)
    ids = {entry_id for _, entry_id in made}
    for touched, _ in made:
        _, writer, seq = unit.state(touched).newest
        if f"{writer}-{seq}" not in ids:
            raise KnownError("log.changed_since")
    for touched, entry_id in reversed(made):
        unit.revoke(entry_id, touched, at=now)


def write(
    unit: UnitOfWork,
    subject: Subject,
    values: dict[str, Value],
    now: datetime,
    reason: str = "",
    lists: Mapping[str, Iterable[str]] = MappingProxyType({}),
    seen: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    around: Around = NOTHING_IN_THE_WAY,
) -> list[tuple[Subject, str]]:
    """Write what a person says of a subject, each guard asked first; returns the entries it took.

    ``seen`` are the candidates on the person's screen, those of now where it names none. What only a lead's
    station holds is an entry of its own, and so is every item of a list.
    """
    by, made = By(unit.author.actor, unit.author.role, reason), []
    for part in split(values):
        if part.keys() & RESTRICTED and by.role is Role.AGENT:
            raise GuardRefused("guard.role", role=by.role)
        check(unit.state(subject), part, by, around)
        if (changed := unit.change(subject, part, at=now, reason=reason, seen=seen, step=True)) is not None:
            made.append((subject, changed.id))
    for name, items in lists.items():
        for text in items:
            check(unit.state(subject), {}, by)
            item: Value = {"text": text, "at": moment_text(now), "by": by.actor}
            payload = Payload({name: Change((), item)}, reason)
            made.append((subject, unit.append(subject, Action.ADD, payload, at=now).id))
    return made


def open_promise(
    unit: UnitOfWork, record: Subject, values: Mapping[str, Value], now: datetime
) -> list[tuple[Subject, str]]:
    """Open the promise that a record's call-back time is; none where it has none.

    A time nobody can read was promised all the same: the promise stands open without one.
    """
    if not values.get("callback_due"):
        return []
    opened: dict[str, Value] = {
        "record": record.id,
        "state": PromiseState.DUE.value,
        "due": values["callback_due"],
        "phone": values.get("callback_phone") or values.get("phone") or "",
    }
    return write(unit, _next_promise(unit, record), opened, now)


def _next_promise(unit: UnitOfWork, record: Subject) -> Subject:
    """Return the first promise of a record that nobody made, or whose making was undone."""
    named = (Subject(SubjectKind.PROMISE, promise_id(record.id, place)) for place in count(1))
    return next(one for one in named if current(unit.state(one), CALLBACKS) is PromiseState.NONE)


def _save(
    unit: UnitOfWork, subject: Subject, number: Number, form: FormValues, now: datetime, agent: str = ""
) -> Logged:
    values: dict[str, Value] = {
        **form.values,
        "number": str(number),
        "state": RecordState.RECORDED.value,
        "agent": agent or unit.author.staff_number,
        "station": unit.life.station,
        "first_handler": unit.author.actor,
        "recorded_at": moment_text(now),
    }
    if not values.get("incident") and (of := _incident(unit, form)):
        values["incident"] = of
    made = write(unit, subject, values, now, lists=form.lists) + open_promise(unit, subject, values, now)
    urgent = form.values.get("kind") == Kind.URGENT.value
    return Logged(number, subject.id, form.missing, tuple(made), urgent)


def _incident(unit: UnitOfWork, form: FormValues) -> str:
    """Return the incident that a call is of, where the form names none: the one it is known of first."""
    return str(form.values.get("known_issue") or "") or head_at_hand(
        unit, parse_iso(str(form.values.get("received_at")), UTC)
    )


def _check_reserved(unit: UnitOfWork, number: Number) -> None:
    """Refuse a number that was not reserved here, or that a record, void or draft has."""
    if not unit.is_reserved(number):
        raise KnownError("log.number_not_reserved", number=number)
    if unit.is_used(number):
        raise KnownError("log.number_used", number=number)


def _draft(unit: UnitOfWork, subject_id: str) -> Draft:
    draft = find_draft(unit, subject_id)
    if draft is None:
        raise KnownError("log.no_draft")
    return draft
