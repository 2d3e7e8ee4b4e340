"""Whom a text may mean, below the field it is typed into, which keeps the focus (DESK §5, look-up pop-up)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.offers import LIMIT, Offer, Offers
from desktop_app.ui.capture.look_up_row import LookUpRow
from desktop_app.ui.capture.offer_words import OfferWords
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.labels import ElidedLabel, IconLabel

_WIDEST, _NARROWEST = 760, 480
_EDGE = 6


class LookUpPopup(QFrame):
    """A child frame of ``parent``, over what lies below the field; hidden while there is nobody to offer.

    ``taken`` carries the ``Offer`` that a person clicked.
    """

    taken = Signal(object)

    def __init__(self, words: OfferWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._over = words, parent
        self._offers: tuple[Offer, ...] = ()
        self._row = -1
        self.setObjectName("look_up")
        self.setProperty("role", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows = [LookUpRow(self) for _ in range(LIMIT)]
        for place, row in enumerate(self._rows):
            row.clicked.connect(lambda _checked=False, place=place: self._click(place))
        self._warning = IconLabel("warning", "warn", 15)
        self._foot = ElidedLabel(role="secondary")
        self._foot.setObjectName("look_up_foot")
        foot = QHBoxLayout()
        foot.setContentsMargins(scaled(8), 0, scaled(8), 0)
        foot.setSpacing(scaled(6))
        foot.addWidget(self._warning)
        foot.addWidget(self._foot, 1)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(2, scaled(2), 2, scaled(5))
        layout.setSpacing(0)
        for row in self._rows:
            layout.addWidget(row)
        layout.addSpacing(scaled(3))
        layout.addLayout(foot)
        self.hide()

    @property
    def current(self) -> Offer | None:
        """Whom Enter takes; None where nobody is chosen yet."""
        return self._offers[self._row] if self._row >= 0 and self.count else None

    @property
    def count(self) -> int:
        """How many people are on screen."""
        return len(self._offers) if self.isVisible() else 0

    def show_offers(self, found: Offers, field: QWidget, now: datetime) -> None:
        """Show people below a field, the likeliest chosen; where nobody is, Enter goes to the next field."""
        room = self._room_below(field)
        fitting = max(1, (room - scaled(40)) // self._rows[0].height())
        self._offers = found.found[: min(LIMIT, fitting)]
        self._row = 0 if found.likeliest else -1
        told = [self._words.row(one, now) for one in self._offers]
        phones = [one.phone for one in told]
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(told))
            row.set_chosen(place == self._row)
            if place < len(told):
                row.show_row(told[place], phones)
        self._tell_age(found, now)
        self._stand_below(field)
        self._announce(found)

    def move_choice(self, step: int) -> None:
        """Choose the next person (or the one before), from the last one the first."""
        if not self._offers:
            return
        self._row = (max(self._row, 0 if step < 0 else -1) + step) % len(self._offers)
        for place, row in enumerate(self._rows):
            row.set_chosen(place == self._row)
        announce(self, self._rows[self._row].accessibleName())

    def dismiss(self) -> None:
        """Offer nobody."""
        self._offers, self._row = (), -1
        self.hide()

    def _click(self, place: int) -> None:
        if place < len(self._offers):
            self.taken.emit(self._offers[place])

    def _tell_age(self, found: Offers, now: datetime) -> None:
        old = self._words.is_old(found.snapshot, now)
        self._warning.setVisible(old)
        self._foot.set_tone("warn" if old else "")
        self._foot.setText(self._words.foot(found, now))

    def _announce(self, found: Offers) -> None:
        """Say the only one whose number was typed; of several only how many they are."""
        if found.exact:
            announce(self, self._words.exact(self._rows[0].accessibleName()))
        else:
            announce(self, self._words.several(len(self._offers)))

    def _room_below(self, field: QWidget) -> int:
        return self._over.height() - self._below(field).y() - scaled(_EDGE)

    def _below(self, field: QWidget) -> QPoint:
        return field.mapTo(self._over, QPoint(0, field.height() + 2))

    def _stand_below(self, field: QWidget) -> None:
        over, place = self._over, self._below(field)
        free = over.width() - 2 * scaled(_EDGE)
        width = min(free, max(scaled(_NARROWEST), min(scaled(_WIDEST), over.width() - place.x())))
        height = self._layout.sizeHint().height()
        left = max(scaled(_EDGE), min(place.x(), over.width() - width - scaled(_EDGE)))
        self.setGeometry(left, place.y(), width, height)
        self.show()
        self.raise_()
