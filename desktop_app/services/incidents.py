"""Incidents: reported from anywhere with two fields, led through their states by a team lead (4.5, A§2).

Several reports that nobody knew of each other are joined into one; every function takes the id of any of
them. What it returns as ``Made`` is undone by ``incident_acts.undo``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.folding import State
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.incident_steps import ENDED, OUTAGE, IncidentState
from desktop_app.domain.joined_incidents import EVENTS, members_in_order, standing, value_in
from desktop_app.domain.joins import groups
from desktop_app.domain.outage_options import IncidentLevel
from desktop_app.domain.times import parse_iso, zone_of
from desktop_app.services.decisions import Made
from desktop_app.services.incident_closing import OpenPromises
from desktop_app.services.incident_groups import (
    at_hand,
    before_others,
    is_beside,
    members_of,
    open_groups,
    subjects_of,
)
from desktop_app.services.incident_view import REPORTS, IncidentView, view_of
from desktop_app.services.incident_writing import add, event, happened_at, next_number, said
from desktop_app.services.records import write
from desktop_app.storage.incidents import joins, numbers_of
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork, View

_TAKES_REPORTS = frozenset(
    {IncidentState.SUSPECTED, IncidentState.CONFIRMED, IncidentState.MANUAL, IncidentState.RECOVERED}
)

_GOING_ON = _TAKES_REPORTS - {IncidentState.RECOVERED}


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that was taken: ``incident`` is what it is of, ``joined`` that others reported it before."""

    incident: str
    joined: bool
    made: Made


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident in a list; ``ids`` are its subjects, the head first; ``at`` when it was noticed (UTC)."""

    head: str
    ids: tuple[str, ...]
    number: str
    state: IncidentState
    category: str
    level: str
    symptom: str
    at: datetime | None
    open: bool
    reopened: bool


def report_fault(
    store: Store,
    *,
    symptom: str,
    seat: str = "",
    category: str = "",
    noticed_at: datetime | None = None,
    now: datetime,
    new: bool = False,
    outage: bool = True,
    plan: str = "",
) -> Reported:
    """Report a fault from anywhere (A§2.1): a further report of the incident at hand, or a new one.

    It is new where ``new`` says so, where no open incident is known here that still takes reports, where both
    name a category and not the same, and where it names one that keeps nobody from the CRM: a broken headset
    is no further report of an outage. ``outage`` is that of its type: whether it may. ``plan``
    are number and version of what it is led by (``documents.led_by``). Raises KnownError
    ``incidents.symptom_needed``, ``incidents.ahead`` and ``incidents.too_long``.
    """
    with store.change() as unit:
        told, at = said(store, symptom, now, "incidents.symptom_needed"), happened_at(noticed_at, now)
        place = said(store, seat, now) or unit.life.station
        known = "" if new else _takes_report(unit, category, outage)
        if known:
            item: Value = {
                "at": moment_text(at),
                "by": unit.author.actor,
                "seat": place,
                "symptom": told,
                "category": category,
            }
            return Reported(known, True, Made(tuple(add(unit, known, REPORTS, item, now))))
        subject = unit.new_subject(SubjectKind.INCIDENT, now)
        values: dict[str, Value] = {
            "state": IncidentState.SUSPECTED.value,
            "incident_no": _number(store, unit, now),
            "first_noticed_at": moment_text(at),
            "noticed_by": unit.author.actor,
            "noticed_seat": place,
            "symptom": told,
        }
        if category:
            values["incident_category"] = category
        if not outage:
            values[OUTAGE] = False
        if plan:
            values["plan_version"] = plan
        made = write(unit, subject, values, now)
        made += add(
            unit,
            subject.id,
            EVENTS,
            event(unit.author.actor, "reported", at, text=told, category=category),
            now,
        )
        return Reported(subject.id, False, Made(tuple(made)))


def incidents(store: Store) -> tuple[IncidentRow, ...]:
    """Return every incident, open ones first, then the last noticed first."""
    with store.read() as view:
        states = {state.subject.id: state for state in view.states(SubjectKind.INCIDENT)}
        grouped = groups(joins(view.connection))
        heads = dict.fromkeys(grouped.get(one, (one,)) for one in states)
        promises, rows = OpenPromises(view), []
        for ids in heads:
            members = members_in_order(states[one] for one in ids if one in states)
            if members:
                rows.append(_row(promises, ids, members))
    return tuple(
        sorted(rows, key=lambda row: (row.open, row.at or datetime.min.replace(tzinfo=UTC)), reverse=True)
    )


def incident(store: Store, incident_id: str) -> IncidentView:
    """Return one incident; raises KnownError ``incidents.none`` where nobody reported it."""
    with store.read() as view:
        return _view(view, subjects_of(view, incident_id))


def current_incident(store: Store) -> IncidentView | None:
    """Return the open incident at hand: in manual mode before confirmed, suspected, recovered; else None."""
    with store.read() as view:
        ids = at_hand(view)
        return _view(view, ids) if ids else None


def going_on(store: Store) -> tuple[IncidentView, ...]:
    """Return the open incident at hand and behind it every other that is not over yet, as ``at_hand`` orders.

    A fire during an outage keeps nobody from the CRM and is at hand for nobody; it must be seen all the same.
    """
    with store.read() as view:
        found = sorted(open_groups(view), key=before_others)
        others = [ids for ids, members in found[1:] if standing(members) in _GOING_ON]
        return tuple(_view(view, ids) for ids in (*(ids for ids, _ in found[:1]), *others))


def _view(view: View, ids: tuple[str, ...]) -> IncidentView:
    members = members_of(view, ids)
    if not members:
        raise KnownError("incidents.none")
    return view_of(view, ids, members, reopened=OpenPromises(view).reopen(ids, members))


def _row(promises: OpenPromises, ids: tuple[str, ...], members: tuple[State, ...]) -> IncidentRow:
    def text(name: str) -> str:
        return str(value_in(members, name) or "")

    again = promises.reopen(ids, members)
    state = IncidentState.REVIEW if again else standing(members)
    return IncidentRow(
        ids[0],
        ids,
        text("incident_no"),
        state,
        text("incident_category"),
        text("incident_level") or IncidentLevel.GENERAL.value,
        text("symptom"),
        parse_iso(text("first_noticed_at"), UTC),
        state not in ENDED,
        again,
    )


def _takes_report(unit: UnitOfWork, category: str, outage: bool) -> str:
    """Return the subject that a further report belongs to, empty where it is a new incident's."""
    for _, members in sorted(open_groups(unit), key=before_others):
        known = value_in(members, "incident_category")
        same = known == category if category and (known or not outage) else not is_beside(members)
        if same and standing(members) in _TAKES_REPORTS:
            return members[0].subject.id
    return ""


def _number(store: Store, unit: UnitOfWork, now: datetime) -> str:
    """Return what people call a new incident: its station, the day, and which it was there on that day."""
    day = now.astimezone(zone_of(store.settings.zone)).strftime("%y%m%d")
    prefix = f"{'D' if unit.life.drill else ''}G{unit.life.station}-{day}-"
    return next_number(prefix, numbers_of(unit.connection, prefix))
