"""The journal's entries: immutable envelopes chained by hash, with erasable payloads beside them.

An envelope never holds a caller's data, so a chain can be checked by anyone and survives the erasure of
payloads (JOURNAL, entry and payload).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from json.encoder import encode_basestring
from types import MappingProxyType
from typing import Any

from desktop_app.domain.errors import Damaged
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.domain.times import is_tellable

Value = str | int | float | bool | None | dict[str, Any] | list[Any]
"""What a field can hold: a JSON value."""

GENESIS = bytes(32)
"""The hash before a first writer that knows no other."""
SALT_BYTES = 16
"""Length of the salt before every payload's bytes."""
_ROLES = {role.value: role for role in Role}


class Action(StrEnum):
    """What an entry does to its subject."""

    CHANGE = "change"
    ADD = "add"
    STRIKE = "strike"
    REVOKE = "revoke"
    PURGE = "purge"


_KINDS = {kind.value: kind for kind in SubjectKind}
_ACTIONS = {action.value: action for action in Action}


@dataclass(frozen=True, slots=True)
class Change:
    """A new value for a field, and the ids of the candidates its author saw there."""

    seen: tuple[str, ...]
    value: Value


@dataclass(frozen=True, slots=True)
class Payload:
    """What an entry says: field changes, list items, the entry it strikes out or revokes, and why.

    For ``ADD`` the changes hold one list name whose value is the item. For ``STRIKE`` and ``REVOKE``
    ``target`` is the id of an earlier entry of the same subject.
    """

    changes: Mapping[str, Change] = field(default_factory=dict)
    reason: str = ""
    target: str = ""

    def to_bytes(self) -> bytes:
        """Return the bytes that are stored and digested; they are never re-serialised later."""
        body: dict[str, Any] = {
            "changes": {name: [list(change.seen), change.value] for name, change in self.changes.items()},
            "reason": self.reason,
        }
        if self.target:
            body["target"] = self.target
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Payload:
        """Return the payload written in ``stored``; raises Damaged where it is not one."""
        try:
            body = json.loads(stored)
            changes = {
                name: Change(tuple(map(str, seen)) if seen else (), value)
                for name, (seen, value) in body["changes"].items()
            }
            return cls(changes, str(body.get("reason", "")), str(body.get("target", "")))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
            raise Damaged("journal.payload_unreadable") from problem


@dataclass(frozen=True, slots=True)
class Entry:
    """One immutable change: who, when, about what. ``at`` is UTC; ``lamport`` gives the order."""

    writer: str
    seq: int
    lamport: int
    at: datetime
    actor: str
    role: Role
    subject: Subject
    action: Action
    digest: str
    hash: str = ""

    @property
    def id(self) -> str:
        """The entry's id: its writer and its place in that writer's chain."""
        return f"{self.writer}-{self.seq}"

    @property
    def order(self) -> tuple[int, str, int]:
        """Where the entry stands among all entries of all writers."""
        return (self.lamport, self.writer, self.seq)

    def envelope(self) -> bytes:
        """Return the canonical bytes that the chain covers."""
        return _envelope(
            self.writer,
            self.seq,
            self.lamport,
            moment_text(self.at),
            self.actor,
            self.role,
            self.subject.kind,
            self.subject.id,
            self.action,
            self.digest,
        )


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry with its payload, or without where it was erased or withheld."""

    entry: Entry
    payload: Payload | None


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry with its payload as bytes; ``salt`` and ``payload`` are None once erased or when withheld."""

    entry: Entry
    salt: bytes | None
    payload: bytes | None
    withheld: bool = False

    def sealed(self) -> Sealed:
        """Return the entry with its payload read; raises Damaged."""
        return Sealed(self.entry, None if self.payload is None else Payload.from_bytes(self.payload))


def moment_text(at: datetime) -> str:
    """Return a UTC moment in the one spelling that envelopes use (microseconds, ``Z``)."""
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment_of(text: str) -> datetime:
    """Return the UTC moment that ``moment_text`` wrote; raises ValueError for any other spelling, and for one
    that some zone has no date for.
    """
    # Python reads many spellings; the shape is fixed by writing the moment again.
    at = datetime.fromisoformat(text) if text.endswith("Z") else None
    if at is None or moment_text(at) != text or not is_tellable(at):
        raise ValueError(text)
    return at


def _envelope(
    writer: str,
    seq: int,
    lamport: int,
    at: str,
    actor: str,
    role: str,
    kind: str,
    subject_id: str,
    action: str,
    digest: str,
) -> bytes:
    """Return a JSON array without spaces, put together by hand: it is made for every entry read or merged."""
    quote = encode_basestring
    return (
        f'[{quote(writer)},{seq},{lamport},"{at}",{quote(actor)},"{role}",'
        f'["{kind}",{quote(subject_id)}],"{action}",{quote(digest)}]'
    ).encode()


def entry_of(envelope: bytes, chain_hash: str) -> Entry:
    """Return the entry whose canonical bytes these are; raises Damaged where they are not."""
    try:
        writer, seq, lamport, at, actor, role, (kind, subject_id), action, digest = json.loads(envelope)
        entry = Entry(
            writer,
            seq,
            lamport,
            moment_of(at),
            actor,
            _ROLES[role],
            Subject(_KINDS[kind], subject_id),
            _ACTIONS[action],
            digest,
            chain_hash,
        )
        sound = (
            type(seq) is type(lamport) is int
            and seq > 0 < lamport
            # Also refuses what is no text where one has to be.
            and _envelope(writer, seq, lamport, at, actor, role, kind, subject_id, action, digest) == envelope
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise Damaged("journal.envelope_unreadable") from problem
    if not sound:
        raise Damaged("journal.envelope_unreadable")
    return entry


def known_entry(envelope: str, chain_hash: str) -> Entry:
    """Return the entry whose canonical bytes these are: ``entry_of`` has looked at them before."""
    writer, seq, lamport, at, actor, role, (kind, subject_id), action, digest = json.loads(envelope)
    return Entry(
        writer,
        seq,
        lamport,
        datetime.fromisoformat(at),
        actor,
        _ROLES[role],
        Subject(_KINDS[kind], subject_id),
        _ACTIONS[action],
        digest,
        chain_hash,
    )


def payload_digest(salt: bytes, stored: bytes) -> str:
    """Return SHA-256(salt ‖ payload bytes) in hex."""
    return hashlib.sha256(salt + stored).hexdigest()


def chain_hash(previous: bytes, envelope: bytes) -> str:
    """Return SHA-256(previous hash of this writer ‖ envelope bytes) in hex."""
    return hashlib.sha256(previous + envelope).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """The end of a writer's chain at some moment, as signed and kept outside the store."""

    writer: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class ChainProblem:
    """Where a writer's chain does not hold, and how.

    ``gap``: an entry is missing or out of place; ``hash``: an envelope was altered; ``digest``: a payload
    was; ``cut``: the chain ends before a head kept outside; ``head``: it went another way than that head.
    """

    writer: str
    seq: int
    what: str


def check_chain(
    entries: Iterable[tuple[Entry, bytes | None, bytes | None]],
    link: bytes,
    breaks: Mapping[int, bytes] = MappingProxyType({}),
) -> Iterator[ChainProblem]:
    """Check one writer's entries in seq order, each with its salt and payload bytes (None once erased).

    ``link`` is the hash the writer began from. ``breaks`` are the links of entries whose predecessor is not
    held: a hole before one of them is no problem. Yields every gap, altered envelope and altered payload;
    checking goes on behind it, so that each damaged entry is named once.
    """
    previous, expected = {link}, 1
    for entry, salt, stored in entries:
        envelope = entry.envelope()
        if entry.seq > expected and entry.seq in breaks:
            previous, expected = {breaks[entry.seq]}, entry.seq
        computed = {chain_hash(before, envelope) for before in previous}
        held = _known_hash(entry.hash)
        if entry.seq != expected:
            yield ChainProblem(entry.writer, expected, "gap")
        elif entry.hash not in computed:
            yield ChainProblem(entry.writer, entry.seq, "hash")
            # Either the envelope or the hash beside it may be the sound half.
            held |= {bytes.fromhex(one) for one in computed}
        if stored is not None and (salt is None or payload_digest(salt, stored) != entry.digest):
            yield ChainProblem(entry.writer, entry.seq, "digest")
        previous, expected = held, entry.seq + 1


def check_heads(heads: Iterable[Head], hash_at: Callable[[str, int], str | None]) -> Iterator[ChainProblem]:
    """Compare chains with heads from hand-ins, receipts, backups and printed handovers.

    Only they show a tail that was cut off and a chain that was computed anew. ``hash_at(writer, seq)`` is
    what the store holds, None where its chain does not reach so far.
    """
    for head in heads:
        held = hash_at(head.writer, head.seq)
        if held != head.hash:
            yield ChainProblem(head.writer, head.seq, "cut" if held is None else "head")


def _known_hash(text: str) -> set[bytes]:
    try:
        return {bytes.fromhex(text)}
    except ValueError:
        return set()
