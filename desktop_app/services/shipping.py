"""Which bundles a hand-in writes: what others lack, and what is new to them besides entries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from desktop_app.domain.bundles import MOST_BYTES, Bundle, ListedNumber, Manifest, Run, Spans
from desktop_app.domain.entries import moment_text
from desktop_app.domain.ranges import Range, without
from desktop_app.domain.who_sees import To
from desktop_app.exchange.bundle_lines import write_lines
from desktop_app.services.outgoing import Known, Outbox, Parcel, pack, union
from desktop_app.storage.put_files import CarrierState, PutFile
from desktop_app.storage.store import Store

MOST_NUMBERS = 100_000
"""Lines of the list of all numbers, which goes whole into one bundle; of more the first are left out."""
RECEIPTS, VERSIONS, NUMBERS, SITE_PACK = "receipts", "versions", "numbers", "site_pack"
"""What bundles carry besides entries. The first two stand in every manifest."""
IN_EVERY = frozenset({RECEIPTS, VERSIONS})
OTHER_PACK = f"{SITE_PACK}."
"""How the part begins that is a site pack in use until the day of the one that was sent last."""
_MARGIN = 64 * 1024
"""Bytes of a bundle kept free for what is told of it while it is made."""


@dataclass(frozen=True, slots=True)
class Besides:
    """What a lead's store tells besides entries: the list of all numbers, and site packs by part of bundles.

    The pack that was sent last is the part ``site_pack``; those that hold until its day have a bundle each.
    """

    numbers: tuple[ListedNumber, ...] = ()
    packs: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Shipment:
    """Bundles to write. ``parts`` of what is told besides are in them, ``told`` are the digests of all."""

    parcel: Parcel
    spans: Spans
    parts: frozenset[str] = frozenset()
    told: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Packed:
    """One bundle, still without its serial, and which parts of what is told besides are in it."""

    manifest: Manifest
    runs: tuple[Run, ...]
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in a folder, what was told through it, and what its readers have said."""

    lying: Sequence[PutFile]
    state: CarrierState
    heard: Mapping[str, Manifest]

    def known(self, store: str) -> Known:
        """Return what a store said that it has."""
        told = self.heard.get(store)
        return Known() if told is None else Known(told.holds, told.withheld)

    def known_or_lying(self, store: str) -> Known:
        """Return what a store has, or finds in the folder."""
        known, its = self.known(store), [put for put in self.lying if store in put.recipients]
        return Known(
            union(known.whole, *(put.whole for put in its)),
            union(known.withheld, *(put.withheld for put in its)),
        )

    def asked(self, parcel: Parcel) -> Spans:
        """Return what receipts show to be lost: holes below what a store has, each receipt heeded once."""
        found = []
        for one in parcel.recipients:
            told = self.heard.get(one.store)
            if told is not None and self.state.answered.get(one.store) != answer(told):
                known = self.known(one.store)
                found.append(_below(parcel.lacking_at(known), known))
        return union(*found)


def shipment(
    store: Store, outbox: Outbox, parcel: Parcel, folder: Folder, besides: Besides, *, everything: bool
) -> Shipment | None:
    """Return what is to be written for a parcel's recipients; None where nothing is new to them.

    ``everything``: all that lacks a receipt, also what lies there already.
    """
    known = {one.store: folder.known_or_lying(one.store) for one in parcel.recipients}
    fresh = union(parcel.lacking(known), {} if everything else folder.asked(parcel))
    told = _digests(outbox, parcel, besides)
    before = folder.state.news.get(parcel.name, {})
    changed = frozenset(part for part in told if told[part] != before.get(part))
    if changed == {VERSIONS} and not folder.state.stamp:
        changed = frozenset()  # A folder that was never used before is no reason to say it again.
    if not changed and next(pack(store, outbox, parcel, fresh, room=1), None) is None:
        return None
    if not everything:
        return Shipment(parcel, fresh, changed, told)
    lacking = parcel.lacking({one.store: folder.known(one.store) for one in parcel.recipients})
    return Shipment(parcel, lacking, frozenset(told), told)


def bundles(store: Store, outbox: Outbox, ship: Shipment, besides: Besides) -> Iterator[Packed]:
    """Yield the bundles of a shipment, each within its limits."""
    others = frozenset(part for part in ship.parts if part.startswith(OTHER_PACK))
    manifest = replace(
        outbox.manifest,
        numbers=besides.numbers[-MOST_NUMBERS:] if NUMBERS in ship.parts else (),
        site_pack=besides.packs[SITE_PACK] if SITE_PACK in ship.parts else b"",
    )
    head = len(write_lines(Bundle(manifest, ())))
    runs = pack(store, outbox, ship.parcel, ship.spans, MOST_BYTES - head - _MARGIN)
    # Who has something to tell does so without any entry, too.
    first = next(runs, () if ship.parts - others else None)
    if first is not None:
        yield Packed(manifest, first, ship.parts - others)
    for its in runs:
        yield Packed(outbox.manifest, its, frozenset())
    for part in sorted(others):
        yield Packed(replace(outbox.manifest, site_pack=besides.packs[part]), (), frozenset({part}))


def stamp(outbox: Outbox, heard: Mapping[str, Manifest], packs: Iterable[str], lying: Iterable[str]) -> str:
    """Return what stands for all that a hand-in looks at: while it is the same, nothing is new.

    ``packs`` name the site packs that are carried, ``lying`` are the own bundles in the folder.
    """
    manifest = outbox.manifest
    spans = [sorted(one.items()) for one in (manifest.holds, manifest.withheld)]
    answers = sorted((store, answer(told)) for store, told in heard.items())
    readers = sorted((one.store, one.role.value, one.receive) for one in outbox.accepted.values())
    own = (manifest.identity.role.value, manifest.program, manifest.pack)
    return _digest(spans, answers, readers, own, list(packs), sorted(lying))


def answer(manifest: Manifest) -> str:
    """Return what tells a store's manifests apart."""
    return f"{manifest.lives[-1]} {manifest.serial} {moment_text(manifest.made_at)}"


def _digests(outbox: Outbox, parcel: Parcel, besides: Besides) -> Mapping[str, str]:
    """Return what these recipients are told besides entries; to one station alone goes nothing else.

    Leads are told which program and which site pack a PC has, everything else tells a lead.
    """
    manifest = outbox.manifest
    readers = tuple(sorted(one.store for one in parcel.recipients))
    told: dict[str, str] = {}
    if parcel.to is To.LEADS:
        told[VERSIONS] = _digest(readers, manifest.program, manifest.pack)
    if not manifest.identity.leads or parcel.to is To.STATION:
        return told
    taken = [
        (writer, spans, manifest.withheld.get(writer))
        for writer, spans in sorted(manifest.holds.items())
        if writer not in manifest.lives
    ]
    told[RECEIPTS] = _digest(readers, taken, manifest.leads)
    for part, content in besides.packs.items():
        told[part] = _digest(readers, content)
    if besides.numbers and parcel.to is To.STATIONS:
        told[NUMBERS] = _digest(readers, besides.numbers)
    return told


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _below(lacking: Spans, known: Known) -> Spans:
    found: dict[str, tuple[Range, ...]] = {}
    for writer, spans in lacking.items():
        held = [*known.whole.get(writer, ()), *known.withheld.get(writer, ())]
        if held:
            top = max(last for _, last in held)
            found[writer] = tuple(without(spans, [(top + 1, spans[-1][1] + 1)]))
    return found
