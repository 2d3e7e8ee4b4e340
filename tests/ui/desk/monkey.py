"""A monkey at the desk: keys, words and compositions in any order, in every place and dialog.

It remembers what stood in the form after each of its keys, to be held against the store in the end.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from desktop_app.domain.entries import Value
from desktop_app.ui.capture.capture_page import CapturePage
from desktop_app.ui.capture.held_form import HeldForm
from desktop_app.ui.typing.keys import KEYS
from tests.ui.desk.desks import PIN, STAFF_NUMBER, Desk
from tests.ui.typing.composing import compose, settle

WATCHED = ("caller_name", "address", "detail", "customer_wants")
"""Fields whose text is stored as it was typed."""
_SAFE_KEYS = (
    *["Tab"] * 6,
    *["Return"] * 6,
    *["Down"] * 3,
    *["Up"] * 2,
    *["Esc"] * 3,
    *["Shift+Tab"] * 2,
    *("Left", "Right", "Home", "End", "Space", "Backspace", "Delete", "PgUp", "PgDown", "Alt+Left"),
    *("Ctrl+Z", "Ctrl+Y", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Shift+Return", "Ctrl+Home", "Shift+Left"),
)
_LETTERS = "abcxyz0189 ;；,.，。%_*\"'()<>&\\/"
_CHINESE = "停水了电梯困人请尽快回电王小陈女士翠湖苑"
_PIECES = (
    "0219",
    "13123450043",
    "；ty ",
    ";1 ",
    ";tous ",
    "王",
    "cns",
    "翠湖",
    "%_\"*' OR 1",
    "１３１２３４５",
    "\u202eabc\u200b",
    "😀🚒",
    "{phone} {0} %s",
    "<b>粗</b>",
    "x" * 300,
)
_LEFT_OUT = frozenset({"print"})
"""What asks the system's printers."""


class Monkey:
    """Presses ``presses`` keys, one each time the event loop is idle; ``ended`` says that it is over."""

    def __init__(self, desk: Desk, seed: int, presses: int) -> None:
        self.desk, self.chance, self.left = desk, random.Random(seed), presses
        self.ended = False
        self.done: Counter[str] = Counter()
        self.log: list[str] = []
        self._held: list[tuple[HeldForm, dict[str, Value]]] = []
        self._locked_for = self._open_for = 0
        self.problem = ""

    def start(self) -> None:
        """Begin; goes on by itself."""
        self._next()

    def typed(self) -> list[dict[str, Value]]:
        """Return the last texts of every form, each record's once."""
        last: dict[str, dict[str, Value]] = {}
        for place, (form, values) in enumerate(self._held):
            last[form.draft.subject_id or f"unknown {place}"] = values
        return list(last.values())

    def _next(self) -> None:
        if self.left <= 0:
            self.ended = not self._close_dialog()
            if not self.ended:
                QTimer.singleShot(20, self._next)
            return
        self.left -= 1
        # First: a key that opens a dialog comes back only when it is closed.
        QTimer.singleShot(self.chance.choice((0, 0, 0, 1, 5, 30)), self._next)
        try:
            self._act()
            self._remember()
        except Exception:
            self.left = 0
            raise

    def _act(self) -> None:
        if QApplication.activeWindow() is None:
            # As a window manager does when a dialog is gone.
            (QApplication.activeModalWidget() or self.desk.window).activateWindow()
        if self.desk.window.workplace is None:
            self._locked_for += 1
            if self._locked_for > 3:
                self._unlock()
                return
        else:
            self._locked_for = 0
        deeds: list[tuple[int, Callable[[], None]]] = [
            (30, self._letters),
            (12, self._piece),
            (8, self._compose),
            (30, self._key),
            (25, self._shortcut),
            (8, self._go_to_form),
            (4, lambda: self._press("Ctrl+Return")),
        ]
        if self._dialog() is not None:
            self._open_for += 1
            if self._open_for > 15:
                self._close_dialog()
                return
        else:
            self._open_for = 0
        chosen = self.chance.choices([deed for _, deed in deeds], [weight for weight, _ in deeds])[0]
        chosen()

    def _focus(self) -> QWidget:
        return (
            QApplication.activePopupWidget()
            or QApplication.focusWidget()
            or QApplication.activeModalWidget()
            or self.desk.window
        )

    def _dialog(self) -> QWidget | None:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget()

    def _close_dialog(self) -> bool:
        """Press Esc in a dialog that is open; False where there is none."""
        dialog = self._dialog()
        if dialog is None:
            return False
        self._press("Esc")
        if dialog is self._dialog() and self._open_for > 40:
            self.problem = f"stuck: {dialog.objectName()} {type(dialog).__name__}"
            dialog.close()
        return True

    def _letters(self) -> None:
        self._note("letters", "")
        for letter in self.chance.choices(_LETTERS, k=self.chance.randrange(1, 6)):
            self._type(letter)

    def _piece(self) -> None:
        piece = self.chance.choice(_PIECES)
        self._note("piece", piece[:10])
        for letter in piece:
            self._type(letter)

    def _compose(self) -> None:
        focus = self._focus()
        self._note("compose", focus.objectName())
        compose(focus, self.chance.choice(("ting", "cns", "w", "")))
        if self.chance.random() < 0.6:
            settle(focus, "".join(self.chance.choices(_CHINESE, k=self.chance.randrange(0, 4))))

    def _key(self) -> None:
        self._press(self.chance.choice(_SAFE_KEYS))

    def _shortcut(self) -> None:
        code = self.chance.choice([one for one in KEYS if one not in _LEFT_OUT])
        if code == "lock" and self.chance.random() < 0.8:
            return
        self._press(self.chance.choice(KEYS[code].split()))

    def _type(self, letter: str) -> None:
        """Press the key of a letter where the focus is; QTest knows Latin keys only."""
        key = ord(letter.upper()) if letter.isascii() else 0
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(self._focus(), event)

    def _press(self, keys: str) -> None:
        self._note("key", keys)
        combination = QKeySequence(keys)[0]
        focus = self._focus()
        if isinstance(self._dialog(), QFileDialog) and keys != "Esc":
            return  # not one of our own
        QTest.keyPress(focus, combination.key(), combination.keyboardModifiers())
        if shiboken6.isValid(focus):
            QTest.keyRelease(focus, combination.key(), combination.keyboardModifiers())

    def _go_to_form(self) -> None:
        """Go where calls are typed, as a person does who has wandered off."""
        workplace = self.desk.window.workplace
        if workplace is None or self._dialog() is not None:
            return
        if workplace.place() != "desk":
            self._press("Esc")
        self._note("form", "")
        workplace.desk.capture.form.fields.go_to(self.chance.choice(("phone", *WATCHED)))

    def _unlock(self) -> None:
        """Give staff number and PIN; from any other page before the store go back."""
        fields = {
            name: [one for one in self.desk.window.findChildren(QLineEdit, name) if one.isVisible()]
            for name in ("staff_number", "pin")
        }
        if len(fields["pin"]) != 1 or not fields["pin"][0].isEnabled():
            self._press("Esc")
            return
        self._note("unlock", "")
        for name, text in (("staff_number", STAFF_NUMBER), ("pin", PIN)):
            for field in fields[name]:
                field.setFocus()
                field.setText(text)
        self._press("Return")
        self._locked_for = -40

    def _note(self, deed: str, what: str) -> None:
        self.done[deed] += 1
        focus = QApplication.focusWidget()
        self.log = [*self.log[-60:], f"{deed} {what} @ {focus.objectName() if focus else None}"]

    def _remember(self) -> None:
        workplace = self.desk.window.workplace
        if workplace is None:
            return
        page: CapturePage = workplace.desk.capture
        form = page.keeper._form
        values = {key: value for key, value in page.form.values().items() if key in WATCHED and value}
        if form is None:
            known = page.keeper._standing or page.keeper._staying
            if values and known is None and not self.problem:
                self.problem = f"a text that nobody keeps: {values}"
        else:
            if self._held and self._held[-1][0] is form:
                self._held.pop()
            self._held.append((form, values))
