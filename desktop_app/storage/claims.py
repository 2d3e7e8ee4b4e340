"""What key files and hand-ins say of stores that nobody has accepted so: proposals, and what was declined.

Two different pairs of keys may claim to be one store; each is a claim of its own, so that neither hides the
other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.domain.entries import moment_of, moment_text
from desktop_app.domain.identities import Identity
from desktop_app.storage.tables import claims as table


@dataclass(frozen=True, slots=True)
class Claim:
    """Who a store says it is, since when that is known here, and whether a person said it is not ours."""

    identity: Identity
    since: datetime
    declined: bool = False


def claims(connection: Connection, store: str | None = None) -> list[Claim]:
    """Return the claims, those of one store where one is named, the oldest first."""
    query = select(table).order_by(table.c.since, table.c.store, table.c.fingerprint)
    found = connection.execute(query if store is None else query.where(table.c.store == store))
    return [
        Claim(Identity.from_json(json.loads(row.identity)), moment_of(row.since), bool(row.declined))
        for row in found
    ]


def put_claim(connection: Connection, claim: Claim) -> None:
    """Write a claim, over what the same keys of the store claimed before."""
    identity = claim.identity
    row = {
        "store": identity.store,
        "fingerprint": identity.fingerprint,
        "identity": json.dumps(identity.to_json(), ensure_ascii=False),
        "since": moment_text(claim.since),
        "declined": int(claim.declined),
    }
    connection.execute(insert(table).values(row).on_conflict_do_update(set_=row))


def drop_claims(connection: Connection, store: str) -> None:
    """Forget what was claimed of a store: it was accepted."""
    connection.execute(table.delete().where(table.c.store == store))
