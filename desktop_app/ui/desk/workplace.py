"""What is on screen while a store is unlocked: strip, places, status line, keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.ui.desk.crm_watch import CrmWatch
from desktop_app.ui.desk.cut_short import PLACE
from desktop_app.ui.desk.desk_page import DeskPage
from desktop_app.ui.desk.due_notice import DueNotice
from desktop_app.ui.desk.noticing import Noticing
from desktop_app.ui.desk.status_line import StatusLine
from desktop_app.ui.desk.top_strip import TopStrip
from desktop_app.ui.half_typed import keep_all, tell_broken_off
from desktop_app.ui.incident.cards import Cards
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.session import Session
from desktop_app.ui.typing.keys import KEYS

if TYPE_CHECKING:
    from desktop_app.domain.entries import Value
    from desktop_app.domain.incident_types import IncidentType
    from desktop_app.ui.incident.card_page import CardPage
    from desktop_app.ui.incident.incident_page import IncidentPage
    from desktop_app.ui.incident.report_dialog import ReportDialog
    from desktop_app.ui.palette.palette import Palette
    from desktop_app.ui.reconcile.reconcile_page import ReconcilePage
    from desktop_app.ui.settings.settings_page import SettingsPage
    from desktop_app.ui.widgets.dialog import Dialog


class Workplace(QWidget):
    """The places of one session; those that are rarely used are built when first gone to.

    ``lock_asked`` is emitted by key or button. ``changed_looks`` says that language or colours were chosen
    anew, which takes a new workplace; ``zoomed`` asks for a zoom.
    """

    lock_asked = Signal()
    changed_looks = Signal()
    zoomed = Signal(float)

    def __init__(self, session: Session, files: Sequence[Path] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._files = files
        self._strip = TopStrip(session)
        self._places = QStackedWidget()
        self._built: dict[str, QWidget] = {}
        self._reconcile: ReconcilePage | None = None
        self._settings: SettingsPage | None = None
        self._incident: IncidentPage | None = None
        self._card: CardPage | None = None
        self._dialog: Dialog | ReportDialog | None = None
        self._palette: Palette | None = None
        self._makers: dict[str, Callable[[], QWidget]] = {
            "incident": self._make_incident,
            "card": self._make_card,
            "stations": self._make_stations,
            "conflicts": self._make_conflicts,
            "reconcile": self._make_reconcile,
            "tables": self._make_tables,
            "customers": self._make_customers,
            "readiness": self._make_readiness,
            "people": self._make_people,
            "settings": self._make_settings,
        }
        self.desk = DeskPage(session)
        self._add("desk", self.desk)
        self._status = StatusLine(session, self.desk.capture.keeper)
        self._status.store_changed.connect(self.desk.records.refresh)
        self._status.delivery_changed.connect(self.desk.records.refresh)
        self.desk.records.changed.connect(self._status.refresh)
        if (courier := session.courier) is not None:
            self.desk.capture.saved.connect(lambda logged: courier.saved(urgent=logged.urgent))
            self._status.store_changed.connect(lambda: courier.saved())
            courier.sent.connect(self.desk.records.refresh)
        self.due = DueNotice(session, self._sees_clocks)
        self.due.opened.connect(lambda subject_id: self._open_record(subject_id, QApplication.focusWidget()))
        self._status.store_changed.connect(self.due.refresh)
        self.incidents = IncidentRoom(session, self)
        self._status.store_changed.connect(self.incidents.refresh)
        self.noticing = Noticing(session)
        self.noticing.reported.connect(self.incidents.tell_reported)
        self.noticing.incident_asked.connect(lambda: self._show("incident"))
        self._watch = CrmWatch(session, self.incidents, self)
        self._watch.suggests.connect(self.noticing.suggest)
        self.incidents.changed.connect(self.noticing.refresh)
        self.incidents.changed.connect(self.desk.beside.known.refresh)
        self.incidents.changed.connect(self.desk.beside.statement.refresh)
        self._strip.show_incidents(self.incidents)
        self._status.store_changed.connect(session.shelf.refresh)
        self.due.incident_asked.connect(self._open_incident)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self._strip, self.due, self.noticing, self._places, self._status):
            layout.addWidget(part)
        layout.setStretchFactor(self._places, 1)
        self._strip.went.connect(self.go)
        self.desk.capture.record_asked.connect(self._open_beside_call)
        session.shortcuts.add(
            "desk", KEYS["desk"], lambda: self.go("desk"), when=lambda: self.place() != "desk"
        )
        session.shortcuts.add("palette", KEYS["palette"], self._open_palette)
        session.shortcuts.add("number", KEYS["number"], self._find_number)
        for place in ("incident", "stations", "conflicts", "reconcile", "tables", "settings", "lock", "help"):
            session.shortcuts.add(place, KEYS[place], partial(self.go, place))
        # Rarely gone to: they have no key, but the palette finds them.
        for place in ("customers", "people", "readiness"):
            session.shortcuts.add(place, "", partial(self.go, place))
        session.shortcuts.add("documents", "", self._show_documents)
        session.shortcuts.add("report_fault", "", self.report_fault)
        self._cards = Cards(session, self._places, self.open_card)
        self.go("desk")

    def begin(self) -> None:
        """Take up what was left open, and put the focus where the next call is typed."""
        self.desk.capture.restore()
        self.desk.capture.focus_start()
        clock = self._session.clock
        self._session.background.query(lambda: _lay_canary(clock()), owner=self)
        tell_broken_off(self._session, self)

    def flush(self, done: Callable[[bool], None]) -> None:
        """Keep everything typed; ``done`` hears whether the store has all of it."""

        def then_corrections(kept: bool) -> None:
            self.desk.records.flush(lambda also: then_incident(kept and also))

        def then_incident(kept: bool) -> None:
            if self._incident is None:
                then_card(kept)
            else:
                self._incident.flush(lambda also: then_card(kept and also))

        def then_card(kept: bool) -> None:
            if self._card is None:
                then_half_typed(kept)
            else:
                self._card.flush(lambda also: then_half_typed(kept and also))

        def then_half_typed(kept: bool) -> None:
            keep_all(self.window(), lambda also: done(kept and also))

        self.desk.capture.keeper.flush(then_corrections)

    def files(self) -> list[Path]:
        """Return the files that are being reconciled, for the next workplace of the same person."""
        page = self._reconcile
        return list(self._files) if page is None else [one.path for one in page.files.offered]

    def go(self, place: str) -> None:
        """Show a place, or do what its button says; from a place its own key leads back to the desk.

        At the incident its key reports a fault instead: Ctrl+I twice does, from anywhere (DESK §5).
        """
        if place == "lock":
            self.lock_asked.emit()
        elif place == "documents":
            self._show_documents()
        elif place == "help":
            self._help()
        elif place == self.place() == "incident":
            self.report_fault()
        else:
            self._show("desk" if self.place() == place else place)

    def show_zoom(self, scale: float) -> None:
        """Show in the settings which zoom was chosen by key."""
        if self._settings is not None:
            self._settings.show_zoom(scale)

    def place(self) -> str:
        """Return the code of the place on screen."""
        shown = self._places.currentWidget()
        return next((name for name, page in self._built.items() if page is shown), "")

    def _show(self, place: str) -> None:
        if place not in self._built:
            self._add(place, self._makers[place]())
        self._places.setCurrentWidget(self._built[place])
        self._strip.show_place(place)
        self.due.refresh()
        if place == "desk":
            self.desk.focus_again()
        else:
            self._built[place].setFocus()

    def _add(self, place: str, page: QWidget) -> None:
        page.setObjectName(f"{PLACE}{place}")
        self._built[place] = page
        self._places.addWidget(page)

    def report_fault(self) -> None:
        """Ask what is wrong, over whatever is on screen."""
        from desktop_app.ui.incident.report_dialog import ReportDialog  # not needed to type

        self._dialog = dialog = ReportDialog(self._session, self.window())
        dialog.done_it.connect(self.incidents.tell_reported)
        dialog.card_asked.connect(self._cards.choose)
        dialog.open()

    def _sees_clocks(self, incident: str) -> bool:
        """Whether the clocks of an incident are on screen."""
        place = self.place()
        if place == "card" and self._card is not None:
            view = self._card.view
        elif place == "incident" and self._incident is not None and self._incident.shows_clocks:
            view = self.incidents.shown
        else:
            return False
        return view is not None and incident in view.ids

    def _open_incident(self, incident: str) -> None:
        """Show the clocks of an incident that one of them rings for."""
        if self.place() != "incident":
            self._show("incident")
        self.incidents.choose(incident)
        if self._incident is not None:
            self._incident.show_view("clocks")
            self._incident.setFocus()

    def _go_from_incident(self, place: str) -> None:
        """Go to where something that an incident lacks is done."""
        if place in self._built or place in self._makers:
            self._show(place)

    def open_card(self, kind: IncidentType) -> None:
        """Bring the card of a type on screen, which reports it."""
        if self.place() != "card":
            self._show("card")
        if self._card is not None:
            self._card.open(kind)

    def _make_card(self) -> QWidget:
        from desktop_app.ui.incident.card_page import CardPage  # not needed to type

        page = self._card = CardPage(self._session)
        page.lock_asked.connect(self.lock_asked)
        page.left.connect(self._leave_card)
        page.media_asked.connect(self._begin_record)
        page.room.changed.connect(self.due.refresh)
        self._status.store_changed.connect(page.room.refresh)
        return page

    def _leave_card(self) -> None:
        if self.place() == "card":
            self._show("desk")

    def _begin_record(self, values: Mapping[str, Value]) -> None:
        """Begin a record at the desk with what a card knows."""
        self._show_desk()
        self.desk.capture.quick.begin(values)

    def _make_incident(self) -> QWidget:
        from desktop_app.ui.incident.incident_page import IncidentPage  # not needed to type

        page = self._incident = IncidentPage(self.incidents, self.report_fault, self._cards.choose)
        page.went.connect(self._go_from_incident)
        return page

    def _make_stations(self) -> QWidget:
        from desktop_app.ui.stations.stations_page import StationsPage  # not needed to type

        page = StationsPage(self._session)
        page.went.connect(self.go)
        self._status.store_changed.connect(page.refresh)
        if (courier := self._session.courier) is not None:
            # Whoever was accepted gets what waited for them, and shows in the folder what they have.
            page.accepted.connect(lambda: courier.saved(urgent=True))
            courier.proposed.connect(page.refresh)
        return page

    def _make_conflicts(self) -> QWidget:
        from desktop_app.ui.conflicts.conflicts_page import ConflictsPage  # not needed to type

        page = ConflictsPage(self._session)
        self._status.store_changed.connect(page.load)
        return page

    def _make_reconcile(self) -> QWidget:
        from desktop_app.ui.reconcile.reconcile_page import ReconcilePage  # not needed to type

        page = self._reconcile = ReconcilePage(self._session)
        if self._files:
            page.files.add(self._files)
        return page

    def _make_tables(self) -> QWidget:
        from desktop_app.ui.hand_table.hand_table_page import HandTablePage  # not needed to type

        return HandTablePage(self._session)

    def _make_customers(self) -> QWidget:
        from desktop_app.ui.customers.customers_page import CustomersPage  # not needed to type

        return CustomersPage(self._session)

    def _make_readiness(self) -> QWidget:
        from desktop_app.ui.readiness.readiness_page import ReadinessPage  # not needed to type

        page = ReadinessPage(self._session, self._makers.keys())
        page.went.connect(self.go)
        return page

    def _make_people(self) -> QWidget:
        from desktop_app.ui.people.people_page import PeoplePage  # not needed to type

        page = PeoplePage(self._session)
        self._status.store_changed.connect(page.room.refresh)
        return page

    def _make_settings(self) -> QWidget:
        from desktop_app.ui.settings.settings_page import SettingsPage  # not needed to type

        page = self._settings = SettingsPage(self._session)
        page.changed_looks.connect(self.changed_looks)
        page.zoomed.connect(self.zoomed)
        page.went.connect(self.go)
        page.probe_chosen.connect(self._watch.begin)
        return page

    def _find_number(self) -> None:
        from desktop_app.ui.numbers.find_dialog import FindNumberDialog  # not needed to type

        was = QApplication.focusWidget()
        # Nobody else holds it: Python's collector would destroy it while it is open.
        self._dialog = dialog = FindNumberDialog(self._session, self)
        dialog.opened.connect(lambda subject_id: self._open_record(subject_id, was))
        dialog.resumed.connect(self._resume)
        dialog.open()

    def _show_documents(self) -> None:
        from desktop_app.ui.site_pack.documents_dialog import DocumentsDialog  # not needed to type

        self._dialog = dialog = DocumentsDialog(self._session, self)
        dialog.open()

    def _open_palette(self) -> None:
        from desktop_app.ui.palette.acts import Acts  # not needed to type
        from desktop_app.ui.palette.palette import Palette

        if self._palette is None:
            self._palette = Palette(self._session, self)
            # Qt holds no Python object for the sake of a method of it.
            self._acts = Acts(
                self._session,
                self.desk,
                show_desk=self._show_desk,
                open_record=self._open_record,
                resume=self._resume,
            )
            self._palette.chosen.connect(self._acts.act)
        self._palette.open()

    def _show_desk(self) -> None:
        if self.place() != "desk":
            self._show("desk")

    def _open_record(self, subject_id: str, back_to: QWidget | None) -> None:
        """Show a record beside the call; closing it leads back to where the caret was."""
        self._show_desk()
        self.desk.records.open(subject_id, back_to=back_to)

    def _open_beside_call(self, subject_id: str) -> None:
        self._open_record(subject_id, QApplication.focusWidget())

    def _resume(self, subject_id: str) -> None:
        self._show_desk()
        self.desk.capture.keeper.resume(subject_id)

    def _help(self) -> None:
        from desktop_app.ui.desk.help import KeysHelp  # not needed to type

        # At the desk the order of the work is the page's own.
        page = self._places.currentWidget() if self.place() != "desk" else None
        KeysHelp(self._session, self, page=page).exec()


def _lay_canary(now: datetime) -> None:
    from desktop_app.paths import data_folder  # not needed to type
    from desktop_app.services.canary import lay_canary

    lay_canary(data_folder(), now=now)
