"""When a station exchanges bundles by itself, and how that stands (DESIGN §4, to and from the lead).

Pure: times and chance are arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop_app.domain.errors import KnownError

SPREAD = 0.1
"""By what part of itself a wait is longer or shorter: forty stations must not ask a share at one moment."""
LATE = timedelta(minutes=30)
"""After so long with something waiting and nothing delivered a person has to see to it."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """When things are done.

    after_save: how long a saved record waits for others to go with it; an urgent one does not. poll: how
    often the folder is looked at for what leads send; soon: after a visit that could not do all. first_retry,
    longest_retry: for a folder that is away. patience: after so long without an answer it counts as away.
    last: how long locking waits for the last visit.
    """

    after_save: timedelta = timedelta(seconds=60)
    poll: timedelta = timedelta(seconds=60)
    soon: timedelta = timedelta(seconds=5)
    first_retry: timedelta = timedelta(seconds=15)
    longest_retry: timedelta = timedelta(minutes=5)
    patience: timedelta = timedelta(seconds=30)
    last: timedelta = timedelta(seconds=2)

    def retry_after(self, failures: int) -> timedelta:
        """Return how long to leave a folder alone that was away so many times running."""
        doubled: int = 1 << min(max(failures - 1, 0), 16)
        return min(self.first_retry * doubled, self.longest_retry)


def spread(wait: timedelta, chance: float) -> timedelta:
    """Return a wait a little shorter or longer; ``chance`` is evenly drawn from 0 to 1."""
    return wait * (1 + SPREAD * (2 * chance - 1))


class Phase(StrEnum):
    """What automatic exchange is at."""

    NOTHING_SET_UP = "nothing_set_up"
    IDLE = "idle"
    DUE = "due"
    CARRYING = "carrying"
    OK = "ok"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the exchange with the shared folder stands.

    at: when the folder was last exchanged with; since, reason: from when and why it is away. waiting: records
    not every lead has said to have, the oldest of them from ``waiting_since``; carried: whether all of them
    lie in the folder. receipt_at: when a lead's receipt last came; leads: how many leads' stores there are;
    by_hand: nothing goes by itself. trouble: what went wrong without ending the exchange. refused: why the
    latest bundles that came were refused. to_confirm: stores whose code waits to be compared.
    """

    phase: Phase = Phase.NOTHING_SET_UP
    at: datetime | None = None
    since: datetime | None = None
    reason: KnownError | None = None
    waiting: int = 0
    waiting_since: datetime | None = None
    carried: bool = False
    receipt_at: datetime | None = None
    leads: int = 0
    to_confirm: int = 0
    by_hand: bool = False
    trouble: tuple[KnownError, ...] = ()
    refused: tuple[KnownError, ...] = ()

    def is_late(self, now: datetime) -> bool:
        """Whether something has waited for a lead for too long."""
        return bool(self.waiting) and self.waiting_since is not None and now - self.waiting_since >= LATE
