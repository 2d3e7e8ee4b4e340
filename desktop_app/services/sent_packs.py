"""Site packs that leads send: signed, kept with the earlier ones, carried by bundles to everybody.

What a lead sent last counts, whoever carried it; going back to an earlier one is sending that one again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.pack_changes import PartChange, changes, same_name_other_content
from desktop_app.domain.site_pack import SitePack
from desktop_app.exchange.pack_archive import read_packed, taken_in
from desktop_app.exchange.pack_seal import LONGEST_SEAL, Seal, opened, seal_of, sealed
from desktop_app.paths import resources
from desktop_app.services.decisions import check_person
from desktop_app.services.drafts import person_name
from desktop_app.services.pairing import own
from desktop_app.storage.site_packs import KeptPack, kept_pack, kept_packs, put_site_pack
from desktop_app.storage.stations import own_keys, station_of
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class PackLook:
    """A pack that was chosen and is not in use yet, with what it would change.

    ``same_name``: it calls itself the same version as the one in use and is another. ``content`` is the zip
    that would be carried.
    """

    pack: SitePack
    changes: tuple[PartChange, ...]
    same_name: bool
    content: bytes


@dataclass(frozen=True, slots=True)
class SentPack:
    """A pack as a store keeps it. ``id`` tells it from others."""

    id: KeptPack
    seal: Seal


def look_at(path: Path, in_use: SitePack) -> PackLook:
    """Return the pack in a folder or a zip, and what would become of the one in use. Raises KnownError."""
    pack, content = taken_in(path)
    return PackLook(pack, changes(in_use, pack), same_name_other_content(in_use, pack), content)


def look_at_shipped(in_use: SitePack) -> PackLook:
    """Return the pack that comes with the program as one to be sent."""
    return look_at(resources() / "site", in_use)


def may_send(store: Store) -> KnownError | None:
    """Return why the person or the store may send no pack, None where nothing speaks against it."""
    try:
        check_person(store)
    except KnownError:
        return KnownError("pack.leads_only")
    return None if own(store).leads else KnownError("pack.lead_station_only")


def send_pack(store: Store, look: PackLook, *, now: datetime) -> Seal:
    """Sign a pack and keep it: it is in use here at once, or from its day on, and goes out with bundles.

    Raises KnownError ``pack.leads_only`` and ``pack.lead_station_only``.
    """
    if problem := may_send(store):
        raise problem
    return _send(store, look.pack, look.content, now)


def send_again(store: Store, sent: SentPack, *, now: datetime) -> Seal:
    """Go back to a pack that was sent before. Raises KnownError, also ``pack.gone``."""
    if problem := may_send(store):
        raise problem
    _, content = _opened(store, sent.id)
    return _send(store, read_packed(content), content, now)


def sent_packs(store: Store) -> tuple[SentPack, ...]:
    """Return the packs that are kept, the one that was sent last first."""
    with store.read() as view:
        return tuple(_sent(view))


def sent_pack_for(store: Store, day: date) -> tuple[SentPack | None, SitePack | None, KnownError | None]:
    """Return the pack that leads sent last of those that hold on a day, with what it says.

    One that cannot be read (of a newer program) is passed over, and comes as a problem.
    """
    problem = None
    for sent in sent_packs(store):
        if not sent.seal.holds(day):
            continue
        try:
            return sent, read_packed(_opened(store, sent.id)[1]), problem
        except KnownError as found:
            problem = problem or found
    return None, None, problem


def packs_to_carry(view: View, day: date) -> Iterator[KeptPack]:
    """Yield the packs that others need: from the one that was sent last to the one that holds on ``day``.

    Between the two are those for later days, except where one that was sent later holds no later. What this
    program cannot tell the day of is carried on.
    """
    soonest = date.max
    for kept in kept_packs(view.connection, LONGEST_SEAL):
        try:
            seal = seal_of(kept.beginning)
        except KnownError:
            yield kept
            continue
        begins = seal.effective or date.min
        if begins < soonest:
            yield kept
        if seal.holds(day):
            return
        soonest = min(soonest, begins)


def keep_carried(view: View, content: bytes) -> None:
    """Keep a pack that an accepted lead's bundle carries; what nobody signed is left."""
    try:
        seal, _ = opened(content)
    except KnownError:
        return
    if _is_trusted(view, seal):
        put_site_pack(view.connection, content, said_by=seal.store, said_at=seal.sent_at)


def _send(store: Store, pack: SitePack, content: bytes, now: datetime) -> Seal:
    identity = own(store)
    with store.change() as unit:
        before = [sent.seal.sent_at for sent in _sent(unit)]
        # A lead whose clock goes ahead must not keep the others from sending anything newer.
        at = max([now, *(one + _TICK for one in before)])
        if (keys := own_keys(unit.connection)) is None:
            raise RuntimeError("a store has keys once it told what it is")
        whole = sealed(content, pack, identity, keys, person_name(unit, unit.author.actor), at)
        put_site_pack(unit.connection, whole, said_by=identity.store, said_at=at)
    return seal_of(whole)


def _sent(view: View) -> Iterator[SentPack]:
    for kept in kept_packs(view.connection, LONGEST_SEAL):
        try:
            yield SentPack(kept, seal_of(kept.beginning))
        except KnownError:
            continue


def _opened(store: Store, kept: KeptPack) -> tuple[Seal, bytes]:
    with store.read() as view:
        whole = kept_pack(view.connection, kept)
    if not whole:
        raise KnownError("pack.gone")
    return opened(whole)


def _is_trusted(view: View, seal: Seal) -> bool:
    """Whether a seal may be whose it says: a store known here has that key; others the bearer knows."""
    known = station_of(view.connection, seal.store)
    return known is None or known.identity.sign == seal.sign_key
