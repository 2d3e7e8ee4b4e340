"""Keeps what is seen on a walk as pictures, a dialog over the window it belongs to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

_EDGE = 1


class Pictures:
    """Writes one PNG for every name seen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.count = 0
        folder.mkdir(parents=True, exist_ok=True)

    def see(self, name: str, shown: QWidget) -> None:
        """Keep a picture under this name."""
        window = _window_below(shown)
        picture = window.grab()
        if window is not shown:
            place = QPoint((window.width() - shown.width()) // 2, (window.height() - shown.height()) // 2)
            painter = QPainter(picture)
            edge = shown.rect().adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE).translated(place)
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
            painter.fillRect(edge, shown.palette().dark())
            painter.drawPixmap(place, shown.grab())
            painter.end()
        if not picture.save(str(self._folder / f"{name}.png")):
            raise OSError(f"{name}.png was not written")
        self.count += 1


def _window_below(shown: QWidget) -> QWidget:
    if not isinstance(shown, QDialog):
        return shown
    below = [
        one
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and not isinstance(one, QDialog) and one.parent() is None
    ]
    return max(below, key=lambda one: one.width() * one.height(), default=shown)
