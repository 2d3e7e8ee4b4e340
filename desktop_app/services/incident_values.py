"""What is told of an incident beside its steps: levels, the fields of its form and type, the check-list.

What is returned is undone by ``incident_acts.undo``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from desktop_app.domain.entries import Action, Payload, Value, moment_text
from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject
from desktop_app.domain.incident_types import IncidentType, OwnField
from desktop_app.domain.joined_incidents import EVENTS, Item, items_in, leading
from desktop_app.domain.outage_options import IncidentLevel, SurgeLevel
from desktop_app.domain.times import parse_iso
from desktop_app.services.decisions import Made
from desktop_app.services.incident_view import ACTIONS, TICKS, WAIVED
from desktop_app.services.incident_writing import add, event, members_in, said, subject_named
from desktop_app.services.records import write
from desktop_app.storage.id_numbers import masked_value
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork

BY_STEP = frozenset(
    {
        "state",
        "incident_no",
        "incident_level",
        "surge_level",
        "manual_from",
        "manual_to",
        "recovered_at",
        "noticed_by",
    }
)
"""Fields that steps, levels and reports write; nobody types them."""

Entries = list[tuple[Subject, str]]


def set_level(store: Store, incident_id: str, level: IncidentLevel, *, reason: str, now: datetime) -> Made:
    """Say how grave it is: the supervisor or the centre manager does, with a reason (B§4)."""
    return _set_one(store, incident_id, "incident_level", level.value, reason, now)


def set_surge_level(
    store: Store, incident_id: str, level: SurgeLevel | None, *, now: datetime, reason: str = ""
) -> Made:
    """Say which staff is called in (A§8); None once the surge is over."""
    return _set_one(store, incident_id, "surge_level", level.value if level else None, reason, now)


def set_values(
    store: Store,
    incident_id: str,
    values: Mapping[str, Value],
    *,
    now: datetime,
    reason: str = "",
    seen: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    of_type: IncidentType | None = None,
) -> Made:
    """Set fields of form 3.6 and of the type; None empties one. Times are ``moment_text``, choices codes.

    ``seen`` are the candidates that were on the screen (``IncidentView.seen``): what somebody else wrote
    since stays beside the new value, as a conflict. With ``of_type`` a moment that is an event begins its
    clocks, and a number that reaches its alarm (two ill people, A§6) does. Raises GuardRefused.
    """
    if wrong := BY_STEP & values.keys():
        raise ValueError(f"not typed: {sorted(wrong)}")
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        told = {key: masked_value(store.settings, key, value, now) for key, value in values.items()}
        made: Entries = []
        for place, one in enumerate(leading(members)):
            # Joined incidents that say something else are told the same, or it would stay a conflict.
            own = {
                key: value for key, value in told.items() if not place or one.value(key) not in (None, value)
            }
            if own:
                made += write(unit, one.subject, own, now, said(store, reason, now), seen=seen)
        for field in of_type.fields if of_type is not None else ():
            if field.key in told:
                made += _event_follows(unit, members[0], field, told[field.key], now)
        return Made(tuple(made))


def tick(store: Store, incident_id: str, item: str, *, on: bool = True, now: datetime) -> Made:
    """Tick a line of the check-list, with time and name, or take the tick away; twice is once."""
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        held = [one for one in items_in(members, TICKS) if one.text("item") == item]
        if on and not held:
            told: Value = {"item": item, "at": moment_text(now), "by": unit.author.actor}
            return Made(tuple(add(unit, members[0].subject.id, TICKS, told, now)))
        return Made(() if on else tuple(_struck(unit, held, now)))


def waive_station(store: Store, incident_id: str, station: str, *, reason: str, now: datetime) -> Made:
    """Say that a station need not hand in any more before the review, and why (4.5).

    Raises KnownError ``incidents.reason_needed``.
    """
    why = said(store, reason, now, "incidents.reason_needed")
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        told: Value = {"station": station, "reason": why, "at": moment_text(now), "by": unit.author.actor}
        return Made(tuple(add(unit, members[0].subject.id, WAIVED, told, now, why)))


def add_action(
    store: Store, incident_id: str, text: str, *, owner: str, due: datetime | None, now: datetime
) -> Made:
    """Write down what has to be done afterwards and by whom; it outlives the incident (1.4.7, 4.5).

    Raises KnownError ``incidents.action_needed`` and ``incidents.owner_needed``.
    """
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        told: dict[str, Value] = {
            "text": said(store, text, now, "incidents.action_needed"),
            "owner": said(store, owner, now, "incidents.owner_needed"),
            "at": moment_text(now),
            "by": unit.author.actor,
        }
        if due is not None:
            told["due"] = moment_text(due)
        return Made(tuple(add(unit, members[0].subject.id, ACTIONS, told, now)))


def _set_one(store: Store, incident_id: str, name: str, value: Value, reason: str, now: datetime) -> Made:
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        why = said(store, reason, now)
        made = [
            entry for one in leading(members) for entry in write(unit, one.subject, {name: value}, now, why)
        ]
        return Made(tuple(made))


def _event_follows(
    unit: UnitOfWork, lead: State, field: OwnField, value: Value, now: datetime
) -> Iterator[tuple[Subject, str]]:
    """Bring the event that a field is to what the field says now."""
    held = [one for one in items_in([lead], EVENTS) if one.text("field") == field.key]
    if field.begins:
        at = parse_iso(str(value), UTC)
        yield from _struck(unit, held, now)
        if at is not None:
            yield from _happened(unit, lead, field, field.begins, at, now)
    elif field.alarm is not None:
        reached = _number(value) >= field.alarm.at_least
        if reached and not held:
            yield from _happened(unit, lead, field, field.alarm.event, now, now)
        elif not reached:
            yield from _struck(unit, held, now)


def _happened(
    unit: UnitOfWork, lead: State, field: OwnField, code: str, at: datetime, now: datetime
) -> Entries:
    told = event(unit.author.actor, code, at)
    return add(unit, lead.subject.id, EVENTS, {**told, "field": field.key}, now)


def _struck(unit: UnitOfWork, items: list[Item], now: datetime) -> Iterator[tuple[Subject, str]]:
    for one in items:
        subject = subject_named(one.subject)
        yield subject, unit.append(subject, Action.STRIKE, Payload(target=one.entry_id), at=now).id


def _number(value: Value) -> float:
    try:
        return float(value) if isinstance(value, int | float | str) else 0.0
    except ValueError:
        return 0.0
