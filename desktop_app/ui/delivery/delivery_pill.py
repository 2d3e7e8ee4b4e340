"""How hand-in stands, as one word in the status line."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.domain.delivery import Delivery
from desktop_app.domain.times import zone_of
from desktop_app.ui.delivery.courier import Courier
from desktop_app.ui.delivery.telling import sentences, short
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.labels import as_plain
from desktop_app.ui.widgets.pill import Pill

_MINUTE = 60_000


class DeliveryPill(Pill):
    """Follows the courier; its tool tip says what there is to do."""

    def __init__(self, session: Session, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__("quiet", "clock", "", parent, may_shrink=True)
        self.setObjectName("delivery")
        self._session, self._told = session, courier.delivery
        self._zone = zone_of(session.store.settings.zone)
        self._minute = QTimer(self, interval=_MINUTE)
        self._minute.timeout.connect(lambda: self._show(self._told))  # late comes without an event
        self._minute.start()
        session.background.closing.connect(self._minute.stop)
        courier.changed.connect(self._show)
        self._show(courier.delivery)

    def _show(self, told: Delivery) -> None:
        self._told = told
        words = self._session.words
        self.show_state(*short(words, told, self._session.clock(), self._zone))
        lines = "\n".join(sentences(words, told, self._zone))
        self.setToolTip(as_plain(lines))
        self.setAccessibleDescription(lines)
