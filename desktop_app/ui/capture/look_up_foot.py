"""Below the people who were looked up: the keys that do something now, and how old the snapshot is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.services.offers import Offers
from desktop_app.ui.capture.offer_words import OfferWords
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import ElidedLabel, IconLabel

_WIDEST = 560


class LookUpFoot(QWidget):
    """One line, with a sign before it where the snapshot is as old as the site warns of."""

    def __init__(self, words: OfferWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._warning = IconLabel("warning", "warn", 15)
        self._told = ElidedLabel(role="secondary")
        self._told.setObjectName("look_up_foot")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (8, 3, 8, 2)))
        layout.setSpacing(scaled(6))
        layout.addWidget(self._warning)
        layout.addWidget(self._told, 1)

    def minimumSizeHint(self) -> QSize:
        """Ask for the whole line, as far as a list may be wide for its sake."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), scaled(_WIDEST)), hint.height())

    def show_found(self, found: Offers, now: datetime, *, chosen: bool) -> None:
        """Say which keys act on what was found; ``chosen``: Enter takes somebody."""
        old = self._words.is_old(found.snapshot, now)
        self._warning.setVisible(old)
        self._told.set_tone("warn" if old else "")
        self._told.setText(self._words.foot(found, now, chosen=chosen))
