"""What the window knows of people: the contact book, the roster, who was called in; read away from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.contact_book import BookContact
from desktop_app.domain.contacts import STANDBY
from desktop_app.domain.identities import LEADS
from desktop_app.domain.roster import AHEAD_DAYS, Cover, OnDuty, Shift
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.times import zone_of
from desktop_app.services.contacts import contact_book
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incidents import current_incident
from desktop_app.services.roster import Duty, duty, shifts_between
from desktop_app.ui.background.latest import Latest
from desktop_app.ui.deeds import Deeds
from desktop_app.ui.session import Session

_NO_DUTY = Duty(OnDuty(), Cover(0, ()), (), empty=True)


@dataclass(frozen=True, slots=True)
class People:
    """What was read at once."""

    book: tuple[BookContact, ...] = ()
    duty: Duty = _NO_DUTY
    shifts: tuple[Shift, ...] = ()
    incident: IncidentView | None = None
    ready: bool = False

    @property
    def standby(self) -> tuple[BookContact, ...]:
        """Whoever can be called in."""
        return tuple(one for one in self.book if one.contact.role == STANDBY)


class PeopleRoom(QObject):
    """``changed`` says that something is known anew; ``deeds`` is what is done here."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.zone = zone_of(session.store.settings.zone)
        self.leads = session.person.role in LEADS
        self.people = People()
        self.deeds = Deeds(session, self)
        self._reads = Latest(session.background, session.messages.tell, self)
        self.deeds.changed.connect(self._read_again)
        session.shelf.changed.connect(self.refresh)

    @property
    def pack(self) -> SitePack:
        """The pack as its files have it, before what people at the site changed."""
        loaded = self.session.shelf.loaded
        return loaded.pack if loaded is not None else self.session.shelf.pack

    def today(self) -> date:
        """Return the day of the site's calendar."""
        return self.session.clock().astimezone(self.zone).date()

    def is_stale(self, one: BookContact) -> bool:
        """Whether nobody checked a number for longer than the site allows."""
        return one.stale(self.today(), self.session.store.settings.contact_max_age_days)

    def refresh(self) -> None:
        """Read what stands in the store now."""
        store, now, pack, today = self.session.store, self.session.clock(), self.pack, self.today()

        def work() -> People:
            return People(
                contact_book(store, pack),
                duty(store, now=now),
                shifts_between(store, today, today + timedelta(days=AHEAD_DAYS)),
                current_incident(store),
                ready=True,
            )

        def done(found: People) -> None:
            self.people = found
            self.changed.emit()

        self._reads.query(work, done)

    def _read_again(self) -> None:
        self.session.shelf.refresh()
        self.refresh()
