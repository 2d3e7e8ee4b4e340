"""Who can unlock a store: PINs chosen and changed, the next shift added (DESIGN §6)."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.domain.entries import Action
from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.roles import Role
from desktop_app.domain.users import GRANTING, Grant, check_grant, grants
from desktop_app.services.stores import OpenStore, Person, check_people, recovery_given, unlock
from desktop_app.storage.disk import told_by_disk
from desktop_app.storage.going_on import is_unmarked
from desktop_app.storage.key_file import KEYS_FILE, KeyFile, read_keys
from desktop_app.storage.key_slots import NewPerson, plain_code
from desktop_app.storage.keys import rewrite, unlock_with_pin, with_new_code, with_slots
from desktop_app.storage.lockout import counted_try, wait_left
from desktop_app.storage.opening import Credentials
from desktop_app.storage.pins import SHORTEST_ALONE, check_pin, one_time_pin, shortest_pin
from desktop_app.storage.store import Way
from desktop_app.storage.this_pc import DeviceSecret, secret_named, this_device

LONG_PIN = SHORTEST_ALONE
"""How many characters a PIN needs where no secret kept apart from the store strengthens it."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can unlock the store; ``waiting`` while the one-time PIN has not been changed."""

    staff_number: str
    name: str
    role: Role
    waiting: bool


def unlock_counted(
    folder: Path, staff_number: str, pin: str, *, data_folder: Path, now: datetime
) -> OpenStore:
    """Unlock a store; a wrong PIN that leads to a wait is refused as the wait, ``keys.locked_out``.

    A store that was never open on this PC is returned as it is: see ``moved.is_from_elsewhere``.
    """
    try:
        given = given_credentials(staff_number, pin)
        return unlock(folder, given, data_folder=data_folder, now=now, ask=True)
    except KnownError as problem:
        wait = seconds_to_wait(folder, staff_number) if problem.code == "keys.wrong_pin" else 0.0
        if wait > 0:
            raise KnownError("keys.locked_out", seconds=math.ceil(wait)) from problem
        raise


def recover(
    folder: Path, given: str, staff_number: str, new: str, *, data_folder: Path, now: datetime
) -> OpenStore:
    """Unlock by recovery code or identity file, set a person's PIN, and return the store unlocked by that.

    Raises KnownError; the store is closed then.
    """
    held = Credentials(recovery=recovery_given(given))
    with unlock(folder, held, data_folder=data_folder, now=now, ask=True) as store:
        choose_pin(store, new, staff_number=staff_number, data_folder=data_folder, now=now)
    return unlock(folder, Credentials(staff_number, new), data_folder=data_folder, now=now, ask=True)


def given_credentials(staff_number: str, pin: str) -> Credentials:
    """Return what a person typed as what unlocks."""
    return Credentials(staff_number.strip(), pin)


def same_code(typed: str, group: str) -> bool:
    """Whether what was typed is this part of a recovery code, however it was typed."""
    return plain_code(typed) == plain_code(group)


def must_choose_pin(store: OpenStore) -> bool:
    """Whether whoever unlocked the store has to choose a PIN before anything else."""
    return store.way is not Way.PIN


def shortest_pin_here(data_folder: Path, *, shared_pc: bool = False) -> int:
    """Return how many characters a new PIN needs on this PC."""
    device = this_device(data_folder, create=False)
    return shortest_pin(with_device=device.apart and not shared_pc)


def check_new_pin(pin: str, shortest: int) -> None:
    """Raise KnownError for a PIN that cannot be, where ``shortest`` is what ``shortest_pin_here`` said."""
    check_pin(pin, with_device=shortest < LONG_PIN)


def seconds_to_wait(folder: Path, staff_number: str, *, clock: Callable[[], float] = time.monotonic) -> float:
    """Return how long the person has to wait after wrong PINs, 0 where a try is allowed."""
    return wait_left(folder, staff_number.strip(), clock)


def colleagues(store: OpenStore) -> list[Colleague]:
    """Return everybody who can unlock the store, by staff number."""
    keys = read_keys(store.folder / KEYS_FILE)
    with store.read() as view:
        names = {
            slot.staff_number: view.state(Subject(SubjectKind.USER, user_id(slot.staff_number))).text("name")
            for slot in keys.slots
        }
    listed = [
        Colleague(slot.staff_number, names[slot.staff_number], Role(slot.role), slot.one_time)
        for slot in keys.slots
    ]
    return sorted(listed, key=lambda person: person.staff_number)


def change_pin(
    store: OpenStore,
    old: str,
    new: str,
    *,
    data_folder: Path,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Give the person who unlocked the store another PIN; wrong old ones are counted as at unlocking.

    Raises KnownError for a wrong old PIN, a new one that is too short and the old one again.
    """
    number = store.author.staff_number
    device = _checked_device(new, data_folder)
    with told_by_disk(store.folder):
        slot = read_keys(store.folder / KEYS_FILE).slot(number)
        secret = secret_named(data_folder, slot.device)

        def change(keys: KeyFile) -> KeyFile:
            with counted_try(store.folder, number, clock):
                key, role = unlock_with_pin(keys, number, old, secret)
            if old == new:
                raise KnownError("people.same_pin")
            return with_slots(keys, [NewPerson(number, role, new)], key, device)

        rewrite(store.folder, change)


def choose_pin(
    store: OpenStore, new: str, *, staff_number: str = "", data_folder: Path, now: datetime
) -> None:
    """Give a person a PIN in place of the one-time PIN or after recovery, without an old one.

    With a one-time PIN only one's own; who recovered the store may name anybody who could unlock it, which
    the journal remembers. Raises KnownError.
    """
    number = (staff_number or store.author.staff_number).strip()
    own = number == store.author.staff_number
    if store.way is Way.PIN or (store.way is Way.ONE_TIME_PIN and not own):
        raise KnownError("people.old_pin_needed")
    device = _checked_device(new, data_folder)

    def change(keys: KeyFile) -> KeyFile:
        slot = keys.slot(number)
        if store.way is Way.ONE_TIME_PIN and slot.one_time and _opens(keys, number, new, data_folder):
            raise KnownError("people.same_pin")
        return with_slots(keys, [NewPerson(number, Role(slot.role), new)], store.key_now(), device)

    with told_by_disk(store.folder):
        read_keys(store.folder / KEYS_FILE).slot(number)
        # A store that has not been told whose PC this is writes no entries yet: they could fork its chain.
        if store.way is Way.RECOVERY and not is_unmarked(store):
            subject = Subject(SubjectKind.USER, user_id(number))
            with store.change() as unit:
                unit.change(subject, {"pin_reset_at": now.isoformat()}, at=now)
        rewrite(store.folder, change)


def renew_recovery(
    store: OpenStore,
    pin: str,
    *,
    data_folder: Path,
    now: datetime,
    clock: Callable[[], float] = time.monotonic,
) -> str:
    """Return a new recovery code, which is kept nowhere; the old one opens no more.

    Asks for the PIN of whoever unlocked the store, counted as at unlocking; the journal remembers who it was.
    """
    number = store.author.staff_number
    codes: list[str] = []

    def change(keys: KeyFile) -> KeyFile:
        secret = secret_named(data_folder, keys.slot(number).device)
        with counted_try(store.folder, number, clock):
            key, _ = unlock_with_pin(keys, number, pin, secret)
        changed, code = with_new_code(keys, key)
        codes.append(code)
        with store.change() as unit:
            unit.change(
                Subject(SubjectKind.USER, store.author.actor), {"code_renewed_at": now.isoformat()}, at=now
            )
        return changed

    with told_by_disk(store.folder):
        rewrite(store.folder, change)
    return codes[0]


def add_people(
    store: OpenStore, people: Sequence[Person], *, data_folder: Path, now: datetime
) -> Mapping[str, str]:
    """Let people unlock the store and return their one-time PINs, which are shown once and kept nowhere.

    Anyone may add agents; a higher role is given by a lead or above. Raises KnownError for people that cannot
    be or are there already, and GuardRefused for a role that the giver may not give; nobody is added then.
    """
    people = [Person(person.staff_number.strip(), person.name.strip(), person.role) for person in people]
    check_people(people)
    pins = {person.staff_number: one_time_pin() for person in people}
    device = this_device(data_folder, create=False)

    def change(keys: KeyFile) -> KeyFile:
        for person in people:
            if keys.find(person.staff_number):
                raise KnownError("people.exists", user=person.staff_number)
        _enter(store, people, now)
        fresh = [
            NewPerson(person.staff_number, person.role, pins[person.staff_number], one_time=True)
            for person in people
        ]
        return with_slots(keys, fresh, store.key_now(), device)

    with told_by_disk(store.folder):
        rewrite(store.folder, change)
    return pins


def may_give(role: Role) -> tuple[Role, ...]:
    """Return the roles that somebody acting as ``role`` may give to a new colleague."""
    if role is Role.AUDITOR:
        return ()
    return tuple(Role) if role in GRANTING else (Role.AGENT,)


def _enter(store: OpenStore, people: Sequence[Person], now: datetime) -> None:
    """Write who was added, and what a process that was killed before it wrote the keys has not."""
    author = store.author
    with store.change() as unit:
        for person in people:
            subject = Subject(SubjectKind.USER, user_id(person.staff_number))
            grant = Grant(person.role, unit.life.station, author.actor)
            check_grant(grant, user=subject.id, actor=author.actor, role=author.role)
            unit.change(subject, {"staff_number": person.staff_number, "name": person.name}, at=now)
            if grant not in grants(unit.state(subject)):
                unit.append(subject, Action.ADD, grant.payload(), at=now)


def _checked_device(pin: str, data_folder: Path) -> DeviceSecret:
    with told_by_disk(data_folder):
        device = this_device(data_folder, create=False)
    check_pin(pin, with_device=device.apart)
    return device


def _opens(keys: KeyFile, number: str, pin: str, data_folder: Path) -> bool:
    try:
        unlock_with_pin(keys, number, pin, secret_named(data_folder, keys.slot(number).device))
    except Damaged:
        raise
    except KnownError:
        return False
    return True
