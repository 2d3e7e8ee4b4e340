"""The next shift: how many seats it lacks, and who agreed to work overtime for it (4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from desktop_app.domain.roster import Shift, on_duty
from desktop_app.domain.times import zone_of
from desktop_app.services.incident_view import CalledIn, IncidentView
from desktop_app.services.roster import shifts_around
from desktop_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class NextShift:
    """``begins`` is UTC, None where nobody is rostered; ``overtime`` who was asked, agreed or not."""

    begins: datetime | None
    needed: int
    rostered: tuple[Shift, ...]
    overtime: tuple[CalledIn, ...]

    @property
    def gap(self) -> int:
        """How many seats stay empty: those needed less who is rostered and who agreed; never below zero."""
        agreed = sum(one.agreed is True for one in self.overtime)
        return max(0, self.needed - len(self.rostered) - agreed)


def next_shift(store: Store, view: IncidentView | None, *, needed: int | None, now: datetime) -> NextShift:
    """Return who is on next by the roster, and what is lacking of ``needed`` seats.

    Where nobody says how many are needed it is as many as are on now.
    """
    zone = zone_of(store.settings.zone)
    found = on_duty(shifts_around(store, now), now, zone)
    coming, seats = found.next, len(found.now) if needed is None else needed
    begins = min((one.span(zone)[0].astimezone(UTC) for one in coming), default=None)
    asked = tuple(one for one in view.called_in if one.overtime) if view is not None else ()
    return NextShift(begins, seats, coming, asked)
