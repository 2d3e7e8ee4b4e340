"""The call-backs that come due about now, so that nobody has to watch the clock for them (A§3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desktop_app.domain.entries import moment_text
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.phones import masked
from desktop_app.domain.times import parse_iso
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.record_list import promised
from desktop_app.storage.store import Store

AHEAD = timedelta(minutes=2)
"""So long before a call-back is due it is told of."""
LATE = timedelta(minutes=1)
"""One that came due while nobody looked is still told of for so long; later the list counts it as overdue."""


@dataclass(frozen=True, slots=True)
class DuePromise:
    """Somebody who waits for a call at ``due`` (UTC); the phone is masked."""

    promise_id: str
    subject_id: str
    number: str
    caller_name: str
    phone: str
    due: datetime


def due_promises(store: Store, *, now: datetime) -> tuple[DuePromise, ...]:
    """Return this person's open call-backs due from a minute ago to two minutes ahead, the earliest first."""
    with store.read() as view:
        found = promised(
            view.connection, moment_text(now - LATE), moment_text(now + AHEAD), store.author.actor
        )
        states = states_by_id(view.connection, SubjectKind.RECORD, [record for _, record, _ in found])
    told = []
    for promise, record, due in found:
        moment, state = parse_iso(due, UTC), states.get(record)
        if moment is not None and state is not None:
            number, name = state.text("number"), state.text("caller_name")
            told.append(DuePromise(promise, record, number, name, masked(state.text("phone")), moment))
    return tuple(told)
