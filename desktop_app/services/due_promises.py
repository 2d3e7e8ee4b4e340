"""The call-backs that come next or are due about now: nobody has to watch the clock for them (A§3.4).

Of those that are due the most urgent comes first (1.4.5); of those to come the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desktop_app.domain.entries import moment_text
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.phones import masked
from desktop_app.domain.priorities import AHEAD, Priority, priority_of
from desktop_app.domain.times import parse_iso
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.record_list import next_promised, promised
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View

LATE = timedelta(minutes=1)
"""One that came due while nobody looked is still told of for so long; later the list counts it as overdue."""


_TO_COME = len(Priority)
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
    priority: Priority = Priority.NORMAL


def due_promises(store: Store, *, now: datetime, ahead: timedelta | None = None) -> tuple[DuePromise, ...]:
    """Return this person's open call-backs due from a minute ago to ``ahead``, the most pressing first.

    Without ``ahead`` each is among them from when it is told of: the more urgent, the earlier.
    """
    with store.read() as view:
        most = max(AHEAD.values()) if ahead is None else ahead
        after, until = moment_text(now - LATE), moment_text(now + most)
        found = _told(view, promised(view.connection, after, until, store.author.actor), now)
    return tuple(one for one in found if ahead or one.due is None or one.due - AHEAD[one.priority] <= now)


def next_promises(
    store: Store, *, now: datetime, station: bool = False, most: int = MOST
) -> tuple[DuePromise, ...]:
    """Return the open call-backs that come next, overdue ones first: this person's, or the ``station``'s."""
    with store.read() as view:
        handler = None if station else store.author.actor
        return _told(view, next_promised(view.connection, handler, most), now)


def _told(view: View, found: Sequence[tuple[str, str, str]], now: datetime) -> tuple[DuePromise, ...]:
    states = states_by_id(view.connection, SubjectKind.RECORD, [record for _, record, _ in found])
    promises = (
        DuePromise(
            promise,
            record,
            states[record].text("number"),
            states[record].text("caller_name"),
            masked(states[record].text("phone")),
            parse_iso(due, UTC) if due else None,
            priority_of(states[record].text),
        )
        for promise, record, due in found
        if record in states
    )
    # In the order they came where both are to come: the store has them by when they are due.
    return tuple(sorted(promises, key=lambda one: one.priority.rank if _is_due(one, now) else _TO_COME))


def _is_due(one: DuePromise, now: datetime) -> bool:
    return one.due is not None and one.due <= now
