"""The bottom of the form: what is still missing, park, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.pill import Pill
from desktop_app.words import Words

_NAMED = 3
"""So many missing fields are named beside the buttons; the check lists all."""
_FIRST = ("manager_told_at",)
"""What is done before anything else and before the record is handed over: media, the manager (A§13.1)."""


class CheckBar(QWidget):
    """``save_clicked`` and ``park_clicked`` are the two buttons."""

    save_clicked = Signal()
    park_clicked = Signal()

    def __init__(self, words: Words, name_of: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._name_of = name_of
        self._missing: tuple[str, ...] = ()
        self._empty = True
        self._listed = False
        self._shown: tuple[bool, tuple[str, ...], int] | None = None
        self._list = PlainLabel(role="secondary", tone="warn", wrap=True)
        self._list.setObjectName("missing_list")
        self._list.hide()
        self._pill = Pill("quiet", "info", "")
        self._pill.setObjectName("completeness")
        self._park = SecondaryButton(words.say("window.capture.park"), first_key("park"))
        self._park.setObjectName("park")
        # It has a key, so Tab does not stop here on its way to the next call.
        self._park.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._save = PrimaryButton(words.say("window.capture.save_next"), first_key("save_next"))
        self._save.setObjectName("save_next")
        self._park.clicked.connect(self.park_clicked)
        self._save.clicked.connect(self.save_clicked)
        rule = QFrame()
        rule.setProperty("role", "rule")
        buttons = QHBoxLayout()
        buttons.setSpacing(scaled(8))
        buttons.addWidget(_shrinking(self._pill), 1)
        buttons.addWidget(self._park, 0, Qt.AlignmentFlag.AlignVCenter)
        buttons.addWidget(self._save, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(7))
        layout.addWidget(self._list)
        layout.addWidget(rule)
        layout.addLayout(buttons)

    def stops(self) -> list[QWidget]:
        """Return the buttons in the order of the tabs."""
        return [self._save]

    def show_state(self, missing: tuple[str, ...], *, empty: bool) -> None:
        """Show what is missing; on an empty form what it takes to begin."""
        self._missing, self._empty = missing, empty
        self._show_pill()
        if self._listed:
            self.list_all(missing)

    def list_all(self, missing: tuple[str, ...]) -> None:
        """List every missing field above the buttons."""
        self._missing, self._listed = missing, True
        names = self._words.say("window.capture.comma").join(self._name_of(key) for key in missing)
        self._list.setText(self._words.say("window.capture.missing_list", count=len(missing), names=names))
        self._list.setVisible(bool(missing))
        self._show_pill()

    def reset(self) -> None:
        """Begin a new form: nothing was checked yet."""
        self._listed = False
        self._list.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_pill()

    def _show_pill(self) -> None:
        state = (self._empty, self._missing, self.width())
        if state == self._shown:
            return
        self._shown = state
        if self._empty:
            self._pill.show_state("quiet", "info", self._words.say("window.capture.begin"))
        elif not self._missing:
            self._pill.show_state("ok", "check", self._words.say("window.capture.complete"))
        else:
            self._tell_missing()

    def _tell_missing(self) -> None:
        """Tell of as many as there is room for; the buttons keep their keys only where one fits beside."""
        told = [*self._first(), *(self._told(named) for named in range(self._most(), -1, -1))]
        few = self._words.say("window.capture.missing_few", count=len(self._missing))
        for keys, texts in ((True, told), (False, [*told, few])):
            self._show_keys(keys)
            room = self.width() - self._park.sizeHint().width() - self._save.sizeHint().width() - scaled(24)
            for text in texts:
                self._pill.show_state("warn", "info", text)
                if self._pill.sizeHint().width() <= room:
                    return

    def _show_keys(self, shown: bool) -> None:
        for code, button in (("park", self._park), ("save_next", self._save)):
            keys = first_key(code) if shown else ""
            if button.keys() != keys:
                button.set_words(button.text(), keys)

    def _most(self) -> int:
        """Return how many fields may be named; where one has to be done first, that comes before any name."""
        return 0 if any(key in _FIRST for key in self._missing) else min(_NAMED, len(self._missing))

    def _first(self) -> list[str]:
        """Return what has to be done first, in a long and a short sentence."""
        keys = [key for key in _FIRST if key in self._missing]
        lengths = ("long", "short")
        return [self._words.say(f"window.capture.first.{key}.{length}") for key in keys for length in lengths]

    def _told(self, named: int) -> str:
        names = self._words.say("window.capture.comma").join(map(self._name_of, self._missing[:named]))
        count = len(self._missing)
        code = "missing_count" if not named else "missing" if named == count else "missing_more"
        return self._words.say(f"window.capture.{code}", names=names, count=count)


def _shrinking(pill: Pill) -> QWidget:
    """Return the pill in a place that asks for no width: it names as many fields as there is room for."""
    place = QWidget()
    place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
    return place
