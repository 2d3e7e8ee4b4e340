"""What happened to a record, newest first: who, when, what was said before and after, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.times import zone_of
from desktop_app.services.record_history import FieldChange, HistoryEntry
from desktop_app.ui.records.record_words import moment, said
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.pill import Pill, Tone

_WHAT: dict[str, tuple[Tone, str]] = {
    "saved": ("ok", "save"),
    "corrected": ("info", "edit"),
    "voided": ("warn", "void"),
    "added": ("info", "add"),
    "struck": ("warn", "remove"),
    "undone": ("quiet", "undo"),
    "redone": ("quiet", "undo"),
    "purged": ("quiet", "remove"),
    "promised": ("info", "phone"),
    "promise_changed": ("info", "phone"),
    "promise_withdrawn": ("warn", "phone"),
}


class HistoryDialog(Dialog):
    """Every entry as a card; nothing here can be changed."""

    def __init__(
        self,
        session: Session,
        number: str,
        entries: Sequence[HistoryEntry],
        parent: QWidget | None = None,
    ) -> None:
        say = session.words.say
        super().__init__(session.words, say("window.records.history_title", number=number), parent=parent)
        self.lock_by(session.shortcuts)
        self._session = session
        self._zone = zone_of(session.store.settings.zone)
        page = QWidget()
        page.setProperty("role", "page")
        cards = QVBoxLayout(page)
        cards.setContentsMargins(*map(scaled, (4, 4, 8, 4)))
        cards.setSpacing(scaled(7))
        for entry in entries:
            cards.addWidget(self._card(entry))
        cards.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(say("window.records.history_title", number=number))
        scroll.setWidget(page)
        self.body.addWidget(scroll, 1)
        self.resize(scaled(640), scaled(480))

    def _card(self, entry: HistoryEntry) -> QFrame:
        say = self._session.words.say
        card = QFrame()
        card.setProperty("role", "panel")
        tone, icon = _WHAT[entry.what]
        head = QHBoxLayout()
        head.setSpacing(scaled(8))
        head.addWidget(Pill(tone, icon, say(f"window.records.what.{entry.what}")))
        head.addWidget(PlainLabel(entry.name or say("window.records.unknown_person"), role="strong"))
        head.addWidget(PlainLabel(say(f"role.{entry.role.value}"), role="secondary"))
        head.addStretch(1)
        head.addWidget(PlainLabel(moment(entry.at, self._zone), role="secondary"))
        layout = QVBoxLayout(card)
        layout.setContentsMargins(scaled(10), scaled(7), scaled(10), scaled(7))
        layout.setSpacing(scaled(4))
        layout.addLayout(head)
        if entry.undone_by:
            told = say("window.records.undone_by", name=entry.undone_by)
            layout.addWidget(PlainLabel(told, role="secondary", tone="warn", wrap=True))
        if entry.reason:
            layout.addWidget(PlainLabel(say("window.records.because", reason=entry.reason), wrap=True))
        if entry.withheld:
            layout.addWidget(PlainLabel(say("window.records.withheld"), role="secondary", wrap=True))
        if entry.changes:
            layout.addLayout(self._changes(entry))
        return card

    def _changes(self, entry: HistoryEntry) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(10))
        grid.setVerticalSpacing(scaled(2))
        grid.setColumnStretch(1, 1)
        for place, change in enumerate(entry.changes):
            label = PlainLabel(self._name(change.key), role="field")
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, place, 0)
            grid.addWidget(PlainLabel(self._told(change, entry.what), wrap=True, selectable=True), place, 1)
        return grid

    def _name(self, key: str) -> str:
        words = self._session.words
        own = f"window.records.promise.{key}"
        return words.say(own if words.has(own) else f"field.{key}")

    def _told(self, change: FieldChange, what: str) -> str:
        words = self._session.words
        before, after = said(words, change.key, change.before), said(words, change.key, change.after)
        if not before and what in ("saved", "added", "promised"):
            return after
        nothing = words.say("window.records.nothing")
        return f"{before or nothing} → {after or nothing}"
