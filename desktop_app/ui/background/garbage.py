"""Python's cycle collector, kept to the GUI thread.

It runs in whichever thread happens to allocate. A widget that sits in a reference cycle would then be
destroyed by a database worker: measured with PySide6 6.9, the program hangs.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MILLISECONDS = 500
WHOLE_EVERY = 100
"""Looks at the middle generation before everything is looked at, about every nine minutes: that takes longer
than a key may wait (25 ms, measured with an open desk).
"""


class GarbageOnGuiThread(QObject):
    """While it runs, cycles are looked for by a timer of the GUI thread and nowhere else."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        young, middle, _ = gc.get_threshold()
        self._thresholds = (young, middle, WHOLE_EVERY)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect what is young, and the older generations when they are due as the collector counts."""
        counts = zip(gc.get_count(), self._thresholds, strict=True)
        gc.collect(max((age for age, (count, most) in enumerate(counts) if count > most), default=0))

    def stop(self) -> None:
        """Give collecting back to every thread."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()
