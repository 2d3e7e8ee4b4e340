"""Asks why something need not be done; usual reasons are offered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words


class ReasonDialog(Dialog):
    """``reason`` is what was written; it closes only where there is one.

    ``section`` holds its words (title, do, what, reason, usual.name and the usual reasons by code);
    ``details`` fill the placeholders of title and what, ``needed`` is said where no reason is written.
    ``form`` has room for more fields.
    """

    def __init__(
        self,
        words: Words,
        section: str,
        usual: Sequence[str],
        *,
        needed: str,
        parent: QWidget | None = None,
        **details: object,
    ) -> None:
        say = words.say
        super().__init__(words, say(f"{section}.title", **details), say(f"{section}.do"), parent)
        self._words, self._section, self._needed = words, section, needed
        self.body.addWidget(PlainLabel(say(f"{section}.what", **details), role="secondary", wrap=True))
        self._field = LineEdit(most=200)
        self._field.setObjectName("waive_reason")
        pairs = [(one, say(f"{section}.usual.{one}")) for one in usual]
        self._usual = ChipGroup(pairs, name=say(f"{section}.usual.name"))
        self._usual.changed.connect(self._take)
        self.form = FormGrid()
        self.form.row(say(f"{section}.reason"), self._field)
        self._missing = PlainLabel("", tone="warn", wrap=True)
        self._missing.hide()
        self.body.addLayout(self.form)
        self.body.addWidget(self._usual)
        self.body.addWidget(self._missing)
        self.setMinimumWidth(scaled(520))
        self._field.setFocus()

    @property
    def reason(self) -> str:
        """What was written."""
        return self._field.full_text().strip()

    def accept(self) -> None:
        """Close where a reason is written."""
        if not self.reason:
            self.refuse(self._words.say(self._needed))
            self._field.setFocus()
            return
        super().accept()

    def refuse(self, sentence: str) -> None:
        """Say what is still wrong."""
        self._missing.setText(sentence)
        self._missing.show()

    def _take(self, code: str) -> None:
        if code:
            self._field.setText(self._words.say(f"{self._section}.usual.{code}"))
