"""Where every number went that a store knows of, station by station (JOURNAL, equation; DESIGN promise 3)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select

from desktop_app.domain.accounting import Account, Held, account
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.numbers import parse_number
from desktop_app.domain.ranges import Range
from desktop_app.domain.steps import RecordState
from desktop_app.storage.going_on import KNOWN_NUMBER
from desktop_app.storage.tables import drafts, number_blocks, records, settings
from desktop_app.storage.unit_of_work import View

FIRST_NUMBER = "first_number"
"""Setting of a store that took the place of another under its code: the numbers below are not its own."""

Station = tuple[str, bool]
"""A station code, and whether its numbers are those of a drill."""


@dataclass(slots=True)
class _Known:
    records: list[int] = field(default_factory=list)
    voids: list[int] = field(default_factory=list)
    drafts: list[int] = field(default_factory=list)
    reserved: list[Range] = field(default_factory=list)
    skipped: list[Range] = field(default_factory=list)
    waived: list[int] = field(default_factory=list)


def account_numbers(view: View, marked: int) -> dict[Station, Account]:
    """Return the equation of each station whose numbers the store holds; of its own one always.

    ``marked`` is the highest number of this station's mark; of other stations the highest number seen counts.
    """
    known = _known(view)
    own = (view.life.station, view.life.drill)
    told = dict(view.connection.execute(select(settings.c.name, settings.c.value)).all())
    if FIRST_NUMBER in told:
        known[own].skipped.append((1, int(told[FIRST_NUMBER]) - 1))
    given = max(marked, int(told.get(KNOWN_NUMBER, 0)), view.highest_number())
    known.setdefault(own, _Known())
    return {
        station: _account(held, given if station == own else 0) for station, held in sorted(known.items())
    }


def _known(view: View) -> defaultdict[Station, _Known]:
    known: defaultdict[Station, _Known] = defaultdict(_Known)
    run = view.connection.execute
    # A record whose save was undone has no number.
    numbered = records.c.station != ""
    for station, drill, sequence, state in run(
        select(records.c.station, records.c.drill, records.c.sequence, records.c.state).where(numbered)
    ):
        held = known[station, bool(drill)]
        (held.voids if state == RecordState.VOID.value else held.records).append(sequence)
    for station, drill, sequence in run(select(drafts.c.station, drafts.c.drill, drafts.c.sequence)):
        known[station, bool(drill)].drafts.append(sequence)
    block = number_blocks.c
    for station, drill, use, first, last in run(
        select(block.station, block.drill, block.use, block.first, block.last)
    ):
        held = known[station, bool(drill)]
        (held.skipped if use == "skipped" else held.reserved).append((first, last))
    for waiver in view.states(SubjectKind.NUMBER_WAIVER):
        waived = parse_number(waiver.text("number"))
        if waived is not None:
            known[waived.station, waived.drill].waived.append(waived.sequence)
    return known


def _account(known: _Known, given: int) -> Account:
    ends = [last for _, last in (*known.reserved, *known.skipped)]
    return account(
        Held(
            highest=max((given, *known.records, *known.voids, *known.drafts, *ends)),
            records=known.records,
            voids=known.voids,
            drafts=known.drafts,
            reserved=known.reserved,
            skipped=known.skipped,
            waived=known.waived,
        )
    )
