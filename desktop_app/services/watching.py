"""What stands in the store now, and whether that may have changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop_app.services.drafts import list_drafts
from desktop_app.services.my_records import ShowRecords, tally
from desktop_app.storage.site_packs import site_pack_at
from desktop_app.storage.store import Store
from desktop_app.storage.watching import changed_since_look, delivery_mark, withheld_count


@dataclass(frozen=True, slots=True)
class Standing:
    """``saved`` records of the station, its open drafts by id, and how many own records are to complete.

    ``heads`` are the entries held of every writer, under "" how many of them without what they say, and
    under "pack" when a lead last sent a site pack: where they are the same no record has changed. Where
    ``delivery`` is the same none has come any nearer to a lead.
    """

    heads: Mapping[str, object]
    saved: int
    drafts: frozenset[str]
    to_complete: int
    delivery: tuple[str, ...] = ()


def standing(store: Store, *, now: datetime) -> Standing:
    """Return what stands in the store now."""
    with store.read() as view:
        heads = {**view.heads(), "": withheld_count(view), "pack": site_pack_at(view.connection)}
        delivery = delivery_mark(view)
    return Standing(
        heads,
        tally(store, now=now, station=True).shown[ShowRecords.ALL],
        frozenset(draft.subject_id for draft in list_drafts(store)),
        tally(store, now=now).shown[ShowRecords.INCOMPLETE],
        delivery,
    )


def standing_if_changed(store: Store, *, now: datetime) -> Standing | None:
    """Return what stands in the store where anybody wrote since this was last asked, else None."""
    with store.read() as view:
        changed = changed_since_look(view)
    return standing(store, now=now) if changed else None
