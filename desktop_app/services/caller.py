"""Who is calling, by this station's own records: the number's calls, and what stands open for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from desktop_app.domain.entries import moment_text
from desktop_app.domain.folding import State
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.kinds import Kind
from desktop_app.domain.phones import phone_of
from desktop_app.domain.steps import RECORDS, RecordState, current
from desktop_app.domain.times import parse_iso, zone_of
from desktop_app.storage.caller import calls_from, calls_since, owed_to
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View

MOST_CALLS = 8
"""Calls that are shown of one number, and promises."""
_MOST_COMPLAINTS = 20
"""Newest complaints of one number that are asked whether they are closed."""
_EXCERPT = 80
_OVER = frozenset({RecordState.ARCHIVED, RecordState.VOID, RecordState.PURGED})


@dataclass(frozen=True, slots=True)
class Call:
    """A saved record of this number; ``received_at`` is UTC, None where nobody can read it."""

    subject_id: str
    number: str
    received_at: datetime | None
    kind: str
    state: str
    summary: str
    caller_name: str
    address: str
    open_complaint: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise that stands open for this number; ``due`` is UTC, None where nobody can read it."""

    subject_id: str
    number: str
    due: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """What is known of a number: ``calls`` newest first, ``complaints`` and ``promises`` that are open.

    ``today`` counts the saved records of the site's day, so the call in hand is the one after them. ``more``
    says that there are older calls than those shown.
    """

    calls: tuple[Call, ...] = ()
    complaints: tuple[Call, ...] = ()
    promises: tuple[Owed, ...] = ()
    today: int = 0
    more: bool = False

    @property
    def nth(self) -> int:
        """Which call of the day the one in hand is, from 1."""
        return self.today + 1


NOBODY = Caller()
"""A number nothing is known of."""


def about_caller(store: Store, phone: str, *, now: datetime) -> Caller:
    """Return what this store knows of a number, in whatever notation; the work grows with what is found.

    Only the whole number counts: one that is still being typed has called nobody.
    """
    digits = phone_of(phone).digits
    if not digits:
        return NOBODY
    with store.read() as view:
        return caller_in(view, digits, since=day_began(store, now), now=now)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a glance at some numbers of one person tells: calls ``today``, the ``last`` call, and the newest
    ``complaint`` that is open.
    """

    today: int = 0
    last: Call | None = None
    complaint: Call | None = None


def glance_at(view: View, phones: Iterable[str], *, since: str) -> Glance:
    """Return what one view of a store tells at a glance of a person's numbers (digits)."""
    today, last, complaint = 0, None, None
    for digits in dict.fromkeys(filter(None, phones)):
        newest = calls_from(view.connection, digits, 1)
        if not newest:
            continue
        today += calls_since(view.connection, digits, since)
        complaints = calls_from(view.connection, digits, _MOST_COMPLAINTS, kind=Kind.COMPLAINT.value)
        states = states_by_id(view.connection, SubjectKind.RECORD, {*newest, *complaints})
        calls = {one: _call(state) for one, state in states.items()}
        last = max(filter(None, (last, calls.get(newest[0]))), key=_when, default=None)
        open_ones = (calls[one] for one in complaints if one in calls and calls[one].open_complaint)
        complaint = max(filter(None, (complaint, next(open_ones, None))), key=_when, default=None)
    return Glance(today, last, complaint)


def caller_in(view: View, digits: str, *, since: str, now: datetime) -> Caller:
    """Return what one view of a store knows of a number's digits; the day begins at ``since``."""
    newest = calls_from(view.connection, digits, MOST_CALLS + 1)
    if not newest:
        return NOBODY
    complaints = calls_from(view.connection, digits, _MOST_COMPLAINTS, kind=Kind.COMPLAINT.value)
    owed = owed_to(view.connection, digits, MOST_CALLS)
    ids = {*newest, *complaints, *(one.record for one in owed)}
    states = states_by_id(view.connection, SubjectKind.RECORD, ids)
    calls = {one: _call(state) for one, state in states.items()}
    return Caller(
        tuple(calls[one] for one in newest[:MOST_CALLS] if one in calls),
        tuple(calls[one] for one in complaints if one in calls and calls[one].open_complaint),
        tuple(_owed(calls[one.record], one.due, now) for one in owed if one.record in calls),
        calls_since(view.connection, digits, since),
        len(newest) > MOST_CALLS,
    )


def day_began(store: Store, now: datetime) -> str:
    """Return when the site's day began, as the journal writes moments."""
    zone = zone_of(store.settings.zone)
    return moment_text(datetime.combine(now.astimezone(zone).date(), time(), zone))


def _when(call: Call) -> tuple[bool, str]:
    at = call.received_at
    return at is not None, moment_text(at) if at else ""


def _call(state: State) -> Call:
    stands = current(state, RECORDS)
    kind = state.text("kind")
    return Call(
        state.subject.id,
        state.text("number"),
        parse_iso(state.text("received_at"), UTC),
        kind,
        stands.value,
        " ".join((state.text("summary") or state.text("detail"))[:_EXCERPT].split()),
        state.text("caller_name"),
        state.text("address"),
        # A number in the CRM ends nothing: the complaint is open there.
        kind == Kind.COMPLAINT.value and stands not in _OVER and not state.text("closed_at"),
    )


def _owed(call: Call, due: str, now: datetime) -> Owed:
    moment = parse_iso(due, UTC) if due else None
    return Owed(call.subject_id, call.number, moment, moment is not None and moment < now)
