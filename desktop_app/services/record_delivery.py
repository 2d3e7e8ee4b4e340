"""How far this store's records have come to its leads, as lists and pages show it (DESK §0, two states)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.bundles import Spans
from desktop_app.domain.ranges import without
from desktop_app.services.outgoing import union
from desktop_app.services.receipts import (
    Delivery,
    covered,
    delivery_in,
    last_heard,
    leads_of,
    own_spans,
    sent_spans,
)
from desktop_app.storage.outgoing import spans_by_record, touched_records
from desktop_app.storage.stations import own_identity, own_writers
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View


@dataclass(frozen=True, slots=True)
class Delivered:
    """How far a record has come; the lead whose receipt covers it, and when that was heard last (UTC)."""

    state: Delivery
    lead: str = ""
    at: datetime | None = None


def delivery_of(store: Store, record_ids: Collection[str]) -> dict[str, Delivery]:
    """Return how far records have come, by id; nothing at a lead's store, where nothing is handed in."""
    with store.read() as view:
        return {} if _is_leads(view) else delivery_in(store, view, record_ids)


def delivered(store: Store, record_id: str) -> Delivered | None:
    """Return how far one record has come, and by whose receipt; None at a lead's store."""
    state = delivery_of(store, [record_id]).get(record_id)
    if state is not Delivery.RECEIVED:
        return None if state is None else Delivered(state)
    with store.read() as view:
        written = spans_by_record(view.connection, [record_id], own_writers(view.connection))
        leads, heard = leads_of(view), last_heard(view)
    having = [
        told
        for lead, told in heard.items()
        if lead in leads and covered(written.get(record_id, {}), told.manifest.holds)
    ]
    last = max(having, key=lambda told: told.at, default=None)
    return Delivered(state, last.manifest.identity.name, last.at) if last else Delivered(state)


def not_handed_in(store: Store) -> frozenset[str] | None:
    """Return the records of which something lies in no folder and no lead has it; None at a lead's store."""
    with store.read() as view:
        if _is_leads(view):
            return None
    return lying_nowhere(store)


def lying_nowhere(store: Store) -> frozenset[str]:
    """Return the records of which something lies in no folder and no lead has it, a lead's own too."""
    with store.read() as view:
        leads, heard = leads_of(view), last_heard(view)
        there = union(
            sent_spans(store, view),
            *(heard[lead].manifest.holds for lead in leads if lead in heard),
        )
        lacking: Spans = {
            writer: tuple(left)
            for writer, spans in own_spans(view).items()
            if (left := without(spans, there.get(writer, ())))
        }
        return touched_records(view.connection, lacking)


def _is_leads(view: View) -> bool:
    me = own_identity(view.connection)
    return me is not None and me.leads
