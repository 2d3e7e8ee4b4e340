"""The store's part of an automatic exchange: give what is new, take in what came (DESIGN §4).

Only folders of this PC are read and written here; ``services/carrying.py`` goes to the share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from desktop_app.domain.bundles import KEY_SUFFIX, Result
from desktop_app.domain.errors import KnownError
from desktop_app.services.carrying import Spool
from desktop_app.services.handin import clean_up, hand_in
from desktop_app.services.merge import Taken, take_bundles
from desktop_app.services.pairing import open_claims, own, propose_found
from desktop_app.services.progress import Progress
from desktop_app.services.receipts import pending
from desktop_app.services.record_delivery import lying_nowhere
from desktop_app.storage.claims import Claim
from desktop_app.storage.station_list import waiting
from desktop_app.storage.stations import Standing, known_stations, own_identity, own_writers
from desktop_app.storage.store import Store

T = TypeVar("T")

_NOT_READ = ("bundles.missing", "bundles.unreadable_file")
"""Why a file could not be judged at all: it waits for the next time."""


@dataclass(frozen=True, slots=True)
class HandInStanding:
    """How it stands with what this store has to give.

    store: its id; own: how the names of its bundles begin. leads: leads' stores it gives to, itself where it
    is one. waiting: records not every lead has said to have, the oldest entry of them from ``since``; lying:
    whether all of them lie where a lead finds them; to_confirm: stores that wait for a person to compare
    their code: at a station, leads' only; receipt_at: when a lead's receipt came last.
    """

    store: str
    own: frozenset[str]
    leads: int
    waiting: int = 0
    since: datetime | None = None
    lying: bool = False
    receipt_at: datetime | None = None
    to_confirm: int = 0


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one exchange did.

    merged: what became of the bundles that waited, None where none did; proposals: stores whose key files
    were found. written, removed: own bundles. problems: steps that failed and will be tried again.
    """

    standing: HandInStanding
    merged: Taken | None = None
    proposals: tuple[Claim, ...] = ()
    written: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()
    problems: tuple[KnownError, ...] = ()

    @property
    def waits_for_a_person(self) -> bool:
        """Whether something new came that somebody has to accept."""
        found = self.merged.bundles if self.merged is not None else ()
        return bool(self.proposals) or any(one.result is Result.QUARANTINED for one in found)

    @property
    def refused(self) -> tuple[KnownError, ...]:
        """Why bundles were refused."""
        found = self.merged.bundles if self.merged is not None else ()
        return tuple(one.reason for one in found if one.result is Result.REFUSED and one.reason is not None)


def hand_in_standing(store: Store) -> HandInStanding:
    """Return how it stands now; a quick look."""
    with store.read() as view:
        names = frozenset(writer[:8] for writer in own_writers(view.connection))
        accepted = known_stations(view.connection, Standing.ACCEPTED)
        me = own_identity(view.connection)
        takes_in = me is not None and me.leads
        leads = sum(one.identity.leads for one in accepted) + takes_in
        store_id = view.life.store
        unknown = {one.identity.fingerprint: one.identity for one in waiting(view.connection)}
        for claim in open_claims(view):
            unknown[claim.identity.fingerprint] = claim.identity
            if claim.declined:
                del unknown[claim.identity.fingerprint]
        to_confirm = [one for one in unknown.values() if takes_in or one.leads]
    told = pending(store)
    lying = bool(told.records) and not lying_nowhere(store)
    return HandInStanding(
        store_id, names, leads, told.records, told.since, lying, told.receipt_at, len(to_confirm)
    )


def exchange(
    store: Store,
    spool: Spool,
    *,
    now: datetime,
    carrier: str,
    everything: bool = False,
    take_in: bool = True,
    progress: Progress | None = None,
) -> Exchanged:
    """Merge what waits in the spool, write what is new for others, give up what every lead has.

    carrier: folder or stick. everything: all that lacks a receipt is written, whatever was before. take_in:
    False where only the last hand-in is wanted. A step that fails keeps no other from being done, and what
    could not be taken in stays where it waits. Raises Cancelled, and KnownError where the spool cannot be
    written.
    """
    spool.make()
    spool.sweep(now)
    problems: list[KnownError] = []

    def tried(step: Callable[[], T]) -> T | None:
        try:
            return step()
        except KnownError as problem:
            if problem.code != "handin.no_lead":
                problems.append(problem)
        return None

    found, merged = None, None
    if take_in:
        found = tried(lambda: _propose(store, spool, now))
        merged = tried(lambda: _merge(store, spool, now, carrier, progress))
    removed = tried(lambda: _give_up(store, spool))
    if everything:
        spool.empty()
    written = tried(lambda: hand_in(store, spool.outgoing, now=now, everything=everything))
    return Exchanged(
        hand_in_standing(store),
        merged,
        found or (),
        written.files if written is not None else (),
        removed or (),
        tuple(problems),
    )


def _propose(store: Store, spool: Spool, now: datetime) -> tuple[Claim, ...]:
    files = [file for file in spool.waiting() if file.suffix == KEY_SUFFIX]
    if not files:
        return ()
    found = propose_found(store, spool.incoming, now=now)
    for file in files:
        file.unlink(missing_ok=True)
    return tuple(found)


def _merge(
    store: Store, spool: Spool, now: datetime, carrier: str, progress: Progress | None
) -> Taken | None:
    files = [file for file in spool.waiting() if file.suffix != KEY_SUFFIX]
    if not files:
        return None
    own(store)
    merged = take_bundles(store, files, now=now, by=carrier, progress=progress)
    for one in merged.bundles:
        if one.reason is None or one.reason.code not in _NOT_READ:
            one.file.unlink(missing_ok=True)
    return merged


def _give_up(store: Store, spool: Spool) -> tuple[Path, ...]:
    removed = clean_up(store, spool.outgoing)
    spool.give_up(file.name for file in removed)
    return removed
