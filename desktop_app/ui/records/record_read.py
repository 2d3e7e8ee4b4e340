"""A record's fields as text: what is missing first, then its groups, then what was promised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.record_view import Promise, RecordDetails
from desktop_app.ui.records.record_words import groups, moment, said
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.labels import Heading, IconLabel, PlainLabel
from desktop_app.ui.widgets.pill import Pill, Tone
from desktop_app.words import Words

_ENDINGS: dict[str, tuple[Tone, str]] = {
    "open": ("warn", "clock"),
    "kept": ("ok", "check"),
    "withdrawn": ("quiet", "void"),
    "carried_over": ("info", "right"),
}


class RecordRead(QWidget):
    """Every filled field; ``fill`` is called with the field to complete."""

    def __init__(
        self,
        words: Words,
        details: RecordDetails,
        zone: tzinfo,
        fill: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._words = words
        self._zone = zone
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, scaled(6), 0)
        layout.setSpacing(scaled(8))
        if details.missing:
            layout.addWidget(self._missing(details, fill))
        for group in groups(words, details, details.texts):
            layout.addWidget(Heading(group.heading))
            layout.addLayout(self._fields(details, group.keys))
        if details.promises:
            layout.addWidget(Heading(words.say("window.records.group.promises")))
            for promise in details.promises:
                layout.addLayout(self._promise(promise))
        layout.addStretch(1)

    def _missing(self, details: RecordDetails, fill: Callable[[str], None]) -> QFrame:
        say = self._words.say
        frame = QFrame()
        frame.setProperty("role", "panel")
        names = say("window.records.list_comma").join(say(f"field.{key}") for key in details.missing)
        row = QHBoxLayout(frame)
        row.setContentsMargins(scaled(10), scaled(6), scaled(6), scaled(6))
        row.addWidget(IconLabel("edit", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(say("window.records.missing_names", names=names), tone="warn", wrap=True), 1)
        if details.changeable:
            complete = QuietButton(say("window.records.fill"))
            complete.clicked.connect(lambda: fill(details.missing[0]))
            row.addWidget(complete, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def _fields(self, details: RecordDetails, keys: tuple[str, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(12))
        grid.setVerticalSpacing(scaled(4))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, scaled(118))
        for place, key in enumerate(keys):
            label = PlainLabel(self._words.say(f"field.{key}"), role="field", wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            label.setMaximumWidth(scaled(150))
            grid.addWidget(label, place, 0)
            conflict = details.conflicts.get(key)
            if conflict is None:
                grid.addWidget(self._value(said(self._words, key, details.texts[key])), place, 1)
                continue
            both = QVBoxLayout()
            both.setSpacing(scaled(2))
            for one in conflict:
                who = self._words.say(
                    "window.records.candidate", name=one.name, time=moment(one.at, self._zone)
                )
                both.addWidget(self._value(said(self._words, key, one.text)))
                both.addWidget(PlainLabel(who, role="secondary", wrap=True))
            decide = PlainLabel(
                self._words.say("window.records.decide"), role="secondary", tone="warn", wrap=True
            )
            both.addWidget(decide)
            grid.addLayout(both, place, 1)
        return grid

    def _value(self, text: str) -> PlainLabel:
        value = PlainLabel(text, wrap=True, selectable=True)
        value.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        return value

    def _promise(self, promise: Promise) -> QHBoxLayout:
        say = self._words.say
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        tone, icon = _ENDINGS[promise.ending]
        due = moment(promise.due, self._zone) if promise.due else say("window.records.callback_unknown")
        row.addWidget(PlainLabel(due))
        row.addWidget(Pill(tone, icon, say(f"window.records.ending.{promise.ending}")))
        row.addWidget(PlainLabel(promise.reason, role="secondary", wrap=True), 1)
        return row
