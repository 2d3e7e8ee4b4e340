"""What the window knows of the incidents, read away from the GUI thread; the strip and the page share it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.incident_steps import AFTER
from desktop_app.ui.background.latest import Latest
from desktop_app.ui.deeds import Deed, Deeds
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.domain.clocks import RungStanding
    from desktop_app.domain.incident_types import IncidentType
    from desktop_app.services.decisions import Made
    from desktop_app.services.incident_view import IncidentView
    from desktop_app.services.incidents import IncidentRow, Reported
    from desktop_app.ui.act_dialog import ActDialog

_ASK_REASON = ("guard.reason", "guard.acting_reason")
Act = Callable[[str], "Made"]
"""Writes something for a reason, which is empty until somebody is asked for one."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read at once: the incident at hand, the one to look at, all of them, and what both come to."""

    at_hand: IncidentView | None = None
    beside: tuple[IncidentView, ...] = ()
    shown: IncidentView | None = None
    notice_due: bool = False
    rows: tuple[IncidentRow, ...] = ()


class IncidentRoom(QObject):
    """``changed`` says that what is known has changed: another incident, a step, a clock that was stopped.

    ``shown`` is the incident that the page is about: the one somebody chose, else the one at hand. Dialogs
    open over the window of ``over``.
    """

    changed = Signal()

    def __init__(self, session: Session, over: QWidget) -> None:
        super().__init__(over)
        self.session, self._over = session, over
        self._read = _Read()
        self._chosen = ""
        self._listing = False
        self._dialog: ActDialog | None = None
        self.deeds = Deeds(session, self)
        """What is done here, and undone by its key."""
        self._reads = Latest(session.background, session.messages.tell, self)
        self.deeds.changed.connect(self.refresh)
        session.shelf.changed.connect(self.changed)
        self.refresh()

    @property
    def at_hand(self) -> IncidentView | None:
        """The open incident at hand; None where none is open."""
        return self._read.at_hand

    @property
    def beside(self) -> tuple[IncidentView, ...]:
        """What else goes on: a fire during an outage."""
        return self._read.beside

    @property
    def shown(self) -> IncidentView | None:
        """The incident that the page is about."""
        return self._read.shown

    @property
    def notice_due(self) -> bool:
        """Whether that one is over, and customers were told of it but not that it is over."""
        return self._read.notice_due

    def untold(self, view: IncidentView) -> int:
        """Return how many of those who were told do not know yet that it is over."""
        from desktop_app.services.incident_view import recovery_list  # not needed without an incident

        over = view.state in AFTER
        return sum(one.told_at is None for one in recovery_list(view)) if over else 0

    @property
    def rows(self) -> tuple[IncidentRow, ...]:
        """Every incident, once ``list_all`` asked for them."""
        return self._read.rows

    def list_all(self) -> None:
        """Read the list of all incidents too from now on."""
        self._listing = True
        self.refresh()

    def choose(self, incident: str) -> None:
        """Look at this incident; with "" at the one at hand."""
        self._chosen = incident
        self.refresh()

    def refresh(self) -> None:
        """Read what stands in the store now."""
        store, chosen, listing = self.session.store, self._chosen, self._listing

        def work() -> _Read:
            from desktop_app.services.incidents import going_on, incident, incidents

            at_hand, *beside = going_on(store) or (None,)
            shown = at_hand
            if chosen and (at_hand is None or chosen not in at_hand.ids):
                try:
                    shown = incident(store, chosen)
                except KnownError:
                    shown = at_hand  # its only report was taken back
            due = False
            if shown is not None and shown.state in AFTER:
                from desktop_app.services.incident_closing import lacks_notice  # not needed before

                due = lacks_notice(store, shown.head)
            return _Read(at_hand, tuple(beside), shown, due, incidents(store) if listing else ())

        def done(found: _Read) -> None:
            self._read = found
            self.changed.emit()

        self._reads.query(work, done)

    def standings(self, view: IncidentView | None, now: datetime) -> tuple[RungStanding, ...]:
        """Return how the clocks of an incident stand."""
        if view is None:
            return ()
        from desktop_app.domain.clocks import known_at, standing  # not needed without an incident
        from desktop_app.services.incident_facts import facts_of

        return standing(self.session.shelf.pack.ladders, known_at(facts_of(view), now), now)

    def kind(self, category: str) -> IncidentType | None:
        """Return the type of a key; None where the site's pack has none."""
        return next((one for one in self.session.shelf.pack.incident_types if one.key == category), None)

    def act(self, work: Act, said: str, done: Callable[[], None] | None = None) -> None:
        """Do something on the store's thread and offer to undo it.

        Where it needs a reason, because it always does or because somebody else should do it (代行), the
        reason is asked for and it is tried again.
        """

        def finished(deed: Deed) -> None:
            self.deeds.tell(deed, said)
            if done is not None:
                done()

        def failed(problem: Exception) -> None:
            if isinstance(problem, GuardRefused) and problem.code in _ASK_REASON:
                self._ask_reason(work, problem, lambda made: finished(self.deeds.took(made)))
            else:
                self.session.messages.tell(problem)

        self.deeds.act(lambda: work(""), finished, failed)

    def act_for_reason(self, work: Act, said: str, title: str, means: str, reason: str = "") -> None:
        """Ask for the reason first, of what always takes one; ``reason`` is offered."""
        self._open_reason(work, title, means, lambda made: self.deeds.tell_done(made, said), reason)

    def tell_reported(self, reported: Reported) -> None:
        """Say under which number a report was taken, and look at what it is of."""
        from desktop_app.services.incidents import incident  # loaded by now

        store, say = self.session.store, self.session.words.say
        deed = self.deeds.took(reported.made)

        def done(view: IncidentView) -> None:
            if deed.undone:
                return
            code = "joined" if reported.joined else "done"
            symptom = view.text("symptom")
            self.deeds.tell(deed, say(f"window.incident.report.{code}", number=view.number, symptom=symptom))
            self.choose(reported.incident)

        def failed(problem: Exception) -> None:
            # Taken back at once there is nothing to look at any more.
            if not (deed.undone and isinstance(problem, KnownError)):
                self.session.messages.tell(problem)

        self.session.background.query(lambda: incident(store, reported.incident), done, failed, owner=self)

    def _ask_reason(self, work: Act, problem: GuardRefused, finished: Callable[[Made], None]) -> None:
        say = self.session.words.say
        acting = problem.code == "guard.acting_reason"
        title = say("window.incident.reason.acting" if acting else "window.incident.reason.title")
        self._open_reason(work, title, sentence_in_window(self.session.words, problem), finished)

    def _open_reason(
        self, work: Act, title: str, means: str, finished: Callable[[Made], None], reason: str = ""
    ) -> None:
        from desktop_app.ui.act_dialog import ActDialog  # not needed to type

        say = self.session.words.say
        # Held here: Python's collector would destroy it while it is open.
        self._dialog = dialog = ActDialog(
            self.session,
            title,
            say("window.incident.reason.do"),
            means,
            work,
            label=say("window.incident.reason.label"),
            needed="incidents.reason_needed",
            parent=self._over.window(),
        )
        dialog.about = f"{self.shown.head if self.shown is not None else ''}/{title}"
        dialog.reason.setMaxLength(500)
        dialog.reason.setText(reason)
        dialog.reason.selectAll()
        dialog.done_it.connect(finished)
        dialog.open()
