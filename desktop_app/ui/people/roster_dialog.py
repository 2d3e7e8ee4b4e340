"""What a roster file says, before it is taken in: shifts, people on standby, rows nobody can read (1.2.1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.roster import Shift
from desktop_app.domain.roster_doubts import Doubt, DoubtKind
from desktop_app.exchange.roster_file import RosterFile
from desktop_app.services.roster import standby_of, take_in
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.people.wording import PeopleWords
from desktop_app.ui.session import Session
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.fitting_area import FittingArea
from desktop_app.ui.widgets.labels import PlainLabel

_MOST_ROWS = 12
_WIDTHS = (120, 120, 130, 0)


class RosterDialog(DoingDialog):
    """``done_it`` carries what was ``Taken``."""

    def __init__(
        self,
        session: Session,
        words: PeopleWords,
        found: RosterFile,
        doubts: Sequence[Doubt] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, words.say("import_title"), words.say("import_do"), parent)
        self._found, self._words = found, words
        days = sorted({one.day for one in found.shifts})
        lines = [words.say("import_file", file=found.file)]
        if days:
            lines.append(
                words.say(
                    "import_shifts",
                    shifts=len(found.shifts),
                    days=len(days),
                    first=f"{days[0]:%Y-%m-%d}",
                    last=f"{days[-1]:%Y-%m-%d}",
                )
            )
        if standby := standby_of(found):
            lines.append(words.say("import_standby", count=len(standby)))
        if found.doubled:
            pairs = list(found.doubled.items())
            said = [words.say("import_double", row=row, first=first) for row, first in pairs[:_MOST_ROWS]]
            lines.append(self._told("import_doubled", said, len(pairs)))
        told = PlainLabel("\n".join(lines), wrap=True)
        told.setObjectName("roster_read")
        unread = PlainLabel(tone="warn", wrap=True)
        unread.setObjectName("roster_unread")
        said = [self._row(one) for one in found.unread[:_MOST_ROWS]]
        unread.setText(self._told("import_unread", said, len(found.unread)))
        unread.setVisible(bool(found.unread))
        doubtful = PlainLabel(tone="warn", wrap=True)
        doubtful.setObjectName("roster_doubts")
        said = [self._doubt(one) for one in doubts[:_MOST_ROWS]]
        doubtful.setText(self._told("import_doubts", said, len(doubts)))
        doubtful.setVisible(bool(doubts))
        model = RowsModel[Shift](
            [words.say(f"column.{one}") for one in ("day", "hours", "name", "duty")],
            lambda one: (
                Cell(words.day(one.day)),
                Cell(words.hours(one)),
                Cell(one.name),
                Cell(words.duty(one.duty)),
            ),
            self,
        )
        model.fill(found.shifts)
        table = Table(model, words.say("import_title"), _WIDTHS)
        table.setObjectName("roster_preview")
        table.setMinimumSize(scaled(560), scaled(220))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (told, unread, doubtful):
            column.addWidget(part)
        column.addWidget(table, 1)
        self.body.addWidget(self.notice)
        self.body.addWidget(FittingArea(page), 1)
        self.body.addWidget(PlainLabel(words.say("import_means"), role="secondary", wrap=True))
        self.primary.setEnabled(bool(found.shifts or found.standby))

    def _told(self, code: str, said: Sequence[str], count: int) -> str:
        """Return a sentence about rows; of too many the first ones."""
        code = code if count <= len(said) else f"{code}_more"
        return self._words.say(code, count=count, rows=self._words.listed(said))

    def _doubt(self, one: Doubt) -> str:
        if one.kind is DoubtKind.PHONE:
            return self._words.say("doubt_phone", row=one.row, phone=one.said)
        return self._words.say(
            "doubt_name", row=one.row, name=one.said, number=one.staff_number, expected=one.expected
        )

    def _row(self, row: int) -> str:
        """Return the number of a row that is not understood, and what of it."""
        lacks = self._found.lacks.get(row)
        if lacks is None:
            return str(row)
        return self._words.say("import_row", row=row, what=self._words.say(f"column.{lacks}"))

    def accept(self) -> None:
        """Take it in."""
        store, now, found = self.session.store, self.session.clock(), self._found
        if found.shifts or found.standby:
            self.do(lambda: take_in(store, found, now=now))
