"""The customer snapshot: what is in use, and a list of the CRM taken in its place, by keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.times import zone_of
from desktop_app.exchange.customer_file import Look
from desktop_app.exchange.worksheets.wording import note_sentence
from desktop_app.services.customers import Imported, choose, import_customers, look_at
from desktop_app.ui.customers.customers_view import CustomersView
from desktop_app.ui.customers.in_use_card import InUseCard
from desktop_app.ui.session import Session
from desktop_app.ui.stepped.intake_page import Intake, IntakePage

_INTAKE = Intake(
    section="window.customers.progress",
    title="window.customers.choose",
    kinds="Excel, CSV (*.xlsx *.xls *.xlsb *.ods *.csv *.txt)",
    room="customers",
    choose="choose_customers",
    take="import_customers",
    back="customers_back",
    map="customers_map",
    begin="looking",
)
_ROWS_NAMED = 8


class CustomersPage(IntakePage):
    """The snapshot in use; a list that was opened takes its place until it is imported or left.

    Anybody at a station may import: it works alone, and the snapshot says who it was. ``imported`` says
    that there is another snapshot now.
    """

    imported = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _INTAKE, parent)
        self.in_use = InUseCard(session)
        self.intake = CustomersView(session)
        overview = QWidget()
        column = QVBoxLayout(overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.in_use)
        column.addStretch(1)
        self._lay_out(overview, self.intake)
        self._next.set_words(self._words.say("window.customers.import"))
        self.in_use.file_asked.connect(self.choose)
        self.intake.mapped.connect(self._map)
        self.intake.changed.connect(self._enable)

    def take_in(self) -> None:
        """Put the list on screen in the place of the snapshot in use."""
        look, as_of = self.intake.look, self.intake.as_of()
        if look is None or as_of is None or self.busy or not self._next.isEnabled():
            return
        store, now = self._session.store, self._session.clock()
        self.panel.run(
            lambda progress: import_customers(store, look, as_of=as_of, now=now, progress=progress),
            self._imported,
        )

    def _look_at(self, path: Path) -> None:
        self.in_use.fill_recent()
        zone = zone_of(self._session.store.settings.zone)
        self.panel.run(lambda progress: look_at(path, zone, progress), self._show)

    def _focus_overview(self) -> None:
        self.in_use.focus_start()

    def _refresh(self) -> None:
        self.in_use.refresh()

    def _enable(self) -> None:
        super()._enable()
        look, as_of = self.intake.look, self.intake.as_of()
        lacks = look is None or look.lacks
        self._next.setEnabled(not lacks and as_of is not None and not self.busy)
        self.in_use.enable(not self.busy)
        code = "lacks" if lacks else "replaces" if as_of is not None else "no_moment"
        self._hint.setText(self._words.say(f"window.customers.{code}"))

    def _show(self, look: Look) -> None:
        self.intake.show_look(look)
        self._show_view()

    def _map(self, column: str, field: str) -> None:
        look = self.intake.look
        if look is None or self.busy:
            return
        told = {**look.mapping, column: field}
        self.panel.run(lambda _progress: choose(look, told), self._show)

    def _imported(self, found: Imported) -> None:
        self._show_overview()
        say = self._words.say
        told = [say("window.customers.done", count=f"{found.customers:,}")]
        for reason, rows in found.skipped.items():
            named = self._words.say("workbook.comma").join(map(str, rows.first[:_ROWS_NAMED]))
            more = rows.count > len(rows.first[:_ROWS_NAMED])
            code = "rows_more" if more else "rows_named"
            where = say(f"window.customers.{code}", count=f"{rows.count:,}", rows=named)
            told.append(say(f"window.customers.skipped.{reason.value}", rows=where))
        told += [note_sentence(self._words, note) for note in found.notes]
        self.notice.tell("\n".join(told), "warn" if found.skipped or found.notes else "ok")
        self.imported.emit()
