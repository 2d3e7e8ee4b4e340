"""Says when several callers tell of one thing, or the CRM stops answering: one key reports it as a fault."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.roles import Role
from desktop_app.domain.same_symptom import Repeated, worth_telling
from desktop_app.ui.session import Session
from desktop_app.ui.typing.keys import KEYS, first_key
from desktop_app.ui.widgets.notice import Notice


class Noticing(Notice):
    """A quiet bar; the focus is never taken. ``reported`` carries what was ``Reported``."""

    reported = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session.words, parent)
        self.setObjectName("noticing")
        self._session = session
        self._told: dict[str, int] = {}
        self._shown: Repeated | None = None
        self._turn = 0
        session.shelf.changed.connect(self.refresh)
        session.shortcuts.add(
            "report_noticed", KEYS["report_noticed"], self.report, when=self.isVisible, owner=self
        )
        self.refresh()

    def refresh(self) -> None:
        """Count again; of several counts under way the last is told."""
        if self._session.person.role is Role.AUDITOR:
            return
        self._turn += 1
        turn, store, now = self._turn, self._session.store, self._session.clock()
        pack = self._session.shelf.pack

        def work() -> tuple[Repeated, ...]:
            from desktop_app.services.same_symptom import same_symptoms  # not needed for the first window

            return same_symptoms(store, pack, now=now)

        def done(found: tuple[Repeated, ...]) -> None:
            if turn == self._turn:
                self._found(found)

        self._session.background.query(work, done, self._session.messages.tell, owner=self)

    def report(self) -> None:
        """Report what is shown as a fault."""
        one, session = self._shown, self._session
        if one is None:
            return
        self.dismiss()
        self._shown = None
        store, now, say = session.store, session.clock(), session.words.say
        symptom = say(
            "window.noticing.symptom",
            symptom=one.symptom.text.told(session.words.language),
            count=one.callers,
        )
        kind = next(
            (each for each in session.shelf.pack.incident_types if each.key == one.symptom.type), None
        )

        def act() -> object:
            from desktop_app.services.incidents import report_fault

            return report_fault(
                store,
                symptom=symptom,
                category=one.symptom.type,
                now=now,
                outage=kind is None or kind.outage,
            )

        session.background.change(act, self.reported.emit, session.messages.tell, owner=self)

    def _found(self, found: tuple[Repeated, ...]) -> None:
        if self._shown is not None and all(one.key != self._shown.key for one in found):
            # It was reported meanwhile, or the time went by.
            self._shown = None
            self.dismiss()
        least = self._session.store.settings.same_symptom_calls
        fresh = worth_telling(found, self._told, least=least)
        if not fresh or (self._shown is not None and fresh[0].key != self._shown.key):
            return
        one = self._shown = fresh[0]
        self._told[one.key] = one.callers
        say = self._session.words.say
        text = say(
            "window.noticing.same",
            count=one.callers,
            symptom=one.symptom.text.told(self._session.words.language),
        )
        button = say("window.noticing.report", keys=first_key("report_noticed"))
        self.tell(text, "info", [(button, self.report)])
