"""What a view of the incident page is: it shows one incident, and keeps what is typed in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop_app.services.incident_view import IncidentView


class Panel(QFrame):
    """``show_incident`` is called whenever something is known anew; the focus proxy is where work begins.

    ``went`` asks for another view of the page, or for another place of the window.
    """

    went = Signal(str)

    def show_incident(self, view: IncidentView) -> None:
        """Show what is known of an incident; what somebody is typing stays."""
        raise NotImplementedError

    def flush(self, done: Callable[[bool], None]) -> None:
        """Keep everything typed; ``done`` hears whether the store has all of it."""
        done(True)
