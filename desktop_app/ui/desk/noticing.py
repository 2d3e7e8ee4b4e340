"""Says when several callers tell of one thing, or the CRM stops answering: one key reports it as a fault."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.crm_probe import Suggestion
from desktop_app.domain.roles import Role
from desktop_app.domain.same_symptom import Repeated, worth_telling
from desktop_app.ui.session import Session
from desktop_app.ui.typing.keys import KEYS, first_key
from desktop_app.ui.widgets.notice import Notice


class Noticing(Notice):
    """A quiet bar; the focus is never taken. ``reported`` carries what was ``Reported``.

    ``incident_asked`` says that a person wants to see the incident that may be over.
    """

    reported = Signal(object)
    incident_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session.words, parent)
        self.setObjectName("noticing")
        self._session = session
        self._told: dict[str, int] = {}
        self._shown: Repeated | None = None
        self._act: Callable[[], None] | None = None
        self._turn = 0
        self.dismissed.connect(self._forget)
        session.shelf.changed.connect(self.refresh)
        key = KEYS["report_noticed"]
        session.shortcuts.add("report_noticed", key, self.act, when=self.isVisible, owner=self)
        self.refresh()

    def refresh(self) -> None:
        """Count the calls again; of several counts under way the last is told."""
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

    def suggest(self, found: Suggestion, target: str) -> None:
        """Tell what looking at the CRM came to."""
        say = self._session.words.say
        text = say(f"window.noticing.{found.value}", target=target)
        if found is Suggestion.RECOVERY:
            self._propose(text, "open", self.incident_asked.emit)
        elif self._session.person.role is not Role.AUDITOR:
            symptom = say("window.noticing.no_answer", target=target)
            self._propose(text, "report", partial(self._report, symptom, ""))

    def act(self) -> None:
        """Do what is offered."""
        act = self._act
        self.dismiss()
        if act is not None:
            act()

    def _found(self, found: tuple[Repeated, ...]) -> None:
        if self._shown is not None and all(one.key != self._shown.key for one in found):
            self.dismiss()  # it was reported meanwhile, or the time went by
        fresh = worth_telling(found, self._told, least=self._session.store.settings.same_symptom_calls)
        if not fresh or (self._act is not None and (self._shown is None or fresh[0].key != self._shown.key)):
            return
        one = fresh[0]
        self._told[one.key] = one.callers
        say, symptom = self._session.words.say, one.symptom.text.told(self._session.words.language)
        told = say("window.noticing.symptom", symptom=symptom, count=one.callers)
        self._propose(
            say("window.noticing.same", count=one.callers, symptom=symptom),
            "report",
            partial(self._report, told, one.symptom.type),
        )
        self._shown = one

    def _propose(self, text: str, code: str, act: Callable[[], None]) -> None:
        self._shown, self._act = None, act
        button = self._session.words.say(f"window.noticing.{code}", keys=first_key("report_noticed"))
        self.tell(text, "info", [(button, self.act)])

    def _report(self, symptom: str, category: str) -> None:
        session = self._session
        store, now = session.store, session.clock()
        kind = next((one for one in session.shelf.pack.incident_types if one.key == category), None)

        def report() -> object:
            from desktop_app.domain.documents import led_by  # neither is needed to type
            from desktop_app.services.incidents import report_fault

            plan = led_by(session.shelf.pack, category)
            outage = kind is None or kind.outage
            return report_fault(store, symptom=symptom, category=category, now=now, outage=outage, plan=plan)

        session.background.change(report, self.reported.emit, session.messages.tell, owner=self)

    def _forget(self) -> None:
        self._shown = self._act = None
