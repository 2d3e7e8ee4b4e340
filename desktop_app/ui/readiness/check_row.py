"""One check of the readiness page: icon and word, what was found, what to do, and the way there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from desktop_app.domain.readiness import Check, Grade
from desktop_app.services.readiness_text import CheckText
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.pill import Pill, Tone

_LOOKS: Mapping[Grade, tuple[Tone, str]] = {
    Grade.READY: ("ok", "check"),
    Grade.NOTE: ("info", "info"),
    Grade.DO: ("warn", "warning"),
    Grade.URGENT: ("urgent", "warning"),
}
PLACES = {
    "customers": "customers",
    "backup": "settings",
    "pairing": "stations",
    "hand_in": "stations",
    "contacts": "people",
    "roster": "people",
    "training": "people",
    "pack": "settings",
    "version": "stations",
}
"""Where what a check asks for is done."""


def add_check(
    grid: QGridLayout, row: int, check: Check, told: CheckText, go: str, went: Callable[[str], None]
) -> SecondaryButton | None:
    """Put a check into a row of the grid; returns the button that leads to where it is done, if there is one.

    ``go`` are the words of that button, "" where there is no such place.
    """
    top = Qt.AlignmentFlag.AlignTop
    tone, icon = _LOOKS[check.grade]
    pill = Pill(tone, icon, told.grade)
    pill.setObjectName(f"check_{check.code}")
    pill.setAccessibleName(f"{told.name}: {told.grade}")
    grid.addWidget(PlainLabel(told.name, role="strong"), row, 0, top)
    grid.addWidget(pill, row, 1, top)
    texts = QVBoxLayout()
    texts.setSpacing(0)
    found = PlainLabel(told.found, wrap=True, selectable=True)
    found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    texts.addWidget(found)
    if told.do:
        texts.addWidget(PlainLabel(told.do, role="secondary", wrap=True))
    grid.addLayout(texts, row, 2)
    if not go or check.grade is Grade.READY:
        return None
    button = SecondaryButton(go, icon_name="right")
    button.setObjectName(f"go_{check.code}")
    button.setAccessibleName(f"{told.name}: {go}")
    button.clicked.connect(lambda: went(PLACES[check.code]))
    grid.addWidget(button, row, 3, top)
    return button
