"""Which incident the page is about: what it is, how it stands, since when; others to look at instead."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.incident_steps import ENDED, IncidentState
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incidents import IncidentRow
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.buttons import HintedButton, QuietButton, SecondaryButton
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.labels import ElidedLabel, as_plain
from desktop_app.ui.widgets.pill import Pill

_NARROW, _OTHERS = 1_180, (240, 150, 320)
"""Where the head is narrow, and how wide the other incidents are: at least, where narrow, at most."""
_MOST = 50
"""Incidents that are offered to look at, the open ones first."""
_MINUTE = 15_000
"""Milliseconds after which it is looked whether another minute has passed."""


class IncidentHead(QWidget):
    """``report_asked`` asks for a new report, ``print_asked`` for a paper, ``card_asked`` for the cards; the
    room hears of choices.
    """

    report_asked = Signal()
    print_asked = Signal()
    people_asked = Signal()
    card_asked = Signal()

    def __init__(self, room: IncidentRoom, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._words = room, words
        self.state = Pill("quiet", "info", "")
        self.title = ElidedLabel(role="title")
        self.told = ElidedLabel(role="secondary")
        self.others = Combo(name=words.say("others"), optional=False)
        self.others.setObjectName("incidents")
        self.others.setPlaceholderText(words.say("ended"))
        self.others.code_changed.connect(room.choose)
        self.others.view().setMinimumWidth(scaled(_OTHERS[2]))
        # The symptom is the title beside it; here it may be cut, and is whole in the list.
        self.others.currentTextChanged.connect(lambda text: self.others.setToolTip(as_plain(text)))
        self.card = QuietButton(words.say("card.of"), first_key("card"), icon_name="urgent")
        self.card.setObjectName("to_card")
        self.card.clicked.connect(self.card_asked)
        self.report = SecondaryButton(words.say("report.title"), first_key("incident"), icon_name="warning")
        self.report.setObjectName("report_another")
        self.report.clicked.connect(self.report_asked)
        self.print = SecondaryButton(words.say("prints.form"), first_key("print"), icon_name="print")
        self.print.setObjectName("print_incident")
        self.print.clicked.connect(self.print_asked)
        self.people = QuietButton(words.say("people"), ROOM_KEYS["people"], icon_name="user")
        self.people.setObjectName("to_people")
        self.people.clicked.connect(self.people_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(10))
        layout.addWidget(self.state)
        layout.addWidget(self.title)
        layout.addWidget(self.told, 1)
        layout.addWidget(self.card)
        layout.addWidget(self.others)
        layout.addWidget(self.print)
        layout.addWidget(self.people)
        layout.addWidget(self.report)
        buttons = (self.print, self.people, self.report)
        self._keys: dict[HintedButton, str] = {one: one.keys() for one in buttons}
        self._minute = QTimer(self, interval=_MINUTE)
        self._minute.timeout.connect(self._tell)
        self._minute.start()
        room.session.background.closing.connect(self._minute.stop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is wrong in sight: in a narrow window the keys go first, F1 tells them."""
        super().resizeEvent(event)
        narrow = self.width() < scaled(_NARROW)
        self.others.setMinimumWidth(scaled(_OTHERS[narrow]))
        self.others.setMaximumWidth(scaled(_OTHERS[2] if not narrow else _OTHERS[narrow]))
        for button, keys in self._keys.items():
            button.set_words(button.text(), "" if narrow else keys)

    def show_paper(self, paper: str) -> None:
        """Say which paper is printed of the view on screen."""
        self.print.set_words(self._words.say(f"prints.{paper}"))

    def show_incident(self, view: IncidentView | None) -> None:
        """Show one, or only which others there are."""
        for part in (self.state, self.print, self.report, self.card):
            part.setVisible(view is not None)
        if view is None:
            self.title.setText(self._words.say("title"))
            self.told.setText("")
        else:
            look = self._words.state_of(view)
            self.state.show_state(look.tone, look.icon, look.text)
            kind = self._room.kind(view.category)
            named = kind.title.told(self._words.language) if kind is not None else ""
            symptom = view.text("symptom")
            both = named and symptom and symptom != named
            told = self._words.say("what", kind=named, symptom=symptom) if both else symptom or named
            self.title.setText(told)
            # The card of one that is over would report another.
            over = view.state in (*ENDED, IncidentState.REVIEW)
            self.card.setVisible(kind is not None and bool(kind.card) and not over)
            self._tell()
        self._offer(view)

    def _tell(self) -> None:
        view = self._room.shown
        if view is None or (not self.isVisible() and self.told.text()):
            return
        now = self._room.session.clock()
        told = [view.number, self._words.running(view, now)]
        if len(view.reports) > 1:
            told.append(self._words.say("reports.heading", count=len(view.reports)))
        if view.relapses:
            told.append(self._words.say("relapses", count=view.relapses))
        self.told.setText(" · ".join(part for part in told if part))

    def _offer(self, view: IncidentView | None) -> None:
        rows = self._room.rows[:_MOST]
        self.others.setVisible(len(rows) > (0 if view is None else 1))
        if self.others.view().isVisible():
            return
        pairs = [(row.head, self._line(row)) for row in rows]
        self.others.fill(pairs)
        heads = {row.head for row in rows}
        self.others.set_code(view.head if view is not None and view.head in heads else "")

    def _line(self, row: IncidentRow) -> str:
        kind = self._room.kind(row.category)
        named = kind.title.told(self._words.language) if kind is not None else row.symptom
        return f"{named} {self._words.state(row.state).text} · {row.number}"
