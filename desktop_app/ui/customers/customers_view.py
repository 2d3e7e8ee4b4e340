"""A list of customers looked at before it is imported: what its columns are, as of when, its first rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.domain.times import zone_of
from desktop_app.exchange.customer_columns import FIELDS_OF_CUSTOMERS, CustomerRow
from desktop_app.exchange.customer_file import Column, Look
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.session import Session
from desktop_app.ui.stepped.intake_view import IntakeView
from desktop_app.ui.tables.column_mapping import ColumnMapping, MappedColumn
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.form_row import field_label
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_SHARES = (300, 260)
_SHOWN = ("name", "phone", "address", "estate", "customer_no", "vip", "note")
_WIDTHS = (170, 220, 0, 110, 100, 80, 170)
_SLACK = timedelta(minutes=5)


class CustomersView(IntakeView):
    """``changed`` says that the time was typed anew."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, ColumnMapping(session.words), parent)
        self._look: Look | None = None
        say = self._words.say
        self._names = {field: say(f"window.customers.field.{field}") for field in FIELDS_OF_CUSTOMERS}
        self._lay_out(self._make_columns(), self._make_rows(), _SHARES)

    @property
    def look(self) -> Look | None:
        """The list on screen."""
        return self._look

    def as_of(self) -> datetime | None:
        """Return the moment of which the list is true, as a person confirmed it; None where it is none."""
        moment = self._as_of.moment()
        ahead = moment is not None and moment > self._session.clock() + _SLACK
        return None if ahead else moment

    def show_look(self, look: Look) -> None:
        """Show a list; of another file the time is proposed anew."""
        if self._look is None or self._look.path != look.path:
            # A file written by a PC whose clock is ahead is of now at the latest.
            self._as_of.show_moment(min(look.as_of, self._session.clock()))
        self._look = look
        self._title.setText(look.path.name)
        columns = [self._mapped(look, column) for column in look.columns]
        self.columns.show_columns(look.sheet, columns, self._names, editable=True)
        self._rows.fill(look.first)
        self._table.go_to(0)
        lacks = [self._words.say("window.customers.lacks")] if look.lacks else []
        self._tell_notes(lacks, look.notes, lacks=look.lacks)

    def _make_columns(self) -> QFrame:
        say = self._words.say
        frame, layout = card()
        self._title = Heading()
        self._as_of = TimeEdit(zone_of(self._session.store.settings.zone), self._session.clock)
        self._as_of.setObjectName("as_of")
        self._as_of.setFixedWidth(scaled(180))
        self._as_of.edited.connect(self.changed)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(field_label(say("window.customers.list_as_of"), self._as_of))
        top.addWidget(self._as_of)
        layout.addLayout(top)
        layout.addWidget(PlainLabel(say("window.reconcile.mapping.how"), role="secondary"))
        layout.addWidget(self.columns, 1)
        self.notes.setObjectName("customer_notes")
        layout.addWidget(self.notes)
        return frame

    def _make_rows(self) -> QFrame:
        say = self._words.say
        frame, layout = card()
        layout.addWidget(Heading(say("window.customers.first_rows")))
        headers = [self._names[field] for field in _SHOWN]
        self._rows: RowsModel[CustomerRow] = RowsModel(headers, self._cells, self)
        self._table = Table(self._rows, say("window.customers.first_rows"), _WIDTHS)
        self._table.setObjectName("customer_rows")
        layout.addWidget(self._table, 1)
        return frame

    def _mapped(self, look: Look, column: Column) -> MappedColumn:
        """Return a column with what the first row that has something in its field reads there."""
        read = next((text for row in look.first if (text := _text(row, column.field))), "")
        return MappedColumn(column.name, column.samples, column.field, Cell(read))

    def _cells(self, row: CustomerRow) -> Sequence[Cell]:
        if not row.is_somebody:
            left_out = Cell(self._words.say("window.customers.left_out"), "warning", "warn")
            return (left_out, *(Cell(_text(row, field)) for field in _SHOWN[1:]))
        return [Cell(_text(row, field)) for field in _SHOWN]


def _text(row: CustomerRow, field: str) -> str:
    if field in ("phone", "other_phone"):
        return " / ".join(row.phones)
    return str(getattr(row, "name" if field == "given_name" else field, "")) if field else ""
