"""Why a record need not go into the CRM."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words

_USUAL = ("test", "misdialled", "silent", "not_ours")


class WaiveDialog(Dialog):
    """Asks for the reason; usual ones are offered. ``reason`` is what was written."""

    def __init__(self, words: Words, number: str, parent: QWidget | None = None) -> None:
        say = words.say
        super().__init__(
            words,
            say("window.reconcile.waive.title", number=number),
            say("window.reconcile.waive.do"),
            parent,
        )
        self._words = words
        self.body.addWidget(PlainLabel(say("window.reconcile.waive.what"), role="secondary", wrap=True))
        self._field = LineEdit(most=200)
        self._field.setObjectName("waive_reason")
        usual = [(one, say(f"window.reconcile.waive.usual.{one}")) for one in _USUAL]
        self._usual = ChipGroup(usual, name=say("window.reconcile.waive.usual.name"))
        self._usual.changed.connect(self._take)
        form = FormGrid()
        form.row(say("window.reconcile.waive.reason"), self._field)
        self._missing = PlainLabel("", tone="warn")
        self._missing.hide()
        self.body.addLayout(form)
        self.body.addWidget(self._usual)
        self.body.addWidget(self._missing)
        self.setMinimumWidth(520)
        self._field.setFocus()

    @property
    def reason(self) -> str:
        """What was written."""
        return self._field.full_text().strip()

    def accept(self) -> None:
        """Close where a reason is written."""
        if not self.reason:
            self._missing.setText(self._words.say("error.decisions.reason_needed"))
            self._missing.show()
            self._field.setFocus()
            return
        super().accept()

    def _take(self, code: str) -> None:
        if code:
            self._field.setText(self._words.say(f"window.reconcile.waive.usual.{code}"))
