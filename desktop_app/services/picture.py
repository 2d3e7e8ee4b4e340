"""The outage as charts: calls per quarter of an hour, back-fill and promises burning down (DESIGN §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.kinds import Kind
from desktop_app.domain.picture import Bar, Point, Task, bars, burn_down
from desktop_app.storage.picture import calls_between, promises_between, written_at
from desktop_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn of a span: ``calls`` by quarter of an hour, what of it is not in the CRM, promises open.

    ``recorded`` are all records of the span, ``promised`` all its promises.
    """

    since: datetime
    until: datetime
    calls: tuple[Bar, ...]
    to_backfill: tuple[Point, ...]
    promises: tuple[Point, ...]
    recorded: int
    promised: int

    @property
    def empty(self) -> bool:
        """Whether nothing was recorded in the span."""
        return self.recorded == 0


def picture(store: Store, *, since: datetime, until: datetime) -> Picture:
    """Return the charts of what came in from ``since`` to ``until`` (UTC).

    A record is to be back-filled from its call until it has a CRM number, a promise is open from its call
    until it ended.
    """
    with store.read() as view:
        connection = view.connection
        found = calls_between(connection, since, until)
        promised = promises_between(connection, since, until)
        in_crm = dict(
            written_at(connection, SubjectKind.RECORD, [one.id for one in found if one.in_crm], "crm_id")
        )
        ended = dict(
            written_at(connection, SubjectKind.PROMISE, [one.id for one in promised if not one.open], "state")
        )
    return Picture(
        since,
        until,
        bars(((one.received_at, one.kind == Kind.URGENT) for one in found), since, until),
        burn_down((Task(one.received_at, in_crm.get(one.id)) for one in found), since, until),
        burn_down((Task(one.received_at, ended.get(one.id)) for one in promised), since, until),
        len(found),
        len(promised),
    )
