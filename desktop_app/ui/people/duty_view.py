"""Who is on duty now and next, for how long the roster reaches, and the roster taken in (1.2.1, 1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.phones import grouped
from desktop_app.domain.roster import AHEAD_DAYS, Shift
from desktop_app.domain.roster_doubts import Doubt
from desktop_app.exchange.roster_file import RosterFile
from desktop_app.services.roster import Taken, doubts, look_at
from desktop_app.ui.people.people_keys import PEOPLE_KEYS
from desktop_app.ui.people.people_room import PeopleRoom
from desktop_app.ui.people.people_view import Act, PeopleView
from desktop_app.ui.people.roster_dialog import RosterDialog
from desktop_app.ui.people.wording import PeopleWords
from desktop_app.ui.tables.filling import fill_table
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import Heading, PlainLabel
from desktop_app.ui.widgets.pill import Pill

_WIDTHS = (130, 130, 160, 160, 0)
_MOST_GAPS, _MOST_ON = 6, 8
_FILES = "(*.xlsx *.xls *.csv)"


class DutyView(PeopleView):
    """Two cards that say who is on, warnings, and the shifts of the next days."""

    def __init__(self, room: PeopleRoom, words: PeopleWords, parent: QWidget | None = None) -> None:
        super().__init__(room, words, parent)
        self._dialog: QDialog | None = None
        self.now, self.next = PlainLabel(wrap=True, selectable=True), PlainLabel(wrap=True, selectable=True)
        self.now.setObjectName("on_duty_now")
        self.next.setObjectName("on_duty_next")
        self.cover = Pill("quiet", "check", "", may_shrink=True)
        self.cover.setObjectName("cover")
        self.untrained = Pill("warn", "warning", "", may_shrink=True)
        self.untrained.setObjectName("untrained")
        self._import = SecondaryButton(words.say("act.import"), PEOPLE_KEYS["import"], icon_name="folder")
        self._import.setObjectName("import_roster")
        self._import.clicked.connect(self.ask_file)
        if not room.leads:
            self._import.hide()
        headers = [words.say(f"column.{one}") for one in ("day", "hours", "name", "duty", "phone")]
        self._model = RowsModel[Shift](headers, self._cells)
        self.table = Table(self._model, words.say("view.duty"), _WIDTHS)
        self.table.setObjectName("people_shifts")
        self._empty = EmptyState("clock", words.say("roster_empty" if room.leads else "roster_empty_agent"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(10))
        layout.addLayout(self._on())
        frame, inside = card()
        line = QHBoxLayout()
        line.setSpacing(scaled(8))
        for part in (self.cover, self.untrained):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self._import)
        inside.addLayout(line)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._empty, 1)
        layout.addWidget(frame, 1)
        self.begin_at(self.table, self._import)

    def show_people(self) -> None:
        """Show who is on and what is missing."""
        duty, words, zone = self._room.people.duty, self._words, self._room.zone
        self.now.setText(self._told(duty.on.now) or words.say("nobody_now"))
        self.now.set_tone("warn" if not duty.on.now and not duty.empty else "")
        said = self._told(duty.on.next)
        begins = min((one.span(zone)[0] for one in duty.on.next), default=None)
        at = f"{words.day(begins.date())} {begins:%H:%M}" if begins is not None else ""
        self.next.setText(words.say("next_from", at=at) + "\n" + said if said else words.say("nobody_next"))
        gaps = duty.cover.gaps
        days = words.listed(f"{one:%m-%d}" for one in gaps[:_MOST_GAPS])
        code = "cover_full" if not gaps else "cover_gaps" if len(gaps) <= _MOST_GAPS else "cover_more"
        self.cover.show_state(
            "warn" if gaps else "ok",
            "warning" if gaps else "check",
            words.say(code, ahead=AHEAD_DAYS, count=len(gaps), days=days, reach=duty.cover.days),
        )
        self.cover.setVisible(not duty.empty)
        self.untrained.setVisible(bool(duty.untrained))
        names = words.listed(one.name for one in duty.untrained[:_MOST_GAPS])
        self.untrained.show_state(
            "warn", "warning", words.say("untrained", count=len(duty.untrained), names=names)
        )
        fill_table(self.table, self._model, self._room.people.shifts, self._empty, anew=True)

    def acts(self) -> dict[str, Act]:
        """Return what the keys of the page do here."""
        return {"import": self.ask_file} if self._room.leads else {}

    def ask_file(self) -> None:
        """Ask for a roster file."""
        folders = self._room.session.preferences.folders("roster")
        title = self._words.say("import_title")
        chosen, _ = QFileDialog.getOpenFileName(self, title, folders[0] if folders else "", f"Excel {_FILES}")
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Read a roster file and show what it says, before anything is kept."""
        session = self._room.session
        session.preferences.keep_folder("roster", str(path.parent))

        def look() -> tuple[RosterFile, tuple[Doubt, ...]]:
            found = look_at(path)
            return found, doubts(session.store, found)

        session.background.query(look, self._preview, session.messages.tell, owner=self)

    def _preview(self, seen: tuple[RosterFile, tuple[Doubt, ...]]) -> None:
        self._dialog = dialog = RosterDialog(self._room.session, self._words, *seen, self.window())

        def done(taken: Taken) -> None:
            said = self._words.say("done.import", days=taken.days, shifts=taken.shifts, standby=taken.standby)
            self._room.deeds.tell_done(taken.made, said)

        dialog.done_it.connect(done)
        dialog.open()

    def _on(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(scaled(10))
        for code, label in (("on_now", self.now), ("on_next", self.next)):
            frame, inside = card()
            inside.addWidget(Heading(self._words.say(code)))
            inside.addWidget(label)
            inside.addStretch(1)
            row.addWidget(frame, 1)
        return row

    def _told(self, shifts: Sequence[Shift]) -> str:
        lines = [
            "  ".join(part for part in (self._words.shift(one), grouped(one.phone)) if part)
            for one in shifts[:_MOST_ON]
        ]
        if len(shifts) > _MOST_ON:
            lines.append(self._words.say("more", count=len(shifts) - _MOST_ON))
        return "\n".join(lines)

    def _cells(self, one: Shift) -> Sequence[Cell]:
        words = self._words
        return (
            Cell(words.day(one.day)),
            Cell(words.hours(one)),
            Cell(one.name),
            Cell(words.duty(one.duty)),
            Cell(grouped(one.phone)),
        )
