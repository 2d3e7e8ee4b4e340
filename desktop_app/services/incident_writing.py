"""What every act on an incident is written with: what a person typed, its own time, a list's next item."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from desktop_app.domain.entries import Action, Change, Payload, Value, moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.folding import State
from desktop_app.domain.guards import By, check
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.texts import clean
from desktop_app.services.incident_groups import members_of, subjects_of
from desktop_app.storage.id_numbers import masked_text
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork, View

AHEAD = timedelta(minutes=2)
"""So far a time may lie ahead of this PC's clock: somebody read another one."""
LONGEST = 4_000
"""Bytes of a text that somebody says; nobody types more while a phone rings."""


def said(store: Store, text: str, now: datetime, needed: str = "") -> str:
    """Return what a person typed as it is kept: cleaned, identity numbers masked.

    Raises KnownError ``needed`` for an empty text where one is named, and ``incidents.too_long``.
    """
    told = clean(text.strip()).text
    if needed and not told:
        raise KnownError(needed)
    if len(told.encode()) > LONGEST:
        raise KnownError("incidents.too_long")
    return masked_text(store.settings, told, now)


def happened_at(at: datetime | None, now: datetime) -> datetime:
    """Return when something happened; raises KnownError ``incidents.ahead`` for what has not happened yet."""
    if at is None:
        return now
    if at > now + AHEAD:
        raise KnownError("incidents.ahead")
    return at


def next_number(prefix: str, known: Iterable[str]) -> str:
    """Return the number behind the highest known one that begins so: one taken back leaves a gap."""
    counts = (text.removeprefix(prefix) for text in known if text.startswith(prefix))
    return f"{prefix}{1 + max((int(one) for one in counts if one.isdecimal()), default=0)}"


def members_in(unit: View, incident_id: str) -> tuple[tuple[str, ...], tuple[State, ...]]:
    """Return the ids of an incident, the head first, and its subjects, those that lead first.

    Raises KnownError ``incidents.none`` where nobody reported it.
    """
    ids = subjects_of(unit, incident_id)
    members = members_of(unit, ids)
    if not members:
        raise KnownError("incidents.none")
    return ids, members


def subject_named(incident_id: str) -> Subject:
    """Return the subject with the id of an incident."""
    return Subject(SubjectKind.INCIDENT, incident_id)


def add(
    unit: UnitOfWork, incident_id: str, name: str, item: Value, now: datetime, reason: str = ""
) -> list[tuple[Subject, str]]:
    """Append one item to a list of an incident, its guards asked first; returns the entry."""
    subject = subject_named(incident_id)
    check(unit.state(subject), {name: item}, By(unit.author.actor, unit.author.role, reason))
    entry = unit.append(subject, Action.ADD, Payload({name: Change((), item)}, reason), at=now)
    return [(subject, entry.id)]


def event(actor: str, code: str, at: datetime, **told: str) -> dict[str, Value]:
    """Return the list item that says what happened when, and what is told of it besides: reason, text."""
    besides: dict[str, Value] = {name: text for name, text in told.items() if text}
    return {"code": code, "at": moment_text(at), "by": actor, **besides}
