"""The call-backs that come next or are due about now: nobody has to watch the clock for them (A§3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desktop_app.domain.entries import moment_text
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.phones import masked
from desktop_app.domain.ringing import AHEAD
from desktop_app.domain.times import parse_iso
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.record_list import next_promised, promised
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View

LATE = timedelta(minutes=1)
"""One that came due while nobody looked is still told of for so long; later the list counts it as overdue."""


MOST = 30
"""Call-backs that are listed at once; more are not done within an hour."""


@dataclass(frozen=True, slots=True)
class DuePromise:
    """Somebody who waits for a call at ``due`` (UTC; None where nobody can read it); the phone is masked."""

    promise_id: str
    subject_id: str
    number: str
    caller_name: str
    phone: str
    due: datetime | None


def due_promises(store: Store, *, now: datetime, ahead: timedelta = AHEAD) -> tuple[DuePromise, ...]:
    """Return this person's open call-backs due from a minute ago to ``ahead``, the earliest first."""
    with store.read() as view:
        after, until = moment_text(now - LATE), moment_text(now + ahead)
        return _told(view, promised(view.connection, after, until, store.author.actor))


def next_promises(store: Store, *, station: bool = False, most: int = MOST) -> tuple[DuePromise, ...]:
    """Return the open call-backs that come next, overdue ones first: this person's, or the ``station``'s."""
    with store.read() as view:
        handler = None if station else store.author.actor
        return _told(view, next_promised(view.connection, handler, most))


def _told(view: View, found: Sequence[tuple[str, str, str]]) -> tuple[DuePromise, ...]:
    states = states_by_id(view.connection, SubjectKind.RECORD, [record for _, record, _ in found])
    return tuple(
        DuePromise(
            promise,
            record,
            states[record].text("number"),
            states[record].text("caller_name"),
            masked(states[record].text("phone")),
            parse_iso(due, UTC) if due else None,
        )
        for promise, record, due in found
        if record in states
    )
