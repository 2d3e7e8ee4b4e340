"""A card: everything that one kind of emergency asks for, on one screen (A§5, A§6, A§13, 2§6)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from desktop_app.domain.clocks import RungStanding, Stage, due_now, newly_due
from desktop_app.domain.contacts import contacts_for
from desktop_app.domain.documents import led_by
from desktop_app.domain.incident_steps import ENDED, IncidentState
from desktop_app.domain.incident_types import IncidentType
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.times import zone_of
from desktop_app.services.cards import Card, open_card
from desktop_app.services.decisions import Made
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.deeds import Deed
from desktop_app.ui.incident.card_bar import CardBar
from desktop_app.ui.incident.card_checks import CardChecks
from desktop_app.ui.incident.card_clocks import CardClocks
from desktop_app.ui.incident.card_fields import MEDIA, card_fields, media_record, nothing_there
from desktop_app.ui.incident.card_head import CardHead
from desktop_app.ui.incident.card_log import CardLog
from desktop_app.ui.incident.card_note import CardNote
from desktop_app.ui.incident.card_numbers import CardNumbers, Whom
from desktop_app.ui.incident.check_panel import check_items
from desktop_app.ui.incident.clock_acts import ClockActs
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.own_field_editors import LONG
from desktop_app.ui.incident.own_fields import OwnFields
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.incident.tell_dialog import TellDialog, ToldWhom
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.cards import scrolled

_SECOND = 1_000
_SIDE_BY_SIDE = 980
"""From this width on (logical pixels) fields and check-list stand beside each other."""
_NARROWEST_NOTE, _EDGE = 250, 12
_HIGH, _LONG_IN_HIGH = 840, 120
"""In windows from this height on long texts are as high as the second (logical pixels)."""
_SHARES, _SHARES_WITHOUT_LIST = (62, 38), (72, 28)
"""What fields and check-list take of the width; a list that is still empty takes less."""


class CardPage(QWidget):
    """Opening it reports the incident at once; what is typed is kept by itself.

    ``lock_asked`` is to lock now; ``left`` that its report was taken back; ``media_asked`` carries the values
    of a media record that is to be begun.
    """

    lock_asked = Signal()
    left = Signal()
    media_asked = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.room = IncidentRoom(session, self)
        self._words = IncidentWords(session.words, zone_of(session.store.settings.zone))
        self._kind: IncidentType | None = None
        self._incident = ""
        self._seen = False
        self._reported: Deed | None = None
        self._due: tuple[RungStanding, ...] = ()
        self._acts = ClockActs(self.room, self._words, self)
        self.head = CardHead(self._words)
        self.numbers = CardNumbers(self._words)
        self.numbers.asked.connect(self._ring)
        self.note = CardNote()
        self.fields = OwnFields(session, self.room.deeds, "card")
        self.fields.setObjectName("card_fields")
        self.fields.edited.connect(self._go_on)
        self.fields.refused.connect(session.messages.tell)
        self.clocks = CardClocks(self._words)
        self.clocks.asked.connect(self._open_clock)
        self.clocks.ticked.connect(self._tick_clock)
        self.checks = CardChecks(self.room)
        self.checks.said.connect(partial(announce, self))
        self.bar = CardBar(self._words)
        self.bar.asked.connect(self._do)
        self.log = CardLog(self.room)
        self.head.another.clicked.connect(lambda: self._report(new=True))
        self._lay_out()
        self._add_keys()
        self._second = QTimer(self, interval=_SECOND)
        self._second.timeout.connect(self._count)
        session.background.closing.connect(self._second.stop)
        self.room.changed.connect(self._show)
        self.room.deeds.undone.connect(self._undone)

    @property
    def pack(self) -> SitePack:
        """The site pack as it is now."""
        return self._session.shelf.pack

    @property
    def view(self) -> IncidentView | None:
        """The incident of the card; None until it is reported, and after that was taken back."""
        shown = self.room.shown
        return shown if shown is not None and self._incident in shown.ids else None

    def open(self, kind: IncidentType) -> None:
        """Show the card of a type and report it, unless one is under way: then go on with that."""
        if self._reported is not None and self._kind is not None and self._kind.key != kind.key:
            self.room.deeds.forget(self._reported)
        if self._kind is None or self._kind.key != kind.key or self.view is None:
            self._kind, self._incident, self._due, self._seen = kind, "", (), False
            self._show()
        self._report()
        self.fields.go_to(next((one.key for one in kind.fields), ""))

    def flush(self, done: Callable[[bool], None]) -> None:
        """Keep everything typed; ``done`` hears whether the store has all of it."""
        self.checks.add.add()
        self.fields.flush(done)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second.start()
        self.room.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Count nothing that nobody sees."""
        super().hideEvent(event)
        self._second.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= scaled(_SIDE_BY_SIDE)
        long = scaled(_LONG_IN_HIGH if self.height() >= scaled(_HIGH) else LONG)
        self.fields.set_long(long, long)
        self._across.setDirection(_direction(wide))
        self._fit_top()

    def _fit_top(self) -> None:
        """Put what stands beside the numbers below them where they then stand in one line."""
        numbers, room = self.numbers.sizeHint().width(), self.width() - scaled(2 * _EDGE)
        beside = numbers + scaled(_EDGE + _NARROWEST_NOTE) <= room
        wide = self.width() >= scaled(_SIDE_BY_SIDE)
        self._top.setDirection(_direction(wide and (beside or numbers > room)))

    def _report(self, *, new: bool = False) -> None:
        kind, store, now = self._kind, self._session.store, self._session.clock()
        if kind is None:
            return
        symptom, plan = kind.title.told(self._words.language), led_by(self.pack, kind.key)

        opened: list[Card] = []

        def work() -> Made:
            opened.append(open_card(store, kind, symptom=symptom, now=now, new=new, plan=plan))
            return opened[0].made

        def done(deed: Deed) -> None:
            if not deed.wrote:
                self._reported = earlier
            if self._kind is not kind:
                return
            self._incident = opened[0].incident
            if deed.wrote:
                announce(self, self._words.say("card.reported", what=symptom))
            self.room.choose(self._incident)

        earlier = self._reported
        self._reported = self.room.deeds.act(work, done)

    def _show(self) -> None:
        """Show what is known by now; what is being typed stays."""
        kind, view, now = self._kind, self.view, self._session.clock()
        if kind is None:
            return
        if self._seen and view is None:
            # The report was taken back: there is no incident any more, and nothing to go on with.
            self._kind, self._incident, self._seen = None, "", False
            self.left.emit()
            return
        self._seen = view is not None
        standings = self.room.standings(view, now)
        self.head.show_card(kind, view, now)
        self.note.setText(kind.note.told(self._words.language))
        self.numbers.show_type(kind, self.pack, standings)
        self.fields.show_incident(view, card_fields(kind, self._words), kind)
        items = check_items(self.room, view) if view is not None else kind.check_list
        self.checks.show_incident(view, kind.key, items)
        for place, share in enumerate(_SHARES if items else _SHARES_WITHOUT_LIST):
            self._across.setStretch(place, share)
        self._count()
        self._fit_top()
        self._tell_missing()
        self.log.show_incident(view)

    def _count(self) -> None:
        """Count on, and say aloud what is due now."""
        now, view = self._session.clock(), self.view
        standings = self.room.standings(view, now)
        self.head.count(view, now)
        self.numbers.show_incident(view, standings, now)
        self.clocks.show_incident(standings, now)
        for one in newly_due(self._due, standings):
            announce(self, self._words.say("card.due", what=one.rung.title.told(self._words.language)))
        others = [one.key for one in due_now(self._due)] != [one.key for one in due_now(standings)]
        self._due = standings
        if others:
            self._tell_missing()

    def _tell_missing(self) -> None:
        language = self._words.language
        untold = [
            self._words.say("tells", role=self._words.role(self.pack, one.role))
            for one in self._due
            if one.stage is Stage.DUE and one.role
        ]
        missing = [one.title.told(language) for one in self.fields.missing()]
        view = self.view
        may = {
            "undo": self._reported is not None and self.room.deeds.last is self._reported,
            "false_alarm": view is not None and view.state not in ENDED,
            "media": view is not None and view.category == MEDIA,
        }
        self.bar.show_state([*dict.fromkeys(untold), *missing], may, self._nothing())

    def _nothing(self) -> str:
        """Return what the card says there was instead of an emergency, "" where it was one."""
        view = self.view
        if view is None or view.state in ENDED:
            return ""
        return nothing_there(self._kind, self.fields.values(), self._words.language)

    def _go_on(self) -> None:
        """Somebody types in it: the report is not taken back by one key any more."""
        if self._reported is not None:
            self.room.deeds.forget(self._reported)
        self._tell_missing()

    def _undone(self, deed: Deed) -> None:
        """Go, even where the report was taken back before it was on the card."""
        self._seen = self._seen or deed is self._reported

    def _do(self, code: str) -> None:
        {
            "lock": self.lock_asked.emit,
            "false_alarm": self._deny,
            "undo": self.room.deeds.undo_last,
            "media": self._begin_media,
        }[code]()

    def _deny(self) -> None:
        """There was nothing: the clocks stop, with what it was as the reason (A§5.1)."""
        view, store, clock = self.view, self._session.store, self._session.clock
        if view is None or view.state in ENDED:
            return

        def work(reason: str) -> Made:
            return take_step(store, view.head, IncidentState.FALSE_ALARM, now=clock(), reason=reason)

        say = self._words.say
        title = say("act.false_alarm")
        self.room.act_for_reason(
            work,
            say("stepped", state=self._words.state(IncidentState.FALSE_ALARM).text),
            title,
            say("false_alarm.means"),
            self._nothing() or title,
        )

    def _ring(self, whom: Whom) -> None:
        """Write down that somebody was rung: for their clock, or beside every clock."""
        view = self.view
        if view is None:
            return
        if whom.clock is not None:
            self._open_clock(whom.clock)
            return
        role = self._words.role(self.pack, whom.role)
        told = ToldWhom(self._words.say("tells", role=role), whom.role, purpose="contact")
        dialog = TellDialog(self._session, view.head, told, contacts_for(self.pack, whom.role), self.window())
        self.room.deeds.ask(dialog, self._words.say("told_one"))

    def _tick_clock(self, one: RungStanding) -> None:
        if (view := self.view) is not None:
            self._acts.tick(view, one)

    def _open_clock(self, one: RungStanding) -> None:
        if (view := self.view) is not None:
            self._acts.open(view, one)

    def _tell_next(self) -> None:
        whom = self.numbers.most_urgent()
        if whom is not None:
            self._ring(whom)

    def _begin_media(self) -> None:
        """Begin the record of form 3.5 with what the card knows (3.7)."""
        view = self.view
        if view is not None and view.category == MEDIA:
            self.media_asked.emit(media_record(view, self.fields.values(), self._words))

    def _lay_out(self) -> None:
        left = QFrame()
        left.setProperty("role", "card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(*map(scaled, (12, 8, 12, 8)))
        inside.addWidget(self.fields)
        inside.addWidget(self.log, 1)
        side = QWidget()
        side.setMinimumWidth(scaled(_NARROWEST_NOTE))
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(scaled(6))
        beside.addWidget(self.note)
        beside.addWidget(self.clocks)
        beside.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(scaled(12))
        self._top.addWidget(self.numbers)
        self._top.addWidget(side, 1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(scaled(8))
        self._across.addWidget(left, _SHARES[0])
        self._across.addWidget(self.checks, _SHARES[1])
        # One area scrolls as a whole, in windows lower than any screen this is made for.
        self._scroll, column = scrolled()
        column.addLayout(self._top)
        column.addLayout(self._across, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (12, 8, 8, 8)))
        layout.setSpacing(scaled(8))
        for edge in (self.head, self.bar):
            edge.setContentsMargins(0, 0, scaled(4), 0)  # as far from the edge as what scrolls
        layout.addWidget(self.head)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.bar)

    def _add_keys(self) -> None:
        add = partial(self._session.shortcuts.add, owner=self)
        shown = self.isVisible
        add("card_lock", KEYS["save_next"], self.lock_asked.emit, when=shown)
        add("stamp", KEYS["stamp"], self._stamp, when=shown)
        add("card_tell", ROOM_KEYS["tell"], self._tell_next, when=shown)
        add(
            "incident_false_alarm",
            ROOM_KEYS["false_alarm"],
            self._deny,
            when=lambda: self._may("false_alarm"),
        )
        add("incident_undo", ROOM_KEYS["undo"], self.room.deeds.undo_last, when=self._may_undo)
        add("card_record", KEYS["kind_media"], self._begin_media, when=lambda: self._may("media"))

    def _stamp(self) -> None:
        if not self.fields.stamp():
            self._session.messages.say(self._words.say("card.nothing_to_stamp"))

    def _may_undo(self) -> bool:
        return self.isVisible() and self.room.deeds.last is not None

    def _may(self, code: str) -> bool:
        return self.isVisible() and self.bar.may(code)


def _direction(across: bool) -> QBoxLayout.Direction:
    return QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
