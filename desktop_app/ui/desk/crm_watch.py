"""Looks now and then whether the CRM answers, where the site or a person set its address (DESIGN §4)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain.crm_probe import Probe, Suggestion, Target, looked, target_of
from desktop_app.domain.errors import KnownError
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.session import Session


class CrmWatch(QObject):
    """Nothing is opened while no address is set. ``suggests`` carries what and the name of the target."""

    suggests = Signal(object, str)

    def __init__(self, session: Session, room: IncidentRoom, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._room = session, room
        self._probe = Probe()
        self._target: Target | None = None
        self._look = QTimer(self, singleShot=True)
        self._look.timeout.connect(self._knock)
        session.background.closing.connect(self._look.stop)
        self.begin()

    def begin(self) -> None:
        """Look at what is set now, from the beginning; stop where nothing is."""
        self._look.stop()
        self._probe, self._target = Probe(), None
        try:
            told = probe_address(self._session)
            self._target = target_of(told) if told else None
        except KnownError:
            return  # the settings say so
        if self._target is not None:
            self._look.start(0)

    def _knock(self) -> None:
        target, courier = self._target, self._session.courier
        if target is None or courier is None:
            return

        def look() -> bool:
            from desktop_app.services.crm_probe import answers  # opens sockets: only where it is set

            return answers(target)

        answered = partial(self._answered, target)
        if not courier.means.errands.run(look, answered, self._failed, self):
            self._again()

    def _answered(self, target: Target, ok: bool) -> None:
        if target is not self._target:
            return
        at_hand = self._room.at_hand
        self._probe, found = looked(
            self._probe,
            ok,
            known=at_hand is not None,
            by_hand=at_hand is not None and at_hand.state is IncidentState.MANUAL,
        )
        if found is not Suggestion.NOTHING:
            self.suggests.emit(found, target.name)
        self._again()

    def _failed(self, problem: Exception) -> None:
        self._session.messages.tell(problem)
        self._again()

    def _again(self) -> None:
        self._look.start(self._session.store.settings.crm_probe_seconds * 1000)


def probe_address(session: Session) -> str:
    """Return the address that is looked at: the policy's, else the one chosen on this PC; empty for none."""
    return session.store.settings.crm_probe or session.preferences.crm_probe
