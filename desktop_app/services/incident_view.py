"""An incident as people look at it: what its joined subjects and the evidence about them come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from desktop_app.domain.entries import Value
from desktop_app.domain.folding import State
from desktop_app.domain.incident_steps import DECIDED, OUTAGE, IncidentState
from desktop_app.domain.joined_incidents import (
    Happened,
    Item,
    conflicts_in,
    happened_in,
    items_in,
    manual_spans,
    relapses_in,
    standing,
    values_in,
)
from desktop_app.domain.times import parse_iso
from desktop_app.services.drafts import person_name
from desktop_app.services.incident_log import LogLine, log_of
from desktop_app.storage.incidents import notifications_of
from desktop_app.storage.unit_of_work import View

RECOVERY = "recovery"
"""The purpose of telling somebody that it is over."""
TICKS, CALLED_IN, CAME, REPORTS = "ticks", "called_in", "came", "reports"
STAFFING, WAIVED, ACTIONS = "staffing_moves", "waived_stations", "actions"
"""Lists on an incident; an item is an object with ``at`` and ``by`` besides what it tells."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the fault: who noticed it where and when, in which words. ``entry`` is its list item."""

    incident: str
    name: str
    seat: str
    at: datetime | None
    symptom: str
    category: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Notified:
    """Somebody who was told, or could not be reached; ``by`` is the name of who told them.

    ``purpose`` is ladder, recovery or contact; ``at`` when they were told, however late it was typed;
    ``mode`` how system operations then works on it (A§2.2), ``reply`` what they said.
    """

    id: str
    purpose: str
    ladder: str
    rung: str
    role: str
    contact: str
    name: str
    at: datetime | None
    channel: str
    reached: bool
    reply: str
    mode: str
    by: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, or found, on a rung of a ladder; ``details`` are the fields its choice asks for."""

    ladder: str
    rung: str
    code: str
    reason: str
    at: datetime | None
    name: str
    details: Mapping[str, Any]
    entry: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """A line of the check-list that is done."""

    item: str
    at: datetime | None
    name: str
    entry: str


@dataclass(frozen=True, slots=True)
class CalledIn:
    """Somebody asked to come and help (A§8): when, whether they said yes, when they came.

    ``overtime``: asked to work on or earlier for the next shift (4); ``agreed`` their consent, None while
    they have not said.
    """

    name: str
    contact: str
    level: str
    at: datetime | None
    reached: bool
    reply: str
    came_at: datetime | None
    entry: str
    overtime: bool = False
    agreed: bool | None = None


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One incident, with everything that was joined to it.

    Attributes:
        head: the smallest of ``ids``; records and announcements name whichever of them led at the time.
        ids: its subjects.
        state: the least finished of those that lead; review again where a promise stands open after closing.
        reopened: it had been closed, and is not any more because of such a promise.
        values: the fields of form 3.6 and those of its type, by key; ``conflicts`` those said differently.
        events: what happened, by its own time.
        relapses: how often it came back.
        manual: the spans in which everybody wrote by hand.
        members: the folded subjects, those that lead first.
    """

    head: str
    ids: tuple[str, ...]
    state: IncidentState
    reopened: bool
    values: Mapping[str, Value]
    conflicts: Mapping[str, tuple[Value, ...]]
    events: tuple[Happened, ...]
    told: tuple[Notified, ...]
    decided: tuple[Decision, ...]
    reports: tuple[Report, ...]
    ticks: tuple[Ticked, ...]
    called_in: tuple[CalledIn, ...]
    log: tuple[LogLine, ...]
    relapses: int
    manual: tuple[tuple[datetime, datetime | None], ...]
    members: tuple[State, ...] = field(repr=False)

    def text(self, name: str) -> str:
        """Return a field's text, empty where it has none."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def moment(self, name: str) -> datetime | None:
        """Return a field that is a time (UTC), None where nobody can read it."""
        return parse_iso(self.text(name), UTC)

    def seen(self, name: str) -> tuple[str, ...]:
        """Return the candidates of a field that this shows, for whoever writes another value."""
        return tuple(entry for one in self.members for entry in one.seen(name))

    def items(self, name: str) -> tuple[Item, ...]:
        """Return the members of a list, such as ``staffing_moves``, in the order they were written."""
        return tuple(items_in(self.members, name))

    @property
    def number(self) -> str:
        """What people call it."""
        return self.text("incident_no")

    @property
    def category(self) -> str:
        """The key of its type, empty while nobody named one."""
        return self.text("incident_category")

    @property
    def level(self) -> str:
        """How grave it is; general until somebody says otherwise (B§4)."""
        return self.text("incident_level") or "general"

    @property
    def beside(self) -> bool:
        """Whether it keeps nobody from the CRM: a fire, a theft, from which no system recovers."""
        return self.values.get(OUTAGE) is False and not self.manual

    @property
    def since(self) -> datetime | None:
        """When it was first noticed."""
        return self.moment("first_noticed_at")


@dataclass(frozen=True, slots=True)
class ToTell:
    """One of those who have to hear that it is over; ``told_at`` is when they did."""

    contact: str
    name: str
    role: str
    told_at: datetime | None


def recovery_list(view: IncidentView) -> tuple[ToTell, ...]:
    """Return exactly those who were told and reached, with whether they know that it is over (A§2.8).

    After a relapse they have to be told of the last recovery.
    """
    over = max((one.at for one in view.events if one.code == IncidentState.RECOVERED), default=None)
    told_over = {
        _person(one): one.at
        for one in view.told
        if one.purpose == RECOVERY
        and one.reached
        and one.at is not None
        and over is not None
        and one.at >= over
    }
    found: dict[str, ToTell] = {}
    for one in view.told:
        if one.purpose != RECOVERY and one.reached:
            person = ToTell(one.contact, one.name, one.role, told_over.get(_person(one)))
            found.setdefault(_person(one), person)
    return tuple(found.values())


def view_of(view: View, ids: tuple[str, ...], members: tuple[State, ...], *, reopened: bool) -> IncidentView:
    """Return an incident as people look at it."""

    @cache
    def name(person: str) -> str:
        return person_name(view, person) or person

    told = notifications_of(view.connection, ids)
    events = happened_in(members)
    came = {one.text("of"): one.at() for one in items_in(members, CAME)}
    return IncidentView(
        head=ids[0],
        ids=ids,
        state=IncidentState.REVIEW if reopened else standing(members),
        reopened=reopened,
        values=values_in(members),
        conflicts=conflicts_in(members),
        events=events,
        told=tuple(notified(one, name(one.text("told_by"))) for one in told),
        decided=tuple(decision(one, name(one.text("by"))) for one in items_in(members, DECIDED)),
        reports=tuple(
            sorted(
                (
                    *(_first_report(one, name(one.text("noticed_by"))) for one in members),
                    *(_report(one, name(one.text("by"))) for one in items_in(members, REPORTS)),
                ),
                key=lambda one: (one.at or datetime.max.replace(tzinfo=UTC), one.entry),
            )
        ),
        ticks=tuple(
            Ticked(one.text("item"), one.at(), name(one.text("by")), one.entry_id)
            for one in items_in(members, TICKS)
        ),
        called_in=tuple(
            CalledIn(
                one.text("name"),
                one.text("contact"),
                one.text("level"),
                one.at(),
                one.told.get("reached") is not False,
                one.text("reply"),
                came.get(one.entry_id),
                one.entry_id,
                one.told.get("overtime") is True,
                agreed if isinstance(agreed := one.told.get("agreed"), bool) else None,
            )
            for one in items_in(members, CALLED_IN)
        ),
        log=log_of(view, members, told, name),
        relapses=relapses_in(events),
        manual=manual_spans(events),
        members=members,
    )


def _person(told: Notified) -> str:
    return told.contact or told.name.strip().casefold()


def _first_report(one: State, name: str) -> Report:
    at = parse_iso(one.text("first_noticed_at"), UTC)
    return Report(
        one.subject.id, name, one.text("noticed_seat"), at, one.text("symptom"), one.text("incident_category")
    )


def _report(one: Item, name: str) -> Report:
    told = (one.text("seat"), one.at(), one.text("symptom"), one.text("category"))
    return Report(one.subject, name, *told, one.entry_id)


def notified(one: State, by: str) -> Notified:
    """Return a notification as people look at it; ``by`` is the name of who told."""
    return Notified(
        one.subject.id,
        one.text("purpose"),
        one.text("ladder"),
        one.text("rung"),
        one.text("role"),
        one.text("contact"),
        one.text("told_to"),
        parse_iso(one.text("told_at"), UTC),
        one.text("channel"),
        one.value("reached") is not False,
        one.text("reply"),
        one.text("mode"),
        by,
    )


def decision(one: Item, name: str) -> Decision:
    """Return an item of the list of decisions as people look at it."""
    details = one.told.get("details")
    return Decision(
        one.text("ladder"),
        one.text("rung"),
        one.text("code"),
        one.text("reason"),
        one.at(),
        name,
        details if isinstance(details, dict) else {},
        one.entry_id,
    )
