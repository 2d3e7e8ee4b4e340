"""The equations of a reconciliation, small: each says whether it adds up."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.services.reconcile_sums import Sum
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel
from desktop_app.words import Words

NAMES = ("numbers", "records", "calls", "answered", "crm")


class SumsPanel(QWidget):
    """One line an equation: icon and word for whether it holds, then the numbers."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(scaled(6))
        grid.setVerticalSpacing(scaled(4))
        grid.setColumnStretch(1, 1)
        self._lines = {}
        for row, name in enumerate(NAMES):
            icon, text = IconLabel("info", "muted", 16), PlainLabel("", role="secondary", wrap=True)
            text.setObjectName(f"sum_{name}")
            grid.addWidget(icon, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
            self._lines[name] = (icon, text)

    def show_sums(self, found: Iterable[Sum]) -> None:
        """Show these equations."""
        for one in found:
            icon, text = self._lines[one.name]
            icon.show_icon(
                *(
                    ("info", "muted")
                    if one.parts is None
                    else ("check", "ok")
                    if one.holds
                    else ("warning", "warn")
                )
            )
            text.setText(sum_sentence(self._words, one))


def sum_sentence(words: Words, one: Sum) -> str:
    """Return one equation with its terms, and whether it adds up."""
    name = words.say(f"workbook.equation.{one.name}")
    if one.parts is None:
        return words.say(
            "window.reconcile.sums.not_checkable", name=name, why=words.say(f"workbook.{one.needs}")
        )
    parts = " + ".join(f"{_part(words, code)} {count}" for code, count in one.parts.items() if count)
    code = "holds" if one.holds else "fails"
    return words.say(f"window.reconcile.sums.{code}", name=name, total=one.total, parts=parts or "0")


def _part(words: Words, code: str) -> str:
    status = f"status.{code}"
    return words.say(status if words.has(status) else f"workbook.term.{code}")
