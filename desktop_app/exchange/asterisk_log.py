"""Asterisk's call detail log and queue log as calls: one call, whatever number of legs and rows it took."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from desktop_app.domain.reconciliation import Call, CallOutcome, Source
from desktop_app.domain.times import parse_moment
from desktop_app.exchange.call_legs import Leg, epoch_in, extensions, grouped, is_outbound, outcome_of, peer
from desktop_app.exchange.headers import plain_header
from desktop_app.exchange.notes import Note
from desktop_app.exchange.profiles import Profile
from desktop_app.exchange.queue_log import Waiting

_QUARTER = timedelta(minutes=15)
_SLACK = timedelta(seconds=60)
_MOST_AGREE = 0.8
_DISPOSITIONS = frozenset({"ANSWERED", "NO ANSWER", "NOANSWER", "BUSY", "FAILED", "CONGESTION"})
_NAME = re.compile(r'\s*"(?P<quoted>.*)"\s*(?:<[^>]*>)?\s*|\s*(?P<bare>[^<>"]*?)\s*<[^>]*>\s*')


@dataclass(frozen=True, slots=True)
class LegsRead:
    """Legs of one file. ``offset`` is what its own ids tell of its zone, None where they tell nothing."""

    file: str
    legs: tuple[Leg, ...]
    offset: timedelta | None
    notes: tuple[Note, ...]


def order_of(rows: Sequence[Sequence[str]], candidates: Iterable[Profile]) -> Profile | None:
    """Return the profile whose field order fits rows without a header: disposition and start are such."""
    sample = [row for row in rows[:20] if row]
    for profile in candidates:
        if not profile.order or not sample:
            continue
        word, start = profile.order.index("disposition"), profile.order.index("start")
        fit = sum(
            len(row) > word
            and row[word].strip().upper() in _DISPOSITIONS
            and parse_moment(row[start], UTC) is not None
            for row in sample
        )
        if fit * 2 > len(sample):
            return profile
    return None


def header_order(columns: Sequence[str]) -> tuple[str, ...] | None:
    """Return the field names of a header that is Asterisk's (FreePBX's cdr table), else None."""
    names = tuple(plain_header(column) for column in columns)
    order = tuple("start" if name == "calldate" else name for name in names)
    return order if {"start", "disposition", "src", "uniqueid"} <= set(order) else None


def read_legs(file: str, rows: Iterable[tuple[int, Sequence[str]]], order: Sequence[str]) -> LegsRead:
    """Turn rows into legs; rows without a readable start are counted in a note."""
    legs: list[Leg] = []
    unread = 0
    for number, cells in rows:
        values = {name: cell.strip() for name, cell in zip(order, cells, strict=False)}
        start = _as_written(values.get("start", ""))
        if start is None:
            unread += 1
            continue
        legs.append(
            Leg(
                number,
                values,
                start,
                _as_written(values.get("answer", "")),
                _as_written(values.get("end", "")),
            )
        )
    notes = [Note("rows_without_start", {"count": str(unread), "file": file})] if unread else []
    offset = _offset(legs)
    if offset is not None:
        notes.append(Note("zone_from_ids", {"offset": _shown(offset), "file": file}))
    return LegsRead(file, tuple(legs), offset, tuple(notes))


def _as_written(text: str) -> datetime | None:
    found = parse_moment(text, UTC) if text else None
    return found.replace(tzinfo=None) if found else None


def _offset(legs: Sequence[Leg]) -> timedelta | None:
    """Return how far the file's clock is from UTC, told by the Unix second inside each unique id.

    A file written with ``usegmtime=yes`` is in UTC with no other sign of it.
    """
    found: Counter[timedelta] = Counter()
    calls = grouped(legs)
    for members in calls.values():
        second = epoch_in(members[0].text("uniqueid"))
        if second is None:
            continue
        behind = members[0].start - datetime.fromtimestamp(second, UTC).replace(tzinfo=None)
        quarters = round(behind / _QUARTER)
        if abs(behind - quarters * _QUARTER) <= _SLACK and abs(quarters) <= 14 * 4:
            found[quarters * _QUARTER] += 1
    if not found or not calls:
        return None
    offset, support = found.most_common(1)[0]
    return offset if support >= _MOST_AGREE * len(calls) else None


def _shown(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def calls_of(
    read: LegsRead, waiting: Mapping[str, Waiting], zone: tzinfo, contexts: frozenset[str]
) -> tuple[list[Call], frozenset[str], int]:
    """Return the inbound calls of a file, all its call ids, and how many outbound calls were left out."""
    groups = grouped(read.legs)
    own = extensions(read.legs)
    calls: list[Call] = []
    ids: set[str] = set()
    outbound = 0
    for key, legs in groups.items():
        ids.update((key, *(leg.text("uniqueid") for leg in legs)))
        if is_outbound(legs, own, contexts):
            outbound += 1
            continue
        known = next((waiting[leg.text("uniqueid")] for leg in legs if leg.text("uniqueid") in waiting), None)
        calls.append(_call(read, legs, known, zone))
    return calls, frozenset(ids), outbound


def _call(read: LegsRead, legs: list[Leg], known: Waiting | None, zone: tzinfo) -> Call:
    def utc(at: datetime) -> datetime:
        if read.offset is not None:
            return (at - read.offset).replace(tzinfo=UTC)
        return at.replace(tzinfo=zone).astimezone(UTC)

    first = legs[0]
    source = Source(read.file, first.row)
    talked = [leg for leg in legs if leg.with_agent]
    if known is not None and known.outcome is not None and known.outcome is not CallOutcome.ANSWERED:
        # CONNECT decides for what the queue did; a Dial after the queue is not in its log.
        talked = [leg for leg in talked if leg.application != "queue"]
    outcome = outcome_of(legs)
    if known is not None and known.outcome is not None:
        outcome = CallOutcome.ANSWERED if talked else known.outcome
    answered_at, agent, seconds = None, "", 0
    if outcome is CallOutcome.ANSWERED and known is not None and known.answered_at is not None:
        answered_at, agent, seconds = known.answered_at, known.agent, known.talk_seconds
    if outcome is CallOutcome.ANSWERED and talked:
        answered_at = answered_at or utc(talked[0].answer or talked[0].start)
        agent = agent or peer(talked[0].text("dstchannel"))
        seconds = seconds or sum(leg.seconds for leg in talked)
    ends = [leg.end for leg in legs if leg.end is not None]
    return Call(
        id=first.text("uniqueid") or str(source),
        source=source,
        started_at=utc(first.start),
        outcome=outcome,
        answered_at=answered_at,
        ended_at=utc(max(ends)) if ends else None,
        caller=first.text("src") or (known.caller if known else ""),
        callee=first.text("did") or first.text("dst"),
        agent=agent,
        talk_seconds=seconds,
        caller_name=_caller_name(first),
        recording=next((told for leg in (*talked, *legs) if (told := leg.text("recordingfile"))), ""),
    )


def _caller_name(leg: Leg) -> str:
    found = _NAME.fullmatch(leg.text("clid"))
    name = leg.text("cnam") or ((found["quoted"] or found["bare"] or "") if found else "")
    return "" if name == leg.text("src") else name.strip()


def call_of_queue(waiting: Waiting) -> Call:
    """Return a call that only the queue log knows."""
    second = epoch_in(waiting.id)
    started = datetime.fromtimestamp(second, UTC) if second is not None else waiting.entered_at
    return Call(
        id=waiting.id,
        source=Source(waiting.file, waiting.row),
        started_at=min(started, waiting.entered_at),
        outcome=waiting.outcome or CallOutcome.ABANDONED,
        answered_at=waiting.answered_at,
        ended_at=waiting.ended_at,
        caller=waiting.caller,
        agent=waiting.agent,
        talk_seconds=waiting.talk_seconds,
    )
