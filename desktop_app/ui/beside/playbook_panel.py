"""The steps for the kind at hand: the current one with its sentence, ticked by Alt and number (DESK §5)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.site_pack import Step
from desktop_app.ui.beside.at_hand import AtHand
from desktop_app.ui.beside.limits import SOON, limit_of, span
from desktop_app.ui.beside.step_row import StepRow
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.buttons import IconButton
from desktop_app.ui.widgets.labels import ElidedLabel, PlainLabel
from desktop_app.ui.widgets.pill import Tone

_TICK_MS = 1000
_SIDE = 2
_HEAD_GAP = 8


class PlaybookPanel(QWidget):
    """Heading and steps; one tab stop, on the current step. Its doors lead to contacts and knowledge."""

    contacts_clicked = Signal()
    knowledge_clicked = Signal()
    rung = Signal(object)
    """Carries the contact whose number at a step is taken instead of the one that is rung."""

    def __init__(self, session: Session, at_hand: AtHand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._at_hand = session, at_hand
        self._words = session.words
        self._rows: list[StepRow] = []
        self._told: dict[str, timedelta] = {}
        self._title = ElidedLabel(role="heading")
        self._version = PlainLabel(role="secondary")
        self._hint = PlainLabel(role="secondary")
        self.others = IconButton("down", self._words.say("window.beside.others"))
        self.others.setObjectName("playbooks")
        self.others.clicked.connect(self._offer_others)
        self._doors = (
            IconButton("user", self._words.say("window.beside.contacts")),
            IconButton("search", self._words.say("window.beside.knowledge"), keys=first_key("knowledge")),
        )
        went_to = (("contacts", self.contacts_clicked), ("knowledge", self.knowledge_clicked))
        for door, (code, went) in zip(self._doors, went_to, strict=True):
            door.setObjectName(f"door_{code}")
            door.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            door.clicked.connect(went)
        self._empty = PlainLabel(role="secondary", wrap=True)
        self._ticks = QTimer(self, interval=_TICK_MS)
        self._ticks.timeout.connect(self._show_times)
        session.background.closing.connect(self._ticks.stop)
        self._build()
        self._row(0)  # takes its place in the order of the tabs before the pack is read
        at_hand.changed.connect(self._show)
        self._show()

    def focus_steps(self) -> None:
        """Put the focus on the current step, on the last where all are done."""
        place = self._at_hand.current
        rows = self._rows[: len(self._at_hand.steps)]
        if rows:
            rows[place].badge.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_doors(self, shown: bool) -> None:
        """Offer the way to contacts and knowledge where they are not on screen."""
        for door in self._doors:
            door.setVisible(shown)
        self._fit_head()

    def sizeHint(self) -> QSize:
        """Ask for room for all steps, whichever is at hand; what there is no room for scrolls.

        It stays as it is while steps are ticked: what stands below keeps its place.
        """
        return QSize(scaled(360), self._head_height() + max(self._all_steps(), scaled(40)) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(240), self._head_height() + scaled(64))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title comes before the hint; F1 tells the keys."""
        super().resizeEvent(event)
        self._fit_head()
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
        self._show_current()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_times()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ticks.stop()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(scaled(_HEAD_GAP))
        head.addWidget(self._title)
        head.addWidget(self.others)
        head.addStretch(1)
        head.addWidget(self._version)
        head.addWidget(self._hint)
        for door in self._doors:
            head.addWidget(door)
        body = QWidget()
        body.setProperty("role", "page")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, scaled(_SIDE), 0)
        self._column.setSpacing(scaled(1))
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(5))
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)

    def _fit_head(self) -> None:
        """Leave the hint out where the title would be cut for it."""
        others = [one for one in (self.others, self._version, *self._doors) if not one.isHidden()]
        gaps = (len(others) + 2) * scaled(_HEAD_GAP)
        needed = sum(one.sizeHint().width() for one in (self._title, self._hint, *others)) + gaps
        self._hint.setVisible(needed <= self.width())

    def _head_height(self) -> int:
        shown = [one for one in (self._title, self.others, *self._doors) if not one.isHidden()]
        return max((one.sizeHint().height() for one in shown), default=0) + scaled(5)

    def _all_steps(self) -> int:
        width = max(self.width(), scaled(300)) - scaled(_SIDE)
        steps, language = self._at_hand.steps, self._words.language
        if not steps:
            return self._empty.heightForWidth(width)
        heights = [
            self._row(place).heights(
                width, step.title.told(language), self._at_hand.told(step.say), rings=self._rings_other(step)
            )
            for place, step in enumerate(steps)
        ]
        gaps = (len(steps) - 1) * self._column.spacing()
        return gaps + sum(quiet for quiet, _ in heights) + max(here - quiet for quiet, here in heights)

    def _rings_other(self, step: Step) -> bool:
        return bool(step.ring) and step.ring != self._at_hand.role

    def _row(self, place: int) -> StepRow:
        while len(self._rows) <= place:
            own = len(self._rows)
            row = StepRow(self._words, own)
            row.ticked.connect(partial(self._at_hand.tick, own))
            row.copied.connect(partial(self._copy, own))
            row.rung.connect(self.rung)
            row.stepped.connect(partial(self._move, own))
            self._column.insertWidget(self._column.count() - 1, row)
            if self._rows:
                QWidget.setTabOrder(self._rows[-1].badge, row.badge)
            self._rows.append(row)
        return self._rows[place]

    def _show(self) -> None:
        at_hand, say, language = self._at_hand, self._words.say, self._words.language
        book, steps, here = at_hand.playbook, at_hand.steps, at_hand.current
        held = next((row for row in self._rows if row.badge.hasFocus()), None)
        self._title.setText(book.title.told(language) if book else say("window.beside.steps"))
        self._version.setText(str(book.version) if book else "")
        self._hint.setText(say("window.beside.tick_hint") if steps else "")
        none = "empty_book" if book else "no_steps" if at_hand.pack.playbooks else "no_pack"
        self.others.setVisible(len(at_hand.offered) > 1)
        self._fit_head()
        self._empty.setText(say(f"window.beside.{none}"))
        self._empty.setVisible(not steps)
        for place, step in enumerate(steps):
            row = self._row(place)
            done = at_hand.when_done(step) is not None
            say_now = at_hand.told(step.say) if place == here else ""
            row.show_step(step.title.told(language), say_now, done=done, here=place == here)
            row.show_number(at_hand.next_to_ring if place == here else None)
            stop = place == (here if here >= 0 else len(steps) - 1)
            row.badge.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
            row.setVisible(True)
        for row in self._rows[len(steps) :]:
            row.setVisible(False)
        self._show_times()
        if held is not None:
            self.focus_steps()
        self.updateGeometry()
        self._show_current()

    def _show_current(self) -> None:
        """Have the current step in sight, and one step around it where there is room."""
        here = self._at_hand.current
        if 0 <= here < len(self._rows):
            self._column.activate()
            margin = scaled(34) if self._scroll.height() > scaled(120) else 0
            self._scroll.ensureWidgetVisible(self._rows[here], 0, margin)

    def _show_times(self) -> None:
        counting = False
        for place, step in enumerate(self._at_hand.steps):
            shown, runs = self._time_of(place, step)
            counting = counting or runs
            self._rows[place].show_time(shown)
        if counting and self.isVisible():
            self._ticks.start()
        else:
            self._ticks.stop()

    def _time_of(self, place: int, step: Step) -> tuple[tuple[Tone, str, str] | None, bool]:
        """Return what the step's pill shows, and whether it shows something else a second later."""
        at_hand, say = self._at_hand, self._words.say
        done = at_hand.when_done(step)
        if done is not None:
            taken = span(done.after(at_hand.since, at_hand.zone)) if at_hand.since else done.at
            return ("ok", "check", taken), False
        if step.minutes:
            limit = limit_of(self._words, step, at_hand.since, self._session.clock())
            if limit.left is not None:
                self._tell(step, limit.left)
            return (limit.tone, limit.icon, limit.text), limit.left is not None
        if place == at_hand.current:
            return ("quiet", "right", say("window.beside.now")), False
        return None, False

    def _tell(self, step: Step, left: timedelta) -> None:
        """Tell a screen reader once when time runs short, and once when it is up."""
        before = self._told.get(step.key, left)
        self._told[step.key] = left
        for code, moment in (("soon", SOON), ("up", timedelta(0))):
            if left <= moment < before:
                title = step.title.told(self._words.language)
                announce(self, self._words.say(f"window.beside.{code}", title=title))

    def _offer_others(self) -> None:
        """List the other playbooks of the kind: some come only when they are chosen."""
        menu = QMenu(self)
        menu.setObjectName("playbooks_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for book in self._at_hand.offered:
            title = book.title.told(self._words.language).replace("&", "&&")
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(book is self._at_hand.playbook)
            action.triggered.connect(partial(self._choose, book.key))
        menu.popup(self.others.mapToGlobal(self.others.rect().bottomLeft()))

    def _choose(self, key: str, _checked: bool = False) -> None:
        self._at_hand.choose(key)

    def _copy(self, place: int) -> None:
        """Copy the sentence; whoever copies it uses it."""
        step = self._at_hand.steps[place]
        QGuiApplication.clipboard().setText(self._at_hand.told(step.say))
        if self._at_hand.when_done(step) is None:
            self._at_hand.tick(place)

    def _move(self, place: int, by: int) -> None:
        shown = len(self._at_hand.steps)
        row = self._rows[(place + by) % shown]
        row.badge.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(row)
