"""The promise ledger: what was promised to whom until when, and what still stands open.

Nothing of this is stored: whether a promise has ended and whether an incident may close is derived from the
folded states, so that no merge and no order of events can close over an open promise (DESIGN promise 3).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from desktop_app.domain.entries import moment_of
from desktop_app.domain.errors import GuardRefused
from desktop_app.domain.folding import State
from desktop_app.domain.joins import groups, links
from desktop_app.domain.steps import ANSWERS, CALLBACKS, PromiseState, Table, current
from desktop_app.domain.times import parse_iso

MERGED_WITH = "merged_with"
"""The list on a promise that names the promises it was merged with."""


Within = tuple[datetime | None, datetime | None]
"""From when until when (UTC) something was; None is open."""
CLOCKS_APART = timedelta(hours=1)
"""So far the clocks of two stations may be apart before a record is taken for one of another time."""
_CAME_AT = ("received_at", "recorded_at")


class PromiseKind(StrEnum):
    """What was promised. A promise that does not say is a call-back."""

    CALLBACK = "callback"
    ANSWER = "answer"
    COMPLAINT = "complaint"


class Ending(StrEnum):
    """How a promise stands. A merged one stands as its target does."""

    OPEN = "open"
    CARRIED_OVER = "carried_over"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"


_COMPLAINT_HOURS, _ANSWER_HOURS = 48, 24
_CHANNEL_HOURS = {"mail": 24, "web": 8}


def due_at(kind: PromiseKind, channel: str, received_at: datetime) -> datetime:
    """Return when an answer is due by the house rules (4 art. 10), around the clock, outage or not.

    A complaint has 48 h, mail 24 h, web 8 h, everything else 24 h. A call-back has no such rule: its time is
    what the agent promised.
    """
    if kind is PromiseKind.CALLBACK:
        raise ValueError("a call-back is due when the agent said")
    hours = _CHANNEL_HOURS.get(channel, _ANSWER_HOURS)
    return received_at + timedelta(hours=_COMPLAINT_HOURS if kind is PromiseKind.COMPLAINT else hours)


def table_of(promise: State) -> Table:
    """Return the steps a promise can take."""
    return CALLBACKS if promise.text("kind") in ("", PromiseKind.CALLBACK) else ANSWERS


def endings(promises: Iterable[State], records: Mapping[str, State]) -> dict[str, Ending]:
    """Return how every promise stands, by id; ``records`` are the states of the records they are about.

    What was never made or was undone is left out. A carried over promise has ended only while its record has
    a CRM number and the promise a named owner there, a withdrawn one only with a reason, a merged one when
    all promises it was merged with have: two merged into each other keep each other open.
    """
    held = {promise.subject.id: promise for promise in promises}
    states = {one: current(promise, table_of(promise)) for one, promise in held.items()}
    own = {
        one: _own_endings(held[one], records)
        for one, state in states.items()
        if state is not PromiseState.NONE
    }
    merged = {one for one in own if states[one] is PromiseState.MERGED and held[one].tombstone is None}
    grouped = groups(links(held.values(), MERGED_WITH))
    found = {one: _worst(told) for one, told in own.items()}
    for one in merged:
        members = [member for member in grouped.get(one, ()) if member not in merged]
        targets = [
            found.get(member, Ending.OPEN) for member in members if member in found or member not in held
        ]
        found[one] = _worst([*targets, *own[one]]) if targets else Ending.OPEN
    return found


def open_promises(
    promises: Iterable[State], records: Mapping[str, State], incidents: Collection[str] | None = None
) -> list[str]:
    """Return the ids of the promises that stand open, of some incidents only where these are named.

    See ``may_concern`` for those of which nobody can say whose they are.
    """
    held = list(promises)
    found = endings(held, records)
    return sorted(
        promise.subject.id
        for promise in held
        if found.get(promise.subject.id) is Ending.OPEN
        and (incidents is None or may_concern(records.get(promise.text("record")), incidents))
    )


def may_concern(record: State | None, incidents: Collection[str], within: Within | None = None) -> bool:
    """Whether a record is of one of these incidents, or nobody can say that it is not.

    That is so where it is not held, and where it names no incident and came in ``within`` their time, or at
    a time nobody can read.
    """
    if record is None:
        return True
    buried = record.tombstone
    named = record.values("incident") if buried is None else [buried.get("incident")]
    if any(named):
        return any(str(one) in incidents for one in named)
    came = next((at for name in _CAME_AT if (at := parse_iso(record.text(name), UTC)) is not None), None)
    if within is None or came is None:
        return True
    start, end = within
    return (start is None or start - CLOCKS_APART <= came) and (end is None or came <= end + CLOCKS_APART)


def check_close(open_ids: Collection[str]) -> None:
    """Check before an incident is closed; raises GuardRefused while a promise stands open."""
    if open_ids:
        raise GuardRefused("guard.open_promise", count=len(open_ids))


def is_closed(incident: State, open_ids: Collection[str]) -> bool:
    """Whether an incident counts as closed: every candidate says so and nothing stands open.

    An open promise that arrives after closing reopens it by this, without an entry.
    """
    return incident.values("state") == ["closed"] and not open_ids


def effective_due(promises: Iterable[State]) -> dict[str, datetime]:
    """Return when each promise is due: in a merged group, and among candidates, the earliest time wins."""
    held = {promise.subject.id: promise for promise in promises}
    grouped = groups(links(held.values(), MERGED_WITH))
    found = {}
    for one in held:
        members = [held[member] for member in grouped.get(one, (one,)) if member in held]
        moments = [moment for member in members for moment in _dues(member)]
        if moments:
            found[one] = min(moments)
    return found


def _own_endings(promise: State, records: Mapping[str, State]) -> list[Ending]:
    """Return how a promise stands by each candidate of its state but a merge, which alone says nothing."""
    if promise.tombstone is not None:
        # It was purged when it had ended, by somebody who held its record.
        told = promise.tombstone.get("state")
        return [Ending.WITHDRAWN if told == PromiseState.WITHDRAWN else Ending.KEPT]
    record = records.get(promise.text("record"))
    in_crm = record is not None and (record.tombstone is not None or bool(record.text("crm_id").strip()))
    whole = {PromiseState.DONE.value: Ending.KEPT}
    if promise.text("end_reason").strip():
        whole[PromiseState.WITHDRAWN.value] = Ending.WITHDRAWN
    if promise.text("crm_owner").strip() and in_crm:
        whole[PromiseState.CARRIED_OVER.value] = Ending.CARRIED_OVER
    words = [str(one) for one in promise.values("state")]
    return [whole.get(word, Ending.OPEN) for word in words if word != PromiseState.MERGED]


def _worst(found: Iterable[Ending]) -> Ending:
    return min(found, key=list(Ending).index, default=Ending.OPEN)


def _dues(promise: State) -> list[datetime]:
    moments = []
    for told in promise.values("due"):
        try:
            moments.append(moment_of(str(told)))
        except ValueError:
            continue
    return moments
