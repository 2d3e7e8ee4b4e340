"""Which steps of the clock ladders are due, or come due, of every incident a store knows (A§2.3-2.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.domain.clocks import RungStanding, Stage, known_at, standing
from desktop_app.domain.entries import moment_text
from desktop_app.domain.incident_events import StateEvent
from desktop_app.domain.incident_steps import ENDED
from desktop_app.domain.joined_incidents import standing as state_of
from desktop_app.domain.joined_incidents import value_in
from desktop_app.domain.joins import groups
from desktop_app.domain.ringing import DueKind, DueTime
from desktop_app.domain.site_pack import SitePack
from desktop_app.services.incident_facts import clock_facts
from desktop_app.services.incident_groups import members_of
from desktop_app.storage.incidents import incidents_since, joins
from desktop_app.storage.store import Store

_AFTER = timedelta(days=14)
"""An incident that has ended is looked at until its longest clock has run out and for so long after that."""
_ENDINGS = frozenset({StateEvent.CLOSED.value, StateEvent.FALSE_ALARM.value})


@dataclass(frozen=True, slots=True)
class DueRung:
    """A step of an incident's clock that is due, or ahead; ``number`` is what people call the incident."""

    incident: str
    number: str
    standing: RungStanding


def due_list(store: Store, pack: SitePack, *, now: datetime) -> tuple[DueRung, ...]:
    """Return what is due and what is ahead, the earliest first.

    Of an incident that has ended only what comes due after its end, such as keeping recordings for 30 days
    (2§4.1): what was due before stays due on its own page, and rings for nobody any more.
    """
    longest = max((rung.minutes for ladder in pack.ladders for rung in ladder.rungs), default=0)
    found: list[DueRung] = []
    with store.read() as view:
        since = incidents_since(view.connection, moment_text(now - timedelta(minutes=longest) - _AFTER))
        joined = groups(joins(view.connection))
        for ids in dict.fromkeys(joined.get(one, (one,)) for one in since):
            members = members_of(view, ids)
            facts = known_at(clock_facts(view, ids, members), now)
            ends = [event.at for event in facts.events if event.code in _ENDINGS]
            ended = max(ends, default=None) if state_of(members) in ENDED else None
            number = str(value_in(members, "incident_no") or "")
            found += [
                DueRung(ids[0], number, one)
                for one in standing(pack.ladders, facts, now)
                if one.stage in (Stage.DUE, Stage.AHEAD) and (ended is None or one.due > ended)
            ]
    return tuple(sorted(found, key=lambda one: one.standing.due))


def lost_clocks(store: Store, in_use: SitePack, coming: SitePack, *, now: datetime) -> tuple[DueRung, ...]:
    """Return what is due or ahead in the open incidents and only the pack in use has.

    A pack whose clocks have other keys, or run for other types, would drop duties without a word.
    """
    stays = {_asked(one) for one in due_list(store, coming, now=now)}
    return tuple(one for one in due_list(store, in_use, now=now) if _asked(one) not in stays)


def _asked(one: DueRung) -> tuple[str, str, str, str]:
    return one.incident, one.standing.ladder.key, one.standing.rung.key, one.standing.role


def due_times(found: Iterable[DueRung]) -> tuple[DueTime, ...]:
    """Return what rings: a rung once, however many people are to be told (DESIGN §6)."""
    times: dict[str, DueTime] = {}
    for one in found:
        ladder, rung, _, round_ = one.standing.key
        key = f"{one.incident}/{ladder}/{rung}/{round_}"
        title = one.standing.rung.title
        times.setdefault(key, DueTime(key, DueKind.CLOCK, one.standing.due, title, one.number, one.incident))
    return tuple(times.values())
