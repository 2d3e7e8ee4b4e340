"""What is left to do before an incident goes to its review, and is closed (4.5, DESIGN promise 3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

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
from desktop_app.domain.steps import Fact
from desktop_app.services.decisions import standing_in
from desktop_app.services.incident_groups import members_of, subjects_of
from desktop_app.services.incident_view import WAIVED
from desktop_app.services.stations_board import board
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.incidents import not_in_crm, promises_not_kept
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to do.

    Attributes:
        stations: codes of stations that have not handed in everything since it was over, and are not waived.
        to_backfill: ids of records that are in no CRM and of which nobody said that they need not be.
        promises: ids of promises that stand open.
        notice: a first notice was published, and no resolved one.
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
        promises = tuple(_open(view, ids, within(events)))
        notice = _lacks_notice(view, ids)
    over = max((one.at for one in events if one.code == IncidentState.RECOVERED), default=None)
    stations = tuple(one for one in _absent(store, over, now) if one not in waived) if by_hand else ()
    return Left(stations, to_backfill, promises, notice)


def around_of(store: Store, incident: str, target: IncidentState, now: datetime) -> Around:
    """Return what guards have to know of the world for a step; raises GuardRefused for open promises."""
    if target not in (IncidentState.REVIEW, IncidentState.CLOSED):
        return Around()
    left = what_is_left(store, incident, now=now)
    check_close(left.promises)
    return Around(facts=left.facts)


def reopened(view: View, ids: Collection[str], members: Sequence[State]) -> bool:
    """Whether an incident that was closed is open again because of a promise that came after."""
    if standing(members) is not IncidentState.CLOSED:
        return False
    found = _open(view, ids, within(happened_in(members)))
    return not is_closed(members[0], found)


def within(events: Sequence[Happened]) -> Within:
    """Return from when until when records that name no incident may be of this one."""
    start = min((one.at for one in events), default=None)
    over = [one.at for one in events if one.code == IncidentState.RECOVERED]
    return start, max(over, default=None)


def _open(view: View, ids: Collection[str], when: Within) -> list[str]:
    promises = list(promises_not_kept(view.connection))
    named = {promise.text("record") for promise in promises}
    return open_promises(promises, states_by_id(view.connection, SubjectKind.RECORD, named), ids, when)


def _to_backfill(view: View, ids: Collection[str], when: Within) -> tuple[str, ...]:
    settled = {one.record for one in standing_in(view) if one.settles}
    return tuple(
        one
        for one, state in not_in_crm(view.connection).items()
        if one not in settled and may_concern(state, ids, when)
    )


def _lacks_notice(view: View, ids: Collection[str]) -> bool:
    published = {
        one.text("announcement_type")
        for one in view.states(SubjectKind.ANNOUNCEMENT)
        if one.text("incident") in ids and one.text("posted_at")
    }
    return AnnouncementType.FIRST in published and AnnouncementType.RESOLVED not in published


def _absent(store: Store, over: datetime | None, now: datetime) -> list[str]:
    """Return the stations of which something is missing here, or that were not heard since it was over."""
    told = board(store, now=now)
    drills = {row.drill for row in told.rows if row.own}
    found = set()
    for row in told.rows:
        heard = row.own or (row.heard_at is not None and (over is None or row.heard_at >= over))
        whole = row.counted and not row.missing and not row.absent
        if row.drill in drills and (row.own or row.accepted) and not (heard and whole):
            found.add(row.station)
    return sorted(found)
