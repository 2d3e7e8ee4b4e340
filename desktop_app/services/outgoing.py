"""Entries on their way out: what is for whom, who lacks what of it, and runs to fill bundles with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from desktop_app.domain.bundles import MOST_ENTRIES, MOST_RECIPIENTS, Manifest, Run, SignedHead, Spans
from desktop_app.domain.entries import Head, Stored
from desktop_app.domain.identities import Identity, Keys
from desktop_app.domain.ranges import Range, joined, without
from desktop_app.domain.who_sees import TOLD_TO_ALL, Around, Sight, To, names_person, restricted, sight
from desktop_app.exchange.bundle_lines import entry_line
from desktop_app.exchange.signing import sign_head
from desktop_app.storage import outgoing
from desktop_app.storage.outgoing import PurgedPromises, Writer
from desktop_app.storage.stations import Standing, known_stations
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View

_BATCH = 500
"""Entries that are read and judged together."""
_RUN_BYTES = 2_000
"""More than what stands in a bundle before the entries of a run."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a recipient is known to have: entries with what they say, and without."""

    whole: Spans = field(default_factory=lambda: MappingProxyType({}))
    withheld: Spans = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Parcel:
    """Bundles for the same recipients.

    ``wanted`` are entries that may be for them; of the writers in ``envelopes`` they need
    no more than the envelope of what they may not read. ``part`` counts from 0 where there are more
    recipients than one bundle takes.
    """

    to: To
    recipients: tuple[Identity, ...]
    wanted: Spans
    envelopes: frozenset[str] = frozenset()
    part: int = 0

    @property
    def name(self) -> str:
        """Under which it is remembered what these recipients were told."""
        return f"{self.to.value}.{self.part}" if self.part else self.to.value

    @property
    def station(self) -> str:
        """The code of the one station it is for, "" where it is for several."""
        return self.recipients[0].station if self.to is To.STATION else ""

    def lacking(self, known: Mapping[str, Known]) -> Spans:
        """Return what any of the recipients does not have, by what is known of each."""
        return union(*(self.lacking_at(known.get(one.store, Known())) for one in self.recipients))

    def lacking_at(self, known: Known) -> Spans:
        """Return what is wanted beside what is known."""
        lacking: dict[str, tuple[Range, ...]] = {}
        for writer, spans in self.wanted.items():
            less = [*known.whole.get(writer, ())]
            if writer in self.envelopes:
                less += known.withheld.get(writer, ())
            if left := without(spans, less):
                lacking[writer] = tuple(left)
        return lacking


@dataclass(frozen=True, slots=True)
class Outbox:
    """What is needed to judge and pack entries, read once for a hand-in.

    ``accepted`` are other stores by id that a person or a lead accepted, ``owners`` all that are known;
    ``assigned`` the stations that see a record as a promise of it is assigned to their people, ``purged`` the
    promises that are no more.
    """

    manifest: Manifest
    keys: Keys
    writers: Mapping[str, Writer]
    accepted: Mapping[str, Identity]
    owners: Mapping[str, Identity]
    signed: Mapping[str, SignedHead]
    assigned: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    purged: PurgedPromises = field(default_factory=lambda: MappingProxyType({}))

    @property
    def leads(self) -> tuple[Identity, ...]:
        """The other leads' stores that were accepted."""
        return tuple(one for one in self.accepted.values() if one.leads)

    @property
    def stations(self) -> tuple[Identity, ...]:
        """The accepted stores that are no lead's."""
        return tuple(one for one in self.accepted.values() if not one.leads)

    def by_lead(self, writer: str) -> bool:
        """Whether a writer is a life of a lead's store."""
        store, me = self.writers[writer].store, self.manifest.identity
        owner = me if store == me.store else self.accepted.get(store)
        return owner is not None and owner.leads


def outbox_of(view: View, manifest: Manifest, keys: Keys) -> Outbox:
    """Return what is needed to pack entries of the store as it is now."""
    connection, me = view.connection, manifest.identity
    known = known_stations(connection)
    return Outbox(
        manifest,
        keys,
        outgoing.known_writers(connection),
        {
            one.identity.store: one.identity
            for one in known
            if one.standing is Standing.ACCEPTED and one.identity.drill == me.drill
        },
        {one.identity.store: one.identity for one in known} | {me.store: me},
        outgoing.all_signed_heads(connection),
        outgoing.assigned_records(connection) if me.leads else {},
        outgoing.purged_promises(connection) if me.leads else {},
    )


def parcels(view: View, outbox: Outbox, heard: Collection[str]) -> list[Parcel]:
    """Return what goes to whom, whatever of it they have; ``heard`` are stores that said what they hold.

    A station gives its own writers' entries to the leads. A lead's store gives the other leads all it has,
    and stations what they may know.
    """
    manifest, holds = outbox.manifest, outbox.manifest.holds
    if not manifest.identity.leads:
        own = {one: holds[one] for one in manifest.lives if one in holds}
        return list(_parts(Parcel(To.LEADS, outbox.leads, own)))
    made = [Parcel(To.LEADS, outbox.leads, holds)]
    if outbox.stations:
        made.append(_for_all(view, outbox))
        made += [_for_one(view, outbox, one, lost=one.store in heard) for one in outbox.stations]
    # A writer may have become known since the outbox was read: its entries go with the next hand-in.
    return [
        replace(
            one, wanted={writer: one.wanted[writer] for writer in one.wanted.keys() & outbox.writers.keys()}
        )
        for parcel in made
        for one in _parts(parcel)
    ]


def union(*many: Spans) -> Spans:
    """Return what lies in any of them."""
    found: dict[str, list[Range]] = {}
    for spans in many:
        for writer, its in spans.items():
            found.setdefault(writer, []).extend(its)
    return MappingProxyType({writer: tuple(joined(its)) for writer, its in found.items()})


def pack(store: Store, outbox: Outbox, parcel: Parcel, wanted: Spans, room: int) -> Iterator[tuple[Run, ...]]:
    """Yield the runs of one bundle after the other, each within its limits.

    ``room`` is how many bytes of entries a bundle takes. What is not for the recipients is left out. No view
    is open while the caller writes.
    """
    bundle = _Bundle(outbox)
    left = room
    for writer in sorted(wanted, key=lambda one: (one not in outbox.manifest.lives, one)):
        for span in wanted[writer]:
            for stored, link in _for_recipients(store, outbox, parcel, writer, span):
                size = len(entry_line(stored)) + _RUN_BYTES
                if bundle.entries and (bundle.entries >= MOST_ENTRIES or size > left):
                    yield bundle.runs()
                    bundle, left = _Bundle(outbox), room
                began = bundle.add(stored, link)
                left -= size if began else size - _RUN_BYTES
    if bundle.entries:
        yield bundle.runs()


class _Bundle:
    """Runs that grow by one entry after the other."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._runs: list[tuple[bytes, list[Stored]]] = []
        self.entries = 0

    def add(self, stored: Stored, link: bytes) -> bool:
        """Take an entry in; returns whether it began a run."""
        self.entries += 1
        last = self._runs[-1][1][-1].entry if self._runs else None
        if last is not None and (last.writer, last.seq + 1) == (stored.entry.writer, stored.entry.seq):
            self._runs[-1][1].append(stored)
            return False
        self._runs.append((link, [stored]))
        return True

    def runs(self) -> tuple[Run, ...]:
        """Return them with who they are by, each signed where its store's key or signature is here."""
        return tuple(self._run(link, entries) for link, entries in self._runs)

    def _run(self, link: bytes, entries: Sequence[Stored]) -> Run:
        outbox, last = self._outbox, entries[-1].entry
        writer = outbox.writers[last.writer]
        if writer.store == outbox.manifest.identity.store:
            signed: SignedHead | None = sign_head(outbox.keys, Head(last.writer, last.seq, last.hash))
        else:
            signed = outbox.signed.get(last.writer)
        owner = outbox.owners.get(writer.store)
        return Run(
            last.writer, writer.store, writer.station, writer.drill, link, tuple(entries), owner, signed
        )


def _parts(parcel: Parcel) -> Iterator[Parcel]:
    """Yield a parcel in as many as its recipients need; none where it is for nobody."""
    for part, first in enumerate(range(0, len(parcel.recipients), MOST_RECIPIENTS)):
        yield replace(parcel, recipients=parcel.recipients[first : first + MOST_RECIPIENTS], part=part)


def _for_all(view: View, outbox: Outbox) -> Parcel:
    """What stations may know all of them, with every envelope of leads' chains."""
    manifest = outbox.manifest
    leads = frozenset(writer for writer in outbox.writers if outbox.by_lead(writer))
    every = union(manifest.holds, manifest.withheld)
    told = outgoing.spans_about(view.connection, TOLD_TO_ALL)
    wanted = union(told, {writer: every[writer] for writer in leads if writer in every})
    return Parcel(To.STATIONS, outbox.stations, wanted, leads)


def _for_one(view: View, outbox: Outbox, to: Identity, *, lost: bool) -> Parcel:
    """What one station may know besides; its own entries too, once it said which of them it has."""
    assigned = {record for record, stations in outbox.assigned.items() if to.station in stations}
    wanted = outgoing.spans_of_station(view.connection, to.station, assigned, outbox.purged)
    own = frozenset(
        one.id for one in outbox.writers.values() if one.station == to.station and not outbox.by_lead(one.id)
    )
    holds = outbox.manifest.holds
    if lost:
        wanted = union(wanted, {writer: holds[writer] for writer in own if writer in holds})
    return Parcel(To.STATION, (to,), wanted, own)


def _for_recipients(
    store: Store, outbox: Outbox, parcel: Parcel, writer: str, span: Range
) -> Iterator[tuple[Stored, bytes]]:
    """Yield a span's entries as they go to the recipients, each with the hash before it."""
    for first in range(span[0], span[1] + 1, _BATCH):
        with store.read() as view:
            batch = list(outgoing.stored(view.connection, writer, (first, min(span[1], first + _BATCH - 1))))
            sights = _sights(view, outbox, parcel, batch)
            links = _links(view, batch)
        for stored, seen, link in zip(batch, sights, links, strict=True):
            if seen is Sight.WITHHELD and stored.payload is not None:
                yield replace(stored, salt=None, payload=None, withheld=True), link
            elif seen is not Sight.NOT:
                yield stored, link


def _links(view: View, batch: Sequence[Stored]) -> list[bytes]:
    links: list[bytes] = []
    for place, stored in enumerate(batch):
        before = batch[place - 1].entry if place else None
        if before is not None and before.seq + 1 == stored.entry.seq:
            links.append(bytes.fromhex(before.hash))
        else:
            links.append(outgoing.link_before(view.connection, stored.entry.writer, stored.entry.seq))
    return links


def _sights(view: View, outbox: Outbox, parcel: Parcel, batch: Sequence[Stored]) -> list[Sight]:
    if parcel.to is To.LEADS:
        return [Sight.WHOLE for _ in batch]
    of_station = parcel.to is To.STATION
    subjects = {one.entry.subject.id for one in batch} if of_station else set()
    belongs = outgoing.records_of(view.connection, subjects)
    found = []
    for stored in batch:
        sealed, entry = stored.sealed(), stored.entry
        record, station = belongs.get(entry.subject.id) or outbox.purged.get(entry.subject.id, ("", ""))
        around = Around(
            outbox.by_lead(entry.writer),
            outbox.writers[entry.writer].station,
            outbox.assigned.get(record, frozenset()) | ({station} - {""}),
            restricted(sealed, lambda named: outgoing.entry_named(view.connection, named)),
            names_person(entry, sealed.payload),
        )
        found.append(sight(entry, around, parcel.to, parcel.station))
    return found
