"""What a bundle brings besides entries: signed ends of chains, the list of numbers, and that it came.

Hand-ins of unknown stores lie here as well until somebody accepts the store.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.domain.bundles import ListedNumber, Result, SignedHead
from desktop_app.domain.entries import moment_text
from desktop_app.domain.identities import Identity
from desktop_app.storage.claims import claims
from desktop_app.storage.tables import drafts, entries, numbers, quarantine, records, signed_heads, taken

MOST_REFUSED = 1_000
"""Refused bundles that are remembered, the newest."""


@dataclass(frozen=True, slots=True)
class Held:
    """A bundle in quarantine: its digest, its sender's store, and the name of its file there."""

    bundle: str
    store: str
    file: str


def put_signed_head(connection: Connection, signed: SignedHead) -> None:
    """Keep the end of a chain that its own store has signed, where it is the furthest."""
    head = signed.head
    row = {
        "writer": head.writer,
        "seq": head.seq,
        "hash": bytes.fromhex(head.hash),
        "signature": bytes.fromhex(signed.signature),
    }
    upsert = insert(signed_heads).values(row)
    connection.execute(upsert.on_conflict_do_update(set_=row, where=signed_heads.c.seq < upsert.excluded.seq))


def put_taken(
    connection: Connection, bundle: str, result: Result, store: str, at: datetime, reason: str = ""
) -> None:
    """Note what became of the bundle whose file has this SHA-256, over what became of it before."""
    row = {
        "bundle": bundle,
        "result": result.value,
        "reason": reason,
        "store": store,
        "taken_at": moment_text(at),
    }
    connection.execute(insert(taken).values(row).on_conflict_do_update(set_=row))
    if result is Result.REFUSED:
        refused = taken.c.result == Result.REFUSED.value
        newest = select(taken.c.bundle).where(refused).order_by(taken.c.taken_at.desc()).limit(MOST_REFUSED)
        connection.execute(taken.delete().where(refused, taken.c.bundle.not_in(newest)))


def list_is_newer(connection: Connection, lead: str, made_at: datetime) -> bool:
    """Whether a list of all numbers was made after the one that is here of the same lead."""
    last = connection.execute(
        select(func.max(numbers.c.listed_at)).where(numbers.c.listed_by == lead)
    ).scalar()
    return last is None or last < moment_text(made_at)


def put_numbers(connection: Connection, listed: Sequence[ListedNumber], lead: str, made_at: datetime) -> None:
    """Write lines of a lead's list of numbers, over older ones of any lead."""
    at = moment_text(made_at)
    rows: list[dict[str, Any]] = [
        {
            "number": one.number,
            "kind": one.kind,
            "station": one.station,
            "state": one.state,
            "owner": one.owner,
            "listed_by": lead,
            "listed_at": at,
        }
        for one in listed
    ]
    new = insert(numbers)
    changed = {name: new.excluded[name] for name in rows[0] if name != "number"} if rows else {}
    if rows:
        connection.execute(
            new.on_conflict_do_update(
                index_elements=[numbers.c.number],
                set_=changed,
                where=numbers.c.listed_at <= new.excluded.listed_at,
            ),
            rows,
        )


def drop_older_numbers(connection: Connection, lead: str, made_at: datetime) -> None:
    """Remove what a lead's older lists said and the one made at this time says no more."""
    older = numbers.c.listed_at < moment_text(made_at)
    connection.execute(numbers.delete().where(numbers.c.listed_by == lead, older))


def put_quarantined(connection: Connection, held: Held, identity: Identity, count: int, at: datetime) -> None:
    """Note a bundle with ``count`` entries that waits in a file; one that waits already stays as it is."""
    row = {
        "bundle": held.bundle,
        "store": held.store,
        "identity": json.dumps(identity.to_json(), ensure_ascii=False),
        "entries": count,
        "received_at": moment_text(at),
        "file": held.file,
    }
    connection.execute(insert(quarantine).values(row).on_conflict_do_nothing())


def quarantined(connection: Connection, store: str | None = None) -> list[Held]:
    """Return the bundles that wait, those of one store where one is named, in the order they came."""
    query = select(quarantine.c.bundle, quarantine.c.store, quarantine.c.file).order_by(
        quarantine.c.received_at
    )
    found = connection.execute(query if store is None else query.where(quarantine.c.store == store))
    return [Held(*row) for row in found]


def quarantined_stations(connection: Connection) -> set[str]:
    """Return the codes of the stations whose bundles wait for a person who has not declined them."""
    told = connection.execute(select(quarantine.c.identity).distinct()).scalars()
    found = [Identity.from_json(json.loads(identity)) for identity in told]
    declined = {one.identity.fingerprint for one in claims(connection) if one.declined}
    return {one.station for one in found if one.fingerprint not in declined}


def drop_quarantined(connection: Connection, bundle: str) -> None:
    """Forget a bundle that waited."""
    connection.execute(quarantine.delete().where(quarantine.c.bundle == bundle))


def drop_saved_drafts(connection: Connection) -> None:
    """Remove drafts that were saved before this store was restored, now that their records came back.

    One that was typed on since then stays.
    """
    saved = connection.execute(
        select(drafts.c.id, drafts.c.kept_at)
        .join(records, records.c.id == drafts.c.id)
        .where(records.c.station != "")
    ).all()
    for subject, kept_at in saved:
        envelopes = connection.execute(
            select(entries.c.envelope).where(entries.c.subject == subject)
        ).scalars()
        if kept_at <= max(_moments(envelopes), default=""):
            connection.execute(drafts.delete().where(drafts.c.id == subject))


def _moments(envelopes: Iterable[bytes]) -> Iterable[str]:
    return (json.loads(envelope)[3] for envelope in envelopes)
