"""What a team lead does in an incident: steps, judgements, telling people, deciding (4.5, A§2.2-2.8).

Every function takes the id of any of the joined incidents; what it returns is undone by ``undo``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from desktop_app.domain.entries import Action, Sealed, Value, moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.incident_events import StateEvent
from desktop_app.domain.incident_steps import DECIDED, FOUND, INCIDENTS, SEEN, IncidentState
from desktop_app.domain.joined_incidents import EVENTS, happened_in, standing, stepping, value_in
from desktop_app.domain.times import zone_of
from desktop_app.services.decisions import Made
from desktop_app.services.incident_closing import around_of
from desktop_app.services.incident_writing import AHEAD, add, event, happened_at, members_in, said
from desktop_app.services.records import write
from desktop_app.storage.conflicts import entries_by_id
from desktop_app.storage.id_numbers import masked_value
from desktop_app.storage.store import Store

_STEPS = frozenset({*IncidentState, "reported", "relapsed"})
_ORDERED = frozenset(StateEvent) - {StateEvent.REPORTED}
_OF_RECOVERY = ("manual_to", "recovered_at", "recovery_confirmed_by")


def take_step(
    store: Store,
    incident_id: str,
    target: IncidentState,
    *,
    now: datetime,
    at: datetime | None = None,
    values: Mapping[str, Value] = MappingProxyType({}),
    reason: str = "",
) -> Made:
    """Take a step at its own time ``at``; ``values`` are the fields that the step demands, or goes with.

    Every joined incident that stands where the whole stands takes it. Raises GuardRefused with what the step
    still needs, KnownError ``incidents.none``, ``incidents.ahead`` and ``incidents.before_step``.
    """
    when, around = happened_at(at, now), around_of(store, incident_id, target, now)
    why = said(store, reason, now)
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        if when < now - AHEAD:
            _check_order(store, members, when)
        told = {key: masked_value(store.settings, key, value, now) for key, value in values.items()}
        told = _fields_of(members, target, when, unit.author.actor) | told
        asked = {
            name: value for name in _asked(members, target) if (value := value_in(members, name)) is not None
        }
        happened = event(unit.author.actor, _code(standing(members), target), when, reason=why)
        made: list[tuple[Subject, str]] = []
        # A step that cannot be taken is refused by the guard of the first.
        for one in stepping(members, target):
            lacking = {name: value for name, value in asked.items() if one.value(name) is None}
            step: dict[str, Value] = {**lacking, **told, "state": target.value}
            made += write(unit, one.subject, step, now, why, around=around)
            made += add(unit, one.subject.id, EVENTS, happened, now)
        return Made(tuple(made))


def note_event(
    store: Store,
    incident_id: str,
    code: str,
    *,
    now: datetime,
    at: datetime | None = None,
    said_by: str = "",
    text: str = "",
) -> Made:
    """Note that something happened: a code of the site's ladders and types; steps are taken, not noted.

    The judgement that it cannot recover (``unrecoverable``, A§2.4) also fills its fields of form 3.6:
    ``said_by`` is who judged.
    """
    if code in _STEPS:
        raise ValueError(f"a step: {code}")
    when = happened_at(at, now)
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        by, words = said(store, said_by, now), said(store, text, now)
        lead = members[0].subject
        made = add(unit, lead.id, EVENTS, event(unit.author.actor, code, when, said_by=by, text=words), now)
        if code == "unrecoverable":
            judged: dict[str, Value] = {
                "unrecoverable": True,
                "unrecoverable_at": moment_text(when),
                "unrecoverable_by": by or unit.author.actor,
            }
            made += write(unit, lead, judged, now)
        return Made(tuple(made))


def tell(
    store: Store,
    incident_id: str,
    *,
    told_to: str,
    channel: str,
    now: datetime,
    told_at: datetime | None = None,
    ladder: str = "",
    rung: str = "",
    role: str = "",
    purpose: str = "ladder",
    contact: str = "",
    reached: bool = True,
    reply: str = "",
    mode: str = "",
) -> Made:
    """Write down that somebody was told, or could not be reached; a late entry keeps the real time.

    Raises KnownError ``incidents.name_needed``, ``incidents.channel_needed`` and ``incidents.ahead``: without
    name, time and channel nothing counts as told (A§2.3).
    """
    if not channel.strip():
        raise KnownError("incidents.channel_needed")
    when = happened_at(told_at, now)
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        values: dict[str, Value] = {
            # Of what leads, as events are: it stays with that where a report is parted from it.
            "incident": members[0].subject.id,
            "purpose": purpose,
            "ladder": ladder,
            "rung": rung,
            "role": role,
            "contact": contact,
            "told_to": said(store, told_to, now, "incidents.name_needed"),
            "told_at": moment_text(when),
            "channel": channel.strip(),
            "reached": reached,
            "reply": said(store, reply, now),
            "mode": mode,
            "told_by": unit.author.actor,
        }
        kept = {name: value for name, value in values.items() if value != ""}
        subject = unit.new_subject(SubjectKind.NOTIFICATION, now)
        return Made(tuple(write(unit, subject, kept, now)))


def decide(
    store: Store,
    incident_id: str,
    *,
    ladder: str,
    rung: str,
    code: str,
    reason: str,
    now: datetime,
    at: datetime | None = None,
    details: Mapping[str, str] = MappingProxyType({}),
) -> Made:
    """Write down what was decided on a rung, and why; it cannot be blank (A§2.4).

    ``details`` are the fields that its choice asks for: vendor, contact. Raises KnownError
    ``incidents.choice_needed``, ``incidents.reason_needed`` and ``incidents.ahead``.
    """
    if not code.strip():
        raise KnownError("incidents.choice_needed")
    why, when = said(store, reason, now, "incidents.reason_needed"), happened_at(at, now)
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        item: Value = {
            "ladder": ladder,
            "rung": rung,
            "code": code.strip(),
            "reason": why,
            "at": moment_text(when),
            "by": unit.author.actor,
            "details": {key: said(store, text, now) for key, text in details.items()},
        }
        return Made(tuple(add(unit, members[0].subject.id, DECIDED, item, now, why)))


def note_rung(
    store: Store,
    incident_id: str,
    *,
    ladder: str,
    rung: str,
    now: datetime,
    at: datetime | None = None,
    found: str = "",
) -> Made:
    """Tick a rung that asks to check, or was to be seen: by whom and when; ``found`` may say what.

    Raises KnownError ``incidents.ahead``.
    """
    what, when = said(store, found, now), happened_at(at, now)
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        item: dict[str, Value] = {
            "ladder": ladder,
            "rung": rung,
            "code": FOUND if what else SEEN,
            "at": moment_text(when),
            "by": unit.author.actor,
        }
        if what:
            item["reason"] = what
        return Made(tuple(add(unit, members[0].subject.id, DECIDED, item, now, what)))


def undo(store: Store, made: Made, *, now: datetime) -> None:
    """Take back what one act wrote, all of it.

    Raises KnownError ``log.changed_since`` where somebody has changed one of the same fields since, or taken
    the same back; what was written beside it meanwhile stays.
    """
    ids = {entry_id for _, entry_id in made.entries}
    with store.change() as unit:
        held = entries_by_id(unit.connection, ids)
        for subject, entry_id in made.entries:
            if entry_id not in held or not _stands(unit.state(subject), held[entry_id].sealed(), ids):
                raise KnownError("log.changed_since")
        for subject, entry_id in reversed(made.entries):
            unit.revoke(entry_id, subject, at=now)


def _stands(state: State, sealed: Sealed, ids: Collection[str]) -> bool:
    """Whether what an entry said still holds; a report can be taken back until somebody has acted on it."""
    entry, changes = sealed.entry, sealed.payload.changes if sealed.payload is not None else {}
    if entry.action is Action.ADD:
        return any(item.entry_id == entry.id for name in changes for item in state.lists.get(name, ()))
    if "state" in changes and changes["state"].value == IncidentState.SUSPECTED:
        _, writer, seq = state.newest
        return f"{writer}-{seq}" in ids
    return all(any(one.entry_id == entry.id for one in state.candidates(name)) for name in changes)


def _check_order(store: Store, members: Sequence[State], when: datetime) -> None:
    """Refuse a time typed by mistake: clocks would run on after a recovery, or not begin with a relapse."""
    steps = (one.at for one in happened_in(members) if one.code in _ORDERED)
    # People type no seconds.
    last = max(steps, default=when).replace(second=0, microsecond=0)
    if when < last:
        local = last.astimezone(zone_of(store.settings.zone))
        raise KnownError("incidents.before_step", time=f"{local:%m-%d %H:%M}")


def _fields_of(
    members: Sequence[State], target: IncidentState, when: datetime, actor: str
) -> dict[str, Value]:
    """Return the fields that a step fills by itself."""
    at = moment_text(when)
    if target is IncidentState.MANUAL:
        # A relapse: that it was over is no longer so, and has to be confirmed again.
        begun = value_in(members, "manual_from") is not None
        return dict.fromkeys(_OF_RECOVERY) if begun else {"manual_from": at}
    if target is IncidentState.RECOVERED:
        by_hand = standing(members) is IncidentState.MANUAL
        return {"recovered_at": at, "manual_to": at} if by_hand else {"recovered_at": at}
    if target is IncidentState.CLOSED:
        signed: dict[str, Value] = {"approved_by": actor, "filled_on": at}
        return {name: value for name, value in signed.items() if not value_in(members, name)}
    return {}


def _asked(members: Sequence[State], target: IncidentState) -> tuple[str, ...]:
    source = standing(members)
    rows = (row for row in INCIDENTS.steps if (row.source, row.target) == (source, target))
    return next((row.needs for row in rows), ())


def _code(source: IncidentState, target: IncidentState) -> str:
    """Return the event that a step is: back to manual mode after it was over is a relapse."""
    if target is IncidentState.MANUAL and source is not IncidentState.CONFIRMED:
        return "relapsed"
    return target.value
