"""Whoever closes the program while an incident is open says why, and its log keeps it (A§2.5, row 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.joined_incidents import standing, value_in
from desktop_app.domain.roles import Role
from desktop_app.services.decisions import Made
from desktop_app.services.incident_groups import before_others, open_groups
from desktop_app.services.incident_writing import add, members_in, said
from desktop_app.storage.store import Store

LEFT = "left"
"""The list on an incident that holds who closed the program meanwhile, at which station and why."""


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """What somebody who leaves is told: the incident's id, what people call it, what was seen of it."""

    id: str
    number: str
    symptom: str


def incident_to_leave(store: Store) -> OpenIncident | None:
    """Return the open incident that leaving has to be explained for; None where nobody is asked.

    An incident that waits for its review keeps nobody at the desk, and an auditor writes nothing.
    """
    if store.author.role is Role.AUDITOR:
        return None
    with store.read() as view:
        found = [one for one in open_groups(view) if standing(one[1]) is not IncidentState.REVIEW]
        if not found:
            return None
        ids, members = min(found, key=before_others)
        return OpenIncident(
            ids[0],
            str(value_in(members, "incident_no") or ""),
            str(value_in(members, "symptom") or ""),
        )


def note_leaving(store: Store, incident: str, reason: str, *, now: datetime) -> Made:
    """Write down that the program is closed here, and why; raises KnownError ``leaving.reason_needed``."""
    why = said(store, reason, now, "leaving.reason_needed")
    with store.change() as unit:
        _, members = members_in(unit, incident)
        item: Value = {
            "station": unit.life.station,
            "reason": why,
            "at": moment_text(now),
            "by": unit.author.actor,
        }
        return Made(tuple(add(unit, members[0].subject.id, LEFT, item, now)))
