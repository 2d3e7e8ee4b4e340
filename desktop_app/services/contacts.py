"""The contact book of the site: looked up, changed, checked, and what became of calls (B§3, 1.6.2, 2§8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from desktop_app.domain.contact_book import BILINGUAL, TEXTS, TRIED, WORDS, BookContact, book
from desktop_app.domain.entries import Action, Change, Payload, Value, moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind, contact_id
from desktop_app.domain.site_pack import SitePack
from desktop_app.services.decisions import Made, check_person
from desktop_app.services.incident_writing import happened_at, said
from desktop_app.services.records import write
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork, View

_KEYS = frozenset({*TEXTS, *WORDS, *BILINGUAL, *(f"{name}_en" for name in BILINGUAL)})
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Kept:
    """A contact that was written: its key, and what its undo takes back."""

    key: str
    made: Made


def contact_book(store: Store, pack: SitePack) -> tuple[BookContact, ...]:
    """Return the contacts of the pack as they are now, and those that people added."""
    with store.read() as view:
        return book(pack.contacts, view.states(SubjectKind.CONTACT))


def change_contact(
    store: Store, key: str, values: Mapping[str, str], *, now: datetime, external: bool | None = None
) -> Kept:
    """Change fields of a contact; the change goes to every station. Raises KnownError ``contacts.*``."""
    check_person(store)
    told = _checked(store, values, now)
    if external is not None:
        told["external"] = external
    with store.change() as unit:
        return Kept(key, Made(tuple(_change(unit, key, told, now))))


def add_contact(store: Store, values: Mapping[str, str], *, now: datetime, external: bool = False) -> Kept:
    """Add somebody to the book; a name, a role and a number are needed. Raises KnownError ``contacts.*``."""
    for name in ("name", "role", "phone"):
        if not values.get(name, "").strip():
            raise KnownError(f"contacts.{name}_needed")
    with store.read() as view:
        fresh = f"added-{UUID(view.life.writer).hex[:8]}-{int(now.timestamp() * 1000)}"
    return change_contact(store, fresh, values, now=now, external=external)


def add_in(
    store: Store, unit: UnitOfWork, key: str, values: Mapping[str, str], now: datetime
) -> list[tuple[Subject, str]]:
    """Add somebody within a change under way, so that a file is taken in whole; as ``add_contact``."""
    return _change(unit, key, _checked(store, values, now), now)


def remove_contact(store: Store, key: str, *, reason: str, now: datetime) -> Made:
    """Take somebody out of the book, with a reason; what was told to them stays in the log."""
    check_person(store)
    why = said(store, reason, now, "contacts.reason_needed")
    with store.change() as unit:
        subject = _subject(key)
        told = _named(unit, subject, key) | {"removed": True}
        return Made(tuple(write(unit, subject, told, now, why)))


def verify_contact(store: Store, key: str, *, now: datetime) -> Made:
    """Say that the number was checked and is right."""
    with store.change() as unit:
        subject = _subject(key)
        told = _named(unit, subject, key) | {
            "verified_at": moment_text(now),
            "verified_by": unit.author.actor,
        }
        return Made(tuple(write(unit, subject, told, now)))


def try_contact(
    store: Store, key: str, *, reached: bool, now: datetime, at: datetime | None = None, note: str = ""
) -> Made:
    """Write down a call to a contact, reached or not, at its own time."""
    when = happened_at(at, now)
    with store.change() as unit:
        subject = _subject(key)
        made = write(unit, subject, _named(unit, subject, key), now)
        item: Value = {
            "at": moment_text(when),
            "by": unit.author.actor,
            "reached": reached,
            "note": said(store, note, now),
        }
        entry = unit.append(subject, Action.ADD, Payload({TRIED: Change((), item)}), at=now)
        return Made((*made, (subject, entry.id)))


def _change(unit: UnitOfWork, key: str, told: dict[str, Value], now: datetime) -> list[tuple[Subject, str]]:
    subject = _subject(key)
    if unit.state(subject).value("removed") is True:
        told["removed"] = False
    return write(unit, subject, _named(unit, subject, key) | told, now)


def _subject(key: str) -> Subject:
    return Subject(SubjectKind.CONTACT, contact_id(key))


def _named(view: View | UnitOfWork, subject: Subject, key: str) -> dict[str, Value]:
    """Return what says which contact it is, where no entry has yet."""
    return {} if view.state(subject).candidates("key") else {"key": key}


def _checked(store: Store, values: Mapping[str, str], now: datetime) -> dict[str, Value]:
    told: dict[str, Value] = {}
    for name, text in values.items():
        if name not in _KEYS:
            raise ValueError(name)
        cleaned = said(store, text, now)
        if len(cleaned) > _LONGEST:
            raise KnownError("contacts.too_long")
        if name in ("name", "role", "phone") and not cleaned:
            raise KnownError(f"contacts.{name}_needed")
        if name in ("phone", "other_phone") and cleaned and not any(char.isdigit() for char in cleaned):
            raise KnownError("contacts.no_number")
        told[name] = cleaned
    return told
