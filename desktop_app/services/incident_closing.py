"""What is left to do before an incident goes to its review, and is closed (4.5, DESIGN promise 3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.announcement_steps import ANNOUNCEMENTS, AnnouncementState
from desktop_app.domain.folding import State
from desktop_app.domain.guards import Around
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.joined_incidents import (
    Happened,
    happened_in,
    items_in,
    manual_spans,
    standing,
)
from desktop_app.domain.outage_options import AnnouncementType
from desktop_app.domain.promises import Within, check_close, is_closed, may_concern, open_promises
from desktop_app.domain.steps import Fact, current
from desktop_app.services.decisions import standing_in
from desktop_app.services.incident_groups import members_of, subjects_of
from desktop_app.services.incident_present import present_stations
from desktop_app.services.incident_view import WAIVED
from desktop_app.services.stations_board import board
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.incidents import not_in_crm, promises_not_kept
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View

_TO_CUSTOMERS = frozenset({AnnouncementType.FIRST, AnnouncementType.UPDATE, AnnouncementType.RESOLVED})


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to do.

    Attributes:
        stations: codes of stations that have not said that they handed in everything, or of which something
            is missing, and that are not waived.
        to_backfill: ids of records that are in no CRM and of which nobody said that they need not be.
        promises: ids of promises that stand open.
        notice: a notice was published, and none since that it works again.
    """

    stations: tuple[str, ...] = ()
    to_backfill: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    notice: bool = False

    @property
    def facts(self) -> frozenset[Fact]:
        """What holds, as guards ask for it."""
        missing = {
            Fact.STATIONS_PRESENT: bool(self.stations),
            Fact.NOTHING_TO_BACKFILL: bool(self.to_backfill),
            Fact.PROMISES_ENDED: bool(self.promises),
            Fact.RESOLVED_NOTICE: self.notice,
        }
        return frozenset(fact for fact in Fact if not missing.get(fact))


def what_is_left(store: Store, incident: str, *, now: datetime) -> Left:
    """Return what is left to do before an incident is closed.

    Nobody wrote by hand where it never came to manual mode: then stations and back-filling are not asked for.
    """
    with store.read() as view:
        ids = subjects_of(view, incident)
        members = members_of(view, ids)
        events = happened_in(members)
        by_hand = bool(manual_spans(events))
        waived = {item.text("station") for item in items_in(members, WAIVED)}
        to_backfill = _to_backfill(view, ids, within(events)) if by_hand else ()
        promises = tuple(OpenPromises(view).of(ids, members))
        notice = _lacks_notice(view, ids)
    absent = _absent(store, present_stations(members), now) if by_hand else []
    stations = tuple(one for one in absent if one not in waived)
    return Left(stations, to_backfill, promises, notice)


def lacks_notice(store: Store, incident: str) -> bool:
    """Whether customers were told that something does not work, and not since that it does again."""
    with store.read() as view:
        return _lacks_notice(view, subjects_of(view, incident))


def around_of(store: Store, incident: str, target: IncidentState, now: datetime) -> Around:
    """Return what guards have to know of the world for a step; raises GuardRefused for open promises."""
    if target not in (IncidentState.REVIEW, IncidentState.CLOSED):
        return Around()
    left = what_is_left(store, incident, now=now)
    check_close(left.promises)
    return Around(facts=left.facts)


class OpenPromises:
    """The promises that stand open in a store, looked up at most once, whoever asks."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._found: list[tuple[str, State | None]] | None = None

    def of(self, ids: Collection[str], members: Sequence[State]) -> list[str]:
        """Return the ids of those that are, or may be, of an incident."""
        when = within(happened_in(members))
        return [promise for promise, record in self._every() if may_concern(record, ids, when)]

    def reopen(self, ids: Collection[str], members: Sequence[State]) -> bool:
        """Whether an incident that was closed is open again because of a promise that came after."""
        closed = standing(members) is IncidentState.CLOSED
        return closed and not is_closed(members[0], self.of(ids, members))

    def _every(self) -> list[tuple[str, State | None]]:
        if self._found is None:
            held = {one.subject.id: one for one in promises_not_kept(self._view.connection)}
            named = {promise.text("record") for promise in held.values()}
            records = states_by_id(self._view.connection, SubjectKind.RECORD, named)
            found = open_promises(held.values(), records)
            self._found = [(one, records.get(held[one].text("record"))) for one in found]
        return self._found


def within(events: Sequence[Happened]) -> Within:
    """Return from when until when records that name no incident may be of this one."""
    start = min((one.at for one in events), default=None)
    over = [one.at for one in events if one.code == IncidentState.RECOVERED]
    return start, max(over, default=None)


def _to_backfill(view: View, ids: Collection[str], when: Within) -> tuple[str, ...]:
    settled = {one.record for one in standing_in(view) if one.settles}
    return tuple(
        one
        for one, state in not_in_crm(view.connection).items()
        if one not in settled and may_concern(state, ids, when)
    )


def _lacks_notice(view: View, ids: Collection[str]) -> bool:
    """Whether customers were told that something does not work, and not since that it does again."""
    last: dict[bool, str] = {}
    for one in view.states(SubjectKind.ANNOUNCEMENT):
        out = one.tombstone is None and current(one, ANNOUNCEMENTS) is AnnouncementState.PUBLISHED
        if out and one.text("incident") in ids and one.text("announcement_type") in _TO_CUSTOMERS:
            resolved = one.text("announcement_type") == AnnouncementType.RESOLVED
            last[resolved] = max(last.get(resolved, ""), one.text("posted_at"))
    return False in last and last.get(True, "") < last[False]


def _absent(store: Store, here: Collection[str], now: datetime) -> list[str]:
    """Return the stations of which something is missing, or that have not said that it is all."""
    told = board(store, now=now)
    drills = {row.drill for row in told.rows if row.own}
    ours = [row for row in told.rows if row.drill in drills and (row.own or row.accepted)]
    whole = {row.station for row in ours if row.counted and not (row.missing or row.absent)}
    said = {row.station for row in ours if row.own} | set(here)
    return sorted({row.station for row in ours} - (whole & said))
