"""A station says that it has handed in everything, once it knows that nobody writes by hand any more (4.5).

Only so can a lead tell a station that has nothing more from one that was cut off: what is never heard again
would otherwise count as complete. It is an entry, so it goes up like any other, after all that came before.
"""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.folding import State
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.joined_incidents import Happened, happened_in, items_in, manual_spans, standing
from desktop_app.domain.roles import Role
from desktop_app.services.incident_groups import Members, open_groups
from desktop_app.services.incident_writing import add
from desktop_app.storage.drafts import all_drafts
from desktop_app.storage.store import Store

PRESENT = "present_stations"
"""The list on an incident in which stations say so; ``of`` is the entry of the recovery they know of."""

_OVER = (IncidentState.RECOVERED, IncidentState.RECONCILING)


def say_present(store: Store, *, now: datetime) -> None:
    """Say once for each recovery that this station has handed in everything; open drafts are counted.

    Somebody who only reads says nothing; the next person to unlock the store does.
    """
    if store.author.role is Role.AUDITOR:
        return
    with store.read() as view:
        station, told = (
            view.life.station,
            [_unsaid(members, view.life.station) for _, members in open_groups(view)],
        )
        drafts = len(all_drafts(view)) if any(told) else 0
    for lead, over in filter(None, told):
        with store.change() as unit:
            item: Value = {
                "station": station,
                "of": over.entry_id,
                "drafts": drafts,
                "at": moment_text(now),
                "by": unit.author.actor,
            }
            add(unit, lead.subject.id, PRESENT, item, now)


def present_stations(members: Members) -> frozenset[str]:
    """Return the codes of stations that said so after the last recovery."""
    over = last_recovery(members)
    if over is None:
        return frozenset()
    return frozenset(
        item.text("station") for item in items_in(members, PRESENT) if item.text("of") == over.entry_id
    )


def last_recovery(members: Members) -> Happened | None:
    """Return the last time it was over, None where it never was."""
    found = [one for one in happened_in(members) if one.code == IncidentState.RECOVERED]
    return found[-1] if found else None


def _unsaid(members: Members, station: str) -> tuple[State, Happened] | None:
    """Return the subject that leads, and the recovery of which the station has not said it yet."""
    over = last_recovery(members)
    by_hand = bool(manual_spans(happened_in(members)))
    if over is None or not by_hand or standing(members) not in _OVER:
        return None
    return None if station in present_stations(members) else (members[0], over)
