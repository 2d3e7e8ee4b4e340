"""One-screen cards: opening one reports its incident at once; what a person adds to its check-list (2§6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.incident_types import CheckItem, IncidentType
from desktop_app.domain.site_text import Bilingual
from desktop_app.services.decisions import Made
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incident_writing import add, members_in, said
from desktop_app.services.incidents import incidents, report_fault
from desktop_app.storage.store import Store

OWN_ITEMS = "own_items"
"""The list on an incident of what people added to its check-list."""
GOES_ON = timedelta(hours=12)
"""An incident noticed longer ago than this is another matter than the one its card is opened for."""
_UNDER_WAY = frozenset({IncidentState.SUSPECTED, IncidentState.CONFIRMED, IncidentState.MANUAL})
_OWN = "own_items/"


@dataclass(frozen=True, slots=True)
class Card:
    """A card that was opened: its incident, and what was written, which is nothing where it goes on."""

    incident: str
    made: Made


def open_card(
    store: Store, kind: IncidentType, *, symptom: str, now: datetime, new: bool = False, plan: str = ""
) -> Card:
    """Return the incident of this type that is under way; where there is none, or ``new``, report it.

    It is never joined to what else goes on: a fire is no further report of a fault.
    """
    if not new:
        for row in incidents(store):
            recent = row.at is not None and row.at > now - GOES_ON
            if row.category == kind.key and row.state in _UNDER_WAY and recent:
                return Card(row.head, Made(()))
    reported = report_fault(
        store, symptom=symptom, category=kind.key, now=now, new=True, outage=kind.outage, plan=plan
    )
    return Card(reported.incident, reported.made)


def add_own_item(store: Store, incident_id: str, text: str, *, now: datetime) -> Made:
    """Add a line to the check-list of an incident. Raises KnownError ``incidents.item_needed``."""
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        told: Value = {
            "text": said(store, text, now, "incidents.item_needed"),
            "at": moment_text(now),
            "by": unit.author.actor,
        }
        return Made(tuple(add(unit, members[0].subject.id, OWN_ITEMS, told, now)))


def own_items(view: IncidentView) -> tuple[CheckItem, ...]:
    """Return what people added, as lines that are ticked like those of the type."""
    return tuple(
        CheckItem(f"{_OWN}{one.entry_id}", Bilingual(one.text("text")))
        for one in view.items(OWN_ITEMS)
        if one.text("text")
    )
