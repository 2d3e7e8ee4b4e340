"""The mark beside a stored address: an offer, until the agent has asked the caller (DESK §1, row 2)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.buttons import HintedButton
from desktop_app.words import Words

_INSET = 3
_LEAST_TEXT = 180
"""Pixels of the address that stay readable beside the mark; in a narrower field it says less."""


class OfferedMark(QObject):
    """Stands inside ``field`` at its right end while the text in it is only an offer."""

    def __init__(self, words: Words, field: LineEdit) -> None:
        super().__init__(field)
        self._words, self._field = words, field
        self._code = "stored"
        self._offered = ""
        self._button = HintedButton(
            "", first_key("confirm_address"), field, kind="mark", icon_name="warning", icon_colour="warn"
        )
        self._button.setObjectName("confirm_address")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.clicked.connect(self.confirm)
        self._button.hide()
        field.installEventFilter(self)
        field.edited.connect(self._edited)

    @property
    def open(self) -> bool:
        """Whether what stands in the field is still to be confirmed."""
        return bool(self._offered)

    def offer(self, *, known: bool) -> None:
        """Mark the field's text: of the snapshot (``known``), or what somebody said in an earlier call."""
        self._code = "stored" if known else "earlier"
        self._offered = self._field.full_text()
        self._place()
        self._button.setVisible(self.open)
        if self.open:
            announce(self._field, self._words.say(f"window.capture.offered.{self._code}"))

    def confirm(self) -> None:
        """The caller has said so: the text is the record's own from now on."""
        if self.open:
            self.drop()
            announce(self._field, self._words.say("window.capture.offered.confirmed"))

    def drop(self) -> None:
        """Take the mark away: the text was changed, or another call begins."""
        self._offered = ""
        self._button.hide()
        self._field.setTextMargins(0, 0, 0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.open:
            self._place()
        return False

    def _edited(self) -> None:
        if self.open and self._field.full_text() != self._offered:
            self.drop()

    def _place(self) -> None:
        """Stand at the right end, with as many words as leave room for the address."""
        for code in (self._code, "short"):
            self._button.set_words(self._words.say(f"window.capture.offered.{code}"))
            width = self._button.sizeHint().width()
            if self._field.width() - width >= scaled(_LEAST_TEXT):
                break
        height = self._field.height() - 2 * _INSET
        self._button.setGeometry(self._field.width() - width - _INSET, _INSET, width, height)
        self._field.setTextMargins(0, 0, width + scaled(4), 0)
