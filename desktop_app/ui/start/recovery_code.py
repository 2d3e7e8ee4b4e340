"""The recovery code, shown once: printed or copied, then two groups of it typed back."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.people import same_code
from desktop_app.ui.paper import print_sheet
from desktop_app.ui.start.fields import CodeEdit
from desktop_app.ui.start.page import Page
from desktop_app.ui.start.parts import StartParts
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel

_ASKED = 2
_COLUMNS = 4


class RecoveryCodePage(Page):
    """First the code, then, with the code hidden, two of its groups; ``kept`` once they are right.

    Where the site's recovery key serves instead there is nothing to keep, and the page says who recovers.
    """

    kept = Signal()

    def __init__(self, parts: StartParts, code: str) -> None:
        section = "recovery" if code else "site_recovery"
        super().__init__(parts, section)
        self._groups = code.split("-") if code else []
        self.asked: list[int] = []
        self._typing = False
        self._warned = False
        if not self._groups:
            return
        self.asked = sorted(random.SystemRandom().sample(range(len(self._groups)), _ASKED))
        self._code = self._shown_code()
        self.body.addWidget(self._code)
        for place in self.asked:
            self._ask(place)
        self._again = self.link("look_again", self._show_code)
        self._show_code()

    def group(self, place: int) -> str:
        """Return one group of the code, as it stands on the paper."""
        return self._groups[place]

    def focus_start(self) -> None:
        """Enter goes on from the code; typing begins in the first group asked for."""
        if self._typing:
            super().focus_start()
        else:
            self.primary.setFocus()

    def enter(self) -> None:
        """As on every page, once the groups are asked for."""
        if self._typing:
            super().enter()
        else:
            self.act()

    def may_be_left(self) -> bool:
        """Whether the window may close: before the code was typed back only once that was warned of."""
        warned, self._warned = self._warned or not self._groups, True
        if not warned:
            self.message.tell(self.say("not_yet"), "warn")
        return warned

    def act(self) -> None:
        """From the code to the question, from the right answer on."""
        if self._typing or not self._groups:
            self.kept.emit()
            return
        self._typing = True
        self._show_part()
        self.focus_start()

    def _show_code(self) -> None:
        self._typing = False
        self._show_part()
        self.focus_start()

    def _show_part(self) -> None:
        self._code.setVisible(not self._typing)
        self._again.setVisible(self._typing)
        self.intro.setText(self.say("type_back" if self._typing else "intro"))
        for checked in self.checked:
            checked.set_visible(self._typing)
        self.primary.set_words(self.say("check" if self._typing else "do"))

    def _ask(self, place: int) -> None:
        wanted, wrong = self._groups[place], self.say("wrong_group")
        checked = self.field(
            "group", CodeEdit(), lambda text: "" if same_code(text, wanted) else wrong, place=place + 1
        )
        checked.field.setObjectName(f"group_{place + 1}")

    def _shown_code(self) -> QWidget:
        box = QFrame()
        box.setProperty("role", "panel")
        layout = QVBoxLayout(box)
        layout.setContentsMargins(*map(scaled, (16, 14, 16, 12)))
        layout.setSpacing(scaled(12))
        grid = QGridLayout()
        for place, group in enumerate(self._groups):
            label = PlainLabel(group, role="code")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            number = PlainLabel(str(place + 1), role="secondary")
            number.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(number, place // _COLUMNS * 2, place % _COLUMNS)
            grid.addWidget(label, place // _COLUMNS * 2 + 1, place % _COLUMNS)
        layout.addLayout(grid)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for code, icon, act in (("print", "print", self._print), ("copy", "copy", self._copy)):
            buttons.addWidget(self._button(code, icon, act))
        buttons.addStretch(1)
        layout.addLayout(buttons)
        return box

    def _button(self, code: str, icon: str, act: Callable[[], None]) -> SecondaryButton:
        button = SecondaryButton(self.say(code), icon_name=icon)
        button.setObjectName(code)
        button.clicked.connect(act)
        return button

    def _print(self) -> None:
        rows = [self.say("paper_intro"), "", "  ".join(self._groups[:4]), "  ".join(self._groups[4:])]
        print_sheet(self, self.say("paper_title"), rows)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("-".join(self._groups))
        self.message.tell(self.say("copied"), "info", seconds=8)
