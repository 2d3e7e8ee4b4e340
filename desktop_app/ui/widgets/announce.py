"""Tells a screen reader what happened away from the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say the text now; without one nothing happens."""
    from PySide6.QtGui import QAccessible  # dear, and the first window has nothing to announce

    if text and QAccessible.isActive():
        from PySide6.QtGui import QAccessibleAnnouncementEvent  # dearer, and few listen

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
