"""One step of a playbook: its number or tick, its title, its time; the current one with what to say."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QHBoxLayout, QWidget

from desktop_app.domain.phones import grouped
from desktop_app.domain.site_pack import Contact
from desktop_app.ui.theme.style import current_tokens, scaled
from desktop_app.ui.widgets.buttons import IconButton, QuietButton
from desktop_app.ui.widgets.icons import pixmap
from desktop_app.ui.widgets.labels import ElidedLabel, PlainLabel, restyle
from desktop_app.ui.widgets.pill import Pill, Tone
from desktop_app.words import Words

_BADGE = 26
_SIDES, _ENDS, _GAP = 6, 2, 8
_PILL = 88
"""Room that the time of a step takes beside its title."""
_DISC = 20
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class StepRow(QFrame):
    """``ticked`` is emitted by a click anywhere or a key, ``copied`` by its button, ``stepped`` by arrows."""

    ticked = Signal()
    copied = Signal()
    stepped = Signal(int)
    rung = Signal(object)
    """Its number is to be the one that is rung."""

    def __init__(self, words: Words, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown = ("", "", False, False, False)
        self._time: tuple[Tone, str, str] | None = None
        self.setProperty("role", "step")
        self.badge = _Badge(place + 1, self)
        self.badge.setObjectName(f"step_{place + 1}")
        self.badge.clicked.connect(self.ticked)
        self.title = PlainLabel(wrap=True)
        self.pill = Pill("quiet", "info", "")
        self.say = PlainLabel(wrap=True)
        self.copy = IconButton("copy", words.say("window.beside.copy"))
        self.copy.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.copy.clicked.connect(self.copied)
        self._whom = ElidedLabel(role="secondary")
        self.number = QuietButton("")
        self.number.setObjectName("step_ring")
        self.number.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.number.clicked.connect(self._ring)
        self._contact: Contact | None = None
        for part in (self.pill, self.say, self.copy, self._whom, self.number):
            part.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(scaled(_SIDES), scaled(_ENDS), scaled(_SIDES), scaled(_ENDS))
        grid.setHorizontalSpacing(scaled(_GAP))
        grid.setVerticalSpacing(scaled(1))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        said = QHBoxLayout()
        said.setSpacing(scaled(_GAP))
        said.addWidget(self.say, 1)
        said.addWidget(self.copy, 0, top)
        grid.addWidget(self.badge, 0, 0, 2, 1, top)
        grid.addWidget(self.title, 0, 1)
        grid.addWidget(self.pill, 0, 2, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        grid.addLayout(said, 1, 1, 1, 2)
        ring = QHBoxLayout()
        ring.setSpacing(scaled(_GAP))
        ring.addWidget(self._whom)
        ring.addWidget(self.number)
        ring.addStretch(1)
        grid.addLayout(ring, 2, 1, 1, 2)
        grid.setRowMinimumHeight(0, scaled(_BADGE))

    def heights(self, width: int, title: str, say: str, *, rings: bool = False) -> tuple[int, int]:
        """Return how high a step is that is not at hand, and one that is, whatever is shown now.

        Room for its time is kept in both: it comes when the step is done.
        """
        inner = width - scaled(_BADGE) - 2 * scaled(_SIDES) - scaled(_GAP)
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        beside = inner - scaled(_PILL) - scaled(_GAP)
        least, ends = scaled(_BADGE), 2 * scaled(_ENDS)
        quiet = max(least, _wrapped(self.font(), title, beside)) + ends
        here = max(least, _wrapped(strong, title, beside)) + ends
        if say:
            told = self._words.say("window.beside.quoted", text=say)
            lines = _wrapped(self.font(), told, inner - scaled(_GAP) - self.copy.sizeHint().width())
            here += max(lines, self.copy.sizeHint().height()) + scaled(1)
        if rings:
            here += self.number.sizeHint().height() + scaled(1)
        return quiet, here

    def show_step(self, title: str, say: str, *, done: bool, here: bool, told: bool = False) -> None:
        """Show a step; only the one that is here is expanded, or every one that is ``told``."""
        shown = (title, say, done, here, told)
        if shown == self._shown:
            return
        # The style sheet takes its time: it is asked again only where the look is another.
        looks_else, self._shown = self._shown[2:4] != (done, here), shown
        self.title.setText(title)
        self.title.setProperty("role", "strong" if here else "")
        self.title.setProperty("tone", "quiet" if done else "")
        self.say.setText(self._words.say("window.beside.quoted", text=say) if say else "")
        for part in (self.say, self.copy):
            part.setVisible((here or told) and bool(say))
        if looks_else:
            self.setProperty("here", here)
            restyle(self)
        self.badge.show_state(title, done=done, here=here)

    def show_number(self, contact: Contact | None) -> None:
        """Show whom this step says to ring where somebody else is rung now, or nobody."""
        if contact is self._contact:
            return
        self._contact = contact
        for part in (self._whom, self.number):
            part.setVisible(contact is not None)
        if contact is not None:
            name = contact.name.told(self._words.language)
            self._whom.setText(name)
            self.number.set_words(grouped(contact.phone))
            self.number.setAccessibleName(f"{name} {self.number.text()}")
            self.number.setToolTip(self._words.say("window.beside.ring_this"))

    def _ring(self) -> None:
        if self._contact is not None:
            self.rung.emit(self._contact)

    def show_time(self, shown: tuple[Tone, str, str] | None) -> None:
        """Show tone, icon and words of the pill, or none."""
        if shown != self._time:
            self._time = shown
            self.pill.setVisible(shown is not None)
            if shown is not None:
                self.pill.show_state(*shown)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.ticked.emit()


def _wrapped(font: QFont, text: str, width: int) -> int:
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 1), 0), int(flags), text).height()


class _Badge(QAbstractButton):
    """The step's number in a ring; a tick on a disc once it is done."""

    def __init__(self, number: int, row: StepRow) -> None:
        super().__init__(row)
        self._row = row
        self._number = number
        self._here = False
        self.setCheckable(True)
        self.setFixedSize(scaled(_BADGE), scaled(_BADGE))

    def show_state(self, title: str, *, done: bool, here: bool) -> None:
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"Alt+{self._number}")
        self.setChecked(done)
        self._here = here
        self.update()

    def nextCheckState(self) -> None:
        """Leave it to the record what a click means."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        elif (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self._row.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(scaled(_BADGE), scaled(_BADGE))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = scaled(_DISC)
        disc = QRect(QPoint(), QSize(side, side))
        disc.moveCenter(self.rect().center())
        if self.isChecked():
            painter.setBrush(QColor(tokens.ok))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(disc)
            inner = round(side * 0.7)
            tick = pixmap("check", tokens.surface, inner)
            painter.drawPixmap(
                disc.x() + (side - inner) // 2 + 1, disc.y() + (side - inner) // 2 + 1, inner, inner, tick
            )
        else:
            ring = tokens.accent if self._here else tokens.muted
            painter.setPen(QPen(QColor(ring), 1.5))
            painter.drawEllipse(disc.adjusted(0, 0, -1, -1))
            painter.setPen(QColor(ring))
            font = self.font()
            font.setPixelSize(scaled(12))
            font.setBold(self._here)
            painter.setFont(font)
            painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(self._number))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
