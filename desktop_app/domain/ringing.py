"""What rings when: some minutes before something is due and at its moment, each once.

Of what is due only the moment and a name of the plan's own are held, no caller's data, so that it may stay in
memory while the store is locked (DESIGN §6).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop_app.domain.site_text import Bilingual

AHEAD = timedelta(minutes=2)
"""So long before it is due something is told of, where nothing else is said."""

Rung = frozenset[tuple[str, bool]]
"""What has rung: the key of a due time, and whether it was already due."""
SILENCE: Rung = frozenset()


class DueKind(StrEnum):
    """What is due: a step of a clock ladder, or a call that was promised."""

    CLOCK = "clock"
    CALL_BACK = "call_back"


@dataclass(frozen=True, slots=True)
class DueTime:
    """Something that is due at a moment (UTC): ``title`` is a clock's own, ``number`` its incident's.

    ``subject`` is the id of that incident, or of the record that a call was promised for; ``ahead`` how long
    before it is due it is told of.
    """

    key: str
    kind: DueKind
    due: datetime
    title: Bilingual = Bilingual()
    number: str = ""
    subject: str = ""
    ahead: timedelta = AHEAD


@dataclass(frozen=True, slots=True)
class Ring:
    """One thing to tell of now; ``late`` says that it is due, and not only soon."""

    time: DueTime
    late: bool


def rings(times: Iterable[DueTime], rung: Rung, now: datetime) -> tuple[list[Ring], Rung]:
    """Return what rings now, the earliest due first, and what has rung then.

    What is due needs no telling that it soon will be. What went away and comes back rings again.
    """
    held = sorted(times, key=lambda one: (one.due, one.key))
    known = {one.key for one in held}
    told = {one for one in rung if one[0] in known}
    found = []
    for one in held:
        late = one.due <= now
        if one.due - one.ahead <= now and (one.key, late) not in told:
            told |= {(one.key, late), (one.key, False)}
            found.append(Ring(one, late))
    return found, frozenset(told)


def next_ring(times: Iterable[DueTime], now: datetime) -> datetime | None:
    """Return the next moment at which something will ring; None where nothing will."""
    moments = (at for one in times for at in (one.due - one.ahead, one.due))
    return min((at for at in moments if at > now), default=None)
