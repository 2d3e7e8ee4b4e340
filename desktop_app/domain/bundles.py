"""What one store gives to others in one file: a manifest and runs of entries (JOURNAL, keys and bundles).

How it lies in a file, encrypted and signed, is ``exchange/bundles.py``; nothing here reads or writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from desktop_app.domain.entries import Head, Stored
from desktop_app.domain.identities import Identity
from desktop_app.domain.ranges import Range

FORMAT = 1
"""Version of the file; a newer program's is refused with a sentence, an older one is read."""
MOST_ENTRIES = 10_000
"""Entries in one bundle; whoever has more to give writes several."""
MOST_BYTES = 32 * 1024 * 1024
"""Bytes of one bundle's content before encryption, so that reading one never takes more than some memory."""
MOST_RECIPIENTS = 256
"""Stores that one bundle is for; what is for more goes into several. The time that age takes to decrypt grows
with the square of it: half a second for so many."""
SUFFIX = ".handin"
KEY_SUFFIX = ".fdkey"
"""A file with an ``Identity`` that lies in the shared folder for others to accept."""

Spans = Mapping[str, tuple[Range, ...]]
"""By writer the ranges of its entries."""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The end of a writer's chain with the signature of the store it belongs to, in hex."""

    head: Head
    signature: str


@dataclass(frozen=True, slots=True)
class Run:
    """Following entries of one writer, every envelope in it; ``link`` is the hash before the first.

    ``owner`` is who the writer's store is, as far as the sender knows it; with ``signed`` that store itself
    vouches for the chain up to there, otherwise only the sender does.
    """

    writer: str
    store: str
    station: str
    drill: bool
    link: bytes
    entries: tuple[Stored, ...]
    owner: Identity | None = None
    signed: SignedHead | None = None


@dataclass(frozen=True, slots=True)
class ListedNumber:
    """One line of the list of all numbers, so that any agent finds what a caller quotes."""

    number: str
    kind: str
    station: str
    state: str
    owner: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a store says of itself with every bundle.

    made_at: the sender's clock in UTC; serial: counts the bundles of the current writer. lives: its writers
    in the order they began, the last one writes now; heads: their signed ends. highest: the highest number
    given; first_number: numbers below were another store's. open_drafts, voids: numbers. holds: entries the
    sender has with what they say; withheld: those it has without. heard: by store the time its last bundle
    says it was made and when the sender took it in, for the estimate of clock skew. leads: other leads the
    sender, a lead itself, has accepted. numbers, site_pack: from leads only. program: its version; pack:
    number and version of the site pack that the sender's people had last, "" where nobody can say.
    """

    identity: Identity
    made_at: datetime
    serial: int
    program: str
    lives: tuple[str, ...]
    heads: tuple[SignedHead, ...]
    highest: int = 0
    first_number: int = 1
    open_drafts: tuple[str, ...] = ()
    voids: tuple[str, ...] = ()
    holds: Spans = field(default_factory=lambda: MappingProxyType({}))
    withheld: Spans = field(default_factory=lambda: MappingProxyType({}))
    heard: Mapping[str, tuple[datetime, datetime]] = field(default_factory=lambda: MappingProxyType({}))
    leads: tuple[Identity, ...] = ()
    numbers: tuple[ListedNumber, ...] = ()
    site_pack: bytes = b""
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A manifest and runs. ``recipients`` are the stores it is for; their keys are the file's affair."""

    manifest: Manifest
    runs: tuple[Run, ...]
    recipients: tuple[str, ...] = ()

    @property
    def entry_count(self) -> int:
        """How many entries all runs have."""
        return sum(len(run.entries) for run in self.runs)


class Result(StrEnum):
    """What became of one bundle; each is judged alone."""

    MERGED = "merged"
    KNOWN = "known"
    QUARANTINED = "quarantined"
    REFUSED = "refused"
