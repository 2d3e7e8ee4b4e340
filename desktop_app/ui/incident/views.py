"""The views of the incident page, in the order of their chips; a room that adds one puts it in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.panel import Panel


@dataclass(frozen=True, slots=True)
class View:
    """``code`` names it (words: ``window.incident.view.<code>``); ``make`` builds it when first gone to."""

    code: str
    make: Callable[[IncidentRoom], Panel]


def _clocks(room: IncidentRoom) -> Panel:
    from desktop_app.ui.incident.clocks_panel import ClocksPanel  # built when it is gone to

    return ClocksPanel(room)


VIEWS: tuple[View, ...] = (View("clocks", _clocks),)
