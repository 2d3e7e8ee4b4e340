"""What happens in an incident, by the codes that journals and ladders name (states 4.5, A§2.4, A§8, B§4)."""

from __future__ import annotations

from enum import StrEnum


class StateEvent(StrEnum):
    """A step of the incident itself; nothing but taking the step begins it."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    FALSE_ALARM = "false_alarm"
    MANUAL = "manual"
    RELAPSED = "relapsed"
    RECOVERED = "recovered"
    RECONCILING = "reconciling"
    REVIEW = "review"
    CLOSED = "closed"


class FactEvent(StrEnum):
    """What a person notes of any incident, beside its state. A site's pack adds events of its own."""

    UNRECOVERABLE = "unrecoverable"
    LINES_FULL = "lines_full"
    LINES_FREE = "lines_free"
    SURGE = "surge"
    SURGE_OVER = "surge_over"


EVENTS = frozenset(event.value for events in (StateEvent, FactEvent) for event in events)
"""The events every incident can have, whatever its type."""
