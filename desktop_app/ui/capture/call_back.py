"""When the caller is called back: chips for the usual promises, a time field for any other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.typed import read_yes
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import LANGUAGES, Words

SOON = timedelta(minutes=30)
_EVENING, _MORNING = time(18), time(10)
_TOO_LATE = timedelta(minutes=30)
"""A promise for this evening is offered as long as at least this much is left until then."""
_RECOVERED_CODE = "window.capture.promise.recovered"


class CallBackRow(QWidget):
    """``callback_needed`` and ``callback_due`` as one tab stop; ``edited`` at every change."""

    edited = Signal()

    def __init__(
        self, words: Words, zone: tzinfo, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._zone = zone
        self._clock = clock
        self.chips = ChipGroup(name=words.say("field.callback_needed"))
        self.chips.setObjectName("callback_needed")
        self.due = TimeEdit(zone, clock, ahead=True)
        self.due.setObjectName("callback_due")
        self.due.setAccessibleName(words.say("field.callback_due"))
        self.due.setPlaceholderText(words.say("window.capture.time_hint"))
        self._told = PlainLabel(role="secondary")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        layout.addWidget(self.chips)
        layout.addWidget(self.due, 1)
        layout.addWidget(self._told)
        layout.addStretch(0)
        self._own_time = ""
        self._proposed = False
        self.chips.changed.connect(self._choose)
        self.due.edited.connect(self._time_edited)
        self.clear()

    def clear(self) -> None:
        """Choose nothing, and offer the promises that can still be kept today."""
        day = self._clock().astimezone(self._zone)
        self._evening = datetime.combine(day.date(), _EVENING, self._zone)
        code = "evening"
        if day > self._evening - _TOO_LATE:
            code = "morning"
            self._evening = datetime.combine(day.date() + timedelta(days=1), _MORNING, self._zone)
        promises = ["no", "recovered", "soon", code, "other"]
        if self.chips.codes() != promises:
            self.chips.fill([(one, self._words.say(f"window.capture.promise.{one}")) for one in promises])
        self.chips.set_code("")
        self._own_time, self._proposed = "", False
        self.due.clear()
        self._show("")

    def values(self) -> dict[str, str]:
        """Return both fields as they are typed; empty where nothing was chosen."""
        chosen = self.chips.current_code()
        if not chosen:
            return {"callback_needed": "", "callback_due": ""}
        if chosen == "no":
            return {"callback_needed": "no", "callback_due": ""}
        due = self._words.say(_RECOVERED_CODE) if chosen == "recovered" else self.due.typed_text()
        return {"callback_needed": "yes", "callback_due": due}

    def load(self, needed: str, due: str) -> None:
        """Show what a draft says."""
        self.clear()
        answer = read_yes(needed)
        # A colleague may have typed it in the other language.
        if due in {Words(language).say(_RECOVERED_CODE) for language in LANGUAGES}:
            code, due = "recovered", ""
        elif due or answer:
            code = "other"
        else:
            code = "no" if answer is False else ""
        self.chips.set_code(code)
        self._own_time = due
        self.due.setText(due)
        self._show(code)

    def propose(self, wanted: bool) -> None:
        """Propose the call after recovery where nobody chose, or take that back while it is no more than so.

        Whoever waits or leaves a contact because the system is down is called back (2§5.1(1-3)).
        """
        chosen = self.chips.current_code()
        if wanted == self._proposed or chosen not in ("", "recovered") or (chosen and not self._proposed):
            return
        self._proposed = wanted
        self.chips.set_code("recovered" if wanted else "")
        self._show("")

    def _choose(self, code: str) -> None:
        now = self._clock()
        self._proposed = False
        if code == "soon":
            self.due.show_moment(now + SOON)
        elif code in ("evening", "morning"):
            self.due.show_moment(self._evening)
        elif code == "other":
            self.due.setText(self._own_time)
        self._show(code)
        if code == "other":
            self.due.setFocus()
        self.edited.emit()

    def _time_edited(self) -> None:
        if self.chips.current_code() == "other":
            self._own_time = self.due.full_text()
            self.edited.emit()

    def _show(self, code: str) -> None:
        """Show the field for any other time, and of a promise for today the time it means."""
        self.due.setVisible(code == "other")
        moment = self.due.moment() if code in ("soon", "evening", "morning") else None
        local = moment.astimezone(self._zone) if moment else None
        self._told.setText(f"→ {local:%m-%d %H:%M}" if local else "")
        self._told.setVisible(local is not None)
