"""Something that happened beside the steps: lines full, a surge, and the end of either (A§8, B§4)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.incident_events import FactEvent
from desktop_app.domain.times import zone_of
from desktop_app.services.incident_acts import note_event
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel

NOTED = (FactEvent.LINES_FULL, FactEvent.LINES_FREE, FactEvent.SURGE, FactEvent.SURGE_OVER)
_AFTER = {
    FactEvent.LINES_FULL: FactEvent.LINES_FREE,
    FactEvent.LINES_FREE: FactEvent.LINES_FULL,
    FactEvent.SURGE: FactEvent.SURGE_OVER,
    FactEvent.SURGE_OVER: FactEvent.SURGE,
}
"""What is likeliest said next of each."""
_WIDTH = 540


class HappenedDialog(DoingDialog):
    """``done_it`` carries what undo takes back."""

    def __init__(self, session: Session, view: IncidentView, parent: QWidget | None = None) -> None:
        say = session.words.say
        super().__init__(
            session, say("window.incident.happened.title"), say("window.incident.happened.do"), parent
        )
        self._incident = self.about = view.head
        self.what = ChipGroup(
            [(one.value, say(f"window.incident.event.{one.value}")) for one in NOTED],
            name=say("window.incident.happened.what"),
            optional=False,
        )
        self.what.setObjectName("happened")
        last = next((one.code for one in reversed(view.events) if one.code in NOTED), "")
        self.what.set_code(_AFTER[FactEvent(last)] if last else NOTED[0].value)
        self.at = TimeEdit(zone_of(session.store.settings.zone), session.clock)
        self.at.setObjectName("happened_at")
        self.at.stamp()
        self._now = self.at.full_text()
        self.text = LineEdit(most=300)
        self.text.setObjectName("happened_text")
        form = FormGrid()
        form.row(say("window.incident.happened.what"), self.what)
        form.row(say("window.incident.step.at"), self.at)
        form.row(say("window.incident.happened.text"), self.text)
        self.body.addWidget(PlainLabel(say("window.incident.happened.means"), role="secondary", wrap=True))
        self.body.addWidget(self.notice)
        self.body.addLayout(form)
        self.setMinimumWidth(scaled(_WIDTH))

    def accept(self) -> None:
        """Note it; a time that cannot be read is said."""
        session = self.session
        at = session.clock() if self.at.full_text() == self._now else self.at.moment()
        if at is None:
            self.refuse(KnownError("incidents.time"), self.at)
            return
        store, incident, code = session.store, self._incident, self.what.current_code()
        now, text = session.clock(), self.text.full_text().strip()
        self.do(lambda: note_event(store, incident, code, now=now, at=at, text=text))
