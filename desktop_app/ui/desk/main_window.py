"""The one window: the pages before a store is unlocked, and the workplace while it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.ui.background.messages import Messages
from desktop_app.ui.delivery.errands import Errands
from desktop_app.ui.desk.cut_short import CutShort
from desktop_app.ui.desk.leaving import Leaving
from desktop_app.ui.desk.warming import Warming
from desktop_app.ui.desk.zoom import Zoom
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.start.idle import IdleWatch
from desktop_app.ui.start.locker import Locker
from desktop_app.ui.start.parts import LockedBy, StartParts
from desktop_app.ui.start.start_window import StartWindow
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.ui.widgets.icons import app_icon
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import Words

if TYPE_CHECKING:
    from desktop_app.services.seats import Seat
    from desktop_app.services.stores import OpenStore
    from desktop_app.ui.delivery.courier import Courier
    from desktop_app.ui.desk.workplace import Workplace
    from desktop_app.ui.session import Session
    from desktop_app.ui.site_pack.shelf import PackShelf

_NAME = "main"
_SMALLEST = (860, 460)
_USUAL = (1366, 768)
_MINUTE = 60_000
_STUCK_SECONDS = 0.2
"""How long the end of the program waits for a share that does not answer."""
_AGAIN = 3_000
"""Milliseconds after which a store that refused is asked again."""


class MainWindow(QWidget):
    """Shows one of the two and hands the store from one to the other.

    ``speak`` gives the words of the language chosen now; ``dress`` gives the program the colours chosen
    now.
    """

    def __init__(
        self,
        parts: StartParts,
        preferences: Preferences,
        speak: Callable[[], Words],
        dress: Callable[[], object],
    ) -> None:
        super().__init__()
        self._parts, self._preferences, self._speak, self._dress = parts, preferences, speak, dress
        dress()
        self._session: Session | None = None
        self._errands = Errands(self)
        self._courier: Courier | None = None
        self._shelf: PackShelf | None = None
        self._workplace: Workplace | None = None
        self._kept, self._cut = False, CutShort()
        self._leaving = Leaving(self)
        self._refused = QTimer(self, singleShot=True, interval=_AGAIN)
        self._refused.timeout.connect(self._ask_again)
        parts.background.closing.connect(self._refused.stop)
        parts.background.closing.connect(self._leaving.stop)
        parts.background.closing.connect(lambda: self._errands.stop(_STUCK_SECONDS))
        self._files: tuple[str, Sequence[Path]] = ("", ())
        self._carets: dict[str, str] = {}
        self._focus: QWidget | None = None
        self._stack = QStackedWidget()
        self._notice = Notice(parts.words)
        self.messages = Messages(parts.words, self._notice, parts.background, data_folder=parts.data_folder)
        self._start = StartWindow(parts)
        self._start.unlocked.connect(self._meet)
        self.warming = Warming(parts.background, self)
        self._start.shown.connect(self.warming.begin)
        application = QApplication.instance()
        self._watch = (
            IdleWatch(application, parts.policy.lock_minutes * _MINUTE, self)
            if isinstance(application, QApplication)
            else None
        )
        self._zoom = Zoom(self, preferences, self._dress_unwatched)
        self._zoom.use_words(parts.words)
        self._zoom.add_keys(Shortcuts(self._start))
        self._start.language_chosen.connect(self._choose_language)
        self.locker = Locker(parts.background, parts.clock, self._watch, self)
        self.locker.locking.connect(self._take_no_keys)
        self.locker.locked.connect(self._show_lock)
        self.locker.stayed_open.connect(self._stay_open)
        self._stack.addWidget(self._start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._notice)
        layout.addWidget(self._stack)
        self.setMinimumSize(*_SMALLEST)
        self.setWindowIcon(app_icon())
        self.setWindowTitle(parts.words.say("window.name"))
        if (place := preferences.geometry(_NAME)) is None or not self.restoreGeometry(place):
            self.resize(*_USUAL)
        self._start.begin()

    @property
    def workplace(self) -> Workplace | None:
        """What is on screen while a store is unlocked; None before and while it is locked."""
        return self._workplace

    def _dress_unwatched(self) -> None:
        """Dress the program; watching every event of it would take a third of the time again."""
        if self._watch is None:
            self._dress()
            return
        with self._watch.looking_away():
            self._dress()

    def come_forward(self) -> None:
        """Show the window above all others: somebody started the program again."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer larger text where there is room for it now."""
        super().resizeEvent(event)
        if self._workplace is not None:
            self._zoom.offer(self._notice)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once everything typed is in the store; where it refuses, stay and say so.

        While an incident is open a person says why first.
        """
        workplace, session = self._workplace, self._session
        if workplace is None and not self._start.may_close():
            event.ignore()
            return
        if workplace is None or session is None or self._kept:
            self._start.abandon()
            self._preferences.keep_geometry(_NAME, self.saveGeometry())
            super().closeEvent(event)
            return
        event.ignore()
        self._leaving.ask(session, workplace, self._keep_and_close)

    def _keep_and_close(self) -> None:
        self._take_no_keys()
        self._keep_all(self._close_if)

    def _close_if(self, kept: bool) -> None:
        if not kept:
            self._stay_open()
            return
        self._kept = True
        session = self._session
        self._leave()
        self._dismiss_courier()
        if session is not None:
            self._parts.background.change(session.store.close, lambda _none: self._end(), owner=self)

    def _end(self) -> None:
        self.close()

    def _keep_all(self, done: Callable[[bool], None]) -> None:
        """Keep everything typed, then hand in for the last time before the store is closed."""
        workplace, courier = self._workplace, self._courier
        if workplace is None or courier is None:
            done(True)
            return
        workplace.flush(lambda kept: courier.finish(lambda: done(True)) if kept else done(False))

    def _take_no_keys(self) -> None:
        """Take no more keys while everything is being kept."""
        self._focus = QApplication.focusWidget()
        self._stack.setEnabled(False)
        for dialog in self._dialogs():
            dialog.setEnabled(False)

    def _dialogs(self) -> list[QDialog]:
        """Return the dialogs that are open over the window."""
        return [one for one in self.findChildren(QDialog) if one.isVisible()]

    def _stay_open(self) -> None:
        if self._courier is not None:
            self._courier.go_on()
        self._stack.setEnabled(True)
        for dialog in self._dialogs():
            dialog.setEnabled(True)
        # Taking no keys took the caret away; whoever is on the line goes on where it was.
        if self._focus is not None and shiboken6.isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus()
        self._notice.tell(self._parts.words.say("window.desk.not_kept"), "warn")
        self._refused.start()

    def _ask_again(self) -> None:
        """What was said of a disk that refuses goes away with its cause."""
        if self._workplace is not None and self._says_not_kept():
            self._workplace.flush(self._told_kept)

    def _told_kept(self, kept: bool) -> None:
        if not kept:
            self._refused.start()
        elif self._says_not_kept():
            self._notice.dismiss()

    def _says_not_kept(self) -> bool:
        said = self._parts.words.say("window.desk.not_kept")
        return self._notice.isVisible() and self._notice.text() == said

    def _meet(self, store: OpenStore) -> None:
        """Find out whose desk it is; the start page stays until then."""
        from desktop_app.services.id_numbers import under_policy  # not needed to unlock
        from desktop_app.services.seats import seat_of

        store = under_policy(store, self._parts.policy)
        self._parts.background.query(
            lambda: seat_of(store),
            lambda seat: self._enter(store, seat),
            lambda problem: self._turn_away(store, problem),
            owner=self,
        )

    def _turn_away(self, store: OpenStore, problem: Exception) -> None:
        """The store opened and then could not be read: begin anew, and say why."""
        store.close()
        self.messages.tell(problem)
        self._start.begin()

    def _enter(self, store: OpenStore, seat: Seat) -> None:
        from desktop_app.ui.delivery.carrier import Means  # not needed to unlock
        from desktop_app.ui.delivery.courier import Courier
        from desktop_app.ui.desk.workplace import Workplace
        from desktop_app.ui.session import Session
        from desktop_app.ui.site_pack.shelf import PackShelf

        parts = self._parts
        place = QWidget()
        self._shelf = shelf = self._shelf or PackShelf(self)
        means = Means(store, parts.background, self._errands, parts.clock)
        courier = self._courier or Courier(means, self)
        self._session = session = Session(
            store=store,
            person=seat,
            words=parts.words,
            background=parts.background,
            clock=parts.clock,
            preferences=self._preferences,
            shortcuts=Shortcuts(place),
            messages=self.messages,
            courier=courier,
            shelf=shelf,
        )
        session.shortcuts.cover(self._notice)
        whose, files = self._files
        self._workplace = workplace = Workplace(session, files if whose == seat.staff_number else ())
        workplace.lock_asked.connect(self.locker.lock)
        workplace.changed_looks.connect(self._change_looks)
        workplace.zoomed.connect(self._zoom.choose)
        self._zoom.changed.connect(workplace.show_zoom)
        self._zoom.add_keys(session.shortcuts, workplace)
        inside = QVBoxLayout(place)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(workplace)
        self._stack.addWidget(place)
        self._stack.setCurrentWidget(place)
        self._stack.setEnabled(True)
        self.setWindowTitle(
            parts.words.say("window.desk.title", station=seat.station, name=seat.name)
            if not seat.drill
            else parts.words.say("window.desk.title_drill", station=seat.station, name=seat.name)
        )
        workplace.desk.capture.carets.known.update(self._carets)
        self.locker.hold(store, self._keep_all, lambda: workplace.due.times)
        workplace.begin()
        shelf.read(parts.data_folder, store, parts.clock, parts.background, parts.words, self.messages.tell)
        self._zoom.offer(self._notice)
        self._cut.tell(self.messages, parts.words, workplace.go)
        if self._courier is None:
            self._courier = courier
            self._look_at_clock(store)
            self._accept_policy_leads(store)
            parts.background.query(partial(_tidy, store), failed=self.messages.tell, owner=self)
            folder = parts.policy.handin_folder or self._preferences.handin_folder
            courier.use(
                folder,
                automatic=self._preferences.handin_automatic,
                fixed=parts.policy.handin_folder is not None,
            )

    def _look_at_clock(self, store: OpenStore) -> None:
        """Tell of a clock that was set back since the newest entry: times and deadlines go by it."""
        from desktop_app.services.clock_behind import told_if_behind  # not needed to unlock

        def tell(problem: KnownError | None) -> None:
            if problem is not None:
                self.messages.tell(problem)

        now = self._parts.clock()
        self._parts.background.query(
            lambda: told_if_behind(store, now=now), tell, self.messages.tell, owner=self
        )

    def _accept_policy_leads(self, store: OpenStore) -> None:
        """Accept the leads that IT names, and tell of those that could not be."""
        from desktop_app.services.pairing import accept_policy_leads  # not needed to unlock

        policy, clock = self._parts.policy, self._parts.clock
        if not policy.leads:
            return

        def tell(problems: Sequence[KnownError]) -> None:
            for problem in problems:
                self.messages.tell(problem)

        self._parts.background.change(
            lambda: accept_policy_leads(store, policy, now=clock()), tell, self.messages.tell, owner=self
        )

    def _leave(self) -> None:
        """Take the workplace away; the store is somebody else's to close."""
        if self._workplace is not None and self._session is not None:
            self._files = (self._session.person.staff_number, self._workplace.files())
            self._cut.look(self._workplace)
            self._carets = self._workplace.desk.capture.carets.known
        if self._shelf is not None:
            self._shelf.rest()
        self._workplace = self._session = None
        for dialog in self._dialogs():
            # It would stand in front of the lock screen, with what is typed in it, and take every key.
            dialog.hide()
            dialog.deleteLater()
        if self._stack.currentWidget() is not self._start:
            place = self._stack.currentWidget()
            self._stack.setCurrentWidget(self._start)
            self._stack.removeWidget(place)
            place.deleteLater()

    def _dismiss_courier(self) -> None:
        courier, self._courier = self._courier, None
        if courier is not None:
            courier.stop()
            courier.deleteLater()

    def _show_lock(self, locked: LockedBy) -> None:
        self._leave()
        self._dismiss_courier()
        self._notice.dismiss()
        self._stack.setEnabled(True)
        self.setWindowTitle(self._parts.words.say("window.name"))
        self._start.show_lock(locked)

    def _choose_language(self, language: str) -> None:
        self._preferences.language = "en" if language == "en" else "zh"
        self._use_words()

    def _use_words(self) -> None:
        words = self._speak()
        self._parts = replace(self._parts, words=words)
        self.messages.use_words(words)
        self._zoom.use_words(words)
        self._start.use_words(words)

    def _change_looks(self) -> None:
        """Build the workplace anew in the language and colours chosen; what is being typed comes along."""
        workplace, session = self._workplace, self._session
        if workplace is None or session is None:
            return
        self._take_no_keys()
        workplace.flush(lambda kept: self._look_anew(session) if kept else self._stay_open())

    def _look_anew(self, session: Session) -> None:
        self._use_words()
        self._dress_unwatched()
        self._leave()
        self._enter(session.store, session.person)
        if self._workplace is not None:
            self._workplace.go("settings")


def _tidy(store: OpenStore) -> None:
    from desktop_app.services.customers import tidy  # loaded away from the GUI thread

    tidy(store)
