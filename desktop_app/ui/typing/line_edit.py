"""Fields of one line: they clean what is pasted, keep what is composed, and never render foreign text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAction,
    QClipboard,
    QContextMenuEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from desktop_app.domain.phones import grouped
from desktop_app.ui.theme.style import current_tokens
from desktop_app.ui.typing.entering import MOST_IN_LINE, entering
from desktop_app.ui.typing.ime import commit, with_preedit
from desktop_app.ui.widgets.icons import icon


class LineEdit(QLineEdit):
    """A field of one line.

    ``edited`` is emitted at every change of ``full_text``, composing included; ``cleaned`` with a
    ``Cleaned`` where something that was typed or pasted did not enter.
    """

    edited = Signal()
    cleaned = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, most: int = MOST_IN_LINE) -> None:
        super().__init__(parent)
        self._composing = ""
        self.setMaxLength(most)
        self.textChanged.connect(self.edited)

    def offer_clearing(self) -> None:
        """Show a button at the right end that empties the field, as soon as something is in it."""
        self.setClearButtonEnabled(True)
        for action in self.findChildren(QAction):
            action.setIcon(icon("close", current_tokens().muted, 16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button that empties the field in the middle of its height: Qt counts on a smaller one."""
        super().resizeEvent(event)
        for button in self.findChildren(QToolButton):
            button.move(button.x(), (self.height() - button.height()) // 2)

    def preedit(self) -> str:
        """Return what is being composed."""
        return self._composing

    def settled_text(self) -> str:
        """Return the text without what is being composed."""
        return self.text()

    def full_text(self) -> str:
        """Return the text with what is being composed in it, where the caret stands."""
        text = self.text()
        return with_preedit(text, self.cursorPosition(), self._composing) if self._composing else text

    def setText(self, text: str | None) -> None:
        """Replace all, what is being composed included."""
        self._drop_composing()
        super().setText(text or "")

    def clear(self) -> None:
        """Empty the field, what is being composed included."""
        self._drop_composing()
        super().clear()

    def enter(self, raw: str) -> None:
        """Take foreign text in at the caret: cut to the room left, cleaned, and told where it was changed."""
        commit(self)
        room = self.maxLength() - len(self.text()) + len(self.selectedText())
        cleaned = entering(self.converted(raw[: room + 1]) + raw[room + 1 :], room, one_line=True)
        self.insert(cleaned.text)
        if cleaned.changed:
            self.cleaned.emit(cleaned)

    def converted(self, text: str) -> str:
        """Return ``text`` in the characters this field is written in; of the same length."""
        return text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.enter(QGuiApplication.clipboard().text())
            return
        typed = event.text()
        if typed and not typed.isascii():
            self.enter(typed)
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        settled = event.commitString()
        cleaned = entering(self.converted(settled), self.maxLength() - len(self.text()), one_line=True)
        if cleaned.text != settled:
            event.setCommitString(cleaned.text, event.replacementStart(), event.replacementLength())
        self._composing = event.preeditString()
        super().inputMethodEvent(event)
        if cleaned.changed:
            self.cleaned.emit(cleaned)
        self.edited.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        commit(self)
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        commit(self)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clipboard = QGuiApplication.clipboard()
        if event.button() is Qt.MouseButton.MiddleButton and clipboard.supportsSelection():
            self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
            self.enter(clipboard.text(QClipboard.Mode.Selection))
            return
        super().mouseReleaseEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
        self.enter(event.mimeData().text())
        event.acceptProposedAction()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(lambda: self.enter(QGuiApplication.clipboard().text()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _drop_composing(self) -> None:
        if self._composing:
            self._composing = ""
            QGuiApplication.inputMethod().reset()


class HalfWidthEdit(LineEdit):
    """A field for numbers and codes: the input method is off in it, full-width characters become plain."""

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: Any = None) -> Any:
        if query is Qt.InputMethodQuery.ImEnabled:
            return False
        return super().inputMethodQuery(query)

    def converted(self, text: str) -> str:
        return text.translate(_PLAIN)


class PhoneEdit(HalfWidthEdit):
    """A field for a phone number, in groups as it is read out once the field is left."""

    def typed_text(self) -> str:
        """Return the number without the blanks that only group it."""
        text = self.full_text()
        bare = text.replace(" ", "").replace("-", "")
        return bare if text == grouped(bare) else text

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        text = self.text()
        shown = grouped(text)
        if shown != text:
            before = len(text[: self.cursorPosition()].replace(" ", ""))
            self.setText(shown)
            # Whoever comes back goes on behind the same digit.
            self.setCursorPosition(_behind(shown, before))

    def setText(self, text: str | None) -> None:
        """Show a number, grouped unless somebody is at it."""
        told = text or ""
        super().setText(told if self.hasFocus() else grouped(told))


def _behind(text: str, count: int) -> int:
    """Return the place in ``text`` behind so many characters that are no blanks."""
    places = [place for place, char in enumerate(text) if char != " "]
    return places[count - 1] + 1 if 0 < count <= len(places) else 0


_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""Full-width forms of ASCII, one for one, so that the caret stays where it is."""
