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
    from desktop_app.ui.incident.clocks_panel import ClocksPanel  # built when it is gone to, as all below

    return ClocksPanel(room)


def _handling(room: IncidentRoom) -> Panel:
    from desktop_app.ui.incident.facts_panel import FactsPanel

    return FactsPanel(room)


def _told(room: IncidentRoom) -> Panel:
    from desktop_app.ui.incident.told_panel import ToldPanel

    return ToldPanel(room)


def _team(room: IncidentRoom) -> Panel:
    from desktop_app.ui.incident.team_panel import TeamPanel

    return TeamPanel(room)


def _charts(room: IncidentRoom) -> Panel:
    from desktop_app.ui.incident.charts_panel import ChartsPanel

    return ChartsPanel(room)


def _log(room: IncidentRoom) -> Panel:
    from desktop_app.ui.incident.log_panel import LogPanel

    return LogPanel(room)


def _closing(room: IncidentRoom) -> Panel:
    from desktop_app.ui.incident.close_panel import ClosePanel

    return ClosePanel(room)


def _notices(room: IncidentRoom) -> Panel:
    from desktop_app.ui.incident.notices_panel import NoticesPanel

    return NoticesPanel(room)


VIEWS: tuple[View, ...] = (
    View("clocks", _clocks),
    View("handling", _handling),
    View("told", _told),
    View("notices", _notices),
    View("team", _team),
    View("charts", _charts),
    View("log", _log),
    View("closing", _closing),
)
