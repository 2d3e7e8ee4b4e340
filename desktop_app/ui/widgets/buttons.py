"""Push buttons with an icon and a key hint shown quietly beside the words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QToolButton, QWidget

from desktop_app.ui.theme.style import current_tokens, scaled
from desktop_app.ui.widgets.icons import icon
from desktop_app.ui.widgets.mnemonics import bare
from desktop_app.ui.widgets.style_option import typed

_GAP = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HintedButton(QPushButton):
    """A button whose key is told beside its text; the accessible name is the text alone.

    ``kind`` is its look in the style sheet (primary, secondary, quiet, strip), ``icon_colour`` the colour
    token of its icon. It is never the automatic default of a dialog: the dialog says which button Enter
    means.
    """

    def __init__(
        self,
        text: str,
        keys: str = "",
        parent: QWidget | None = None,
        *,
        kind: str,
        icon_name: str = "",
        icon_colour: str = "text",
    ) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)
        self.setProperty("kind", kind)
        self._keys = keys
        self._icon = (icon_name, icon_colour)
        self._name_it()
        self._draw_icon()

    def set_words(self, text: str, keys: str | None = None) -> None:
        """Change the text, and the key hint where one is given."""
        self.setText(text)
        self._keys = self._keys if keys is None else keys
        self._name_it()
        self.updateGeometry()
        self.update()

    def keys(self) -> str:
        """Return the key hint."""
        return self._keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as the space bar does."""
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def _name_it(self) -> None:
        self.setAccessibleName(bare(self.text()))
        self.setAccessibleDescription(self._keys)

    def sizeHint(self) -> QSize:
        """Return room for text and hint."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._hint_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return the same: a button's words are never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw_icon()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, its words to the left of the hint."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        control = QStyle.ControlElement
        self.style().drawControl(control.CE_PushButtonBevel, option, painter, self)
        room = self._hint_width()
        inner = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        typed(option).rect = inner.adjusted(0, 0, -room, 0)
        self.style().drawControl(control.CE_PushButtonLabel, option, painter, self)
        if room:
            self._draw_hint(painter, inner, room)
        if self.hasFocus() and self.property("kind") == "primary":
            self._draw_inner_ring(painter)

    def _draw_hint(self, painter: QPainter, inner: QRect, room: int) -> None:
        words = super().sizeHint().width() - 2 * (self.width() - inner.width()) // 2
        free = max(0, inner.width() - room - min(words, inner.width() - room)) // 2
        tokens = current_tokens()
        colour = {"primary": tokens.on_accent, "strip": tokens.on_strip}.get(
            self.property("kind"), tokens.muted
        )
        painter.setPen(QColor(colour if self.isEnabled() else tokens.placeholder))
        painter.setFont(self._hint_font())
        rect = QRect(inner.right() + 1 - room - free, inner.top(), room, inner.height())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._keys)

    def _draw_inner_ring(self, painter: QPainter) -> None:
        """An accent ring would vanish on an accent button."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current_tokens().on_accent), 2))
        painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), 3, 3)

    def _hint_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(scaled(13))
        font.setWeight(QFont.Weight.Normal)
        return font

    def _hint_width(self) -> int:
        if not self._keys:
            return 0
        return QFontMetrics(self._hint_font()).horizontalAdvance(self._keys) + scaled(_GAP)

    def _draw_icon(self) -> None:
        name, token = self._icon
        if name:
            self.setIcon(icon(name, getattr(current_tokens(), token), scaled(18)))
            self.setIconSize(QSize(scaled(18), scaled(18)))


class PrimaryButton(HintedButton):
    """The one thing to do next."""

    def __init__(
        self, text: str, keys: str = "", parent: QWidget | None = None, *, icon_name: str = ""
    ) -> None:
        super().__init__(text, keys, parent, kind="primary", icon_name=icon_name, icon_colour="on_accent")


class SecondaryButton(HintedButton):
    """Anything else that can be done here."""

    def __init__(
        self, text: str, keys: str = "", parent: QWidget | None = None, *, icon_name: str = ""
    ) -> None:
        super().__init__(text, keys, parent, kind="secondary", icon_name=icon_name)


class QuietButton(HintedButton):
    """A small action within text or a panel, without a frame."""

    def __init__(
        self, text: str, keys: str = "", parent: QWidget | None = None, *, icon_name: str = ""
    ) -> None:
        super().__init__(text, keys, parent, kind="quiet", icon_name=icon_name, icon_colour="accent")


class IconButton(QToolButton):
    """An icon alone: its words are tool tip and accessible name."""

    def __init__(
        self,
        icon_name: str,
        words: str,
        parent: QWidget | None = None,
        *,
        keys: str = "",
        colour: str = "text",
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self._icon = (icon_name, colour)
        self.set_words(words, keys)
        self._draw_icon()

    def show_icon(self, name: str, colour: str = "text") -> None:
        """Show another icon; ``colour`` is the name of a colour token."""
        if self._icon != (name, colour):
            self._icon = (name, colour)
            self._draw_icon()

    def set_words(self, words: str, keys: str = "") -> None:
        """Change what it is called."""
        self.setAccessibleName(words)
        self.setToolTip(f"{words}  {keys}" if keys else words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw_icon()

    def _draw_icon(self) -> None:
        name, token = self._icon
        self.setIcon(icon(name, getattr(current_tokens(), token), scaled(18)))
        self.setIconSize(QSize(scaled(18), scaled(18)))
