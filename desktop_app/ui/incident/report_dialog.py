"""A fault is reported from anywhere with two fields: what happens, and since when (A§2.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.documents import led_by
from desktop_app.domain.errors import KnownError
from desktop_app.domain.incident_types import UNNAMED, IncidentType
from desktop_app.domain.initials import initials
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.times import zone_of
from desktop_app.services.incidents import Reported, report_fault
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, first_key
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel

_MOST_SYMPTOMS = 12
_WIDTH = 560


@dataclass(frozen=True, slots=True)
class Symptom:
    """One of the texts that are offered, and the type of incident that it names."""

    text: str
    kind: IncidentType

    @property
    def code(self) -> str:
        """What its chip is known by: two types may have a symptom of the same words."""
        return f"{self.kind.key}/{self.text}"


class ReportDialog(DoingDialog):
    """``done_it`` carries what was ``Reported``; a symptom that is offered names its type too.

    What is typed is looked for among the symptoms and titles of every type, so that a broken headset or a
    lost purse is no fault of the system that clocks run for (A§1, 2§4.2). ``card_asked`` is for a fire, a
    theft …: those have their own card.
    """

    card_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        say = session.words.say
        super().__init__(
            session, say("window.incident.report.title"), say("window.incident.report.do"), parent
        )
        pack, language = session.shelf.pack, session.words.language
        self._usual, self._all = usual_symptoms(pack, language), tuple(every_symptom(pack, language))
        self._offered: tuple[Symptom, ...] = ()
        self._chosen: Symptom | None = None
        self._taking = False
        self.symptom = LineEdit(most=200)
        self.symptom.setObjectName("symptom")
        self.symptom.setPlaceholderText(say("window.incident.report.placeholder"))
        self.symptom.edited.connect(self._offer)
        self.kind = PlainLabel(role="secondary", wrap=True)
        self.kind.setObjectName("kind_of_report")
        self.noticed = TimeEdit(zone_of(session.store.settings.zone), session.clock)
        self.noticed.setObjectName("first_noticed_at")
        self.noticed.stamp()
        self._since = self.noticed.full_text()
        self.usual = ChipGroup(name=say("window.incident.report.usual"))
        self.usual.setObjectName("usual_symptoms")
        self.usual.changed.connect(self._take)
        form = FormGrid()
        form.row(say("window.incident.report.symptom"), self.symptom)
        form.under(self.kind)
        form.row(say("window.incident.report.since"), self.noticed)
        self.body.addWidget(PlainLabel(say("window.incident.report.means"), role="secondary", wrap=True))
        self.body.addWidget(self.notice)
        self.body.addLayout(form)
        self.body.addWidget(self.usual)
        if any(one.card for one in session.shelf.pack.incident_types):
            card = QuietButton(say("window.incident.card.door"), first_key("card"), icon_name="urgent")
            card.setObjectName("to_cards")
            card.clicked.connect(self._leave_for_card)
            self.keys.add("card", KEYS["card"], self._leave_for_card)
            self.extra.addWidget(card)
        self.setMinimumWidth(scaled(_WIDTH))
        self._offer()
        self.symptom.setFocus()

    def accept(self) -> None:
        """Report it; what is missing or cannot be read is said."""
        session, symptom = self.session, self.symptom.full_text().strip()
        at, kind = self._at(), self._kind()
        if not symptom:
            self.refuse(KnownError("incidents.symptom_needed"), self.symptom)
        elif at is None and self.noticed.full_text().strip():
            self.refuse(KnownError("incidents.time"), self.noticed)
        else:
            store, now = session.store, session.clock()
            key = kind.key if kind is not None else ""
            plan = led_by(session.shelf.pack, key)

            def act() -> Reported:
                return report_fault(
                    store,
                    symptom=symptom,
                    category=key,
                    noticed_at=at,
                    now=now,
                    outage=kind is None or kind.outage,
                    plan=plan,
                )

            self.do(act)

    def _leave_for_card(self) -> None:
        self.reject()
        self.card_asked.emit()

    def _at(self) -> datetime | None:
        """Return when it was noticed: to the second where the time offered was left as it is."""
        return self.session.clock() if self.noticed.full_text() == self._since else self.noticed.moment()

    def _kind(self) -> IncidentType | None:
        """Return the type of what stands in the field: of the chip that wrote it, else of the same words."""
        text = self.symptom.full_text().strip()
        same = (one for one in (self._chosen, *self._all) if one is not None and one.text == text)
        found = next(same, None)
        return found.kind if found is not None else None

    def _offer(self) -> None:
        """Offer what holds the words typed, or begins their initials; what is usual where nothing does."""
        if not self._taking:
            typed = self.symptom.full_text().strip().casefold()
            found = [one for one in self._all if typed in one.text.casefold() or typed in initials(one.text)]
            offered = tuple(found[:_MOST_SYMPTOMS]) if typed and found else self._usual
            if offered != self._offered or not typed:
                self._offered = offered
                self.usual.fill([(one.code, one.text) for one in offered])
                self.usual.setVisible(bool(offered))
        self._tell_kind()

    def _take(self, code: str) -> None:
        self._chosen = next((one for one in self._offered if one.code == code), self._chosen)
        if code and self._chosen is not None:
            # The chips stay while one of them has the focus.
            self._taking = True
            self.symptom.setText(self._chosen.text)
            self._taking = False

    def _tell_kind(self) -> None:
        """Say as what it will be led: clocks begin with the report."""
        language, kind = self.session.words.language, self._kind()
        typed = bool(self.symptom.full_text().strip())
        taken_for = next((one for one in self.session.shelf.pack.incident_types if one.key == UNNAMED), None)
        shown = kind or (taken_for if typed else None)
        code = "kind" if kind is not None else "kind_open"
        title = shown.title.told(language) if shown is not None else ""
        self.kind.setText(
            self.session.words.say(f"window.incident.report.{code}", kind=title) if title else ""
        )


def usual_symptoms(pack: SitePack, language: str) -> tuple[Symptom, ...]:
    """Return what is offered at first: symptoms of outages, one of each type in turn."""
    outages = [one for one in pack.incident_types if one.outage and one.symptoms]
    found: dict[str, Symptom] = {}
    for place in range(_MOST_SYMPTOMS):
        for one in outages:
            if place < len(one.symptoms) and len(found) < _MOST_SYMPTOMS:
                text = one.symptoms[place].told(language)
                found.setdefault(text, Symptom(text, one))
    return tuple(found.values())


def every_symptom(pack: SitePack, language: str) -> Iterator[Symptom]:
    """Yield every symptom of every type, then their titles: of some the plans give no more (2§6)."""
    for one in pack.incident_types:
        for text in dict.fromkeys(symptom.told(language) for symptom in one.symptoms):
            yield Symptom(text, one)
    for one in pack.incident_types:
        title = one.title.told(language)
        if title not in {symptom.told(language) for symptom in one.symptoms}:
            yield Symptom(title, one)
