"""What Qt tells whoever draws: PySide's own types leave the parts of a style option out."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QStyle, QStyleOption


class StyleOption(Protocol):
    """The parts of a style option that are used here; ``font`` is an item's of a view."""

    rect: QRect
    state: QStyle.StateFlag
    font: QFont


def typed(option: QStyleOption) -> StyleOption:
    """Return the same option with its parts known."""
    return cast(StyleOption, option)
