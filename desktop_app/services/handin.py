"""Handing in: a station's entries to the leads, a lead's to the other leads and down to the stations.

Bundles lie in a folder until everybody they are for has said that their entries arrived; what lies there is
remembered, so that only what is new is written, and a folder that was emptied is filled again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop_app.domain.bundles import Bundle, Manifest, Spans
from desktop_app.domain.entries import Stored
from desktop_app.domain.errors import KnownError
from desktop_app.domain.ranges import ranges
from desktop_app.domain.times import zone_of
from desktop_app.exchange.bundles import read_header, write_bundle
from desktop_app.services.incident_present import say_present
from desktop_app.services.outgoing import Outbox, outbox_of, parcels, union
from desktop_app.services.own_manifest import listed_numbers, own_manifest
from desktop_app.services.pairing import own
from desktop_app.services.receipts import covered, last_heard
from desktop_app.services.sent_packs import packs_to_carry
from desktop_app.services.shipping import (
    IN_EVERY,
    OTHER_PACK,
    SITE_PACK,
    Besides,
    Folder,
    Packed,
    Shipment,
    answer,
    bundles,
    shipment,
    stamp,
)
from desktop_app.storage.put_files import (
    CarrierState,
    PutFile,
    carrier_state,
    files_put,
    forget_put_files,
    keep_carrier_state,
    keep_put_file,
    next_serial,
)
from desktop_app.storage.site_packs import KeptPack, kept_pack
from desktop_app.storage.stations import Standing, known_stations, own_identity
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The bundles that were written, and how many entries are in them; none where nothing was new."""

    files: tuple[Path, ...] = ()
    entries: int = 0


def hand_in(store: Store, folder: Path, *, now: datetime, everything: bool = True) -> HandedIn:
    """Write what others lack into ``folder``: a station's entries for all leads, a lead's for everybody.

    ``everything``: all that lacks a receipt, once anything of it does not lie there (stick, command line);
    otherwise what does not lie there, and what receipts show to be lost. Raises KnownError
    ``handin.no_lead`` where there is nobody to hand in to, and ``sharing.unwritable``.
    """
    carrier = _carrier(folder)
    own(store)
    say_present(store, now=now)
    with store.read() as view:
        manifest, keys = own_manifest(view, store.marks.highest(), now=now)
        outbox = outbox_of(view, manifest, keys)
        if not outbox.leads and not (manifest.identity.leads and outbox.stations):
            raise KnownError("handin.no_lead")
        heard = {one: told.manifest for one, told in last_heard(view).items()}
        put, state = files_put(view.connection, carrier), carrier_state(view.connection, carrier)
        packs = _packs(store, view, now) if manifest.identity.leads else {}
    sent = [f"{kept.said_at} {kept.said_by}" for kept in packs.values()]
    names = _names(folder, make=everything)
    if everything:
        # Who carries a stick away wants it whole; in a folder the readers ask for what they miss.
        names -= {file.name for file in put if not _is_whole(folder / file.name)}
    lying = [file for file in put if file.name in names]
    if state.stamp == stamp(outbox, heard, sent, (file.name for file in lying)):
        return HandedIn()
    if gone := [file.name for file in put if file.name not in names]:
        # Whoever emptied the folder took with them what was told in it too.
        state = replace(state, news={})
        with store.change() as unit:
            forget_put_files(unit.connection, carrier, gone)
    with store.read() as view:
        every = parcels(view, outbox, heard)
        besides = Besides()
        if manifest.identity.leads:
            contents = {part: kept_pack(view.connection, kept) for part, kept in packs.items()}
            besides = Besides(tuple(listed_numbers(view)), contents)
    there = Folder(lying, state, heard)
    files: list[Path] = []
    entries, news = 0, dict(state.news)
    for parcel in every:
        ship = shipment(store, outbox, parcel, there, besides, everything=everything)
        if ship is None:
            continue
        for packed in bundles(store, outbox, ship, besides):
            files.append(_write(store, folder, outbox, ship, packed))
            entries += sum(len(run.entries) for run in packed.runs)
        if ship.told:
            news[parcel.name] = ship.told
    lies = [file.name for file in lying] + [file.name for file in files]
    after = CarrierState(
        news,
        {one: answer(told) for one, told in heard.items()},
        stamp(outbox, heard, sent, lies),
    )
    with store.change() as unit:
        keep_carrier_state(unit.connection, carrier, after)
    return HandedIn(tuple(files), entries)


def clean_up(store: Store, folder: Path) -> tuple[Path, ...]:
    """Delete own bundles in ``folder`` that nobody needs any more, and return them; never others' files.

    A station's goes once every accepted lead has its entries, or what it says without any. A lead's goes once
    everybody it is for has them and its receipts; the last that tells the list of numbers or the site pack
    stays, as nobody says that these arrived. Raises KnownError ``sharing.unwritable``.
    """
    carrier, names = _carrier(folder), _names(folder)
    with store.read() as view:
        put, me = files_put(view.connection, carrier), own_identity(view.connection)
        told_now = frozenset().union(*carrier_state(view.connection, carrier).news.values())
        heard = {one: told.manifest for one, told in last_heard(view).items()}
        accepted = {
            one.identity.store: one.identity for one in known_stations(view.connection, Standing.ACCEPTED)
        }
    if me is None:
        return ()
    leads = frozenset(one for one, identity in accepted.items() if identity.leads)
    lying = [file for file in put if file.name in names]
    done = []
    for place, file in enumerate(lying):
        readers = accepted.keys() & set(file.recipients) if me.leads else leads
        told = not (me.leads or _is_empty(file)) or _is_told(
            file, lying[place + 1 :], me.store, readers, heard, told_now
        )
        if readers and told and all(_has(heard.get(one), file) for one in readers):
            done.append(folder / file.name)
    for path in done:
        try:
            path.unlink(missing_ok=True)
        except OSError as problem:
            raise KnownError("sharing.unwritable", folder=folder, problem=problem.strerror) from problem
    if done:
        with store.change() as unit:
            forget_put_files(unit.connection, carrier, [path.name for path in done])
    return tuple(done)


def _write(store: Store, folder: Path, outbox: Outbox, ship: Shipment, packed: Packed) -> Path:
    """Write one bundle. Its serial is used up before: two that say different things never have the same."""
    with store.change() as unit:
        serial = next_serial(unit.connection)
    manifest = replace(packed.manifest, serial=serial)
    recipients = ship.parcel.recipients
    stores = tuple(one.store for one in recipients)
    path = write_bundle(folder, Bundle(manifest, packed.runs, stores), outbox.keys, recipients)
    entries = [stored for run in packed.runs for stored in run.entries]
    put = PutFile(
        path.name,
        manifest.made_at,
        stores,
        _spans_of([one for one in entries if not one.withheld]),
        _spans_of([one for one in entries if one.withheld]),
        packed.parts,
    )
    with store.change() as unit:
        keep_put_file(unit.connection, _carrier(folder), put)
    return path


def _packs(store: Store, view: View, now: datetime) -> Mapping[str, KeptPack]:
    """Return the site packs that others need, by the part of bundles that they are."""
    found: dict[str, KeptPack] = {}
    for kept in packs_to_carry(view, now.astimezone(zone_of(store.settings.zone)).date()):
        found[f"{OTHER_PACK}{kept.said_at}.{kept.said_by[:8]}" if found else SITE_PACK] = kept
    return found


def _carrier(folder: Path) -> str:
    return str(folder.absolute())


def _names(folder: Path, *, make: bool = False) -> frozenset[str]:
    """Return what lies in the folder, which is made in one that is there where ``make`` says so."""
    try:
        if make:
            folder.mkdir(exist_ok=True)
        return frozenset(one.name for one in folder.iterdir())
    except OSError as problem:
        raise KnownError(
            "sharing.unwritable", folder=folder, problem=problem.strerror or problem
        ) from problem


def _is_whole(path: Path) -> bool:
    try:
        read_header(path)
    except KnownError:
        return False
    return True


def _has(told: Manifest | None, file: PutFile) -> bool:
    """Whether a store said that it has every entry of a bundle."""
    if told is None:
        return not file.whole and not file.withheld
    return covered(file.whole, told.holds) and covered(file.withheld, union(told.holds, told.withheld))


def _is_empty(file: PutFile) -> bool:
    """Whether a bundle has no entries: it was written for what it says besides."""
    return not (file.whole or file.withheld)


def _is_told(
    file: PutFile,
    later: Sequence[PutFile],
    me: str,
    readers: Collection[str],
    heard: Mapping[str, Manifest],
    told_now: Collection[str],
) -> bool:
    """Whether readers have, or find in later bundles, what a bundle says besides its entries.

    Receipts and versions stand in every manifest, so any that was made since tells them. An earlier site pack
    that is none of ``told_now`` is needed by nobody any more.
    """
    behind = [one.parts for one in later if set(readers) <= set(one.recipients)]
    untold = file.parts.difference(*behind)
    untold -= {part for part in untold if part.startswith(OTHER_PACK) and part not in told_now}
    if untold - IN_EVERY:
        return False
    made = [heard[one].heard.get(me) for one in readers if one in heard]
    is_heard = len(made) == len(readers) and all(one is not None and one[0] >= file.made_at for one in made)
    return bool(behind) or is_heard


def _spans_of(entries: Sequence[Stored]) -> Spans:
    seqs: dict[str, list[int]] = {}
    for stored in entries:
        seqs.setdefault(stored.entry.writer, []).append(stored.entry.seq)
    return {writer: tuple(ranges(its)) for writer, its in seqs.items()}
