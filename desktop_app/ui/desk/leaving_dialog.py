"""Why the program is closed while an incident is open: a usual reason by one key, or a person's own words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.services.decisions import Made
from desktop_app.services.leaving import OpenIncident, note_leaving
from desktop_app.ui.act_dialog import ActDialog
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.chips import ChipGroup

_USUAL = ("shift_over", "other_seat", "restart")


class LeavingDialog(ActDialog):
    """``done_it`` says that the reason is in the log of the incident."""

    def __init__(self, session: Session, incident: OpenIncident, parent: QWidget) -> None:
        say = session.words.say
        store, clock = session.store, session.clock

        def act(reason: str) -> Made:
            return note_leaving(store, incident.id, reason, now=clock())

        super().__init__(
            session,
            say("window.leaving.title"),
            say("window.leaving.do"),
            say("window.leaving.means", number=incident.number, symptom=incident.symptom),
            act,
            label=say("window.leaving.reason"),
            needed="leaving.reason_needed",
            parent=parent,
        )
        self.setObjectName("leaving")
        self.reason.setObjectName("leaving_reason")
        self.usual = ChipGroup(
            [(one, say(f"window.leaving.usual.{one}")) for one in _USUAL],
            name=say("window.leaving.usual.name"),
        )
        self.usual.setObjectName("usual_reasons")
        self.usual.changed.connect(self._take)
        self.body.addWidget(self.usual)

    def _take(self, code: str) -> None:
        if code:
            self.reason.setText(self.session.words.say(f"window.leaving.usual.{code}"))
