"""What the clocks are to know of an incident (A§2.3-2.8): what happened, who was told, what was decided."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain import clocks
from desktop_app.domain.folding import State
from desktop_app.domain.incident_steps import DECIDED
from desktop_app.domain.incident_types import UNNAMED
from desktop_app.domain.joined_incidents import Happened, happened_in, items_in, value_in
from desktop_app.services.incident_view import RECOVERY, Decision, IncidentView, Notified, decision, notified
from desktop_app.storage.incidents import notifications_of
from desktop_app.storage.unit_of_work import View


def facts_of(view: IncidentView) -> clocks.Facts:
    """Return what the clocks are to know of an incident."""
    return facts(view.category, view.events, view.told, view.decided)


def clock_facts(view: View, ids: tuple[str, ...], members: tuple[State, ...]) -> clocks.Facts:
    """Return the same without the rest of what people look at; who told and who decided is left out."""
    return facts(
        str(value_in(members, "incident_category") or ""),
        happened_in(members),
        [notified(one, "") for one in notifications_of(view.connection, ids)],
        [decision(one, "") for one in items_in(members, DECIDED)],
    )


def facts(
    category: str, events: Iterable[Happened], told: Iterable[Notified], decided: Iterable[Decision]
) -> clocks.Facts:
    """Return what clocks know; telling somebody that it is over is no evidence of having told them of it."""
    return clocks.Facts(
        category or UNNAMED,
        tuple(clocks.Event(one.code, one.at) for one in events),
        tuple(
            clocks.Told(one.ladder, one.rung, one.role, one.name, one.at, one.channel, one.reached)
            for one in told
            if one.purpose != RECOVERY
        ),
        tuple(
            clocks.Decided(one.ladder, one.rung, one.code, one.at, one.reason, one.name) for one in decided
        ),
    )
