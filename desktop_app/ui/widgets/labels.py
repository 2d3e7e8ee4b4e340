"""Labels that never render what they are given: plain text, whatever it looks like."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.ui.theme.style import current_tokens, scaled
from desktop_app.ui.widgets.icons import pixmap


class PlainLabel(QLabel):
    """The only label of this program.

    ``role`` is its look (heading, title, strong, secondary, field, timer, code; the style sheet knows them),
    ``tone`` its colour (ok, warn, urgent, complaint, info, quiet).
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        role: str = "",
        tone: str = "",
        wrap: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)


class Heading(PlainLabel):
    """The 15 px heading of a card or dialog."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent, role="heading")


class ElidedLabel(PlainLabel):
    """One line that may become narrower than its text; the whole text is then its tool tip."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, role: str = "", tone: str = ""
    ) -> None:
        super().__init__(text, parent, role=role, tone=tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few characters."""
        return QSize(self.fontMetrics().horizontalAdvance("中…"), super().minimumSizeHint().height())

    def is_elided(self) -> bool:
        """Whether not all of the text is on screen."""
        return self.fontMetrics().horizontalAdvance(self._one_line()) > self.contentsRect().width()

    def event(self, event: QEvent) -> bool:
        """Offer the whole text where it is cut."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(as_plain(self.text()) if self.is_elided() else "")
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        painter = QPainter(self)
        rect = self.contentsRect()
        cut = self.fontMetrics().elidedText(self._one_line(), Qt.TextElideMode.ElideRight, rect.width())
        self.style().drawItemText(
            painter, rect, int(self.alignment()), self.palette(), self.isEnabled(), cut, self.foregroundRole()
        )

    def _one_line(self) -> str:
        return " ".join(self.text().split())


class IconLabel(QLabel):
    """An icon beside a word that says the same; it has no name of its own for a screen reader."""

    def __init__(self, name: str, tone: str = "text", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._name, self._tone, self._size = name, tone, size
        self._draw()

    def show_icon(self, name: str, tone: str | None = None) -> None:
        """Show another icon; ``tone`` is the name of a colour token."""
        self._name, self._tone = name, tone or self._tone
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._draw()

    def _draw(self) -> None:
        size = scaled(self._size)
        self.setFixedSize(size, size)
        self.setPixmap(pixmap(self._name, getattr(current_tokens(), self._tone), size))


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    for child in widget.findChildren(QLabel):
        child.style().unpolish(child)
        child.style().polish(child)
    widget.update()


def as_plain(text: str) -> str:
    """Return a tool tip that Qt takes for plain text: it renders what looks like markup."""
    return text.replace("<", "‹").replace(">", "›")
