"""Where every number went that a store knows of, station by station (DESIGN promise 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop_app.domain.accounting import Account, Held, Range, account
from desktop_app.domain.folding import State
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.numbers import Number, parse_number
from desktop_app.domain.steps import RECORDS, RecordState, current
from desktop_app.storage.drafts import all_drafts
from desktop_app.storage.unit_of_work import View

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


def account_numbers(view: View, highest: int = 0) -> dict[Station, Account]:
    """Return the equation of each station whose numbers the store holds.

    ``highest`` is what this station's mark says; of other stations the highest number seen counts.
    """
    known: dict[Station, _Known] = defaultdict(_Known)
    for number, void in _numbers(view):
        station = known[number.station, number.drill]
        (station.voids if void else station.records).append(number.sequence)
    for draft in all_drafts(view):
        known[draft.number.station, draft.number.drill].drafts.append(draft.number.sequence)
    for block in view.states(SubjectKind.NUMBER_BLOCK):
        _add_block(known, block)
    for waiver in view.states(SubjectKind.NUMBER_WAIVER):
        waived = parse_number(waiver.text("number"))
        if waived is not None:
            known[waived.station, waived.drill].waived.append(waived.sequence)
    own = (view.life.station, view.life.drill)
    known.setdefault(own, _Known())
    tops = {own: max(highest, view.highest_number())}
    return {station: _account(held, tops.get(station, 0)) for station, held in sorted(known.items())}


def _account(held: _Known, highest: int) -> Account:
    ends = [last for _, last in (*held.reserved, *held.skipped)]
    seen = (*held.records, *held.voids, *held.drafts, *ends)
    return account(
        Held(
            highest=max((highest, *seen)),
            records=held.records,
            voids=held.voids,
            drafts=held.drafts,
            reserved=held.reserved,
            skipped=held.skipped,
            waived=held.waived,
        )
    )


def _numbers(view: View) -> Iterator[tuple[Number, bool]]:
    for state in view.states(SubjectKind.RECORD):
        buried = state.tombstone
        text = state.text("number") if buried is None else str(buried.get("number", ""))
        number = parse_number(text)
        if number is not None:
            yield number, buried is None and current(state, RECORDS) is RecordState.VOID


def _add_block(known: dict[Station, _Known], block: State) -> None:
    first, last = block.value("first"), block.value("last")
    if isinstance(first, int) and isinstance(last, int):
        station = known[block.text("station"), bool(block.value("drill"))]
        (station.skipped if block.text("use") == "skipped" else station.reserved).append((first, last))
