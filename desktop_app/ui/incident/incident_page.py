"""The outage room: what is wrong, the next step, and the clocks, people and papers of it (Ctrl+I)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.contacts import contacts_for
from desktop_app.domain.incident_events import FactEvent
from desktop_app.domain.incident_steps import OUTAGE, IncidentState
from desktop_app.domain.paper import Paper
from desktop_app.domain.times import zone_of
from desktop_app.services.decisions import Made
from desktop_app.services.incident_acts import note_event, take_step
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.happened_dialog import HappenedDialog
from desktop_app.ui.incident.incident_head import IncidentHead
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.panel import Panel, Printable
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.incident.step_bar import ACTS, StepBar
from desktop_app.ui.incident.step_dialog import ConfirmDialog, RecoveredDialog, StepDialog
from desktop_app.ui.incident.step_track import StepTrack
from desktop_app.ui.incident.tell_dialog import TellDialog, ToldWhom
from desktop_app.ui.incident.views import VIEWS
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, first_key
from desktop_app.ui.widgets.buttons import PrimaryButton, QuietButton
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import PlainLabel

_S = IncidentState
_EDGE = 12


class IncidentPage(QWidget):
    """Empty until something is reported; ``report`` opens the dialog for it, from anywhere; ``card`` the menu
    of the emergency cards.

    ``went`` asks for another place of the window.
    """

    went = Signal(str)

    def __init__(
        self,
        room: IncidentRoom,
        report: Callable[[], None],
        card: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        session = room.session
        self._room, self._session, self._report, self._card = room, session, report, card
        self._words = IncidentWords(session.words, zone_of(session.store.settings.zone))
        self._dialog: QDialog | None = None
        self._panels: dict[str, Panel] = {}
        self._head = IncidentHead(room, self._words)
        self._head.report_asked.connect(report)
        self._head.print_asked.connect(self.print_paper)
        self._head.card_asked.connect(card)
        self._head.people_asked.connect(lambda: self.went.emit("people"))
        self.steps = StepBar(self._words)
        self.steps.asked.connect(self._do)
        self._track = StepTrack(self._words)
        say = self._words.say
        self.views = ChipGroup(
            [(one.code, say(f"view.{one.code}")) for one in VIEWS], name=say("view.name"), optional=False
        )
        self.views.setObjectName("incident_views")
        self.views.set_code(VIEWS[0].code)
        self.views.changed.connect(self.show_view)
        self._turn = PlainLabel(say("view.turn", keys=ROOM_KEYS["next_view"]), role="secondary")
        self._stack = QStackedWidget()
        self._inside = QWidget()
        self._empty = self._make_empty()
        self._lay_out()
        self._add_keys()
        room.changed.connect(self.show_incident)
        room.list_all()
        self.show_incident()

    def show_incident(self) -> None:
        """Show what is known by now; what is being typed stays."""
        view = self._room.shown
        # Whoever stood in the empty room begins in the view, not at what comes next in the head.
        begins = view is not None and self._empty_button.hasFocus()
        self._head.show_incident(view)
        self._inside.setVisible(view is not None)
        self._empty.setVisible(view is None)
        if view is None:
            self._keep_focus()
            return
        self.steps.show_incident(view, self._room.standings(view, self._session.clock()))
        self._track.show_incident(view, outage=view.values.get(OUTAGE) is not False)
        self._count_left(view)
        self._fit_track()
        self.show_view(self.views.current_code())
        if begins:
            self.setFocus()
        self._keep_focus()

    def _count_left(self, view: IncidentView) -> None:
        """Say on the chips what is left once it is over: people to tell, the notice to publish."""
        for code, count in (("told", self._room.untold(view)), ("notices", int(self._room.notice_due))):
            word = self._words.say(f"view.{code}")
            self.views.reword(
                code, self._words.say("view.counted", view=word, count=count) if count else word
            )

    def show_view(self, code: str) -> None:
        """Show one view; it is built when it is first gone to."""
        if code not in self._panels:
            made = next(one for one in VIEWS if one.code == code).make(self._room)
            made.setObjectName(f"view_{code}")
            made.went.connect(self._go)
            made.emptied.connect(self.views.setFocus)
            self._panels[code] = made
            self._stack.addWidget(made)
        panel = self._panels[code]
        self._stack.setCurrentWidget(panel)
        self._head.show_paper(panel.paper)
        if self.views.current_code() != code:
            self.views.set_code(code)
        view = self._room.shown
        if view is not None:
            panel.show_incident(view)

    @property
    def shows_clocks(self) -> bool:
        """Whether the clocks are the view on screen."""
        return self.views.current_code() == VIEWS[0].code

    def print_paper(self) -> None:
        """Show what is printed of the view on screen; where it has nothing of its own, form 3.6."""
        view, panel = self._room.shown, self._stack.currentWidget()
        if view is None:
            return
        told = panel.printable(view) if isinstance(panel, Panel) else None
        printable = told or self._form(view)

        def kept(done: bool) -> None:
            if done:
                self._show_paper(printable)

        # What is being typed is on the paper too.
        self.flush(kept)

    def flush(self, done: Callable[[bool], None]) -> None:
        """Keep everything typed; ``done`` hears whether the store has all of it."""
        waiting = list(self._panels.values())

        def go_on(kept: bool) -> None:
            if not kept or not waiting:
                done(kept)
            else:
                waiting.pop().flush(go_on)

        go_on(True)

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date whenever somebody looks."""
        super().showEvent(event)
        self._room.refresh()

    def _form(self, view: IncidentView) -> Printable:
        session = self._session

        def read() -> Paper:
            from desktop_app.services.incident_form import incident_form  # not needed before

            now = session.clock()
            return incident_form(session.store, session.shelf.pack, session.words, view.head, now=now)

        return Printable(session.words.say("paper.incident.title"), read)

    def _show_paper(self, printable: Printable) -> None:
        from desktop_app.ui.papers.paper_dialog import PaperDialog  # not needed before

        self._dialog = dialog = PaperDialog(self._session, printable.title, printable.read, self.window())
        dialog.open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_view()

    def focus_view(self) -> None:
        """Go to where work begins in the view on screen; to the chips where there is nothing to do in it."""
        if self._room.shown is None:
            self._empty_button.setFocus()
            return
        panel = self._stack.currentWidget()
        if not isinstance(panel, Panel) or not panel.focus_start():
            self.views.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_track()

    def _fit_track(self) -> None:
        """Leave the states out where the chips need their room, and before them the key for the next view."""
        free = self.width() - self.views.sizeHint().width() - scaled(3 * _EDGE)
        self._turn.setVisible(free >= self._turn.sizeHint().width() + scaled(_EDGE))
        free -= self._turn.sizeHint().width() + scaled(_EDGE)
        self._track.setVisible(self._track.has_place and free >= self._track.sizeHint().width())

    def _keep_focus(self) -> None:
        """Go on from the list where what had the focus went away: keys are heard only from inside."""
        focus = self.window().focusWidget()
        if self.isVisible() and (focus is None or focus is self or not focus.isVisible()):
            self.setFocus()

    def _lay_out(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(scaled(12))
        chips.addWidget(self.views)
        chips.addWidget(self._turn)
        chips.addStretch(1)
        chips.addWidget(self._track)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(scaled(8))
        inside.addWidget(self.steps)
        inside.addLayout(chips)
        inside.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (_EDGE, 10, _EDGE, 10)))
        layout.setSpacing(scaled(8))
        layout.addWidget(self._head)
        layout.addWidget(self._inside, 1)
        layout.addWidget(self._empty, 1)

    def _make_empty(self) -> EmptyState:
        say = self._words.say
        self._empty_button = PrimaryButton(say("report.title"), first_key("incident"), icon_name="warning")
        self._empty_button.setObjectName("report_fault")
        self._empty_button.clicked.connect(self._report)
        card = QuietButton(say("card.door"), first_key("card"), icon_name="urgent")
        card.setObjectName("to_cards")
        card.clicked.connect(self._card)
        empty = EmptyState("shield", say("empty"), self._empty_button, card)
        card.setVisible(any(one.card for one in self._session.shelf.pack.incident_types))
        return empty

    def _add_keys(self) -> None:
        add = partial(self._session.shortcuts.add, owner=self)
        for code in ACTS:
            add(f"incident_{code}", ROOM_KEYS[code], partial(self._do, code), when=partial(self._may, code))
        add("print", KEYS["print"], self.print_paper, when=self._has_one)
        add("incident_people", ROOM_KEYS["people"], partial(self.went.emit, "people"), when=self.isVisible)
        add("incident_undo", ROOM_KEYS["undo"], self._room.deeds.undo_last, when=self._may_undo)
        for code, by in (("next_view", 1), ("previous_view", -1)):
            add(f"incident_{code}", ROOM_KEYS[code], partial(self._step_view, by), when=self._has_one)

    def _has_one(self) -> bool:
        return self.isVisible() and self._room.shown is not None

    def _may_undo(self) -> bool:
        return self.isVisible() and self._room.deeds.last is not None

    def _may(self, code: str) -> bool:
        return self._has_one() and self.steps.may(code)

    def _step_view(self, by: int) -> None:
        codes = self.views.codes()
        self.show_view(codes[(codes.index(self.views.current_code()) + by) % len(codes)])
        self.focus_view()

    def _do(self, code: str) -> None:
        view = self._room.shown
        if view is None or not self.steps.may(code):
            return
        acts: dict[str, Callable[[IncidentView], None]] = {
            "next": lambda view: self._take(view, self.steps.target),
            "over": lambda view: self._take(view, _S.RECOVERED),
            "relapse": lambda view: self._take(view, _S.MANUAL),
            "unrecoverable": self._judge,
            "tell": self._tell,
            "happened": self._note,
            "false_alarm": self._deny,
        }
        acts[code](view)

    def _go(self, place: str) -> None:
        """Show a view of the page, or ask for a place of the window."""
        if place in self.views.codes():
            self.show_view(place)
            self.setFocus()
        else:
            self.went.emit(place)

    def _take(self, view: IncidentView, target: IncidentState) -> None:
        over = self.window()
        if target is _S.CONFIRMED:
            self._room.deeds.ask(
                ConfirmDialog(self._session, view, target, "confirmed", over), self._stepped(target)
            )
        elif target is _S.RECOVERED:
            self._room.deeds.ask(
                RecoveredDialog(self._session, view, target, _recovered(view), over), self._stepped(target)
            )
        elif target is _S.MANUAL:
            code = "manual" if view.state is _S.CONFIRMED else "relapsed"
            self._room.deeds.ask(StepDialog(self._session, view, target, code, over), self._stepped(target))
        elif target in (_S.REVIEW, _S.CLOSED) and self.views.current_code() != "closing":
            # What is left, and what has to be written, is seen before the step is taken.
            self._go("closing")
        else:
            # What is typed in this very moment goes first.
            self.flush(lambda kept: self._step(view, target) if kept else None)

    def _step(self, view: IncidentView, target: IncidentState) -> None:
        store, clock = self._session.store, self._session.clock
        self._room.act(
            lambda reason: take_step(store, view.head, target, now=clock(), reason=reason),
            self._stepped(target),
        )

    def _stepped(self, target: IncidentState) -> str:
        view = self._room.shown
        beside = view is not None and view.beside
        return self._words.say("stepped", state=self._words.state(target, beside=beside).text)

    def _judge(self, view: IncidentView) -> None:
        """One key: it cannot recover within ten minutes, so the next are told now (A§2.4)."""
        store, clock = self._session.store, self._session.clock
        self._room.act(
            lambda _reason: note_event(store, view.head, FactEvent.UNRECOVERABLE, now=clock()),
            self._words.say("judged"),
        )

    def _deny(self, view: IncidentView) -> None:
        store, clock = self._session.store, self._session.clock

        def work(reason: str) -> Made:
            return take_step(store, view.head, _S.FALSE_ALARM, now=clock(), reason=reason)

        title, means = self._words.say("act.false_alarm"), self._words.say("false_alarm.means")
        self._room.act_for_reason(work, self._stepped(_S.FALSE_ALARM), title, means)

    def _note(self, view: IncidentView) -> None:
        self._room.deeds.ask(
            HappenedDialog(self._session, view, self.window()), self._words.say("happened.done")
        )

    def _tell(self, view: IncidentView) -> None:
        """Write down that somebody was told whom no clock asks for."""
        pack, kind = self._session.shelf.pack, self._room.kind(view.category)
        roles = kind.numbers if kind is not None else ()
        contacts = [one for role in roles for one in contacts_for(pack, role)]
        whom = ToldWhom(self._words.say("act.tell"), purpose="contact")
        dialog = TellDialog(self._session, view.head, whom, contacts, self.window())
        self._room.deeds.ask(dialog, self._words.say("told_one"))

        self._open(dialog, self._words.say("told_one"))

    def _open(self, dialog: StepDialog | HappenedDialog | TellDialog, said: str) -> None:
        # Nobody else holds it: Python's collector would destroy it while it is open.
        self._dialog = dialog
        dialog.done_it.connect(lambda made: self._room.deeds.tell_done(made, said))
        dialog.open()


def _recovered(view: IncidentView) -> str:
    return "over_beside" if view.beside else "recovered"
