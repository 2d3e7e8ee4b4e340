"""What stands inside a field while its text is only an offer: the address, a number, or who it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal

from desktop_app.domain.phones import grouped
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.buttons import HintedButton
from desktop_app.words import Words

_INSET = 3


class FieldMark(QObject):
    """A button at the right end of ``field``; ``clicked`` by mouse, its key is told beside its words.

    ``least`` are the pixels of the field's text that stay readable beside it; in a narrower field it says
    less, and at last leaves its key to the tool tip.
    """

    clicked = Signal()

    def __init__(
        self, field: LineEdit, code: str, *, kind: str, icon: str = "", least: int, name: str = ""
    ) -> None:
        super().__init__(field)
        self.field, self._keys, self._least = field, first_key(code), least
        self._texts: tuple[str, ...] = ()
        self._button = HintedButton(
            "", self._keys, field, kind=kind, icon_name=icon, icon_colour="warn" if icon else "text"
        )
        self._button.setObjectName(name or code)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.setToolTip(self._keys)
        self._button.clicked.connect(self.clicked)
        self._button.hide()
        field.installEventFilter(self)

    @property
    def open(self) -> bool:
        """Whether it stands there."""
        return bool(self._texts)

    def show_texts(self, texts: Sequence[str]) -> None:
        """Stand there with the first of these words that leaves room for the text."""
        self._texts = tuple(texts)
        self._place()
        self._button.show()

    def drop(self) -> None:
        """Go away."""
        self._texts = ()
        self._button.hide()
        self.field.setTextMargins(0, 0, 0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.open:
            self._place()
        return False

    def _place(self) -> None:
        width = 0
        for text, keys in (*((text, self._keys) for text in self._texts), (self._texts[-1], "")):
            self._button.set_words(text, keys)
            width = self._button.sizeHint().width()
            if self.field.width() - width >= scaled(self._least):
                break
        height = self.field.height() - 2 * _INSET
        self._button.setGeometry(self.field.width() - width - _INSET, _INSET, width, height)
        self.field.setTextMargins(0, 0, width + scaled(4), 0)


class OfferedMark(FieldMark):
    """The mark of a stored address: an offer, until the agent has asked the caller (DESK §1, row 2)."""

    def __init__(self, words: Words, field: LineEdit) -> None:
        super().__init__(field, "confirm_address", kind="mark", icon="warning", least=180)
        self._words, self._offered = words, ""
        self.clicked.connect(self.confirm)
        field.edited.connect(self._edited)

    def offer(self, *, known: bool) -> None:
        """Mark the field's text: of the snapshot (``known``), or what somebody said in an earlier call."""
        self._offered = self.field.full_text()
        if not self._offered:
            self.drop()
            return
        told = self._words.say(f"window.capture.offered.{'stored' if known else 'earlier'}")
        self.show_texts((told, self._words.say("window.capture.offered.short")))
        announce(self.field, told)

    def confirm(self) -> None:
        """The caller has said so: the text is the record's own from now on."""
        if self.open:
            self.drop()
            announce(self.field, self._words.say("window.capture.offered.confirmed"))

    def _edited(self) -> None:
        if self.open and self.field.full_text() != self._offered:
            self.drop()


class NumberMark(FieldMark):
    """A stored number in the empty field of the caller's: not who calls from where, but where to call back.

    ``confirmed`` carries the number once the caller has agreed to it.
    """

    confirmed = Signal(str)

    def __init__(self, words: Words, field: LineEdit) -> None:
        super().__init__(field, "confirm_address", kind="mark", icon="phone", least=16, name="confirm_number")
        self._words, self._number = words, ""
        self.clicked.connect(self.confirm)
        field.edited.connect(self._edited)

    def offer(self, phone: str) -> None:
        """Offer a number, where the field is empty; none takes the offer back."""
        self._number = phone
        if not phone or self.field.full_text():
            self.drop()
            return
        shown = grouped(phone)
        codes = ("number", "number_alone")
        self.show_texts([self._words.say(f"window.capture.offered.{code}", phone=shown) for code in codes])

    def confirm(self) -> None:
        """The caller may be called back there."""
        if self.open:
            self.drop()
            self.confirmed.emit(self._number)

    def _edited(self) -> None:
        if self.open and self.field.full_text():
            self.drop()
