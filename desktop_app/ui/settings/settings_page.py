"""What a person may set, and what this program is: looks, people, the store and its backup, about."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.settings.about import AboutCard
from desktop_app.ui.settings.delivery_card import DeliveryCard
from desktop_app.ui.settings.looks import LooksCard
from desktop_app.ui.settings.pack_card import PackCard
from desktop_app.ui.settings.people_card import PeopleCard
from desktop_app.ui.settings.place_card import PlaceCard
from desktop_app.ui.settings.probe_card import ProbeCard
from desktop_app.ui.settings.store_card import StoreCard
from desktop_app.ui.theme.style import scaled

_WIDEST = 760


class SettingsPage(QScrollArea):
    """Two columns of cards: what a person sets, then what the store takes, gives and is.

    ``changed_looks`` says that language or colours were chosen anew; ``zoomed`` asks for a zoom,
    ``went`` names another place to go to.
    """

    changed_looks = Signal()
    zoomed = Signal(float)
    went = Signal(str)
    probe_chosen = Signal()
    """Another address of the CRM was set."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._looks = LooksCard(session)
        self._looks.changed.connect(self.changed_looks)
        self._looks.zoomed.connect(self.zoomed)
        self.show_zoom = self._looks.show_zoom
        page = QWidget()
        page.setProperty("role", "page")
        self._columns = columns = QHBoxLayout(page)
        columns.setContentsMargins(*map(scaled, (10, 8, 10, 8)))
        columns.setSpacing(scaled(10))
        hand_in = [DeliveryCard(session, session.courier)] if session.courier is not None else []
        customers = PlaceCard(session, "customers", "customers")
        people = PlaceCard(session, "people", "people_book")
        ready = PlaceCard(session, "readiness", "readiness", icon="shield")
        for place in (ready, customers, people):
            place.went.connect(self.went)
        probe = ProbeCard(session)
        probe.chosen.connect(self.probe_chosen)
        pack = PackCard(session)
        pack.went.connect(self.went)
        pack.grown.connect(lambda widget: self.ensureWidgetVisible(widget, 0, scaled(10)))
        left = (self._looks, pack, PeopleCard(session), probe)
        right = (*hand_in, ready, customers, people, StoreCard(session), AboutCard(session))
        self._sides = (QVBoxLayout(), QVBoxLayout())
        for column, cards in zip(self._sides, (left, right), strict=True):
            column.setSpacing(scaled(10))
            for card in cards:
                card.setMaximumWidth(scaled(_WIDEST))
                column.addWidget(card)
            column.addStretch(1)
            columns.addLayout(column, 1)
        columns.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setWidget(page)
        self.setFocusProxy(self._looks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put one column below the other where the window is too narrow for both."""
        super().resizeEvent(event)
        page = self._columns.contentsMargins()
        widths = [side.minimumSize().width() for side in self._sides]
        needed = sum(widths) + self._columns.spacing() + page.left() + page.right()
        across = needed <= self.viewport().width()
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if across else direction.TopToBottom)
