"""What somebody wrote on a record that was purged meanwhile: a lead purges it too, or opens the record again.

The purge's author never saw it, so it is kept, set aside and counted nowhere until then (JOURNAL, purge).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from desktop_app.domain.entries import Action, Sealed
from desktop_app.domain.fields import FIELDS, RESTRICTED
from desktop_app.domain.guards import broken_guards
from desktop_app.domain.identity import Subject
from desktop_app.domain.purging import purge_again, reopening, sweep
from desktop_app.domain.roles import Role
from desktop_app.domain.times import zone_of
from desktop_app.domain.typed import item_text, typed
from desktop_app.services.decisions import Made, check_person
from desktop_app.services.drafts import person_name
from desktop_app.services.purging import check_lead
from desktop_app.services.to_confirm import confirming
from desktop_app.storage.conflicts import purged_with_more, station_codes
from desktop_app.storage.journal import history
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class Late:
    """One entry that came after the purge: who, where (station code), when (UTC), and its texts by field."""

    entry_id: str
    name: str
    station: str
    at: datetime
    texts: tuple[tuple[str, str], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A purged subject with what came after its purge; ``name`` purged it at ``at`` (UTC)."""

    subject: Subject
    number: str
    name: str
    at: datetime
    entries: tuple[Late, ...]


def set_aside(store: Store) -> tuple[SetAside, ...]:
    """Return what was written on purged subjects without their purge having seen it, by number."""
    zone = zone_of(store.settings.zone)
    agent = store.author.role is Role.AGENT
    with store.read() as view:
        stations = station_codes(view.connection)
        found = [
            one
            for subject in purged_with_more(view.connection)
            if (one := _set_aside(view, subject, stations, zone, agent)) is not None
        ]
    return tuple(sorted(found, key=lambda one: (one.number, one.subject)))


def purge_late(store: Store, subject: Subject, *, now: datetime) -> None:
    """Purge what came late too; it cannot be brought back.

    Raises KnownError ``decisions.leads_only``, ``purging.not_a_lead`` and GuardRefused ``guard.not_purged``.
    """
    check_person(store)
    check_lead(store)
    with store.change() as unit:
        unit.append(subject, Action.PURGE, purge_again(unit.state(subject), unit.heads()), at=now)
    # Without this the write-ahead log would keep what was erased until somebody closes the store.
    store.database.checkpoint()


def reopen(store: Store, subject: Subject, *, now: datetime, reason: str = "") -> Made:
    """Open a purged subject again: what came late counts, what the purge erased stays erased.

    Raises KnownError ``decisions.leads_only`` and GuardRefused ``guard.not_purged``.
    """
    check_person(store)
    with store.change() as unit:
        purges, values = reopening(subject, _history(unit, subject))
        made = [(subject, unit.revoke(one, subject, at=now, reason=reason).id) for one in purges]
        restored = unit.change(subject, values, at=now, reason=reason)
        if restored is not None:
            made.append((subject, restored.id))
        # Without what was erased no step leads to where it stands: whoever opens it answers for that.
        for broken in broken_guards(subject, _history(unit, subject)):
            made.append((subject, confirming(unit, subject, broken.entry_id, now, reason).id))
        return Made(tuple(made))


def _history(unit: UnitOfWork, subject: Subject) -> list[Sealed]:
    return [stored.sealed() for stored in history(unit.connection, subject)]


def _set_aside(
    view: View, subject: Subject, stations: dict[str, str], zone: tzinfo, agent: bool
) -> SetAside | None:
    made = {stored.entry.id: stored.sealed() for stored in history(view.connection, subject)}
    late = [made[one] for one in sweep(made.values()).set_aside]
    purges = [one.entry for one in made.values() if one.entry.action is Action.PURGE]
    # A purge that was taken back and made again leaves its revocations, which nobody has to decide on.
    said = [one for one in late if one.entry.action is not Action.REVOKE]
    if not said or not purges:
        return None
    tombstone = view.state(subject).tombstone or {}
    return SetAside(
        subject,
        str(tombstone.get("number") or ""),
        person_name(view, purges[-1].actor),
        purges[-1].at,
        tuple(_late(view, one, stations, zone, agent) for one in said),
    )


def _late(view: View, sealed: Sealed, stations: dict[str, str], zone: tzinfo, agent: bool) -> Late:
    entry, payload = sealed.entry, sealed.payload
    texts = [
        (name, typed(FIELDS[name], change.value, zone) if name in FIELDS else item_text(change.value))
        for name, change in (payload.changes.items() if payload else ())
        if not (agent and name in RESTRICTED)
    ]
    return Late(
        entry.id,
        person_name(view, entry.actor),
        stations.get(entry.writer, ""),
        entry.at,
        tuple(texts),
        payload.reason if payload else "",
    )
