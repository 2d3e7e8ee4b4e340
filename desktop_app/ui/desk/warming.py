"""What the desk needs is loaded while a person types the PIN, not before there is a field to type it in.

Libraries without a widget are loaded in a thread; the window's own parts between two events of the GUI
thread, a part at a time. Whoever is faster than that loads the rest by unlocking.
"""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.ui.background.background import Background

LIBRARIES = tuple(
    f"desktop_app.services.{name}"
    for name in (
        "people",
        "seats",
        "records",
        "drafts",
        "my_records",
        "record_changes",
        "record_view",
        "delivery",
    )
)
PARTS = tuple(
    f"desktop_app.ui.{name}"
    for name in (
        "capture.editors",
        "capture.form",
        "capture.capture_page",
        "records.record_page",
        "records.my_records",
        "delivery.courier",
        "desk.workplace",
    )
)
_FIRST_MS = 60
"""After which the page on screen has been painted."""


class Warming(QObject):
    """``begin`` once there is a page on screen; ``done`` when everything is loaded."""

    done = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._left = list(PARTS)
        self._begun = False
        self._start = QTimer(self, singleShot=True, interval=_FIRST_MS)
        self._start.timeout.connect(self._load_libraries)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._load_part)
        for timer in (self._start, self._next):
            background.closing.connect(timer.stop)

    def begin(self) -> None:
        """Begin a moment from now; a second time does nothing."""
        if not self._begun:
            self._begun = True
            self._start.start()

    def _load_libraries(self) -> None:
        self._background.query(load_libraries, lambda _none: self._next.start(), owner=self)

    def _load_part(self) -> None:
        import_module(self._left.pop(0))
        if self._left:
            self._next.start()
        else:
            self.done.emit()


def load_libraries() -> None:
    """Load what has no widget, in whatever thread this is."""
    for name in LIBRARIES:
        import_module(name)
