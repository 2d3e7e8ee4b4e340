"""What agent stations must not receive: supervisor remarks, named agent, findings, staff assessment.

A payload is withheld whole, so one entry never mixes such fields with others (JOURNAL, who sees what).
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from desktop_app.domain.entries import Payload, Value
from desktop_app.domain.fields import RESTRICTED


def split(
    values: Mapping[str, Value], restricted: Container[str] = RESTRICTED
) -> tuple[dict[str, Value], dict[str, Value]]:
    """Return the values that all may see and those that stay at leads' stations, for an entry each."""
    apart: tuple[dict[str, Value], dict[str, Value]] = ({}, {})
    for name, value in values.items():
        apart[name in restricted][name] = value
    return apart


def is_restricted(payload: Payload, restricted: Container[str] = RESTRICTED) -> bool:
    """Whether the payload is withheld from agent stations: it names a restricted field."""
    return any(name in restricted for name in payload.changes)
