"""A fault is reported from anywhere with two fields: what happens, and since when (A§2.1)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.times import zone_of
from desktop_app.services.incidents import Reported, report_fault
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel

_MOST_SYMPTOMS = 12
_WIDTH = 560


class ReportDialog(DoingDialog):
    """``done_it`` carries what was ``Reported``; one of the usual symptoms names its type too."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        say = session.words.say
        super().__init__(
            session, say("window.incident.report.title"), say("window.incident.report.do"), parent
        )
        self._symptoms = usual_symptoms(session.shelf.pack, session.words.language)
        self.symptom = LineEdit(most=200)
        self.symptom.setObjectName("symptom")
        self.symptom.setPlaceholderText(say("window.incident.report.placeholder"))
        self.noticed = TimeEdit(zone_of(session.store.settings.zone), session.clock)
        self.noticed.setObjectName("first_noticed_at")
        self.noticed.stamp()
        self._since = self.noticed.full_text()
        self.usual = ChipGroup(
            [(text, text) for text in self._symptoms], name=say("window.incident.report.usual")
        )
        self.usual.setObjectName("usual_symptoms")
        self.usual.changed.connect(self._take)
        self.usual.setVisible(bool(self._symptoms))
        form = FormGrid()
        form.row(say("window.incident.report.symptom"), self.symptom)
        form.row(say("window.incident.report.since"), self.noticed)
        self.body.addWidget(PlainLabel(say("window.incident.report.means"), role="secondary", wrap=True))
        self.body.addWidget(self.notice)
        self.body.addLayout(form)
        self.body.addWidget(self.usual)
        self.setMinimumWidth(scaled(_WIDTH))
        self.symptom.setFocus()

    def accept(self) -> None:
        """Report it; what is missing or cannot be read is said."""
        session, symptom = self.session, self.symptom.full_text().strip()
        at = self._at()
        if not symptom:
            self.refuse(KnownError("incidents.symptom_needed"), self.symptom)
        elif at is None and self.noticed.full_text().strip():
            self.refuse(KnownError("incidents.time"), self.noticed)
        else:
            store, now = session.store, session.clock()
            key = self._symptoms.get(symptom, "")
            kind = next((one for one in session.shelf.pack.incident_types if one.key == key), None)

            def act() -> Reported:
                return report_fault(
                    store,
                    symptom=symptom,
                    category=key,
                    noticed_at=at,
                    now=now,
                    outage=kind is None or kind.outage,
                )

            self.do(act)

    def _at(self) -> datetime | None:
        """Return when it was noticed: to the second where the time offered was left as it is."""
        return self.session.clock() if self.noticed.full_text() == self._since else self.noticed.moment()

    def _take(self, text: str) -> None:
        if text:
            self.symptom.setText(text)


def usual_symptoms(pack: SitePack, language: str) -> dict[str, str]:
    """Return the symptoms offered and the type of each: those of outages, one of each type in turn."""
    outages = [one for one in pack.incident_types if one.outage and one.symptoms]
    found: dict[str, str] = {}
    for place in range(_MOST_SYMPTOMS):
        for one in outages:
            if place < len(one.symptoms) and len(found) < _MOST_SYMPTOMS:
                found.setdefault(one.symptoms[place].told(language), one.key)
    return found
