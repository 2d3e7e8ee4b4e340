"""Who trusts whom: key files shown, found and accepted (JOURNAL, keys; DESIGN §4, pairing).

Two people compare the eight digits of ``Identity.code`` before a store is accepted; what only lies in a
folder is a proposal, and nothing is encrypted to it. A key that was accepted is never replaced by another
before a lead forgot it; what a lead declines is not asked again.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from desktop_app.domain.bundles import KEY_SUFFIX
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import LEADS, Identity
from desktop_app.exchange.handover import handed_over
from desktop_app.exchange.recipients import check_recipient
from desktop_app.exchange.shared_files import opened_regular, replace_file
from desktop_app.exchange.shared_folder import SharedFolder
from desktop_app.policy import Policy
from desktop_app.services.stores import OpenStore, name_of
from desktop_app.storage.claims import Claim, claims, drop_claims, put_claim
from desktop_app.storage.stations import (
    Standing,
    Station,
    known_stations,
    make_identity,
    own_identity,
    put_station,
    station_of,
)
from desktop_app.storage.unit_of_work import View

POLICY = "policy"
"""In place of the store that vouches for another: IT does, in ``policy.toml``."""
MOST_STATIONS = 10_000
"""Stores that one knows; station codes have at most four digits."""
MOST_PROPOSALS = 100
"""Stores that wait to be accepted: anybody may put key files into a shared folder."""
_MOST_LOOKED_AT = 500
_LARGEST_KEY_FILE = 1 << 16


def own(store: OpenStore) -> Identity:
    """Return what the store shows of itself; its keys are made where it has none, in its author's name."""
    with store.read() as view:
        identity = own_identity(view.connection)
    return identity or _make_own(store)


def show_identity(store: OpenStore, file: Path) -> Identity:
    """Write the key file of this store and return what it says; a lead who shows it makes the store a lead's.

    Raises KnownError ``writing.*``.
    """
    identity = claimed(store)
    write_key_file(identity, file)
    return identity


def write_key_file(identity: Identity, file: Path) -> None:
    """Write a key file where a person said; raises KnownError ``writing.*``."""
    with handed_over(file) as temporary:
        temporary.write_bytes(_file_of(identity))


def become_lead(store: OpenStore, folder: Path, *, now: datetime) -> Path:
    """Put the key file of a lead's store into the folder for all to accept; returns where it lies.

    Raises KnownError ``pairing.not_a_lead`` where neither the store nor who is at it is a lead, and
    ``sharing.unwritable``.
    """
    return put_key_file(claimed_as_lead(store), folder)


def put_key_file(identity: Identity, folder: Path) -> Path:
    """Put a key file into a folder under its own name; raises KnownError ``sharing.unwritable``."""
    file = folder / key_file_name(identity)
    replace_file(file, _file_of(identity))
    return file


def claimed_as_lead(store: OpenStore) -> Identity:
    """Return the own identity as a lead's; raises KnownError ``pairing.not_a_lead``."""
    identity = claimed(store)
    if not identity.leads:
        raise KnownError("pairing.not_a_lead")
    return identity


def key_file_name(identity: Identity) -> str:
    """Return ``<station>-<store 8 hex>.fdkey``."""
    return f"{identity.station}-{identity.store[:8]}{KEY_SUFFIX}"


def read_identity(file: Path) -> Identity:
    """Return the identity in a key file.

    Raises KnownError ``pairing.missing``, ``pairing.unreadable``, ``sharing.not_regular``,
    ``pairing.not_one`` and ``pairing.newer``.
    """
    try:
        with opened_regular(file) as opened:
            content = opened.read(_LARGEST_KEY_FILE + 1)
    except FileNotFoundError as problem:
        raise KnownError("pairing.missing", file=file) from problem
    except OSError as problem:
        raise KnownError("pairing.unreadable", file=file, problem=problem.strerror or problem) from problem
    try:
        told = json.loads(content) if len(content) <= _LARGEST_KEY_FILE else None
    except (ValueError, RecursionError):
        told = None
    identity = Identity.from_json(told)
    check_recipient(identity)
    return identity


def accept(store: OpenStore, identity: Identity, *, now: datetime, vouched_by: str = "") -> bool:
    """Accept another store; returns False where it was accepted with the same name, role and keys already.

    ``vouched_by`` is "" for a person who compared the code, ``POLICY``, or the store of an accepted lead.
    Raises KnownError ``pairing.own``, ``pairing.drill``, ``pairing.changed_key``, ``pairing.not_one``,
    ``pairing.too_many``.
    """
    check_recipient(identity)
    own(store)
    with store.change() as unit:
        held = held_of(unit, identity)
        if held is None and len(known_stations(unit.connection)) >= MOST_STATIONS:
            raise KnownError("pairing.too_many", most=MOST_STATIONS)
        accepted = held is not None and held.standing is Standing.ACCEPTED
        # Who vouches may have an older key file, or not know that the store was forgotten here; a person
        # has just looked at this one.
        forgotten = held is not None and held.standing is Standing.FORGOTTEN
        if held is not None and vouched_by and (forgotten or (accepted and held.identity.leads)):
            return False
        drop_claims(unit.connection, identity.store)
        put_station(unit.connection, Station(identity, Standing.ACCEPTED, now, vouched_by))
        return held is None or not accepted or held.identity != identity


def accept_policy_leads(store: OpenStore, policy: Policy, *, now: datetime) -> list[KnownError]:
    """Accept the leads that IT names; returns what could not be accepted, which keeps nobody from work."""
    problems = []
    for file in policy.leads:
        try:
            identity = read_identity(file)
            if not identity.leads:
                raise KnownError("pairing.policy_not_a_lead", file=file)
            if identity.store != own(store).store:
                accept(store, identity, now=now, vouched_by=POLICY)
        except KnownError as problem:
            problems.append(problem)
    return problems


def proposals(store: OpenStore) -> list[Claim]:
    """Return what waits for a person: stores not accepted yet, and accepted ones of another name or role."""
    with store.read() as view:
        return [one for one in open_claims(view) if not one.declined]


def open_claims(view: View) -> list[Claim]:
    """Return what can be accepted, and what was declined of it."""
    return [one for one in claims(view.connection) if _is_open(view, one)]


def _is_open(view: View, claim: Claim) -> bool:
    """Whether a claim tells anything that could be accepted."""
    held = station_of(view.connection, claim.identity.store)
    if held is None or held.standing is Standing.FORGOTTEN:
        return True
    return held.identity.fingerprint == claim.identity.fingerprint and (
        held.standing is not Standing.ACCEPTED or held.identity != claim.identity
    )


def propose_found(store: OpenStore, folder: Path, *, now: datetime) -> list[Claim]:
    """Take key files that lie in a folder as proposals; returns those that are new.

    Files that are none, of other stores than ours can pair with, or beyond what is bounded are passed over.
    Raises KnownError ``delivery.*`` where the folder cannot be read.
    """
    names = [lying.name for lying in SharedFolder(folder).look() if lying.name.endswith(KEY_SUFFIX)]
    found = []
    for name in names[:_MOST_LOOKED_AT]:
        try:
            found.append(read_identity(folder / name))
        except KnownError:
            continue
    return [new for identity in found if (new := _propose(store, identity, now)) is not None]


def _propose(store: OpenStore, identity: Identity, now: datetime) -> Claim | None:
    """Write one proposal; None where it is known, cannot be accepted, was declined, or too many wait."""
    own(store)
    with store.change() as unit:
        try:
            held = held_of(unit, identity)
        except KnownError:
            return None
        same = held is not None and held.identity.fingerprint == identity.fingerprint
        if held is not None and same and (held.standing is Standing.FORGOTTEN or held.identity == identity):
            return None
        return keep_claim(unit, identity, at=now)


def keep_claim(view: View, identity: Identity, *, at: datetime) -> Claim | None:
    """Keep what a store says of itself until a person accepts it; None where that is no news.

    Nothing is kept of what was declined, and beyond what is bounded.
    """
    found = claims(view.connection)
    before = next((one for one in found if one.identity.fingerprint == identity.fingerprint), None)
    if before is not None and (before.identity == identity or _is_declined(before, identity)):
        return None
    if before is None and sum(not one.declined for one in found) >= MOST_PROPOSALS:
        return None
    new = Claim(identity, at)
    put_claim(view.connection, new)
    return new


def _is_declined(before: Claim, identity: Identity) -> bool:
    """Whether a person declined these keys. That they are a lead's now is another question."""
    return before.declined and before.identity.leads == identity.leads


def held_of(view: View, identity: Identity) -> Station | None:
    """Return what is known of the store; raises KnownError where it cannot be paired with."""
    life = view.life
    if identity.store == life.store:
        raise KnownError("pairing.own")
    if identity.drill != life.drill:
        raise KnownError("pairing.drill")
    held = station_of(view.connection, identity.store)
    if held is None or held.standing is Standing.FORGOTTEN:
        # Nobody trusts these keys any more, should they be others.
        return held
    known = held.identity
    if (known.station, known.sign, known.receive) != (identity.station, identity.sign, identity.receive):
        raise KnownError("pairing.changed_key", station=known.station, name=known.name)
    return held


def claimed(store: OpenStore) -> Identity:
    """Return the own identity; the store of an agent becomes a lead's where a lead is at it."""
    identity = own(store)
    return _make_own(store) if store.author.role in LEADS and not identity.leads else identity


def _make_own(store: OpenStore) -> Identity:
    name = name_of(store)
    with store.change() as unit:
        make_identity(unit.connection, name, store.author.role)
        identity = own_identity(unit.connection)
    if identity is None:
        raise AssertionError("keys were made just now")
    return identity


def _file_of(identity: Identity) -> bytes:
    return json.dumps(identity.to_json(), ensure_ascii=False, indent=1).encode() + b"\n"
