"""Where a number stands: in records here, in the list of all numbers a lead sent, in what stations told."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, tuple_

from desktop_app.domain.bundles import ListedNumber
from desktop_app.domain.entries import moment_of
from desktop_app.domain.numbers import Number, parse_number
from desktop_app.domain.steps import RecordState
from desktop_app.storage.tables import drafts, manifests, numbers, records, stations, writers


@dataclass(frozen=True, slots=True)
class Told:
    """What a station has said of its numbers: the highest given, drafts open and numbers void then."""

    highest: int
    open_drafts: frozenset[Number]
    voids: frozenset[Number]
    heard_at: datetime


def records_of(connection: Connection, wanted: Collection[Number]) -> dict[Number, str]:
    """Return the ids of the records, void and purged ones too, that have these numbers."""
    key = (records.c.station, records.c.drill, records.c.sequence)
    found = connection.execute(select(*key, records.c.id).where(tuple_(*key).in_(_keys(wanted))))
    return {Number(station, sequence, bool(drill)): subject for station, drill, sequence, subject in found}


def drafts_of(connection: Connection, wanted: Collection[Number]) -> dict[Number, str]:
    """Return the ids of the open drafts here that have these numbers."""
    key = (drafts.c.station, drafts.c.drill, drafts.c.sequence)
    found = connection.execute(select(*key, drafts.c.id).where(tuple_(*key).in_(_keys(wanted))))
    return {Number(station, sequence, bool(drill)): subject for station, drill, sequence, subject in found}


def listed(connection: Connection, wanted: Collection[Number]) -> dict[Number, ListedNumber]:
    """Return the lines of these numbers in the list that a lead sent last."""
    spelled = {str(number): number for number in wanted}
    c = numbers.c
    found = connection.execute(
        select(c.number, c.kind, c.station, c.state, c.owner).where(c.number.in_(spelled))
    )
    return {spelled[row.number]: ListedNumber(*row) for row in found}


def own_unsaved(connection: Connection, station: str, *, drill: bool) -> tuple[list[Number], list[Number]]:
    """Return the numbers of a station's open drafts and of its void records here, in their order."""
    own = [
        select(c.sequence).where(c.station == station, c.drill == int(drill)).order_by(c.sequence)
        for c in (drafts.c, records.c)
    ]
    own[1] = own[1].where(records.c.state == RecordState.VOID.value)
    open_drafts, voids = (
        [Number(station, sequence, drill) for sequence in connection.execute(query).scalars()]
        for query in own
    )
    return open_drafts, voids


def all_numbers(connection: Connection) -> list[ListedNumber]:
    """Return the numbers of all records here, void and purged ones too; ``owner`` is the handler's id."""
    c = records.c
    found = connection.execute(
        select(c.number, c.kind, c.station, c.state, c.handler)
        # A record whose save was undone has no number.
        .where(c.station != "")
        .order_by(c.station, c.drill, c.sequence, c.id)
    )
    return list({row.number: ListedNumber(*row) for row in found}.values())


def station_codes(connection: Connection, *, drill: bool) -> list[str]:
    """Return the codes of all stations whose writers or stores are known here, sorted."""
    known = {
        code
        for table in (stations, writers)
        for code in connection.execute(
            select(table.c.station).where(table.c.drill == int(drill)).distinct()
        ).scalars()
    }
    return sorted(known)


def told_by(connection: Connection, station: str, *, drill: bool) -> Told | None:
    """Return what the stores of a station code have said of their numbers; None where none was heard."""
    found = connection.execute(
        select(manifests.c.body, manifests.c.heard_at)
        .join(stations, stations.c.store == manifests.c.store)
        .where(stations.c.station == station, stations.c.drill == int(drill))
    ).all()
    if not found:
        return None
    bodies = [json.loads(row.body) for row in found]
    # What an older life of a store told of drafts is over; its numbers were given all the same.
    latest = {body["identity"]["store"]: body for body in sorted(bodies, key=lambda one: len(one["lives"]))}
    return Told(
        max(int(body["highest"]) for body in bodies),
        frozenset(_parsed(latest.values(), "open_drafts")),
        frozenset(_parsed(latest.values(), "voids")),
        moment_of(max(row.heard_at for row in found)),
    )


def highest_seen(connection: Connection, number: Number) -> int:
    """Return the highest sequence of the number's station in records here and in the list, 0 where none."""
    c = records.c
    held = connection.execute(
        select(func.max(c.sequence)).where(c.station == number.station, c.drill == int(number.drill))
    ).scalar()
    # All numbers of a station stand together in the order of their texts: one step in the index.
    before = str(number).partition("-")[0]
    last = connection.execute(
        select(func.max(numbers.c.number)).where(
            numbers.c.number > f"{before}-", numbers.c.number < f"{before}."
        )
    ).scalar()
    told = parse_number(last or "")
    return max(held or 0, told.sequence if told else 0)


def _parsed(bodies: Iterable[dict[str, Any]], name: str) -> Iterator[Number]:
    for body in bodies:
        yield from (number for text in body[name] if (number := parse_number(text)) is not None)


def _keys(wanted: Collection[Number]) -> list[tuple[str, int, int]]:
    return [(number.station, int(number.drill), number.sequence) for number in wanted]
