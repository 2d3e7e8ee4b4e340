"""Everything known of the chosen station, and what to do about what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.identities import Identity
from desktop_app.domain.ranges import count
from desktop_app.services.station_rows import Board, StationRow, Trouble
from desktop_app.ui.records.row_words import State
from desktop_app.ui.session import Session
from desktop_app.ui.stations.code_panel import CodePanel
from desktop_app.ui.stations.findings import Anew, Facts, Finding
from desktop_app.ui.stations.station_words import StationWords
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.buttons import HintedButton, SecondaryButton
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.labels import Heading, PlainLabel


class StationDetail(Anew):
    """One station; shows nothing anew while nothing about it has changed.

    ``asked`` carries the code of a button: waive, export_key, become_lead, accept, forget.
    """

    asked = Signal(str)

    def __init__(self, session: Session, told: StationWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._told = session, told
        self._shown: tuple[object, ...] = ()

    def show_row(self, row: StationRow, board: Board, *, busy: bool) -> None:
        """Show a station of a board; nothing can be changed while work is under way."""
        may_decide, own = board.may_decide and not busy, board.own if row.own else None
        shown = (row, may_decide, own, board.first_day)
        if shown == self._shown:
            return
        self._shown = shown
        was = self.focusWidget()
        name = was.objectName() if was is not None and was.hasFocus() else ""
        with self.anew() as column:
            for part in self._parts(row, may_decide, board.first_day if row.own else ""):
                column.addWidget(part)
            if own is not None:
                self._fill_own(column, own)
            column.addStretch(1)
        self.focus_named(name)

    def _parts(self, row: StationRow, may_decide: bool, first_day: str) -> Iterator[QWidget]:
        told = self._told
        yield Heading(told.say("who_heading", station=row.station, name=told.person(row)))
        facts = Facts()
        for code, text in self._facts(row):
            facts.add(told.say(f"fact.{code}"), text)
        yield facts
        if row.forgotten:
            yield from self._forgotten(row)
        for trouble in row.troubles():
            buttons = [self._button("waive", may_decide)] if trouble is Trouble.MISSING else []
            advice = told.say(f"advice.{trouble.value}", station=row.station, **self._details(row, trouble))
            if trouble is Trouble.MISSING and not may_decide:
                advice += told.say("leads_only")
            yield Finding(State(told.icon(trouble), told.trouble(row, trouble), "warn"), advice, *buttons)
        if first_day:
            state = State("info", told.say("first_day.title"), "info")
            yield Finding(state, told.say(f"first_day.{first_day}", settings=first_key("settings")))
        elif not (row.troubles() or row.forgotten):
            yield Finding(told.state(row), told.say("advice.whole" if row.counted else "advice.not_counted"))
        if row.accepted and not row.own:
            place = QWidget()
            FlowLayout(place).addWidget(self._button("forget", may_decide))
            yield place
            if not may_decide:
                yield PlainLabel(told.say("forget_leads_only"), role="secondary", wrap=True)

    def _forgotten(self, row: StationRow) -> Iterator[QWidget]:
        """Say why it is no longer trusted, with what brings it back."""
        told = self._told
        since = (
            told.moment(row.since, self._session.clock()) if row.since is not None else told.say("unknown")
        )
        state = State("shield", told.say("forgotten"), "warn")
        yield Finding(state, told.say("advice.forgotten", since=since, reason=row.reason))
        if row.identity is not None:
            panel = CodePanel(told.say("compare"))
            panel.show_code(row.identity.code)
            yield panel
        buttons = QWidget()
        FlowLayout(buttons).addWidget(self._button("accept", True))
        yield buttons

    def _fill_own(self, column: QVBoxLayout, own: Identity) -> None:
        told = self._told
        panel = CodePanel(told.say("own_code"))
        panel.show_code(own.code)
        column.addWidget(panel)
        column.addWidget(PlainLabel(told.say("own_hint"), role="secondary", wrap=True))
        buttons = QWidget()
        row = FlowLayout(buttons)
        row.addWidget(self._button("export_key", True))
        row.addWidget(self._button("become_lead", own.leads or told.leads(self._session.person.role)))
        column.addWidget(buttons)
        if not own.leads:
            column.addWidget(PlainLabel(told.say("become_lead_who"), role="secondary", wrap=True))

    def _facts(self, row: StationRow) -> Iterator[tuple[str, str]]:
        told, now = self._told, self._session.clock()
        yield "role", told.role(row.role) or told.say("unknown")
        if not row.own:
            heard = told.say("not_yet")
            if row.heard_at is not None:
                by = told.say(f"by.{row.heard_by}")
                heard = told.say("heard_at", time=told.moment(row.heard_at, now), by=by)
            yield "heard", heard
        given = told.say("given", number=row.number(row.highest)) if row.highest else told.say("none_given")
        yield "numbers", told.say("numbers", given=given, records=row.records, voids=row.voids)
        if row.drafts:
            yield "drafts", told.numbers(row, [(one, one) for one in row.drafts])
        if row.waived:
            yield "waived", told.numbers(row, row.waived)
        yield "entries", told.say("entries", count=sum(count(life.held) for life in row.lives))
        if len(row.lives) > 1:
            yield "lives", told.say("lives", count=len(row.lives))
        if not row.own:
            yield "clock", told.clock(row)
        if row.vouched_by:
            code = "vouched" if row.accepted else "not_compared"
            yield "vouched", told.say(code, lead=told.voucher(row))

    def _details(self, row: StationRow, trouble: Trouble) -> dict[str, object]:
        told = self._told
        if trouble is Trouble.MISSING:
            return {"numbers": told.numbers(row, row.missing)}
        if trouble is Trouble.ABSENT:
            return {"entries": told.absent(row)}
        if trouble is Trouble.CLASH:
            overlaps = [one.overlap for one in row.clash if one.overlap is not None]
            overlap = told.say("overlap", numbers=told.numbers(row, overlaps)) if overlaps else ""
            return {"name": told.person(row), "other": row.clash[0].name, "overlap": overlap}
        if trouble is Trouble.REFUSED:
            return {"reason": told.refusal(row.refused[0].reason)}
        return {}

    def _button(self, code: str, may: bool) -> HintedButton:
        button = SecondaryButton(self._told.say(f"button.{code}"), self._told.keys(code))
        button.setObjectName(code)
        button.setEnabled(may)
        button.clicked.connect(lambda: self.asked.emit(code))
        return button
