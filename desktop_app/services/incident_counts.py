"""How many records an incident has, how many are back-filled, how many callers still wait (form 3.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.promises import CLOCKS_APART, may_concern
from desktop_app.services.decisions import standing_in
from desktop_app.services.incident_closing import OpenPromises, within
from desktop_app.services.incident_view import IncidentView
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.picture import calls_between
from desktop_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class Counts:
    """Records of the incident, those of them that are in the CRM or need not be, promises that stand open."""

    records: int = 0
    backfilled: int = 0
    callbacks_open: int = 0


def counts_of(store: Store, view: IncidentView, *, now: datetime) -> Counts:
    """Return the counts of an incident as its journal stands now."""
    span = within(view.events)
    if span[0] is None:
        return Counts()
    with store.read() as unit:
        calls = calls_between(unit.connection, span[0] - CLOCKS_APART, now)
        states = states_by_id(unit.connection, SubjectKind.RECORD, [one.id for one in calls])
        own = {one.id for one in calls if one.id in states and may_concern(states[one.id], view.ids, span)}
        settled = {one.record for one in standing_in(unit) if one.settles}
        done = {one.id for one in calls if one.in_crm or one.id in settled}
        waiting = OpenPromises(unit).of(view.ids, view.members)
    return Counts(len(own), len(own & done), len(waiting))
