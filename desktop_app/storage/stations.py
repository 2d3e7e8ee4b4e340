"""Who this store is to others, and which other stores it knows (JOURNAL, keys and bundles)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyrage import x25519
from sqlalchemy import Connection, Row, select, text
from sqlalchemy.dialects.sqlite import insert

from desktop_app.domain.entries import moment_of, moment_text
from desktop_app.domain.identities import Identity, Keys
from desktop_app.domain.roles import Role
from desktop_app.storage.going_on import keep_setting
from desktop_app.storage.lives import current_life
from desktop_app.storage.tables import settings, stations, writers

SIGN_KEY, RECEIVE_KEY = "sign_key", "receive_key"
OWNER_NAME, OWNER_ROLE = "owner_name", "owner_role"
"""Settings: the store's two secret keys, and whose store it is."""


class Standing(StrEnum):
    """How far another store is trusted; see the table ``stations``."""

    ACCEPTED = "accepted"
    KNOWN = "known"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Station:
    """Another store. ``vouched_by`` is the accepted lead's store that named it, "" for a person.

    ``reason`` says why it was forgotten.
    """

    identity: Identity
    standing: Standing
    since: datetime
    vouched_by: str = ""
    reason: str = ""


def own_keys(connection: Connection) -> Keys | None:
    """Return the store's secret keys; None where it has none yet (``make_identity``)."""
    told = _settings(connection)
    if SIGN_KEY not in told:
        return None
    return Keys(bytes.fromhex(told[SIGN_KEY]), told[RECEIVE_KEY])


def own_identity(connection: Connection) -> Identity | None:
    """Return what the store shows of itself; None where it has no keys yet (``make_identity``)."""
    told, life = _settings(connection), current_life(connection)
    if SIGN_KEY not in told:
        return None
    sign = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(told[SIGN_KEY])).public_key()
    receive = x25519.Identity.from_str(told[RECEIVE_KEY]).to_public()
    return Identity(
        life.store,
        life.station,
        told[OWNER_NAME],
        Role(told[OWNER_ROLE]),
        sign.public_bytes_raw().hex(),
        str(receive),
        life.drill,
    )


def make_identity(connection: Connection, name: str, role: Role) -> None:
    """Make the store's keys where it has none, and say whose it is; the keys never change afterwards."""
    if own_keys(connection) is None:
        keep_setting(connection, SIGN_KEY, secrets.token_hex(32))
        keep_setting(connection, RECEIVE_KEY, str(x25519.Identity.generate()))
    keep_setting(connection, OWNER_NAME, name)
    keep_setting(connection, OWNER_ROLE, role.value)


def own_writers(connection: Connection) -> list[str]:
    """Return the writers of this store in the order they began; the last one writes now."""
    life = current_life(connection)
    found = connection.execute(
        select(writers.c.writer)
        .where(writers.c.store == life.store, writers.c.writer != life.writer)
        # In the order of their rows: a life is begun once and never written again.
        .order_by(text("rowid"))
    )
    return [*found.scalars(), life.writer]


def known_stations(connection: Connection, *standings: Standing) -> list[Station]:
    """Return other stores of these standings, all where none is given, by station code."""
    query = select(stations).order_by(stations.c.station, stations.c.store)
    if standings:
        query = query.where(stations.c.standing.in_([standing.value for standing in standings]))
    return [_station(row) for row in connection.execute(query)]


def station_of(connection: Connection, store: str) -> Station | None:
    """Return another store by its id; None where it is unknown."""
    row = connection.execute(select(stations).where(stations.c.store == store)).first()
    return None if row is None else _station(row)


def put_station(connection: Connection, station: Station) -> None:
    """Write what is known of another store, over what was known before."""
    identity = station.identity
    row = {
        "store": identity.store,
        "station": identity.station,
        "drill": int(identity.drill),
        "name": identity.name,
        "role": identity.role.value,
        "sign": identity.sign,
        "receive": identity.receive,
        "standing": station.standing.value,
        "since": moment_text(station.since),
        "vouched_by": station.vouched_by,
        "reason": station.reason,
    }
    connection.execute(insert(stations).values(row).on_conflict_do_update(set_=row))


def _settings(connection: Connection) -> dict[str, str]:
    names = (SIGN_KEY, RECEIVE_KEY, OWNER_NAME, OWNER_ROLE)
    found = connection.execute(select(settings.c.name, settings.c.value).where(settings.c.name.in_(names)))
    return {row.name: row.value for row in found}


def _station(row: Row[str, str, int, str, str, str, str, str, str, str, str]) -> Station:
    identity = Identity(
        row.store, row.station, row.name, Role(row.role), row.sign, row.receive, bool(row.drill)
    )
    return Station(identity, Standing(row.standing), moment_of(row.since), row.vouched_by, row.reason)
