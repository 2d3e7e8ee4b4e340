"""Tells a screen reader what happened away from the focus."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say the text now; without one nothing happens."""
    if text and QAccessible.isActive():
        from PySide6.QtGui import QAccessibleAnnouncementEvent  # dear, and few listen

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
