"""How long the call has lasted: state and a timer that can be read from the corner of an eye."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.pill import Pill
from desktop_app.words import Words

_TICK_MS = 1000


class CallClock(QWidget):
    """Counts from ``start`` to ``stop`` by ``clock`` (UTC), never by its own ticks."""

    def __init__(self, words: Words, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._clock = clock
        self._since: datetime | None = None
        self._until: datetime | None = None
        self._pill = Pill("quiet", "phone", words.say("window.capture.call_waiting"))
        self._timer = PlainLabel("00:00", role="timer")
        self._timer.setAccessibleName(words.say("window.capture.call_timer"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        layout.addWidget(self._pill)
        layout.addWidget(self._timer)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._show)

    @property
    def since(self) -> datetime | None:
        """When the call began; None before its first key."""
        return self._since

    @property
    def until(self) -> datetime | None:
        """When it was said to have ended; None while it goes on."""
        return self._until

    @property
    def running(self) -> bool:
        """Whether a call is under way."""
        return self._since is not None and self._until is None

    def start(self, since: datetime | None = None) -> None:
        """Count from ``since``, or from where it had begun before it was stopped."""
        self._since = since or self._since or self._clock()
        self._until = None
        self._ticks.start()
        self._show()

    def stop(self) -> None:
        """Stop counting; the time stays on screen."""
        if self.running:
            self._until = self._clock()
        self._ticks.stop()
        self._show()

    def reset(self) -> None:
        """Wait for the next call."""
        self._since = self._until = None
        self._ticks.stop()
        self._show()

    def _show(self) -> None:
        if self._since is None:
            state = ("quiet", "call_waiting")
        else:
            state = ("ok", "call_running") if self.running else ("quiet", "call_ended")
        self._pill.show_state(
            "ok" if state[0] == "ok" else "quiet", "phone", self._words.say(f"window.capture.{state[1]}")
        )
        self._timer.setText(_duration(self._since, self._until or self._clock()))


def _duration(since: datetime | None, now: datetime) -> str:
    seconds = 0 if since is None else max(0, int((now - since).total_seconds()))
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"
