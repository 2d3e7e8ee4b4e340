"""What is told outside: the notices of an incident, and the one wording for media (B§2.3, A§13.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.domain.announcement_steps import AnnouncementState
from desktop_app.domain.incident_steps import AFTER, ENDED
from desktop_app.domain.outage_options import AnnouncementType
from desktop_app.domain.roles import Role
from desktop_app.services.announcements import (
    Notice,
    announcements,
    approve,
    in_force,
    withdraw_announcement,
)
from desktop_app.services.decisions import Made
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.to_confirm import approved_for
from desktop_app.ui.conflicts.wording import whose_text
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.notice_dialog import NoticeDialog
from desktop_app.ui.incident.panel import Panel
from desktop_app.ui.incident.publish_dialog import PublishDialog
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.records.row_words import State
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.cards import card_layout, scrolled
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import ElidedLabel
from desktop_app.ui.widgets.pill import Pill, Tone, token_of

_A, _T = AnnouncementState, AnnouncementType
_LOOKS: dict[AnnouncementState, tuple[str, Tone]] = {
    _A.DRAFT: ("edit", "info"),
    _A.APPROVED: ("check", "info"),
    _A.PUBLISHED: ("check", "ok"),
    _A.WITHDRAWN: ("close", "quiet"),
}
_WIDTHS = (190, 90, 200, 200, 0)
_HIGHEST_TEXT = 340


class _Reading(QPlainTextEdit):
    """Asks for a few lines: it scrolls by itself, and takes all the room there is."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


class NoticesPanel(Panel):
    """A list of the notices, the newest first, with the one at hand in full and the step it waits for."""

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._view: IncidentView | None = None
        self._all: tuple[Notice, ...] = ()
        self._approved_for: Mapping[str, frozenset[Role]] = {}
        self._turn = 0
        self.state = Pill("quiet", "info", "")
        self.state.setObjectName("notices_state")
        self.write = PrimaryButton("", ROOM_KEYS["notice_write"], icon_name="add")
        self.write.setObjectName("notice_write")
        self.write.clicked.connect(lambda: self._write(self.proposed()))
        self.statement = self._button("statement", lambda: self._write(_T.STATEMENT))
        headers = [self._say(f"column.{name}") for name in ("number", "type", "state", "posted", "text")]
        self.model = RowsModel[Notice](headers, self._cells, self)
        self.table = Table(self.model, self._words.say("view.notices"), _WIDTHS, low=True)
        self.table.setObjectName("notices")
        self.table.activated.connect(self.go_on)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_one())
        self._none = EmptyState("media", self._say("none"))
        self.next = self._button("approve", self.go_on, ROOM_KEYS["notice_next"])
        self.change = self._button("change", self._change)
        self.withdraw = self._button("withdraw", self._withdraw)
        self.copies = {
            language: self._button(
                f"copy_{language}", partial(self.copy, language), ROOM_KEYS[f"notice_copy_{language}"]
            )
            for language in ("zh", "en")
        }
        self._facts = ElidedLabel(role="secondary")
        self._texts = {one: self._reading(one) for one in ("zh", "en")}
        self._lay_out()
        self._add_keys()
        self.begin_at(self.table)

    def show_incident(self, view: IncidentView) -> None:
        """Read the notices of an incident."""
        self._view = view
        self._turn += 1
        turn, store = self._turn, self._session.store

        def work() -> tuple[tuple[Notice, ...], Mapping[str, frozenset[Role]]]:
            found = announcements(store, view.head)
            return found, approved_for(store, (one.id for one in found if one.text("wording_approved_by")))

        def done(read: tuple[tuple[Notice, ...], Mapping[str, frozenset[Role]]]) -> None:
            if turn == self._turn:
                found, self._approved_for = read
                self._fill(found)

        self._session.background.query(work, done, self._session.messages.tell, owner=self)

    def proposed(self) -> AnnouncementType:
        """Return which notice comes next: first, update, or that all is well again."""
        out = in_force(self._all)
        if out is None:
            return _T.FIRST
        over = self._view is not None and self._view.state in (*AFTER, *ENDED)
        return _T.RESOLVED if over else _T.UPDATE

    def go_on(self) -> None:
        """Do what the notice at hand waits for: approve, publish; one that is out is copied."""
        one = self._at_hand()
        if one is None:
            return
        if one.state is _A.DRAFT:
            self._approve(one)
        elif one.state is _A.APPROVED:
            self._room.deeds.ask(
                PublishDialog(self._session, one, self.window()), self._say("done.published")
            )
        else:
            self.copy("zh")

    def copy(self, language: str) -> None:
        """Copy a text for whoever reads it into the IVR or puts it on the website."""
        one = self._at_hand()
        text = one.text(f"text_{language}") if one is not None else ""
        if text:
            QGuiApplication.clipboard().setText(text)
            self._session.messages.say(self._say("copied"))

    def _write(self, kind: AnnouncementType) -> None:
        if self._view is None:
            return
        of_kind = [one for one in self._all if (one.type == _T.STATEMENT) is (kind is _T.STATEMENT)]
        before = of_kind[-1] if of_kind else next(iter(reversed(self._all)), None)
        dialog = NoticeDialog(self._session, self._view, kind, before, self.window())
        self._room.deeds.ask(dialog, self._say("done.written"))

    def _change(self) -> None:
        one = self._at_hand()
        if one is None or self._view is None:
            return
        dialog = NoticeDialog(
            self._session, self._view, AnnouncementType(one.type), one, self.window(), changing=True
        )
        self._room.deeds.ask(dialog, self._say("done.changed"))

    def _approve(self, one: Notice) -> None:
        store, clock = self._session.store, self._session.clock
        self._room.act(
            lambda reason: approve(store, one.id, now=clock(), reason=reason), self._say("done.approved")
        )

    def _withdraw(self) -> None:
        one, store, clock = self._at_hand(), self._session.store, self._session.clock
        if one is None:
            return

        def work(reason: str) -> Made:
            return withdraw_announcement(store, one.id, reason=reason, now=clock())

        self._room.act_for_reason(
            work, self._say("done.withdrawn"), self._say("withdraw"), self._say("withdraw_means")
        )

    def _at_hand(self) -> Notice | None:
        row = self.table.current_row()
        return self.model.rows[row] if row >= 0 else None

    def _fill(self, found: Sequence[Notice]) -> None:
        before = self._at_hand()
        known = {one.id for one in self._all}
        self._all = tuple(found)
        rows = tuple(reversed(self._all))
        self.model.fill(rows)
        fresh = next((place for place, one in enumerate(rows) if known and one.id not in known), None)
        same = next((place for place, one in enumerate(rows) if before and one.id == before.id), 0)
        self.table.go_to(same if fresh is None else fresh)
        if not rows and self.table.hasFocus():
            # A list that goes away would give the focus to whatever comes next, outside the page.
            self.write.setFocus()
        self.setFocusProxy(self.table if rows else self.write)
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)
        kind = self.proposed()
        self.write.set_words(self._say(f"write.{kind}"))
        self._show_state()
        self._show_one()

    def _show_state(self) -> None:
        out, now = in_force(self._all), self._session.clock()
        due = out.moment("next_update_at") if out is not None else None
        if out is None:
            told = any(one.resolved for one in self._all)
            self.state.show_state("quiet", "info", self._say("state.over" if told else "state.nothing"))
        elif self.proposed() is _T.RESOLVED:
            self.state.show_state("warn", "warning", self._say("state.resolve"))
        elif due is None:
            self.state.show_state("info", "info", self._say("state.in_force", number=out.number))
        elif due <= now:
            self.state.show_state(
                "urgent", "warning", self._say("state.late", time=self._words.time(due, now))
            )
        else:
            self.state.show_state("info", "clock", self._say("state.next", time=self._words.time(due, now)))

    def _show_one(self) -> None:
        one = self._at_hand()
        state = one.state if one is not None else _A.NONE
        self._one.setVisible(one is not None)
        self.next.setVisible(state in (_A.DRAFT, _A.APPROVED))
        self.next.set_words(self._say("publish" if state is _A.APPROVED else "approve"))
        self.change.setVisible(state in (_A.DRAFT, _A.APPROVED))
        self.withdraw.setVisible(state in (_A.DRAFT, _A.APPROVED, _A.PUBLISHED))
        for language, field in self._texts.items():
            text = one.text(f"text_{language}") if one is not None else ""
            if field.toPlainText() != text:
                field.setPlainText(text)
            field.setVisible(bool(text))
            self.copies[language].setVisible(bool(text))
        self._facts.setText(self._told(one) if one is not None else "")

    def _told(self, one: Notice) -> str:
        whose = whose_text(self._session.words, self._approved_for.get(one.id, ()))
        approved = self._say("approved_for", name=one.approved_by, role=whose) if whose else one.approved_by
        people = {
            "by": one.written_by,
            "approved_by": approved,
            "posted_by": one.posted_by,
            "via": one.posted_via,
            "spokesperson": one.text("spokesperson"),
            "wording": one.text("wording_version"),
        }
        return self._say("between").join(self._say(code, name=name) for code, name in people.items() if name)

    def _cells(self, one: Notice) -> Sequence[Cell]:
        look = self._look(one)
        quiet = "" if one.in_force or one.state in (_A.DRAFT, _A.APPROVED) else "muted"
        channels = self._say("comma").join(
            self._words.option("publish_channel", code) for code in one.channels
        )
        now = self._session.clock()
        posted = " ".join(part for part in (self._words.time(one.posted_at, now), channels) if part)
        number = self._say("numbered", number=one.number, version=one.version)
        return (
            Cell(number, tone=quiet),
            Cell(self._words.option("announcement_type", one.type), tone=quiet),
            Cell(look.text, look.icon, token_of(look.tone)),
            Cell(posted, tone=quiet),
            Cell(one.text("affected") or one.text("text_zh").replace("\n", " "), tone=quiet),
        )

    def _look(self, one: Notice) -> State:
        if one.state is _A.PUBLISHED and not one.in_force:
            return State(
                "check", self._say("state_of.resolved" if one.resolved else "state_of.replaced"), "quiet"
            )
        icon, tone = _LOOKS[one.state]
        return State(icon, self._say(f"state_of.{one.state}"), tone)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(scaled(8))
        for part in (self.write, self.statement):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(self.state)
        acts = QHBoxLayout()
        acts.setSpacing(scaled(8))
        for button in (self.next, self.change, self.withdraw, *self.copies.values()):
            acts.addWidget(button)
        acts.addWidget(self._facts, 1)
        texts = QHBoxLayout()
        texts.setSpacing(scaled(12))
        for field in self._texts.values():
            texts.addWidget(field, 1)
        self._one = QWidget()
        inside = QVBoxLayout(self._one)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(scaled(8))
        inside.addLayout(acts)
        inside.addLayout(texts, 1)
        layout = card_layout(self)
        layout.addLayout(top)
        area, down = scrolled()
        for shown in (self.table, self._none, self._one):
            down.addWidget(shown, 1)
        layout.addWidget(area, 1)

    def _add_keys(self) -> None:
        add = partial(self._session.shortcuts.add, owner=self)
        seen = self.isVisible
        add("incident_notice_write", ROOM_KEYS["notice_write"], self.write.click, when=seen)
        add("incident_notice_next", ROOM_KEYS["notice_next"], self.next.click, when=self.next.isVisible)
        for language in ("zh", "en"):
            key = f"notice_copy_{language}"
            add(f"incident_{key}", ROOM_KEYS[key], partial(self.copy, language), when=self._may_copy)

    def _may_copy(self) -> bool:
        """Whether the key means the whole text: what somebody marked in it is copied by itself."""
        return self.isVisible() and not any(one.textCursor().hasSelection() for one in self._texts.values())

    def _reading(self, language: str) -> QPlainTextEdit:
        field = _Reading()
        field.setObjectName(f"notice_text_{language}")
        field.setAccessibleName(self._session.words.say(f"field.text_{language}"))
        field.setReadOnly(True)
        field.setTabChangesFocus(True)
        field.setMinimumHeight(scaled(56))
        field.setMaximumHeight(scaled(_HIGHEST_TEXT))
        return field

    def _button(self, code: str, act: object, keys: str = "") -> SecondaryButton:
        button = SecondaryButton(self._say(code), keys)
        button.setObjectName(f"notice_{code}")
        button.clicked.connect(act)
        return button

    def _say(self, code: str, **details: object) -> str:
        return self._session.words.say(f"window.notices.{code}", **details)
