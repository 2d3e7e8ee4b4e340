"""Unlocking: staff number, Tab, PIN, Enter; on the lock screen too, where anybody may come in."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.services.places import Place
from desktop_app.ui.start.due_panel import DuePanel
from desktop_app.ui.start.fields import Note
from desktop_app.ui.start.locked_clocks import LockedClocks
from desktop_app.ui.start.page import Page
from desktop_app.ui.start.parts import LockedBy, StartParts
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.pill import Pill

if TYPE_CHECKING:
    from desktop_app.services.stores import OpenStore


class UnlockPage(Page):
    """``opened`` tells the store, ``forgot`` a forgotten PIN, ``damaged`` what is wrong with the store."""

    opened = Signal(object)
    forgot = Signal()
    damaged = Signal(object)
    width_wanted = 460

    def __init__(
        self,
        parts: StartParts,
        place: Place,
        *,
        drill: bool = False,
        locked: LockedBy | None = None,
        clocks: LockedClocks | None = None,
    ) -> None:
        super().__init__(parts, "unlock")
        self._place = place
        self._until = 0.0
        self._number = self.code_field("staff_number", self.needed("no_number"))
        self._pin = self.pin_field("pin", self.needed("no_pin"))
        for checked in (self._number, self._pin):
            checked.note.set_hint("")
            checked.field.edited.connect(self.message.dismiss)
        self._number.field.edited.connect(self._other_person)
        self._wait = Note()
        self.grid.under(self._wait)
        self.forgotten = self.link("forgot_pin", self.forgot.emit)
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self._count)
        self.intro.setText(self.say("locked_intro") if locked else self.say("intro"))
        if locked:
            self.title.setText(self.say("locked_title"))
            self._tell_lock(locked)
            if clocks is not None and clocks.times:
                self.width_wanted = Page.width_wanted
                self.body.addWidget(DuePanel(clocks, parts.words, locked.zone))
            self._number.field.setText(locked.staff_number)
        elif drill:
            self._row(Pill("warn", "info", self.say("drill")))

    def focus_start(self) -> None:
        """Typing begins in the staff number: what stands there is replaced by whoever else comes."""
        self._number.field.setFocus()
        self._number.field.selectAll()

    def act(self) -> None:
        """Unlock, unless the person has to wait."""
        if self._until > time.monotonic():
            self._count()
            return
        folder, data_folder, now = self._place.folder, self.parts.data_folder, self.parts.clock()
        number, pin = self._number.field.full_text(), self._pin.field.full_text()

        def unlock() -> OpenStore:
            from desktop_app.services.people import unlock_counted  # not needed to show the field

            return unlock_counted(folder, number, pin, data_folder=data_folder, now=now)

        self.run(unlock, self.opened.emit, self._refused)

    def _refused(self, problem: KnownError) -> None:
        if problem.code in ("keys.wrong_pin", "keys.locked_out"):
            self._pin.field.clear()
            self._pin.field.setFocus()
            if (wait := float(str(problem.details.get("seconds", 0)))) > 0:
                self._until = time.monotonic() + wait
                self._tick.start()
                self._count()
                return
        if problem.code == "keys.unknown_user":
            self.focus_start()
        self.tell(problem)
        if isinstance(problem, Damaged):
            self.damaged.emit(problem)

    def _count(self) -> None:
        left = math.ceil(self._until - time.monotonic())
        if left <= 0:
            self._other_person()
            return
        minutes, seconds = divmod(left, 60)
        sentence = self.say("wait", time=f"{minutes:02}:{seconds:02}")
        self._wait.warn(sentence, aloud=not self._wait.is_warning())

    def _other_person(self) -> None:
        """A wait is one person's: another may try at once."""
        if self._until:
            self._tick.stop()
            self._until = 0.0
            self._wait.calm()

    def _tell_lock(self, locked: LockedBy) -> None:
        who = PlainLabel(
            self.say("locked_by", name=locked.name, staff_number=locked.staff_number, since=locked.since),
            role="strong",
            wrap=True,
        )
        self._row(Pill("ok", "save", self.say("draft_saved")), who)

    def _row(self, pill: Pill, beside: QWidget | None = None) -> None:
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(pill)
        row.addWidget(beside or QWidget(), 1)
        self.body.insertLayout(0, row)
