"""Whom a lead does not trust: stores that are not ours, and those that no longer are (DESIGN §4, pairing).

Both are said at one store and hold there; ``pairing.accept`` undoes them.
"""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import Identity
from desktop_app.services.decisions import may_decide
from desktop_app.services.pairing import held_of
from desktop_app.services.stores import OpenStore
from desktop_app.storage.claims import Claim, put_claim
from desktop_app.storage.id_numbers import masked_text
from desktop_app.storage.stations import Standing, Station, put_station, station_of


def decline(store: OpenStore, identity: Identity, *, now: datetime) -> bool:
    """Say that a store that waits is not ours: it is not asked again while its keys stay the same.

    Returns False where it was accepted so in the meantime. What it handed in stays where it is; ``accept``
    undoes it. Raises KnownError ``pairing.leads_only``, and what ``accept`` raises of its keys.
    """
    _check_lead(store)
    with store.change() as unit:
        held = held_of(unit, identity)
        if held is not None and held.standing is Standing.ACCEPTED and held.identity == identity:
            return False
        put_claim(unit.connection, Claim(identity, now, declined=True))
        return True


def forget(store: OpenStore, store_id: str, *, now: datetime, reason: str) -> None:
    """Trust an accepted store no longer: nothing is encrypted to it, what it hands in waits in quarantine.

    What was merged stays; ``accept`` undoes it, and only a person does. Raises KnownError
    ``pairing.leads_only``, ``pairing.reason_needed``, ``pairing.not_accepted``.
    """
    _check_lead(store)
    if not reason.strip():
        raise KnownError("pairing.reason_needed")
    with store.change() as unit:
        held = station_of(unit.connection, store_id)
        if held is None or held.standing is not Standing.ACCEPTED:
            raise KnownError("pairing.not_accepted")
        why = masked_text(store.settings, reason.strip(), now)
        put_station(unit.connection, Station(held.identity, Standing.FORGOTTEN, now, reason=why))


def _check_lead(store: OpenStore) -> None:
    if not may_decide(store):
        raise KnownError("pairing.leads_only")
