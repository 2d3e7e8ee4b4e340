"""What is known of an incident: level, scope, systems, the fields of its type; and who reported it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.entries import Value
from desktop_app.domain.incident_steps import ENDED
from desktop_app.domain.outage_options import IncidentLevel, SurgeLevel
from desktop_app.services.incident_values import set_level, set_surge_level, set_values
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.check_panel import CheckPanel
from desktop_app.ui.incident.form_fields import handling_fields
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.own_field_grid import LABEL
from desktop_app.ui.incident.own_fields import OwnFields
from desktop_app.ui.incident.panel import Panel
from desktop_app.ui.incident.reports_card import ReportsCard
from desktop_app.ui.incident.step_dialog import of_kind
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.cards import scrolled, scrolled_card
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import Heading, PlainLabel


class FactsPanel(Panel):
    """Fields keep themselves once they are left; a level asks for its reason first."""

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        session = self._session
        words = session.words
        self.kind = Combo(name=words.say("field.incident_category"), optional=False)
        self.kind.setObjectName("kind_of_incident")
        self.kind.code_changed.connect(self._set_kind)
        self.level = ChipGroup(
            [(one.value, self._words.option("incident_level", one.value)) for one in IncidentLevel],
            optional=False,
        )
        self.level.setObjectName("incident_level")
        self.level.changed.connect(self._set_level)
        self.surge = ChipGroup(
            [(one.value, self._words.option("surge_level", one.value)) for one in SurgeLevel]
        )
        self.surge.setObjectName("surge_level")
        self.surge.changed.connect(self._set_surge)
        self.form = OwnFields(session, room.deeds, "handling")
        self.own = OwnFields(session, room.deeds, "own")
        for fields in (self.form, self.own):
            fields.refused.connect(session.messages.tell)
        self._own_heading = Heading()
        self._conflicts = PlainLabel(tone="warn", wrap=True)
        self.check = CheckPanel(room)
        self.reports = ReportsCard(room, self._words)
        self.begin_at(self.check.table)
        self._asked = handling_fields(words)
        self._lay_out()

    def show_incident(self, view: IncidentView) -> None:
        """Show what is known; what is being typed stays."""
        language = self._words.language
        types = self._session.shelf.pack.incident_types
        if not self.kind.view().isVisible():
            self.kind.fill([(one.key, one.title.told(language)) for one in types])
            self.kind.set_code(view.category if self._room.kind(view.category) is not None else "")
        self.level.show_code(view.text("incident_level"))
        self.surge.show_code(view.text("surge_level"))
        kind = self._room.kind(view.category)
        self._own_heading.setText(kind.title.told(language) if kind is not None else "")
        self._own_heading.setVisible(kind is not None and bool(kind.fields))
        self.form.show_incident(view, self._asked)
        self.own.show_incident(view, kind.fields if kind is not None else (), kind)
        self._tell_conflicts(view)
        self.check.show_incident(view)
        self.reports.show_incident(view)
        for part in (self.kind, self.level, self.surge, self.form, self.own):
            part.setEnabled(view.state not in ENDED)

    def flush(self, done: Callable[[bool], None]) -> None:
        """Keep everything typed; ``done`` hears whether the store has all of it."""
        self.check.add.add()
        self.form.flush(lambda kept: self.own.flush(lambda also: done(kept and also)))

    def _lay_out(self) -> None:
        words = self._session.words
        frame, column = scrolled_card()
        levels = FormGrid()
        levels.setColumnMinimumWidth(0, scaled(LABEL))
        for name, field in (
            ("incident_category", self.kind),
            ("incident_level", self.level),
            ("surge_level", self.surge),
        ):
            levels.row(words.say(f"field.{name}"), field)
        column.addWidget(Heading(self._words.say("facts.heading")))
        column.addWidget(self._conflicts)
        column.addLayout(levels)
        column.addWidget(self.form)
        column.addWidget(self._own_heading)
        column.addWidget(self.own)
        column.addStretch(1)
        area, side = scrolled()
        side.addWidget(self.check, 3)
        side.addWidget(self.reports, 2)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(scaled(8))
        across.addWidget(area, 5)
        across.addWidget(frame, 6)  # the names of fields take their share

    def _set_kind(self, code: str) -> None:
        view, kind = self._room.shown, self._room.kind(code)
        if view is None or kind is None:
            return
        store, clock = self._session.store, self._session.clock
        told: dict[str, Value] = {"incident_category": code, **of_kind(view, kind, self._session.shelf.pack)}
        seen = {name: view.seen(name) for name in told}
        self._room.act(
            lambda _reason: set_values(store, view.head, told, now=clock(), seen=seen),
            self._words.say("facts.kind_set", kind=kind.title.told(self._words.language)),
        )

    def _set_level(self, code: str) -> None:
        view = self._room.shown
        if view is None or not code:
            return
        store, clock = self._session.store, self._session.clock
        level = self._words.say("suggest.level", level=self._words.option("incident_level", code))
        self.level.show_code(view.text("incident_level"))  # until there is a reason
        self._room.act_for_reason(
            lambda reason: set_level(store, view.head, IncidentLevel(code), reason=reason, now=clock()),
            self._words.say("level.done", level=level),
            self._words.say("suggest.take", level=level),
            self._words.say("level.means"),
        )

    def _set_surge(self, code: str) -> None:
        view = self._room.shown
        if view is None:
            return
        store, clock = self._session.store, self._session.clock
        wanted = SurgeLevel(code) if code else None
        word = self._words.option("surge_level", code) if code else self._words.say("facts.no_surge")
        self._room.act(
            lambda reason: set_surge_level(store, view.head, wanted, now=clock(), reason=reason),
            self._words.say("level.done", level=self._words.say("suggest.surge", level=word)),
        )

    def _tell_conflicts(self, view: IncidentView) -> None:
        """Say where stations say different things, unless a field here says so itself."""
        kind = self._room.kind(view.category)
        asked = (*self._asked, *(kind.fields if kind is not None else ()))
        beside = {field.key for field in asked}
        told = [
            self._words.say(
                "facts.conflict",
                field=self._words.field(name, kind),
                values=" / ".join(str(one) for one in values),
            )
            for name, values in view.conflicts.items()
            if name not in beside
        ]
        self._conflicts.setText("\n".join(told[:3]))
        self._conflicts.setVisible(bool(told))
