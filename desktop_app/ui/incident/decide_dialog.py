"""What a clock asks: one choice, what it needs, and why, never blank (A§2.4); or what a check found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.ladders import Ladder, Rung, RungKind
from desktop_app.domain.times import zone_of
from desktop_app.services.decisions import Made
from desktop_app.services.incident_acts import decide, note_rung
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.form_row import FormGrid, form_row
from desktop_app.ui.widgets.labels import PlainLabel

_WIDTH = 560


class DecideDialog(DoingDialog):
    """For a rung that asks for a decision, or for what was found, which may be nothing."""

    def __init__(
        self, session: Session, incident: str, ladder: Ladder, rung: Rung, parent: QWidget | None = None
    ) -> None:
        say, language = session.words.say, session.words.language
        super().__init__(session, rung.title.told(language), say("window.incident.decide.do"), parent)
        self._incident, self._ladder, self._rung = incident, ladder, rung
        self.about = f"{incident}/{ladder.key}/{rung.key}"
        self._asks = {one.code: one.asks for one in rung.choices}
        self.choice = ChipGroup(
            [(one.code, one.title.told(language)) for one in rung.choices],
            name=say("window.incident.decide.choice"),
            optional=False,
        )
        self.choice.setObjectName("decision")
        self.choice.changed.connect(lambda _code: self._show_asked())
        self.reason = LineEdit(most=500)
        self.reason.setObjectName("decision_reason")
        self.at = TimeEdit(zone_of(session.store.settings.zone), session.clock)
        self.at.setObjectName("decided_at")
        self.at.stamp()
        self._now = self.at.full_text()
        self.body.addWidget(
            PlainLabel(say(f"window.incident.decide.means.{rung.does.value}"), role="secondary", wrap=True)
        )
        self.body.addWidget(self.notice)
        if rung.choices:
            self.body.addWidget(self.choice)
        self._details: dict[str, LineEdit] = {}
        self._rows: dict[str, QWidget] = {}
        for key in dict.fromkeys(key for asks in self._asks.values() for key in asks):
            self._details[key] = field = LineEdit(most=200)
            field.setObjectName(f"decision_{key}")
            self._rows[key] = form_row(say(f"asks.{key}"), field)
            self.body.addWidget(self._rows[key])
        form = FormGrid()
        form.row(say(f"window.incident.decide.reason.{rung.does.value}"), self.reason)
        form.row(say("window.incident.decide.at"), self.at)
        self.body.addLayout(form)
        self.setMinimumWidth(scaled(_WIDTH))
        self._show_asked()
        if not rung.choices:
            self.reason.setFocus()

    def accept(self) -> None:
        """Write it down; a decision needs its choice and a reason."""
        session, code = self.session, self.choice.current_code()
        reason, text = self.reason.full_text().strip(), self.at.full_text()
        at = session.clock() if text == self._now else self.at.moment()
        missing = [key for key in self._asks.get(code, ()) if not self._details[key].full_text().strip()]
        if self._rung.choices and not code:
            self.refuse(KnownError("incidents.choice_needed"), self.choice)
        elif missing:
            self.refuse(KnownError("incidents.detail_needed"), self._details[missing[0]])
        elif not reason and self._rung.does is RungKind.DECIDE:
            self.refuse(KnownError("incidents.reason_needed"), self.reason)
        elif at is None:
            self.refuse(KnownError("incidents.time"), self.at)
        else:
            details = {str(key): self._details[key].full_text().strip() for key in self._asks.get(code, ())}
            self.do(partial(self._write, code, reason, at, details))

    def _write(self, code: str, reason: str, at: datetime, details: Mapping[str, str]) -> Made:
        store, incident, now = self.session.store, self._incident, self.session.clock()
        ladder, rung = self._ladder.key, self._rung.key
        if self._rung.does is not RungKind.DECIDE:
            return note_rung(store, incident, ladder=ladder, rung=rung, now=now, at=at, found=reason)
        return decide(
            store,
            incident,
            ladder=ladder,
            rung=rung,
            code=code,
            reason=reason,
            now=now,
            at=at,
            details=details,
        )

    def _show_asked(self) -> None:
        asked = self._asks.get(self.choice.current_code(), ())
        for key, row in self._rows.items():
            row.setVisible(key in asked)
