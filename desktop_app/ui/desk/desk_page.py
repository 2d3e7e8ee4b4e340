"""The desk itself: the form at the left, one's records at the right (DESK §5, layout)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from desktop_app.ui.capture.capture_page import CapturePage
from desktop_app.ui.records.my_records import MyRecords
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled

_SHARES = (60, 40)
_WIDEST_FORM = 940
"""Longer lines are no easier to write in; what a large screen has more goes to the list."""


class DeskPage(QWidget):
    """What an agent looks at all shift."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.capture = CapturePage(session)
        self.capture.setMaximumWidth(scaled(_WIDEST_FORM))
        self.records = MyRecords(session)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.capture)
        split.addWidget(self.records)
        for index, share in enumerate(_SHARES):
            split.setStretchFactor(index, share)
        split.setSizes([share * 100 for share in _SHARES])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (10, 8, 10, 8)))
        layout.addWidget(split)

    def focus_again(self) -> None:
        """Put the caret where it was on this page, at first where every call begins."""
        was = self.focusWidget()
        if was is not None and was.isVisibleTo(self) and was.isEnabled():
            was.setFocus()
        else:
            self.capture.focus_start()
