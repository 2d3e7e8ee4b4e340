"""What the fields of the capture form are called: short, each kind in its own words where they differ."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from desktop_app.domain.kinds import Kind
from desktop_app.ui.capture.plan import READ_BACK, READ_BACK_PLACE, plan_of
from desktop_app.ui.widgets.mnemonics import bare
from desktop_app.words import Words


def label_of(words: Words, kind: Kind, key: str) -> str:
    """Return a field's label with its mnemonic: the kind's own, the form's short one, or the catalogue's."""
    codes = (f"window.capture.{kind.value}.{key}", f"window.capture.label.{key}", f"field.{key}")
    return words.say(next(code for code in codes if words.has(code)))


def name_of(words: Words, kind: Kind, key: str) -> str:
    """Return what a field is called away from its place: its label where that says enough, else more."""
    code = f"window.capture.name.{key}"
    return words.say(code) if words.has(code) else bare(label_of(words, kind, key))


def label_widths(words: Words, metrics: QFontMetrics) -> tuple[int, int]:
    """Return the width of the longest label in front of either column, over all kinds.

    With it the fields stand still when the kind changes.
    """
    widest = [0, 0]
    for kind in Kind:
        for row in plan_of(kind).rows():
            for column, place in enumerate(row):
                text = label_of(words, kind, READ_BACK if place == READ_BACK_PLACE else place.split("+")[0])
                width = metrics.size(Qt.TextFlag.TextShowMnemonic, text).width()
                widest[column] = max(widest[column], width)
    return widest[0], widest[1]
