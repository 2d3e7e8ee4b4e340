"""Which subjects are one incident, and which of several open ones is at hand.

On the path of every save, so nothing is read here that a save does not need.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from desktop_app.domain.folding import State
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.incident_steps import ENDED, OUTAGE, IncidentState
from desktop_app.domain.joined_incidents import members_in_order, standing, value_in
from desktop_app.domain.joins import groups
from desktop_app.domain.promises import CLOCKS_APART
from desktop_app.domain.times import parse_iso
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.incidents import joins, open_incidents
from desktop_app.storage.unit_of_work import View

_FIRST = (
    IncidentState.MANUAL,
    IncidentState.CONFIRMED,
    IncidentState.SUSPECTED,
    IncidentState.RECOVERED,
    IncidentState.RECONCILING,
    IncidentState.REVIEW,
)
"""Which of several open incidents is the one at hand."""

Members = tuple[State, ...]
"""The folded subjects of an incident, those that lead first."""


def subjects_of(view: View, incident: str) -> tuple[str, ...]:
    """Return the ids of an incident and of those joined to it, the head first."""
    return groups(joins(view.connection)).get(incident, (incident,))


def members_of(view: View, ids: Collection[str]) -> Members:
    """Return the folded subjects with these ids, those that lead first."""
    return members_in_order(states_by_id(view.connection, SubjectKind.INCIDENT, ids).values())


def at_hand(view: View) -> tuple[str, ...]:
    """Return the ids of the open incident at hand, the head first; empty where none is open.

    Of several it is the one that keeps people from the CRM, then the one that has come furthest towards
    writing by hand, then the one noticed first.
    """
    found = open_groups(view)
    return min(found, key=before_others)[0] if found else ()


def head_at_hand(view: View, came_at: datetime | None) -> str:
    """Return the incident that a record of a call that came in then is of; empty where it is of none.

    It is of the one that keeps people from the CRM, from when that was noticed until it goes to its review.
    One query while no incident is open: this is on the path of every save.
    """
    if not open_incidents(view.connection):
        return ""
    found = (one for one in open_groups(view) if _takes_records(one[1], came_at))
    _, members = min(found, key=before_others, default=((), ()))
    return members[0].subject.id if members else ""


def open_groups(view: View) -> list[tuple[tuple[str, ...], Members]]:
    """Return the open incidents, each with its ids and its subjects."""
    grouped = groups(joins(view.connection))
    heads = dict.fromkeys(grouped.get(one.id, (one.id,)) for one in open_incidents(view.connection))
    found = [(ids, members_of(view, ids)) for ids in heads]
    return [(ids, members) for ids, members in found if standing(members) not in ENDED]


def before_others(one: tuple[tuple[str, ...], Members]) -> tuple[bool, int, str, str]:
    """Return by what open incidents are put in order; see ``at_hand``."""
    ids, members = one
    state = standing(members)
    return is_beside(members), _FIRST.index(state), str(value_in(members, "first_noticed_at") or ""), ids[0]


def is_beside(members: Members) -> bool:
    """Whether an incident keeps nobody from the CRM."""
    return value_in(members, OUTAGE) is False and standing(members) is not IncidentState.MANUAL


def _takes_records(members: Members, came_at: datetime | None) -> bool:
    if is_beside(members) or standing(members) is IncidentState.REVIEW:
        return False
    noticed = parse_iso(str(value_in(members, "first_noticed_at")), UTC)
    return came_at is None or noticed is None or noticed - CLOCKS_APART <= came_at
