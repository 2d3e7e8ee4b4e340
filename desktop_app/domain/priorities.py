"""How urgent a matter is: 特急, 紧急 or 一般 (1.4.5), from what the record says, with no network to ask.

Nothing of this is stored or typed: it follows from kind, kind of emergency, whether somebody is hurt, threat
and severity, the same at every station. It decides what comes first of what is due, and how early it is told
of.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from desktop_app.domain.kinds import Kind
from desktop_app.domain.record_options import AbnormalKind, Hurt, Severity, UrgentKind


class Priority(StrEnum):
    """The most urgent first."""

    TOP = "top"
    URGENT = "urgent"
    NORMAL = "normal"

    @property
    def rank(self) -> int:
        """0 for the most urgent."""
        return list(Priority).index(self)


AHEAD = MappingProxyType(
    {
        Priority.TOP: timedelta(minutes=10),
        Priority.URGENT: timedelta(minutes=5),
        Priority.NORMAL: timedelta(minutes=2),
    }
)
"""So long before it is due a call-back is told of."""
_LIFE = frozenset({UrgentKind.LIFT.value, UrgentKind.FIRE.value})


def priority_of(text: Callable[[str], str]) -> Priority:
    """Return how urgent a record is; ``text`` returns one of its fields, empty where it has none.

    Life before everything: fire, people in a lift, people hurt, a threat. Every other urgent order and grave
    complaint comes before what is left.
    """
    kind = text("kind")
    if kind == Kind.URGENT and (text("urgent_kind") in _LIFE or text("people_hurt") == Hurt.YES):
        return Priority.TOP
    if kind == Kind.ABNORMAL and text("abnormal_kind") == AbnormalKind.THREAT:
        return Priority.TOP
    if kind == Kind.URGENT or (kind == Kind.COMPLAINT and text("severity") == Severity.GRAVE):
        return Priority.URGENT
    return Priority.NORMAL
