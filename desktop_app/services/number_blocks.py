"""Blocks of numbers out on paper or in a spreadsheet: reserved, coming back, given back (JOURNAL)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain import ranges
from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.numbers import Number
from desktop_app.domain.ranges import Range
from desktop_app.services.records import reserve_numbers, revoke_all
from desktop_app.storage.number_blocks import skipped_between, used_between
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork, View

MOST_NUMBERS = 1_000
"""In one block: more calls than one person writes down in a week of outage."""
SPREADSHEET = "spreadsheet"

Made = tuple[tuple[Subject, str], ...]
"""Entries of one thing a person did, as an undo revokes them."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of reserved numbers.

    ``purpose`` is what it was reserved for (``spreadsheet``; empty where nothing was said), ``reserved_at``
    ISO 8601, ``reserved_by`` a staff number. ``used`` counts the numbers that something has, ``skipped``
    those given back unused; the rest is out.
    """

    id: str
    first: Number
    last: Number
    purpose: str
    for_whom: str
    reserved_at: str
    reserved_by: str
    used: int
    skipped: int

    @property
    def count(self) -> int:
        """How many numbers the block has."""
        return self.last.sequence - self.first.sequence + 1

    @property
    def out(self) -> int:
        """How many numbers nobody has heard of since."""
        return self.count - self.used - self.skipped


def reserve(
    store: Store, count: int, *, for_whom: str, now: datetime, purpose: str = SPREADSHEET
) -> list[Number]:
    """Reserve ``count`` numbers for somebody; they may be shown afterwards.

    Raises KnownError ``blocks.count`` for a count below one or above ``MOST_NUMBERS``.
    """
    if not 0 < count <= MOST_NUMBERS:
        raise KnownError("blocks.count", most=MOST_NUMBERS)
    told: dict[str, Value] = {
        "purpose": purpose,
        "for_whom": for_whom.strip(),
        "reserved_at": moment_text(now),
        "reserved_by": store.author.staff_number,
    }
    return reserve_numbers(store, count, now=now, told=told)


def blocks(store: Store) -> list[Block]:
    """Return the blocks reserved at this station, newest first."""
    with store.read() as view:
        found = [_block(view, state) for state in view.states(SubjectKind.NUMBER_BLOCK)]
    own = [block for block in found if block is not None]
    return sorted(own, key=lambda block: block.first.sequence, reverse=True)


def give_back(store: Store, block_id: str, *, reason: str, now: datetime) -> Made:
    """Take back what is still out of a block: nobody was or will be given those numbers.

    A row that turns up under one of them later is still taken. Raises KnownError ``log.reason_needed`` and
    ``blocks.nothing_out``.
    """
    if not reason.strip():
        raise KnownError("log.reason_needed")
    with store.change() as unit:
        state = unit.state(Subject(SubjectKind.NUMBER_BLOCK, block_id))
        spans = _out(unit, state)
        if not spans:
            raise KnownError("blocks.nothing_out")
        return skip(unit, spans, reason=reason.strip(), now=now)


def take_back(store: Store, made: Made, *, now: datetime) -> None:
    """Undo ``give_back``: the numbers are out again. Raises KnownError ``log.changed_since``."""
    with store.change() as unit:
        revoke_all(unit, made, now)


def skip(unit: UnitOfWork, spans: Iterable[Range], *, reason: str, now: datetime) -> Made:
    """Write that no caller was given the numbers of these ranges of this station."""
    made: list[tuple[Subject, str]] = []
    for first, last in spans:
        subject = unit.new_subject(SubjectKind.NUMBER_BLOCK, now)
        told: dict[str, Value] = {
            "station": unit.life.station,
            "drill": unit.life.drill,
            "first": first,
            "last": last,
            "use": "skipped",
        }
        entry = unit.change(subject, told, at=now, reason=reason)
        if entry is not None:
            made.append((subject, entry.id))
    return tuple(made)


def _block(view: View, state: State) -> Block | None:
    span = span_of(view, state)
    if span is None:
        return None
    first, last = span
    used = used_between(view, first, last)
    skipped = ranges.without(skipped_between(view, first, last), ranges.ranges(used))
    inside = ranges.without([(first.sequence, last)], ranges.without([(first.sequence, last)], skipped))
    return Block(
        id=state.subject.id,
        first=first,
        last=Number(first.station, last, first.drill),
        purpose=state.text("purpose"),
        for_whom=state.text("for_whom"),
        reserved_at=state.text("reserved_at"),
        reserved_by=state.text("reserved_by"),
        used=len(used),
        skipped=ranges.count(inside),
    )


def _out(view: View, state: State) -> list[Range]:
    span = span_of(view, state)
    if span is None:
        return []
    first, last = span
    gone = [*ranges.ranges(used_between(view, first, last)), *skipped_between(view, first, last)]
    return ranges.without([(first.sequence, last)], gone)


def span_of(view: View, state: State) -> tuple[Number, int] | None:
    """Return first number and last sequence of a block reserved here; None for any other block."""
    first, last = state.value("first"), state.value("last")
    life, own = view.life, (state.text("station"), state.value("drill") is True)
    if state.text("use") != "reserved" or own != (life.station, life.drill):
        return None
    # Whoever wrote an entry may have written anything.
    if not (type(first) is int and type(last) is int and 0 < first <= last < 10**9):
        return None
    return Number(life.station, first, life.drill), last
