"""Fields of the pages before an unlocked store: a PIN, and a note that says what a field is for or lacks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit, PhoneEdit
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel, restyle

MOST_IN_PIN = 128


class CodeEdit(PhoneEdit):
    """A field for staff numbers and codes: the input method is off in it."""


class PinEdit(PhoneEdit):
    """A field that shows dots. ``caps_lock`` tells whether letters come out the wrong way round."""

    caps_lock = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, most=MOST_IN_PIN)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )

    def enter(self, raw: str) -> None:
        """Take in a pasted PIN without the line end that came with it."""
        super().enter(raw.strip("\r\n"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt does not tell the state of Caps Lock: a letter typed against its Shift key shows it."""
        typed = event.text()
        if len(typed) == 1 and typed.isascii() and typed.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(typed.isupper() is not shifted)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock.emit(False)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing more to tell of Caps Lock."""
        self.caps_lock.emit(False)
        super().focusOutEvent(event)


class Note(QWidget):
    """A sentence under a field: what it is for, or with a sign what is wrong with it."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._said, self._tone = hint, ""
        self._remark = ""
        self._sign = IconLabel("warning", "warn", 15)
        self._text = PlainLabel(hint, role="secondary", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(5))
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        self.calm()

    def set_hint(self, hint: str) -> None:
        """Say something else where nothing is wrong."""
        self._hint = hint
        if not self._tone:
            self.calm()

    def remark(self, sentence: str) -> None:
        """Say something with a sign, whatever else there is to say, until it is taken back by ""."""
        if sentence and sentence != self._remark:
            announce(self, sentence)
        self._remark = sentence
        self._show(self._said, self._tone)

    def calm(self) -> None:
        """Say what the field is for."""
        self._show(self._hint, "")

    def warn(self, sentence: str, *, aloud: bool = True) -> None:
        """Say what is wrong, to a screen reader too unless it was just told."""
        if aloud and sentence != self._text.text():
            announce(self, sentence)
        self._show(sentence, "warn")

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def is_warning(self) -> bool:
        """Whether something is wrong."""
        return bool(self._tone)

    def _show(self, said: str, told: str) -> None:
        self._said, self._tone = said, told
        sentence, tone = (self._remark, "warn") if self._remark else (said, told)
        self._sign.setVisible(bool(tone))
        self._text.setText(sentence)
        self._text.setProperty("tone", tone)
        restyle(self._text)
        # Without a parent, to show it would open a window.
        if self.parentWidget() is not None or not sentence:
            self.setVisible(bool(sentence))


class Checked(QObject):
    """A field and its note: judged when the field is left, at ease again as soon as it is right (DESK §1).

    ``check`` returns what is wrong with a text, "" for nothing.
    """

    def __init__(self, field: LineEdit, note: Note, check: Callable[[str], str], label: PlainLabel) -> None:
        super().__init__(field)
        self.field, self.note, self.label = field, note, label
        self._check = check
        field.setAccessibleDescription(note.text())
        field.edited.connect(self._ease)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: object) -> bool:
        """Judge a field that is left for another one, not for another window."""
        if (
            isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.MouseFocusReason)
            and self.field.text()
        ):
            self.judge()
        return False

    def set_visible(self, visible: bool) -> None:
        """Show or hide the whole row."""
        self.field.setVisible(visible)
        self.label.setVisible(visible)
        self.note.setVisible(visible and bool(self.note.text()))

    def judge(self) -> bool:
        """Show what is wrong; returns whether nothing is."""
        problem = self._check(self.field.full_text())
        self.field.setProperty("missing", "true" if problem else "")
        restyle(self.field)
        if problem:
            self.note.warn(problem)
        else:
            self.note.calm()
        self.field.setAccessibleDescription(self.note.text())
        return not problem

    def _ease(self) -> None:
        if self.note.is_warning() and not self._check(self.field.full_text()):
            self.judge()
