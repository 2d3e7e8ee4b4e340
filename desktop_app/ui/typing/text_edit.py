"""The field for long texts: plain text only, cleaned as it enters, and Tab leaves it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop_app.ui.typing.entering import MOST_CHARACTERS, entering
from desktop_app.ui.typing.ime import commit, with_preedit


class LongTextEdit(QPlainTextEdit):
    """A field of many lines; signals as ``LineEdit``, and ``left`` once the focus is gone."""

    edited = Signal()
    cleaned = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, most: int = MOST_CHARACTERS) -> None:
        super().__init__(parent)
        self._most = most
        self._composing = ""
        self._told = ""
        self._limited = False
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._text_changed)

    def set_heights(self, least: int, wished: int) -> None:
        """Let the field be between these pixels high, and as high as it is given room for."""
        self._limited = True
        self.setMinimumHeight(least)
        self.setMaximumHeight(wished)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self.maximumHeight()) if self._limited else hint

    def preedit(self) -> str:
        """Return what is being composed."""
        return self._composing

    def settled_text(self) -> str:
        """Return the text without what is being composed."""
        return self.toPlainText()

    def full_text(self) -> str:
        """Return the text with what is being composed in it, where the caret stands."""
        text = self.toPlainText()
        return with_preedit(text, self.textCursor().position(), self._composing) if self._composing else text

    def setPlainText(self, text: str) -> None:
        """Replace all, what is being composed included."""
        self._drop_composing()
        super().setPlainText(text)

    def clear(self) -> None:
        """Empty the field, what is being composed included."""
        self._drop_composing()
        super().clear()

    def enter(self, raw: str) -> None:
        """Take foreign text in at the caret: cut to the room left, cleaned, and told where it was changed."""
        commit(self)
        cleaned = entering(raw, self._room(), one_line=False)
        self.textCursor().insertText(cleaned.text)
        self.ensureCursorVisible()
        if cleaned.changed:
            self.cleaned.emit(cleaned)

    def before_caret(self) -> str:
        """Return what stands before the caret on its line, without what is being composed."""
        cursor = self.textCursor()
        units = cursor.block().text().encode("utf-16-le", "surrogatepass")[: 2 * cursor.positionInBlock()]
        return units.decode("utf-16-le", "replace")

    def replace_before_caret(self, count: int, text: str, select: str = "") -> None:
        """Replace so many characters before the caret, as one step of undo; nothing composed is touched.

        The first ``select`` in the new text is selected, so that typing replaces it.
        """
        commit(self)
        cursor = self.textCursor()
        before = self.before_caret()
        gone = len(before[len(before) - count :].encode("utf-16-le", "surrogatepass")) // 2
        cleaned = entering(text, self._room() + gone, one_line=False)
        end = cursor.position()
        start = end - gone
        # What is removed comes last: the next key would join an insertion, and be undone with it.
        cursor.beginEditBlock()
        cursor.insertText(cleaned.text)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.endEditBlock()
        cursor.setPosition(start + len(cleaned.text.encode("utf-16-le")) // 2)
        at = cleaned.text.find(select) if select else -1
        if at >= 0:
            cursor.setPosition(start + len(cleaned.text[:at].encode("utf-16-le")) // 2)
            cursor.setPosition(cursor.position() + len(select), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        if cleaned.changed:
            self.cleaned.emit(cleaned)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.enter(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        line_end = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control
        if line_end or (typed and not control and (not typed.isascii() or typed.isprintable())):
            self.enter("\n" if line_end else typed)
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        settled = event.commitString()
        cleaned = entering(settled, self._room(), one_line=False)
        if cleaned.text != settled:
            event.setCommitString(cleaned.text, event.replacementStart(), event.replacementLength())
        self._composing = event.preeditString()
        super().inputMethodEvent(event)
        if cleaned.changed:
            self.cleaned.emit(cleaned)
        self._text_changed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        commit(self)
        super().focusOutEvent(event)
        self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        commit(self)
        super().mousePressEvent(event)

    def _room(self) -> int:
        # The document counts one more: the end of its last paragraph.
        return self._most - (self.document().characterCount() - 1) + len(self.textCursor().selectedText())

    def _text_changed(self) -> None:
        """Tell of a change once: Qt reports a text as changed where only its look did."""
        text = self.full_text()
        if text != self._told:
            self._told = text
            self.edited.emit()

    def _drop_composing(self) -> None:
        if self._composing:
            self._composing = ""
            QGuiApplication.inputMethod().reset()
