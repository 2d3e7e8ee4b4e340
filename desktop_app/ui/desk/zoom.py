"""The zoom of the window by key: at once, told for a moment, and nothing that is open is built anew."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.preferences import SCALES, Preferences, percent_of
from desktop_app.ui.theme.style import text_zoom
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.widgets.pill import Pill
from desktop_app.words import Words

USUAL = 1.0
WIDE = 1700
"""From this many pixels of width on, larger text is offered (DESK §5)."""
ON_WIDE = 1.15
_SHOWN_MS = 1_500
_FROM_BOTTOM = 1
"""It lies over the status line: nothing there is clicked in such a moment."""
_OFFERED_SECONDS = 15


class Zoom(QObject):
    """Keeps the zoom chosen and gives it to everything in ``window``; ``dress`` gives the program its size.

    ``changed`` tells the zoom after it was given.
    """

    changed = Signal(float)

    def __init__(self, window: QWidget, preferences: Preferences, dress: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._preferences, self._dress = window, preferences, dress
        self._words: Callable[..., str] = lambda *_code, **_details: ""
        self._offered: tuple[Notice | None, str] = (None, "")
        self._told = Pill("info", "search", "", window)
        self._told.setObjectName("zoom_told")
        self._told.hide()
        self._moment = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._moment.timeout.connect(self._told.hide)
        window.installEventFilter(self)

    def use_words(self, words: Words) -> None:
        """Speak this language from now on, in the offer too that is on screen."""
        self._words = words.say
        notice, told = self._offered
        if notice is not None and notice.isVisible() and notice.text() == told:
            self._offer(notice)

    def add_keys(self, shortcuts: Shortcuts, owner: QObject | None = None) -> None:
        """Let the keys of the zoom work in one more part of the window."""
        shortcuts.add("zoom_in", KEYS["zoom_in"], lambda: self.step(1), owner=owner)
        shortcuts.add("zoom_out", KEYS["zoom_out"], lambda: self.step(-1), owner=owner)
        shortcuts.add("zoom_reset", KEYS["zoom_reset"], lambda: self.choose(USUAL), owner=owner)

    def step(self, by: int) -> None:
        """Go to the next larger or smaller zoom; at the end it is only told again."""
        place = SCALES.index(self._preferences.scale) + by
        self.choose(SCALES[min(max(place, 0), len(SCALES) - 1)])

    def choose(self, scale: float) -> None:
        """Give the window one of ``SCALES`` and keep it."""
        before = self._preferences.scale
        if scale != before:
            self._preferences.scale = scale
            from desktop_app.ui.theme.rescale import rescale  # not needed before the zoom changes

            rescale(self._window, text_zoom(before), text_zoom(scale))
            self._dress()
            self._fit_again()
        self._tell(scale)
        if scale != before:
            self.changed.emit(scale)

    def offer(self, notice: Notice) -> None:
        """Offer larger text on a wide window, once on this PC and never over what is being told."""
        preferences = self._preferences
        wide = self._window.width() >= WIDE and preferences.scale == USUAL
        if not wide or preferences.zoom_offered or notice.isVisible():
            return
        preferences.zoom_offered = True
        self._offer(notice)

    def _offer(self, notice: Notice) -> None:
        percent = percent_of(ON_WIDE)

        def take() -> None:
            notice.dismiss()
            self.choose(ON_WIDE)

        told = self._words("window.zoom.offer", percent=percent, keys=KEYS["zoom_in"].split()[0])
        self._offered = (notice, told)
        notice.tell(
            told,
            "info",
            [
                (self._words("window.zoom.take", percent=percent), take),
                (self._words("window.zoom.leave"), notice.dismiss),
            ],
            seconds=_OFFERED_SECONDS,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what is told in its place while the window changes its size."""
        if event.type() == QEvent.Type.Resize and watched is self._window and self._told.isVisible():
            self._place()
        return False

    def _fit_again(self) -> None:
        """Let what shows as much as there is room for look again: the room is the same, the words are not."""
        for widget in self._window.findChildren(QWidget):
            # A page that stands otherwise now has let some of its parts go.
            if shiboken6.isValid(widget) and widget.isVisible():
                QApplication.sendEvent(widget, QResizeEvent(widget.size(), widget.size()))

    def _tell(self, scale: float) -> None:
        text = self._words("window.zoom.told", percent=percent_of(scale))
        self._told.show_state("info", "search", text)
        self._told.show()
        self._place()
        self._moment.start()
        announce(self._window, text)

    def _place(self) -> None:
        self._told.adjustSize()
        room = self._window.size() - self._told.size()
        self._told.move(room.width() // 2, room.height() - _FROM_BOTTOM)
        self._told.raise_()
