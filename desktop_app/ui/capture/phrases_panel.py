"""The canned phrases below the fields, where the calls of this number leave room (DESK §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_app.ui.theme.style import current_tokens, scaled
from desktop_app.ui.widgets.labels import ElidedLabel, PlainLabel, as_plain
from desktop_app.ui.widgets.offer_row import OfferRow
from desktop_app.words import Words

MOST = 16
_HEAD, _ABOVE = 28, 4
_FEWEST = 2
_GAP, _SIDE = 12, 2


@dataclass(frozen=True, slots=True)
class PhraseLine:
    """A phrase: the ``code`` that writes it, what it is called and what it says."""

    code: str
    title: str
    text: str

    def told(self) -> str:
        """Return the phrase as it is read out."""
        return f";{self.code} {self.title}"


class PhrasesPanel(QWidget):
    """As many phrases as there is room for; ``asked`` carries the place of the one that was clicked.

    It takes only room that is left, and no stop of Tab: by keys a phrase is its code.
    """

    asked = Signal(int)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("phrases_panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._lines: tuple[PhraseLine, ...] = ()
        self._rows = [_PhraseRow(self) for _ in range(MOST)]
        self._head = QWidget(self)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(PlainLabel(words.say("window.capture.phrases.title"), role="strong"))
        how = ElidedLabel(words.say("window.capture.phrases.how"), role="secondary")
        how.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(how, 1)
        for place, row in enumerate(self._rows):
            row.clicked.connect(lambda _checked=False, place=place: self.asked.emit(place))
        self._fit()

    @property
    def count(self) -> int:
        """How many phrases are on screen."""
        return sum(not row.isHidden() for row in self._rows)

    def show_lines(self, lines: Sequence[PhraseLine]) -> None:
        """Offer these phrases, the most fitting first."""
        shown = tuple(lines[:MOST])
        if shown == self._lines:
            return
        self._lines = shown
        for row, line in zip(self._rows, shown, strict=False):
            row.show_line(line, shown)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Ask for nothing: the fields and the calls come first."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Stand as other letters need it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Show whole rows only, and nothing where they would be too few to look at.

        No layout does this: it would ask for room, and have rows overlap until it comes round to them.
        """
        above, high = scaled(_HEAD), self._rows[0].sizeHint().height()
        shown = min((self.height() - above) // high, len(self._lines))
        shown = shown if shown >= min(_FEWEST, len(self._lines)) else 0
        self._head.setGeometry(0, scaled(_ABOVE), self.width(), above - scaled(_ABOVE))
        self._head.setVisible(shown > 0)
        for place, row in enumerate(self._rows):
            row.setGeometry(0, above + place * high, self.width(), high)
            row.setVisible(place < shown)


class _PhraseRow(OfferRow):
    """The code in the accent colour, what the phrase is called, and as much of it as there is room for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = PhraseLine("", "", "")
        self._every: Sequence[PhraseLine] = ()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_line(self, line: PhraseLine, lines: Sequence[PhraseLine]) -> None:
        """Show a phrase; codes and titles of all have one column each."""
        self._line = line
        self._every = lines
        self.setToolTip(as_plain(line.text))
        super().show_line(line, lines)

    def draw(self, painter: QPainter) -> None:
        """Draw the phrase from left to right."""
        tokens, metrics = current_tokens(), self.fontMetrics()
        # Two pixels more: a text in exactly its width is cut.
        codes = max(metrics.horizontalAdvance(f";{one.code}") for one in self._every) + 2
        titles = max(metrics.horizontalAdvance(one.title) for one in self._every) + 2
        room = self.rect().adjusted(scaled(_SIDE), 0, -scaled(_SIDE), 0)
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        for colour, text, width in (
            (tokens.accent, f";{self._line.code}", codes),
            (tokens.text, self._line.title, titles),
            (tokens.muted, self._line.text, room.width()),
        ):
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, min(width, room.width()))
            painter.drawText(room, flags, shown)
            room.setLeft(room.left() + width + scaled(_GAP))
