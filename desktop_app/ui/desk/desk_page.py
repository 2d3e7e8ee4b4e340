"""The desk itself: the form at the left, one's records at the right (DESK §5, layout)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.capture.capture_page import CapturePage
from desktop_app.ui.session import Session


class DeskPage(QWidget):
    """What an agent looks at all shift."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.capture = CapturePage(session)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(self.capture)
