"""Making and unlocking stores: what ``init`` and every other command begin with."""

from __future__ import annotations

import csv
import io
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from desktop_app.domain.entries import Action
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.numbers import valid_station
from desktop_app.domain.roles import Role
from desktop_app.domain.times import zone_of
from desktop_app.domain.users import FROM_INIT, Grant
from desktop_app.settings import Settings
from desktop_app.storage.creating import create_store
from desktop_app.storage.device_secret import device_secret
from desktop_app.storage.keys import NewPerson, check_pin, one_time_pin
from desktop_app.storage.opening import Credentials, open_store, told_by_disk
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork

USER_VARIABLE = "FALLBACK_DESK_USER"
PIN_VARIABLE = "FALLBACK_DESK_PIN"
RECOVERY_VARIABLE = "FALLBACK_DESK_RECOVERY"
OpenStore = Store
"""An unlocked store, as the window and the command line pass it on."""
_LONGEST_NAME = 80
_LARGEST_FILE = 1 << 20


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at the station."""

    staff_number: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Created:
    """A new store, open; the recovery code and the one-time PINs are shown once and kept nowhere.

    ``with_device`` tells whether a secret of this PC strengthens the PINs.
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
    settings: Settings | None = None,
    drill: bool = False,
) -> Created:
    """Make a store in ``folder`` for a station code, its owner and other people with one-time PINs.

    Raises KnownError for a station code or person that cannot be, a short PIN, a folder that holds a store,
    and a code whose store still exists on this PC.
    """
    if not valid_station(station):
        raise KnownError("stores.bad_station", station=station)
    people = (owner, *others)
    _check_people(people)
    with told_by_disk(data_folder):
        device = device_secret(data_folder, create=True)
    check_pin(pin, with_device=device is not None)
    pins = {person.staff_number: one_time_pin() for person in others}
    store, recovery = create_store(
        folder,
        data_folder=data_folder,
        station=station,
        drill=drill,
        people=[
            NewPerson(person.staff_number, person.role, pins.get(person.staff_number, pin))
            for person in people
        ],
        device=device,
        settings=settings or Settings(),
        fill=lambda unit: _enter_people(unit, people, now),
        now=now,
    )
    return Created(store, recovery, pins, device is not None)


def unlock(
    folder: Path,
    credentials: Credentials,
    *,
    data_folder: Path,
    now: datetime,
    writing: bool = True,
    alone: bool = False,
) -> Store:
    """Return the store in ``folder``, unlocked; see ``storage.opening.open_store``."""
    return open_store(folder, credentials, data_folder=data_folder, now=now, writing=writing, alone=alone)


def credentials_given(environment: Mapping[str, str] = os.environ) -> Credentials:
    """Return what the environment gives to unlock with; empty where it says nothing."""
    return Credentials(
        environment.get(USER_VARIABLE, ""),
        environment.get(PIN_VARIABLE, ""),
        environment.get(RECOVERY_VARIABLE, ""),
    )


def name_of(store: Store) -> str:
    """Return the name of the person who unlocked the store; the staff number where no name is known."""
    with store.read() as view:
        return (
            view.state(Subject(SubjectKind.USER, store.author.actor)).text("name")
            or store.author.staff_number
        )


def read_people(file: Path) -> list[Person]:
    """Return the people listed in a CSV file with the columns staff_number, name, role; raises KnownError."""
    rows = csv.reader(io.StringIO(_text_of(file)), strict=True)
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


def read_policy(file: Path) -> Settings:
    """Return the settings in a policy file (TOML: ``zone``); raises KnownError, also for an unknown key."""
    try:
        told = tomllib.loads(_text_of(file))
    except tomllib.TOMLDecodeError as problem:
        raise KnownError("stores.bad_policy", file=file) from problem
    unknown = sorted(told.keys() - {"zone"})
    if unknown:
        raise KnownError("stores.unknown_policy", file=file, names=", ".join(unknown))
    zone = str(told.get("zone", Settings().zone))
    zone_of(zone)
    return Settings(zone=zone)


def _text_of(file: Path) -> str:
    """Return the text of a small file, without the mark that Windows editors write before UTF-8."""
    try:
        with file.open("rb") as opened:
            content = opened.read(_LARGEST_FILE + 1)
        if len(content) > _LARGEST_FILE:
            raise KnownError("stores.unreadable", file=file)
        return content.decode("utf-8-sig")
    except FileNotFoundError as problem:
        raise KnownError("stores.no_file", file=file) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise KnownError("stores.unreadable", file=file) from problem


def _check_people(people: Sequence[Person]) -> None:
    seen = set()
    for person in people:
        for text in (person.staff_number, person.name):
            if not text.strip() or len(text) > _LONGEST_NAME or not text.isprintable():
                raise KnownError("stores.bad_person", user=ascii(person.staff_number))
        if person.staff_number in seen:
            raise KnownError("stores.person_twice", user=person.staff_number)
        seen.add(person.staff_number)


def _enter_people(unit: UnitOfWork, people: Sequence[Person], now: datetime) -> None:
    for person in people:
        subject = Subject(SubjectKind.USER, user_id(person.staff_number))
        unit.change(subject, {"staff_number": person.staff_number, "name": person.name}, at=now)
        grant = Grant(person.role, unit.life.station, FROM_INIT)
        unit.append(subject, Action.ADD, grant.payload(), at=now)
