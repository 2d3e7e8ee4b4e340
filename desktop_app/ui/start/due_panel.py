"""What the lock screen says is due, and what comes due within the hour."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.ringing import DueKind, DueTime, Ring
from desktop_app.ui.start.locked_clocks import LockedClocks
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.pill import Pill
from desktop_app.words import Words

_MOST = 4
_AHEAD = timedelta(hours=1)


class DuePanel(QWidget):
    """One line for each, what is longest due first; hidden where there is nothing to say."""

    def __init__(
        self, clocks: LockedClocks, words: Words, zone: tzinfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("due_panel")
        self._clocks, self._words, self._zone = clocks, words, zone
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(6))
        layout.addWidget(PlainLabel(self._say("title"), role="strong"))
        self._rows = [_Row() for _ in range(_MOST)]
        for row in self._rows:
            layout.addWidget(row)
        self._more = PlainLabel(role="secondary")
        layout.addWidget(self._more)
        clocks.looked.connect(self._show)
        clocks.rang.connect(self._tell)
        self._show()

    def _show(self) -> None:
        now = self._clocks.now
        shown = [one for one in self._clocks.times if one.due <= now + _AHEAD]
        self.setVisible(bool(shown))
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(shown))
            if place < len(shown):
                late = shown[place].due <= now
                row.state.show_state(
                    "urgent" if late else "quiet",
                    "warning" if late else "clock",
                    self._when(shown[place], now),
                )
                row.name.setText(self._name(shown[place]))
        self._more.setVisible(len(shown) > _MOST)
        self._more.setText(self._say("more", count=len(shown) - _MOST))

    def _tell(self, ring: Ring) -> None:
        """Have a screen reader say it; what it is stands on the screen anyway."""
        announce(self, self._say("now" if ring.late else "soon", name=self._name(ring.time)))

    def _name(self, one: DueTime) -> str:
        if one.kind is DueKind.CALL_BACK:
            return self._say("call_back")
        title = one.title.told(self._words.language)
        several = len({other.number for other in self._clocks.times if other.number}) > 1
        return self._say("clock", title=title, number=one.number) if several else title

    def _when(self, one: DueTime, now: datetime) -> str:
        if one.due > now:
            return self._say("at", time=f"{one.due.astimezone(self._zone):%H:%M}")
        minutes = int((now - one.due).total_seconds() // 60)
        hours, rest = divmod(minutes, 60)
        if hours:
            return self._say("late_hours", hours=hours, minutes=rest)
        return self._say("late", minutes=minutes) if minutes else self._say("due")

    def _say(self, code: str, **details: object) -> str:
        return self._words.say(f"window.start.due.{code}", **details)


class _Row(QWidget):
    """When and what, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.name = Pill("quiet", "clock", ""), PlainLabel(wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        layout.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.name, 1)
