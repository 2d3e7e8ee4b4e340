"""Invented stores with keys and chained entries of theirs, for tests of what goes from one to the other."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pyrage import x25519

from desktop_app.domain.bundles import Bundle, Manifest, Run
from desktop_app.domain.entries import (
    GENESIS,
    SALT_BYTES,
    Action,
    Change,
    Entry,
    Head,
    Payload,
    Stored,
    chain_hash,
    payload_digest,
)
from desktop_app.domain.identities import Identity, Keys
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.numbers import Number
from desktop_app.domain.roles import Role
from desktop_app.exchange.bundle_file import seal
from desktop_app.exchange.signing import BUNDLE, sign, sign_head, sign_key_of

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Party:
    """A store: its keys, what it shows of itself, and its writer."""

    keys: Keys
    identity: Identity
    writer: str


def hex_of(seed: object, digits: int = 32) -> str:
    return hashlib.sha256(str(seed).encode()).hexdigest()[:digits]


def party(station: str = "07", role: Role = Role.AGENT, *, drill: bool = False) -> Party:
    receive = x25519.Identity.generate()
    keys = Keys(hashlib.sha256(f"sign {station}".encode()).digest(), str(receive))
    identity = Identity(
        hex_of(f"store {station}"), station, "王芳", role, sign_key_of(keys), str(receive.to_public()), drill
    )
    return Party(keys, identity, hex_of(f"writer {station}"))


def chained(
    writer: str, payloads: Sequence[bytes | None], first: int = 1, link: bytes = GENESIS
) -> tuple[Stored, ...]:
    """Entries with these payloads, withheld where None."""
    made, previous = [], link
    for seq, payload in enumerate(payloads, start=first):
        salt = bytes.fromhex(hex_of((writer, seq)))[:SALT_BYTES]
        entry = Entry(
            writer,
            seq,
            seq,
            NOW,
            user_id("8021"),
            Role.AGENT,
            Subject(SubjectKind.RECORD, str(uuid.UUID(hex_of((seq, "record"))))),
            Action.CHANGE,
            payload_digest(salt, payload or b""),
        )
        entry = replace(entry, hash=chain_hash(previous, entry.envelope()))
        previous = bytes.fromhex(entry.hash)
        made.append(
            Stored(entry, None, None, withheld=True) if payload is None else Stored(entry, salt, payload)
        )
    return tuple(made)


def said(text: str) -> bytes:
    return Payload({"summary": Change((), text)}).to_bytes()


def run_of(sender: Party, entries: tuple[Stored, ...], link: bytes = GENESIS) -> Run:
    head = Head(sender.writer, entries[-1].entry.seq, entries[-1].entry.hash)
    told = sender.identity
    return Run(
        sender.writer,
        told.store,
        told.station,
        told.drill,
        link,
        entries,
        told,
        sign_head(sender.keys, head),
    )


def bundle_of(sender: Party, *runs: Run, recipients: Sequence[Party] = (), serial: int = 1) -> Bundle:
    heads = [run.signed for run in runs if run.writer == sender.writer and run.signed]
    manifest = Manifest(
        sender.identity,
        NOW,
        serial,
        "0.1.0",
        (sender.writer,),
        tuple(heads[-1:]),
        highest=42,
        open_drafts=(str(Number(sender.identity.station, 42, sender.identity.drill)),),
    )
    return Bundle(manifest, runs, tuple(one.identity.store for one in recipients))


def sealed_by(sender: Party, content: bytes, entries: int, to: Sequence[Party]) -> bytes:
    """A bundle's file around any content: what a store that runs another program could sign."""
    return seal(content, entries, sender.identity, sender.keys, [one.identity for one in to])


def resigned(file: bytes, signer: Party, **told: object) -> bytes:
    """A file with other members in its header, signed anew."""
    header, _, sealed = file.split(b"\n", 2)
    line = json.dumps(json.loads(header) | told, separators=(",", ":"), sort_keys=True).encode() + b"\n"
    return line + sign(signer.keys, BUNDLE, line).hex().encode() + b"\n" + sealed
