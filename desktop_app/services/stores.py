"""Making and unlocking stores: what ``init`` and every other command begin with."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from desktop_app.domain.entries import Action
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.numbers import valid_station
from desktop_app.domain.roles import Role
from desktop_app.domain.users import FROM_INIT, Grant
from desktop_app.policy import Policy, text_of
from desktop_app.settings import Settings
from desktop_app.storage.creating import create_store
from desktop_app.storage.disk import told_by_disk
from desktop_app.storage.key_slots import IDENTITY_PREFIX, NewPerson
from desktop_app.storage.opening import Credentials, open_store
from desktop_app.storage.pins import check_pin, one_time_pin
from desktop_app.storage.stations import make_identity
from desktop_app.storage.store import Store
from desktop_app.storage.this_pc import this_device
from desktop_app.storage.unit_of_work import UnitOfWork

USER_VARIABLE = "FALLBACK_DESK_USER"
PIN_VARIABLE = "FALLBACK_DESK_PIN"
RECOVERY_VARIABLE = "FALLBACK_DESK_RECOVERY"
OpenStore = Store
"""An unlocked store, as the window and the command line pass it on."""
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at the station."""

    staff_number: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Created:
    """A new store, open; the recovery code and the one-time PINs are shown once and kept nowhere.

    ``recovery`` is "" where the site's recovery key serves instead. ``with_device`` tells whether a secret of
    this PC, kept apart from the store, strengthens the PINs.
    """

    store: Store
    recovery: str = field(repr=False)
    one_time_pins: Mapping[str, str] = field(repr=False)
    with_device: bool


def create(
    folder: Path,
    *,
    station: str,
    owner: Person,
    pin: str,
    data_folder: Path,
    now: datetime,
    others: Sequence[Person] = (),
    policy: Policy | None = None,
    drill: bool = False,
) -> Created:
    """Make a store in ``folder`` for a station code, its owner and other people with one-time PINs.

    Raises KnownError for a station code or person that cannot be, a short PIN, a folder that holds a store,
    and a code whose store still exists on this PC.
    """
    check_station(station)
    people = (owner, *others)
    check_people(people)
    policy = policy or Policy()
    with told_by_disk(data_folder):
        device = this_device(data_folder, create=True, shared=policy.shared_pc)
    check_pin(pin, with_device=device.apart)
    pins = {person.staff_number: one_time_pin() for person in others}
    store, recovery = create_store(
        folder,
        data_folder=data_folder,
        station=station,
        drill=drill,
        people=[
            NewPerson(
                person.staff_number, person.role, pins.get(person.staff_number, pin), person is not owner
            )
            for person in people
        ],
        device=device,
        settings=Settings(zone=policy.zone),
        recipient=policy.recovery_key,
        fill=lambda unit: _begin(unit, people, now),
        now=now,
    )
    return Created(store, recovery, pins, device.apart)


def unlock(
    folder: Path,
    credentials: Credentials,
    *,
    data_folder: Path,
    now: datetime,
    writing: bool = True,
    alone: bool = False,
    ask: bool = False,
) -> Store:
    """Return the store in ``folder``, unlocked; see ``storage.opening.open_store``."""
    return open_store(
        folder, credentials, data_folder=data_folder, now=now, writing=writing, alone=alone, ask=ask
    )


def credentials_given(environment: Mapping[str, str] = os.environ) -> Credentials:
    """Return what the environment gives to unlock with; empty where it says nothing."""
    return Credentials(
        environment.get(USER_VARIABLE, ""),
        environment.get(PIN_VARIABLE, ""),
        recovery_given(environment.get(RECOVERY_VARIABLE, "")),
    )


def recovery_given(text: str) -> str:
    """Return what recovers: a code as it is, or what the site's identity file holds that ``text`` names.

    Raises KnownError where the file cannot be read.
    """
    # A code has no separator of folders or file type; the text of an identity may be given itself.
    is_path = text.strip() and not text.startswith(IDENTITY_PREFIX) and any(sign in text for sign in "/\\.")
    return text_of(Path(text.strip())) if is_path else text


def name_of(store: Store) -> str:
    """Return the name of the person who unlocked the store; the staff number where no name is known."""
    with store.read() as view:
        return (
            view.state(Subject(SubjectKind.USER, store.author.actor)).text("name")
            or store.author.staff_number
        )


def read_people(file: Path) -> list[Person]:
    """Return the people listed in a CSV file with the columns staff_number, name, role; raises KnownError."""
    rows = csv.reader(io.StringIO(text_of(file)), strict=True)
    try:
        listed = [(rows.line_num, [cell.strip() for cell in row]) for row in rows if any(row)]
    except csv.Error as problem:
        raise KnownError("stores.bad_users_line", file=file, line=rows.line_num) from problem
    if not listed or listed[0][1] != ["staff_number", "name", "role"]:
        raise KnownError("stores.bad_users_header", file=file)
    people = []
    for line, row in listed[1:]:
        if len(row) != 3:
            raise KnownError("stores.bad_users_line", file=file, line=line)
        people.append(Person(row[0], row[1], _listed_role(row[2], file, line)))
    return people


def role_named(text: str) -> Role:
    """Return the role of this name; raises KnownError that lists the names there are."""
    try:
        return Role(text)
    except ValueError as problem:
        raise KnownError("stores.bad_role", role=text, roles=" ".join(Role)) from problem


def _listed_role(text: str, file: Path, line: int) -> Role:
    try:
        return role_named(text)
    except KnownError as problem:
        raise KnownError("stores.bad_users_role", file=file, line=line, **problem.details) from problem


def check_station(station: str) -> None:
    """Raise KnownError where a text is no station code."""
    if not valid_station(station):
        raise KnownError("stores.bad_station", station=station)


def check_people(people: Sequence[Person]) -> None:
    """Raise KnownError where somebody has no usable staff number or name, or is there twice."""
    seen = set()
    for person in people:
        for text in (person.staff_number, person.name):
            if not text.strip() or len(text) > _LONGEST_NAME or not text.isprintable():
                raise KnownError("stores.bad_person", user=ascii(person.staff_number))
        if person.staff_number in seen:
            raise KnownError("stores.person_twice", user=person.staff_number)
        seen.add(person.staff_number)


def _begin(unit: UnitOfWork, people: Sequence[Person], now: datetime) -> None:
    make_identity(unit.connection, people[0].name, people[0].role)
    enter_people(unit, people, now)


def enter_people(unit: UnitOfWork, people: Sequence[Person], now: datetime) -> None:
    """Write people with their names and roles into the store's journal."""
    for person in people:
        subject = Subject(SubjectKind.USER, user_id(person.staff_number))
        unit.change(subject, {"staff_number": person.staff_number, "name": person.name}, at=now)
        grant = Grant(person.role, unit.life.station, FROM_INIT)
        unit.append(subject, Action.ADD, grant.payload(), at=now)
