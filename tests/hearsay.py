"""What a store has heard of stations that are not there, written as merging writes it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from desktop_app.domain.bundles import Manifest, SignedHead
from desktop_app.domain.entries import (
    GENESIS,
    Action,
    Change,
    Entry,
    Head,
    Payload,
    Stored,
    chain_hash,
    payload_digest,
)
from desktop_app.domain.identities import Identity
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.numbers import Number
from desktop_app.domain.ranges import Range
from desktop_app.domain.roles import Role
from desktop_app.storage import journal
from desktop_app.storage.claims import Claim, put_claim
from desktop_app.storage.manifests import put_manifest
from desktop_app.storage.stations import Standing, Station, put_station
from desktop_app.storage.store import Store
from desktop_app.storage.tables import breaks, quarantine, taken, writers

NOW = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def hex_of(text: str, length: int = 32) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def identity(
    station: str, name: str = "王芳", *, role: Role = Role.AGENT, store: str = "", drill: bool = False
) -> Identity:
    return Identity(
        hex_of(store or f"store {station}"),
        station,
        name,
        role,
        hex_of(station, 64),
        "age1" + "q" * 58,
        drill,
    )


@dataclass
class Hearsay:
    """Writes into ``store`` what came from elsewhere."""

    store: Store
    serials: dict[str, int] = field(default_factory=dict)

    def knows(self, who: Identity, standing: Standing = Standing.ACCEPTED, vouched_by: str = "") -> None:
        with self.store.database.change() as connection:
            put_station(connection, Station(who, standing, NOW - 30 * MINUTE, vouched_by))

    def claims(self, who: Identity, *, declined: bool = False) -> None:
        with self.store.database.change() as connection:
            put_claim(connection, Claim(who, NOW - 30 * MINUTE, declined))

    def hears(
        self,
        who: Identity,
        *,
        at: datetime = NOW - 2 * MINUTE,
        made: datetime | None = None,
        by: str = "folder",
        lives: Sequence[str] = (),
        heads: Mapping[str, int] | None = None,
        highest: int = 0,
        first: int = 1,
        drafts: Sequence[int] = (),
        voids: Sequence[int] = (),
        holds: Mapping[str, tuple[Range, ...]] | None = None,
        heard: Mapping[str, tuple[datetime, datetime]] | None = None,
    ) -> None:
        lives = tuple(lives) or (hex_of(f"life {who.store}"),)
        self.serials[lives[-1]] = self.serials.get(lives[-1], 0) + 1
        ends = tuple(
            SignedHead(Head(writer, seq, "ab" * 32), "cd" * 64) for writer, seq in (heads or {}).items()
        )
        told = Manifest(
            who,
            made or at,
            self.serials[lives[-1]],
            "3.0",
            lives,
            ends,
            highest=highest,
            first_number=first,
            open_drafts=tuple(str(Number(who.station, one, who.drill)) for one in drafts),
            voids=tuple(str(Number(who.station, one, who.drill)) for one in voids),
            holds=holds or {},
            heard=heard or {},
        )
        with self.store.database.change() as connection:
            put_manifest(connection, told, at=at, by=by)

    def writes(
        self,
        who: Identity,
        sequences: Sequence[int],
        *,
        writer: str = "",
        seqs: Sequence[int] = (),
        state: str = "recorded",
        role: Role = Role.AGENT,
        actor: str = "8031",
    ) -> str:
        """Put one record for each number, as entries of a writer of ``who``; returns the writer."""
        writer = writer or hex_of(f"life {who.store}")
        with self.store.database.change() as connection:
            if writer not in journal.writer_ids(connection):
                connection.execute(
                    writers.insert().values(
                        writer=writer,
                        store=who.store,
                        station=who.station,
                        drill=int(who.drill),
                        link=GENESIS,
                    )
                )
            last, previous = journal.head(connection, writer)
            lamport = journal.top_lamport(connection)
            for place, sequence in enumerate(sequences):
                seq = seqs[place] if seqs else last + 1
                if seq != last + 1:
                    previous = bytes.fromhex(hex_of(f"{writer} {seq}", 64))
                subject = Subject(SubjectKind.RECORD, _uuid(f"{who.store} {sequence} {writer} {seq}"))
                told = {"number": str(Number(who.station, sequence, who.drill)), "state": state}
                payload = Payload({name: Change((), value) for name, value in told.items()}).to_bytes()
                salt = bytes(16)
                bare = Entry(
                    writer,
                    seq,
                    lamport + place + 1,
                    NOW - 5 * MINUTE,
                    user_id(actor),
                    role,
                    subject,
                    Action.CHANGE,
                    payload_digest(salt, payload),
                )
                own = chain_hash(previous, bare.envelope())
                journal.put(connection, Stored(_hashed(bare, own), salt, payload))
                if seq != last + 1:
                    connection.execute(breaks.insert().values(writer=writer, seq=seq, link=previous))
                last, previous = seq, bytes.fromhex(own)
        return writer

    def holds_back(self, who: Identity, entries: int, *, at: datetime = NOW - 8 * MINUTE) -> None:
        """Let a bundle of an unknown store wait in quarantine."""
        with self.store.database.change() as connection:
            connection.execute(
                quarantine.insert().values(
                    bundle=hex_of(f"{who.store} {entries} {at}", 64),
                    store=who.store,
                    identity=json.dumps(who.to_json()),
                    entries=entries,
                    received_at=_text(at),
                    file="quarantine/x.handin",
                )
            )

    def refuses(self, who: Identity | None, reason: str = "bundle.altered") -> None:
        with self.store.database.change() as connection:
            connection.execute(
                taken.insert().values(
                    bundle=hex_of(f"{who} {reason}", 64),
                    result="refused",
                    reason=reason,
                    store=who.store if who else "",
                    taken_at=_text(NOW - 4 * MINUTE),
                )
            )


def _hashed(entry: Entry, own: str) -> Entry:
    return Entry(
        entry.writer,
        entry.seq,
        entry.lamport,
        entry.at,
        entry.actor,
        entry.role,
        entry.subject,
        entry.action,
        entry.digest,
        own,
    )


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _uuid(text: str) -> str:
    told = hex_of(text)
    return f"{told[:8]}-{told[8:12]}-7{told[13:16]}-8{told[17:20]}-{told[20:]}"
