"""A floor of real stores whose bundles a test makes up itself: any entries for anybody, as files to merge.

What the program itself would hand in, and to whom, is ``rounds.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_app.domain.bundles import Bundle, Manifest, Run, SignedHead
from desktop_app.domain.entries import Head, Stored
from desktop_app.domain.identities import Identity
from desktop_app.domain.ranges import joined
from desktop_app.domain.roles import Role
from desktop_app.exchange.bundles import write_bundle
from desktop_app.exchange.signing import sign_head
from desktop_app.services.merge import Merged, merge_bundles
from desktop_app.services.pairing import accept, own
from desktop_app.services.records import Logged, log_record
from desktop_app.storage import journal
from desktop_app.storage.rebuild import examine
from desktop_app.storage.stations import (
    Standing,
    known_stations,
    own_keys,
    own_writers,
    station_of,
)
from desktop_app.storage.store import Store
from desktop_app.storage.tables import signed_heads, writers
from desktop_app.storage.unit_of_work import View
from tests.stores import author, new_store

NOW = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
CALL = {
    "kind": "enquiry",
    "phone": "13123450001",
    "caller_name": "王小明",
    "summary": "水费",
    "detail": "想问上月的水费怎么多了",
}


@dataclass
class Desk:
    """One store with its person; ``serial`` counts its bundles."""

    store: Store
    serial: int = 0
    out: Path = field(default_factory=Path)

    @property
    def identity(self) -> Identity:
        return own(self.store)

    def log(self, **values: str) -> Logged:
        """Write down a call."""
        return log_record(self.store, CALL | values, now=NOW)

    def log_many(self, count: int) -> None:
        for number in range(count):
            self.log(detail=f"第{number}次来电")

    def accepts(self, *others: Desk) -> None:
        for other in others:
            accept(self.store, other.identity, now=NOW)

    def bundle(
        self, to: Sequence[Desk], *, writers_of: Sequence[str] | None = None, first: int = 1
    ) -> Bundle:
        """Return a bundle of everything held, of some writers or from a seq onwards where asked."""
        self.serial += 1
        with self.store.read() as view:
            runs = tuple(
                run for run in _runs(view, self.store) if writers_of is None or run.writer in writers_of
            )
            keys = own_keys(view.connection)
            assert keys is not None
            manifest = Manifest(
                own(self.store),
                NOW,
                self.serial,
                "0.3.0",
                tuple(own_writers(view.connection)),
                tuple(
                    sign_head(keys, Head(writer, seq, last.hex()))
                    for writer in own_writers(view.connection)
                    for seq, last in [journal.head(view.connection, writer)]
                    if seq
                ),
                highest=view.highest_number(),
                holds={
                    run.writer: tuple(joined((one.entry.seq,) * 2 for one in run.entries)) for run in runs
                },
                leads=tuple(
                    one.identity
                    for one in known_stations(view.connection, Standing.ACCEPTED)
                    if one.identity.leads
                ),
            )
        if first > 1:
            runs = tuple(_from(run, first) for run in runs if run.entries[-1].entry.seq >= first)
        return Bundle(manifest, runs, tuple(desk.identity.store for desk in to))

    def hand_in(self, *to: Desk, bundle: Bundle | None = None) -> Path:
        """Write a bundle for these desks and return its file; of everything held where none is given."""
        with self.store.read() as view:
            keys = own_keys(view.connection)
        assert keys is not None
        return write_bundle(self.out, bundle or self.bundle(to), keys, [desk.identity for desk in to])

    def merge(self, *files: Path) -> Merged:
        return merge_bundles(self.store, files, now=NOW)

    def state_hash(self) -> str:
        """Return the state hash, after a look that the folded tables say what the journal says."""
        with self.store.read() as view:
            found = examine(view)
        assert found.differing == ()
        return found.state_hash


@dataclass
class Floor:
    """Desks in folders below ``folder``; bundles go into ``share``."""

    folder: Path
    desks: list[Desk] = field(default_factory=list)

    def desk(self, station: str, role: Role = Role.AGENT, *, drill: bool = False) -> Desk:
        """Make a store at a station code."""
        share = self.folder / "share"
        share.mkdir(exist_ok=True)
        place = self.folder / f"{station}-{len(self.desks)}"
        made = replace(
            new_store(place / "store", station=station, drill=drill), author=author(f"80{station}", role)
        )
        own(made)  # makes its keys
        self.desks.append(Desk(made, out=share))
        return self.desks[-1]

    def lead(self, station: str = "01") -> Desk:
        return self.desk(station, Role.LEAD)

    def close(self) -> None:
        for desk in self.desks:
            desk.store.close()


def pair(lead: Desk, *stations: Desk) -> None:
    """Let a lead and stations accept each other."""
    lead.accepts(*stations)
    for station in stations:
        station.accepts(lead)


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    """A floor without stores."""
    made = Floor(tmp_path)
    yield made
    made.close()


@pytest.fixture
def lead(floor: Floor) -> Desk:
    """A lead's store, 01."""
    return floor.lead("01")


@pytest.fixture
def station(floor: Floor, lead: Desk) -> Desk:
    """A station, 07, that the lead has accepted and it the lead."""
    made = floor.desk("07")
    pair(lead, made)
    return made


def _runs(view: View, store: Store) -> list[Run]:
    """Return everything a store holds as runs without holes, each with its owner and its signed end."""
    connection = view.connection
    keys = own_keys(connection)
    assert keys is not None
    signed = {row.writer: row for row in connection.execute(select(signed_heads))}
    runs = []
    for row in connection.execute(select(writers).order_by(writers.c.writer)).all():
        broken = journal.breaks_of(connection, row.writer)
        for link, entries in _pieces(list(journal.chain(connection, row.writer)), row.link, broken):
            own_one = row.store == view.life.store
            station = None if own_one else station_of(connection, row.store)
            last = entries[-1].entry
            head = sign_head(keys, Head(row.writer, last.seq, last.hash)) if own_one else None
            owner = own(store) if own_one else station.identity if station else None
            if row.writer in signed and not own_one and owner is not None:
                told = signed[row.writer]
                head = SignedHead(Head(row.writer, told.seq, told.hash.hex()), told.signature.hex())
            runs.append(Run(row.writer, row.store, row.station, bool(row.drill), link, entries, owner, head))
    return runs


def _pieces(
    chain: list[Stored], link: bytes, broken: dict[int, bytes]
) -> list[tuple[bytes, tuple[Stored, ...]]]:
    found: list[tuple[bytes, list[Stored]]] = []
    for stored in chain:
        if stored.entry.seq == 1 or stored.entry.seq in broken:
            found.append((broken.get(stored.entry.seq, link), []))
        found[-1][1].append(stored)
    return [(begun, tuple(entries)) for begun, entries in found]


def _from(run: Run, first: int) -> Run:
    skipped = [one for one in run.entries if one.entry.seq < first]
    link = bytes.fromhex(skipped[-1].entry.hash) if skipped else run.link
    return replace(run, link=link, entries=run.entries[len(skipped) :])
