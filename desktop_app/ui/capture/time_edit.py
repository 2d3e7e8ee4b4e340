"""A field for a moment: typed in any short spelling, shown as ``2026-03-20 10:03`` once it is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from desktop_app.domain.typed import moment_shown, read_moment
from desktop_app.ui.typing.line_edit import HalfWidthEdit


class TimeEdit(HalfWidthEdit):
    """``t`` and a bare ``14:30`` count from ``clock`` in ``zone``; ``ahead`` says that the moment lies ahead.

    A text that is no moment stays as it was typed: the record's correction list tells of it.
    """

    def __init__(
        self,
        zone: tzinfo,
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
        *,
        ahead: bool = False,
    ) -> None:
        super().__init__(parent, most=64)
        self._zone = zone
        self._clock = clock
        self._ahead = ahead

    def stamp(self) -> None:
        """Enter the moment now."""
        self.show_moment(self._clock())

    def show_moment(self, moment: datetime) -> None:
        """Enter a moment, to the minute."""
        self.setText(moment_shown(moment.replace(second=0, microsecond=0), self._zone))

    def moment(self) -> datetime | None:
        """Return the moment in UTC; None where the text is none."""
        return read_moment(self.full_text(), self._zone, self._clock(), ahead=self._ahead)

    def typed_text(self) -> str:
        """Return the text, its moment in full where it is one: ``t`` means now, not when it is read."""
        moment = self.moment()
        text = self.full_text()
        if moment is None or moment_shown(moment, self._zone) == text.strip():
            return text
        return moment_shown(moment.replace(second=0, microsecond=0), self._zone)

    def shortly(self) -> str:
        """Return the moment as it is told: of today the hour alone; a text that is none as it stands."""
        moment = self.moment()
        if moment is None:
            return self.full_text().strip()
        local, today = moment.astimezone(self._zone), self._clock().astimezone(self._zone)
        return f"{local:%H:%M}" if local.date() == today.date() else f"{local:%m-%d %H:%M}"

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        text = self.typed_text()
        if text != self.text():
            self.setText(text)
