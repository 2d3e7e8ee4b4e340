"""An input method as a field sees it: a text that is being composed, and its end."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.session import Session


def compose(field: QWidget, text: str) -> None:
    """Show ``text`` as being composed in the field."""
    QApplication.sendEvent(field, QInputMethodEvent(text, []))


def settle(field: QWidget, text: str) -> None:
    """End the composition with ``text``."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def later(session: Session) -> None:
    """Let the moment pass in which an Enter is the one that ended the composition."""
    session.shortcuts._composed_at = float("-inf")
