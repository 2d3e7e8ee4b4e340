"""What came after a purge, a step to confirm, a choice that was made: told in lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop_app.services.conflicts import Chosen
from desktop_app.services.late_payloads import SetAside
from desktop_app.services.to_confirm import ToConfirm
from desktop_app.ui.conflicts.wording import field_text, step_text, value_text, whose_text
from desktop_app.ui.records.record_words import moment
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.cards import scrolled
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words

Line = tuple[str, str]


class LinesView(QWidget):
    """A sentence on what happened, then a panel for each entry."""

    def __init__(self, words: Words, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._zone = words, zone
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._area: QWidget | None = None

    def show_item(self, what: SetAside | ToConfirm | Chosen) -> None:
        """Show what came late, a step to be confirmed or a choice."""
        if isinstance(what, SetAside):
            self.show_late(what)
        elif isinstance(what, ToConfirm):
            self.show_step(what)
        else:
            self.show_chosen(what)

    def show_late(self, one: SetAside) -> None:
        """Show a purge and what came after it."""
        told = self._words.say(
            "window.conflicts.purged_by", name=self._person(one.name), time=moment(one.at, self._zone)
        )
        panels = []
        for late in one.entries:
            lines = [
                (field_text(self._words, one.subject, name), value_text(self._words, name, text))
                for name, text in late.texts
            ]
            panels.append(
                (self._who(late.name, late.station, late.at), [*lines, *self._because(late.reason)])
            )
        self._show(told, panels)

    def show_step(self, one: ToConfirm) -> None:
        """Show a step to confirm, and what is wrong with it."""
        role = self._words.say(f"role.{one.role.value}")
        lines = [(self._words.say("window.conflicts.did"), step_text(self._words, one))]
        lines.append((self._words.say("window.conflicts.as_role"), role))
        if whose := whose_text(self._words, one.by):
            lines.append((self._words.say("window.conflicts.whose"), whose))
        lines += self._because(one.reason)
        why = self._words.say(f"window.conflicts.why.{'broken' if one.code else 'acting'}")
        self._show(why, [(self._who(one.name, one.station, one.at), lines)])

    def show_chosen(self, one: Chosen) -> None:
        """Show a choice that was made, and whether it was taken back."""
        lines = [
            (field_text(self._words, one.subject, name), value_text(self._words, name, text))
            for name, text in one.fields
        ]
        code = "undone" if one.undone else "holds"
        panel = (self._who(one.name, one.station, one.at), [*lines, *self._because(one.reason)])
        self._show(self._words.say(f"window.conflicts.{code}"), [panel])

    def _because(self, reason: str) -> Iterator[Line]:
        if reason:
            yield self._words.say("window.conflicts.reason_label"), reason

    def _person(self, name: str) -> str:
        return name or self._words.say("window.records.unknown_person")

    def _who(self, name: str, station: str, at: datetime) -> str:
        return self._words.say(
            "window.conflicts.who", name=self._person(name), station=station, time=moment(at, self._zone)
        )

    def _show(self, sentence: str, panels: Sequence[tuple[str, Sequence[Line]]]) -> None:
        if self._area is not None:
            self._whole.removeWidget(self._area)
            self._area.hide()
            self._area.deleteLater()
        area, inside = scrolled()
        inside.addWidget(PlainLabel(sentence, role="secondary", wrap=True))
        for head, lines in panels:
            inside.addWidget(self._panel(head, lines))
        inside.addStretch(1)
        self._area = area
        self._whole.addWidget(area)

    def _panel(self, head: str, lines: Sequence[Line]) -> QFrame:
        panel = QFrame()
        panel.setProperty("role", "panel")
        grid = QGridLayout(panel)
        grid.setContentsMargins(scaled(10), scaled(8), scaled(10), scaled(8))
        grid.setHorizontalSpacing(scaled(12))
        grid.setVerticalSpacing(scaled(4))
        grid.setColumnStretch(1, 1)
        grid.addWidget(PlainLabel(head, role="strong", wrap=True), 0, 0, 1, 2)
        top = Qt.AlignmentFlag.AlignTop
        for row, (name, text) in enumerate(lines, 1):
            grid.addWidget(PlainLabel(name, role="field"), row, 0, Qt.AlignmentFlag.AlignRight | top)
            value = PlainLabel(text, wrap=True, selectable=True)
            value.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            grid.addWidget(value, row, 1, top)
        return panel
