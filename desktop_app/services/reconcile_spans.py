"""Which time is compared where nobody says: that of the last outage, else all; whether the sides agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo

from desktop_app.domain.joined_incidents import happened_in, manual_spans
from desktop_app.domain.joins import groups
from desktop_app.domain.reconciliation import Reason, Reconciliation
from desktop_app.services.incident_groups import members_of
from desktop_app.storage.incidents import incident_ids, joins
from desktop_app.storage.store import Store

MOST_APART = timedelta(hours=1)
"""INTERFACES, reconcile: beginnings or ends further apart are told."""


def outage_span(store: Store, *, now: datetime) -> tuple[datetime, datetime] | None:
    """Return the manual-mode span of the last outage (INTERFACES, reconcile); None where there was none.

    It begins when the fault was noticed: calls were written by hand before a lead said so. One that is still
    going on ends ``now``.
    """
    with store.read() as view:
        grouped = groups(joins(view.connection))
        heads = dict.fromkeys(grouped.get(one, (one,)) for one in incident_ids(view.connection))
        events = [happened_in(members_of(view, ids)) for ids in heads]
    spans = [
        (min(told[0].at, by_hand[0][0]), by_hand[-1][1] or now)
        for told in events
        if (by_hand := manual_spans(told))
    ]
    return max(spans, default=None)


def spans_apart(found: Reconciliation, zone: tzinfo) -> Iterator[Reason]:
    """Yield a warning for each side whose span begins or ends over an hour from that of the records.

    A CRM row counts by the call's time; its created time is usually that of the back-fill.
    """
    records = _span(result.record.received_at for result in found.records)
    if records is None:
        return
    sides = {
        "crm": _span(result.row.occurred_at for result in found.crm),
        "calls": _span(result.call.started_at for result in found.calls),
    }
    hours = {"crm": found.crm_offset_hours, "calls": found.calls_offset_hours}
    for side, span in sides.items():
        if span is None:
            continue
        shift = timedelta(hours=hours[side])
        start, end = span[0] + shift, span[1] + shift
        if max(abs(start - records[0]), abs(end - records[1])) > MOST_APART:
            told = {"records": _text(*records, zone), "other": _text(start, end, zone), "side": side}
            yield Reason("spans_apart", 0.0, told)


def _span(moments: Iterable[datetime | None]) -> tuple[datetime, datetime] | None:
    known = [moment for moment in moments if moment is not None]
    return (min(known), max(known)) if known else None


def _text(start: datetime, end: datetime, zone: tzinfo) -> str:
    return " — ".join(at.astimezone(zone).strftime("%Y-%m-%d %H:%M") for at in (start, end))
