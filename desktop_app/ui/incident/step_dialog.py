"""A step of an incident that is taken at a moment of its own: over to manual mode, back again, over (4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop_app.domain.clocks import Stage, standing
from desktop_app.domain.documents import led_by
from desktop_app.domain.entries import Value
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.incident_steps import OUTAGE, IncidentState
from desktop_app.domain.incident_types import IncidentType
from desktop_app.domain.outage_options import AffectedSystem, Scope
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.times import zone_of
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incident_facts import facts_of
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import HalfWidthEdit, LineEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.form_row import FormGrid, form_row
from desktop_app.ui.widgets.labels import PlainLabel

_WIDTH = 540
TOLD_FIRST = ("sysops", "supervisor")
"""Roles that are told before an incident is confirmed, where its clocks ask for them (4.5)."""
_NEEDS_REASON = ("guard.reason", "guard.acting_reason")


class StepDialog(DoingDialog):
    """Asks when it was, and what the step demands; where it needs a reason the field for it appears.

    ``code`` says which words: ``window.incident.step.<code>``. ``done_it`` carries what undo takes back.
    """

    def __init__(
        self, session: Session, view: IncidentView, target: IncidentState, code: str, parent: QWidget
    ) -> None:
        say = session.words.say
        section = f"window.incident.step.{code}"
        super().__init__(session, say(f"{section}.title"), say(f"{section}.do"), parent)
        self._view, self._target = view, target
        self.about = f"{view.head}/{target}"
        self.at = TimeEdit(zone_of(session.store.settings.zone), session.clock)
        self.at.setObjectName("step_at")
        self.at.stamp()
        self._now = self.at.full_text()
        self.reason = LineEdit(most=500)
        self.reason.setObjectName("step_reason")
        self._why = form_row(say("window.incident.reason.label"), self.reason)
        self._why.hide()
        self.form = FormGrid()
        self.body.addWidget(PlainLabel(say(f"{section}.means"), role="secondary", wrap=True))
        self.body.addWidget(self.notice)
        self.fill(self.form)
        self.form.row(say("window.incident.step.at"), self.at)
        self.body.addLayout(self.form)
        self.body.addWidget(self._why)
        self.setMinimumWidth(scaled(_WIDTH))

    def fill(self, form: FormGrid) -> None:
        """Add the fields that come before the time."""

    def values(self) -> dict[str, Value] | None:
        """Return the fields of the step; None where one is missing, which has been said then."""
        return {}

    def accept(self) -> None:
        """Take the step; what is missing or cannot be read is said."""
        session, told = self.session, self.values()
        if told is None:
            return
        at = session.clock() if self.at.full_text() == self._now else self.at.moment()
        if at is None:
            self.refuse(KnownError("incidents.time"), self.at)
            return
        store, view, target = session.store, self._view, self._target
        now, reason = session.clock(), self.reason.full_text().strip()
        self.do(lambda: take_step(store, view.head, target, now=now, at=at, values=told, reason=reason))

    def _failed(self, problem: Exception) -> None:
        super()._failed(problem)
        if isinstance(problem, GuardRefused) and problem.code in _NEEDS_REASON:
            self._why.show()
            self.reason.setFocus()


class RecoveredDialog(StepDialog):
    """It works again: who confirmed it, and since when (A§2.8, A§3.4)."""

    def fill(self, form: FormGrid) -> None:
        self.confirmed_by = LineEdit(most=60)
        self.confirmed_by.setObjectName("recovery_confirmed_by")
        form.row(self.session.words.say("window.incident.step.confirmed_by"), self.confirmed_by)

    def values(self) -> dict[str, Value] | None:
        name = self.confirmed_by.full_text().strip()
        if not name:
            self.refuse(KnownError("incidents.confirmed_by_needed"), self.confirmed_by)
            return None
        return {"recovery_confirmed_by": name}


class ConfirmDialog(StepDialog):
    """It is a fault: of which type, how many seats it hits; says who should know and is not told (4.5)."""

    def fill(self, form: FormGrid) -> None:
        say, language = self.session.words.say, self.session.words.language
        types = in_order(self.session.shelf.pack.incident_types, self._view)
        self._types = {one.key: one for one in types}
        self.kind = Combo([(one.key, one.title.told(language)) for one in types], optional=False)
        self.kind.setObjectName("incident_category")
        if self._view.category in self._types:
            self.kind.set_code(self._view.category)
        elif (likely := likely_kind(types, self._view)) is not None:
            self.kind.set_code(likely.key)
        else:
            self.kind.setCurrentIndex(-1)
        self.scope = ChipGroup(
            [(one.value, say(f"option.scope.{one.value}")) for one in Scope], optional=False
        )
        self.scope.setObjectName("scope")
        if self._view.text("scope"):
            self.scope.show_code(self._view.text("scope"))
        self.seats = HalfWidthEdit(most=5)
        self.seats.setObjectName("seats_hit")
        self.seats.setText(self._view.text("seats_hit"))
        self.untold = PlainLabel("", self, tone="warn", wrap=True)  # a label of nobody would be a window
        self.untold.setObjectName("untold")
        self.kind.code_changed.connect(lambda _code: self._tell_untold())
        self._tell_untold()
        form.row(say("window.incident.step.kind"), self.kind)
        form.row(say("window.incident.step.scope"), self.scope)
        form.row(say("window.incident.step.seats"), self.seats)
        form.under(self.untold)

    def _tell_untold(self) -> None:
        """Say who was to be told before: their clocks go on, and nothing waits for them."""
        session, pack = self.session, self.session.shelf.pack
        facts = replace(facts_of(self._view), type_key=self.kind.current_code())
        asked = [one for one in standing(pack.ladders, facts, session.clock()) if one.role in TOLD_FIRST]
        words = IncidentWords(session.words, zone_of(session.store.settings.zone))
        names = [words.role(pack, one.role) for one in asked if one.stage in (Stage.DUE, Stage.AHEAD)]
        who = session.words.say("window.records.list_comma").join(dict.fromkeys(names))
        self.untold.setText(session.words.say("window.incident.step.untold", who=who) if who else "")
        self.untold.setVisible(bool(who))

    def values(self) -> dict[str, Value] | None:
        kind, scope = self._types.get(self.kind.current_code()), self.scope.current_code()
        seats = self.seats.full_text().strip()
        if kind is None:
            self.refuse(KnownError("incidents.kind_needed"), self.kind)
        elif not scope:
            self.refuse(KnownError("incidents.scope_needed"), self.scope)
        elif seats and not seats.isdecimal():
            self.refuse(KnownError("incidents.count"), self.seats)
        else:
            told: dict[str, Value] = {
                "scope": scope,
                "incident_category": kind.key,
                **of_kind(self._view, kind, self.session.shelf.pack),
            }
            return told | ({"seats_hit": int(seats)} if seats else {})
        return None


def in_order(types: Sequence[IncidentType], view: IncidentView) -> list[IncidentType]:
    """Return the types in the order in which they are offered: first those that can be meant, outages where
    it is one.
    """
    outage = view.values.get(OUTAGE) is not False
    return sorted(types, key=lambda one: one.outage != outage)


def likely_kind(types: Sequence[IncidentType], view: IncidentView) -> IncidentType | None:
    """Return the type that a report named, or of which one tells a symptom; None where none does."""
    named = {one.category for one in view.reports}
    reported = [_plain(one.symptom) for one in view.reports]
    told = {
        one.key: [_plain(text) for symptom in one.symptoms for text in (symptom.zh, symptom.en) if text]
        for one in types
    }
    return next(
        (one for one in types if one.key in named),
        next(
            (one for one in types for text in told[one.key] if any(text in each for each in reported)), None
        ),
    )


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def of_kind(view: IncidentView, kind: IncidentType, pack: SitePack) -> dict[str, Value]:
    """Return what a type says of an incident: whether it stops the CRM, what it hits, what it is led by."""
    known = {one.value for one in AffectedSystem}
    plan = led_by(pack, kind.key)
    told: dict[str, Value] = {"plan_version": plan} if plan != view.text("plan_version") else {}
    if kind.outage is (view.values.get(OUTAGE) is False):
        told[OUTAGE] = kind.outage
    if not any(view.values.get(f"systems.{code}") for code in known):
        told |= {f"systems.{code}": True for code in kind.affected if code in known}
    return told
