"""What the receipts of others say of this store's entries: what still waits, and how far a record has come.

A receipt is what a store's last manifest says it holds; ``handin.py`` writes what these ask for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_app.domain.bundles import Spans
from desktop_app.domain.ranges import count, covers, without
from desktop_app.services.carrying import not_sent
from desktop_app.services.outgoing import union
from desktop_app.storage import outgoing
from desktop_app.storage.manifests import Heard, heard_manifests
from desktop_app.storage.put_files import files_put
from desktop_app.storage.stations import Standing, known_stations, own_identity, own_writers
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View


@dataclass(frozen=True, slots=True)
class Pending:
    """What not every accepted lead has said to have: entries of this store's own, and records they touch.

    ``since`` is when the oldest of them was written. ``receipt_at`` and ``receipt_by`` tell which lead's
    receipt came last.
    """

    entries: int = 0
    records: int = 0
    since: datetime | None = None
    receipt_at: datetime | None = None
    receipt_by: str = ""


class Delivery(StrEnum):
    """How far a record of this store has come; ``RECEIVED`` once any accepted lead has all of it."""

    NOT_HANDED_IN = "not_handed_in"
    HANDED_IN = "handed_in"
    RECEIVED = "received"


def pending(store: Store) -> Pending:
    """Return how much of this store's own not every accepted lead has; at the only lead's store, nothing."""
    with store.read() as view:
        mine, leads, heard = own_spans(view), leads_of(view), last_heard(view)
        receipts = sorted((told for one, told in heard.items() if one in leads), key=lambda told: told.at)
        last = receipts[-1] if receipts else None
        me = own_identity(view.connection)
        lacking: Spans = {} if me is not None and me.leads and not leads else mine
        if leads:
            lacking = union(*(_less(mine, heard.get(one)) for one in leads))
        touched = outgoing.touched_records(view.connection, lacking)
        oldest = [
            next(outgoing.stored(view.connection, writer, spans[0])) for writer, spans in lacking.items()
        ]
    return Pending(
        sum(map(count, lacking.values())),
        len(touched),
        min((stored.entry.at for stored in oldest), default=None),
        last.at if last else None,
        last.manifest.identity.name if last else "",
    )


def sent_spans(store: Store, view: View) -> Spans:
    """Return the entries that lie in folders for others; what waits on this PC for the courier does not."""
    waiting = not_sent(store.folder)
    return union(*(file.whole for file in files_put(view.connection) if file.name not in waiting))


def delivery_in(store: Store, view: View, record_ids: Collection[str]) -> dict[str, Delivery]:
    """Return how far records have come, by id: all this store, no lead's, wrote of each and of its promises.

    At a lead's store, and of records of other stations, nothing is left to hand in.
    """
    leads, heard = leads_of(view), last_heard(view)
    written = outgoing.spans_by_record(view.connection, record_ids, own_writers(view.connection))
    put = sent_spans(store, view)
    receipts = [heard[one].manifest.holds for one in leads if one in heard]
    there = union(put, *receipts)
    found = {}
    for record in record_ids:
        spans = written.get(record, {})
        if any(covered(spans, holds) for holds in receipts) or not spans:
            found[record] = Delivery.RECEIVED
        else:
            found[record] = Delivery.HANDED_IN if covered(spans, there) else Delivery.NOT_HANDED_IN
    return found


def last_heard(view: View) -> dict[str, Heard]:
    """Return by store the last manifest of its latest life."""
    return {one.manifest.identity.store: one for one in heard_manifests(view.connection)}


def leads_of(view: View) -> frozenset[str]:
    """Return the stores of the leads this one has accepted."""
    known = known_stations(view.connection, Standing.ACCEPTED)
    return frozenset(one.identity.store for one in known if one.identity.leads)


def own_spans(view: View) -> Spans:
    """Return the entries of this store's own writers that it has with what they say."""
    lives = own_writers(view.connection)
    held = outgoing.readable_spans(view.connection)
    return {writer: held[writer] for writer in lives if writer in held}


def _less(own: Spans, told: Heard | None) -> Spans:
    holds: Spans = {} if told is None else told.manifest.holds
    left = {writer: tuple(without(spans, holds.get(writer, ()))) for writer, spans in own.items()}
    return {writer: spans for writer, spans in left.items() if spans}


def covered(spans: Spans, holds: Spans) -> bool:
    """Whether ``holds`` has every one of ``spans``."""
    return all(covers(holds.get(writer, ()), span) for writer, its in spans.items() for span in its)
