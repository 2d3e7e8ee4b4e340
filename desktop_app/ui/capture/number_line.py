"""The line that can be read to the caller: provisional number, since when, at which seat, draft kept."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.labels import ElidedLabel, PlainLabel, restyle
from desktop_app.ui.widgets.pill import Pill

_CHANGED = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest)
_LEAST_CALLER, _LEAST_CALL = 200, 120
"""Pixels of what is pressing of the caller, and of when the call came in; of less nothing can be read."""


class NumberLine(QWidget):
    """Number, call and seat at the left; at the right what was saved last and when the draft was kept.

    ``undo_clicked`` takes the last save back.
    """

    undo_clicked = Signal()

    def __init__(self, session: Session, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = session.words
        self._person = session.person
        self._zone = zone
        self._number = PlainLabel(selectable=True)
        self._number.setObjectName("number")
        self._important = Pill("warn", "warning", self._words.say("window.capture.important"))
        self._important.setObjectName("important_flag")
        self._important.hide()
        self._call = ElidedLabel(role="secondary")
        self._kept = Pill("quiet", "draft", "", may_shrink=True)
        self._saved = Pill("ok", "check", "", may_shrink=True)
        self._saved.setObjectName("saved")
        self._undo = QuietButton(session.words.say("window.capture.undo"), first_key("undo"))
        self._undo.setObjectName("undo")
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._undo.clicked.connect(self.undo_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(10))
        layout.addWidget(self._number)
        layout.addWidget(self._important)
        layout.addWidget(self._call, 1)
        self._room = layout
        for part in (self._saved, self._undo, self._kept):
            layout.addWidget(part)
        self._caller: QWidget | None = None
        self._kept_known = False
        self._saved_number = ""
        self.setFixedHeight(scaled(28))
        self.show_saved("")
        self.show_undo(False)
        self.show_number("")
        self.show_call(None)
        self.show_kept(None)

    def hold_caller(self, caller: QWidget) -> None:
        """Show what is pressing of the caller behind the number, in the place of when and where."""
        self._caller = caller
        place = self._room.indexOf(self._call)
        self._room.insertWidget(place, caller)
        self._room.insertStretch(place + 1)
        caller.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGED:
            self._fit()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show whole what there is room for, the most important first; only the caller's line may be cut."""
        told = self._caller is not None and not self._caller.isHidden()
        undo = not self._undo.isHidden()
        room = self.width() - self._need(self._number)
        room -= self._need(self._important) if not self._important.isHidden() else 0
        room -= self._need(self._undo) if undo else 0
        if self._caller is not None and told:
            room -= min(self._need(self._caller), max(scaled(_LEAST_CALLER), room - self._need(self._saved)))
        # The draft of a new call is kept; for some seconds the way back to the last one counts more.
        kept = self._kept_known and not (told and undo)
        for part, wanted in ((self._saved, bool(self._saved_number)), (self._kept, kept)):
            fits = room >= self._need(part)
            part.setVisible(wanted and fits)
            room -= self._need(part) if wanted else 0
        self._call.setVisible(not told and room >= min(self._need(self._call), scaled(_LEAST_CALL)))

    def _need(self, part: QWidget) -> int:
        return part.sizeHint().width() + self._room.spacing()

    def number(self) -> str:
        """Return the number on screen; empty before the first key."""
        return self._shown_number

    def show_number(self, number: str) -> None:
        """Show the provisional number; without one, that it comes with the first key."""
        self._shown_number = number
        code = "number" if number else "number_to_come"
        self._number.setText(self._words.say(f"window.capture.{code}", number=number))
        self._number.setProperty("role", "strong" if number else "secondary")
        restyle(self._number)
        self._fit()

    def show_call(self, since: datetime | None) -> None:
        """Show when the call came in and who takes it."""
        seat = self._words.say(
            "window.capture.seat", staff_number=self._person.staff_number, name=self._person.name
        )
        if since is not None:
            time = f"{since.astimezone(self._zone):%H:%M:%S}"
            seat = self._words.say("window.capture.came_in", time=time) + " · " + seat
        self._call.setText(seat)
        self._fit()

    def show_important(self, important: bool) -> None:
        """Say that this caller or matter is to be taken special care of (1.7.3)."""
        self._important.setVisible(important)
        self._fit()

    def show_saved(self, number: str) -> None:
        """Show which record was saved last; none hides it."""
        self._saved_number = number
        if number:
            self._saved.show_state("ok", "check", self._words.say("window.capture.saved", number=number))
        self._fit()

    def show_undo(self, possible: bool) -> None:
        """Offer to take the last save back, as long as that is possible."""
        self._undo.setVisible(possible)
        if not possible:
            self.show_saved("")
        self._fit()

    def show_kept(self, kept: datetime | None) -> None:
        """Show when the draft was last written to the store."""
        self._kept_known = kept is not None
        if kept is not None:
            time = f"{kept.astimezone(self._zone):%H:%M:%S}"
            self._kept.show_state("quiet", "draft", self._words.say("window.capture.kept", time=time))
        self._fit()
