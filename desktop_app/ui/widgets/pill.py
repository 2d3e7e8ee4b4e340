"""A small coloured state: icon, word and colour together, never colour alone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import ElidedLabel, IconLabel, PlainLabel, restyle

Tone = Literal["ok", "warn", "urgent", "complaint", "info", "quiet"]
_TOKENS: dict[Tone, str] = {
    "ok": "ok",
    "warn": "warn",
    "urgent": "urgent",
    "complaint": "complaint",
    "info": "accent",
    "quiet": "muted",
}


def token_of(tone: Tone) -> str:
    """Return the name of the colour token of the tone's text and icon."""
    return _TOKENS[tone]


class Pill(QFrame):
    """Icon and word on a tint; ``show_state`` changes all three at once.

    One that ``may_shrink`` shows as much of its word as there is room for; the whole is its tool tip.
    """

    def __init__(
        self,
        tone: Tone,
        icon: str,
        text: str,
        parent: QWidget | None = None,
        *,
        may_shrink: bool = False,
    ) -> None:
        super().__init__(parent)
        self.tone: Tone = tone
        self.setProperty("tone", tone)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._icon = IconLabel(icon, token_of(tone), 15)
        self._text = ElidedLabel(text) if may_shrink else PlainLabel(text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (7, 2, 8, 2)))
        layout.setSpacing(scaled(5))
        layout.addWidget(self._icon)
        layout.addWidget(self._text)
        self.setAccessibleName(text)

    def text(self) -> str:
        """Return the word."""
        return self._text.text()

    def show_state(self, tone: Tone, icon: str, text: str) -> None:
        """Show another state."""
        self._icon.show_icon(icon, token_of(tone))
        self._text.setText(text)
        self.setAccessibleName(text)
        if tone != self.tone:
            self.tone = tone
            self.setProperty("tone", tone)
            restyle(self)
