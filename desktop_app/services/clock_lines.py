"""Clocks and notifications of every incident, as the workbook lists them: who was told when, and how late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from desktop_app.domain.clocks import Decided, RungStanding, Told, standing
from desktop_app.domain.ladders import Ladder
from desktop_app.exchange.worksheets.journal import ClockLine
from desktop_app.services.incident_facts import facts_of
from desktop_app.services.incident_view import IncidentView, Notified
from desktop_app.services.incidents import incident, incidents
from desktop_app.storage.store import Store


def clock_lines(store: Store, ladders: Sequence[Ladder], *, now: datetime) -> tuple[ClockLine, ...]:
    """Return a line for each step of each clock, and one for everybody told beside the clocks, by time.

    Attempts that reached nobody are lines of their own: they explain why somebody was told late.
    """
    found: list[ClockLine] = []
    for row in incidents(store):
        view = incident(store, row.head)
        standings = standing(ladders, facts_of(view), now)
        found += (_of_rung(view, one) for one in standings)
        found += _beside(view, {(one.ladder.key, one.rung.key, one.role) for one in standings})
    last = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(found, key=lambda one: (one.incident, one.due_at or one.told_at or last)))


def _of_rung(view: IncidentView, one: RungStanding) -> ClockLine:
    told = _notified(view, one)
    decided = next((entry for entry in view.decided if _is_of(one, entry.ladder, entry.rung, entry.at)), None)
    return ClockLine(
        incident=view.number,
        title=one.rung.title,
        started_at=one.started,
        due_at=one.due,
        stage=one.stage.value,
        late_seconds=int(one.late.total_seconds()),
        role=one.role,
        told=told.name if told else "",
        channel=told.channel if told else "",
        told_at=one.done_at,
        told_by=told.by if told else decided.name if decided else "",
        note=(told.reply if told else decided.reason if decided else ""),
    )


def _notified(view: IncidentView, one: RungStanding) -> Notified | None:
    evidence = one.evidence
    if not isinstance(evidence, Told):
        return None
    return next(
        (
            told
            for told in view.told
            if (told.ladder, told.rung, told.role) == (evidence.ladder, evidence.rung, evidence.role)
            and (told.at, told.name) == (evidence.at, evidence.name)
        ),
        None,
    )


def _is_of(one: RungStanding, ladder: str, rung: str, at: datetime | None) -> bool:
    evidence = one.evidence
    return isinstance(evidence, Decided) and (ladder, rung, at) == (
        one.ladder.key,
        one.rung.key,
        evidence.at,
    )


def _beside(view: IncidentView, asked: set[tuple[str, str, str]]) -> Iterator[ClockLine]:
    """Yield who was told without a clock asking for it, of the recovery, or could not be reached."""
    for told in view.told:
        if told.reached and (told.ladder, told.rung, told.role) in asked and told.purpose == "ladder":
            continue
        yield ClockLine(
            incident=view.number,
            purpose=told.purpose,
            stage="reached" if told.reached else "not_reached",
            role=told.role,
            told=told.name,
            channel=told.channel,
            told_at=told.at,
            told_by=told.by,
            note=told.reply,
        )
