"""Where every number went that a store knows of, station by station (JOURNAL, equation; DESIGN promise 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from desktop_app.domain.accounting import Account, Held, account
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.numbers import parse_number
from desktop_app.domain.ranges import Range, without
from desktop_app.domain.steps import RecordState
from desktop_app.storage.going_on import KNOWN_NUMBER
from desktop_app.storage.manifests import Heard, heard_manifests
from desktop_app.storage.tables import drafts, number_blocks, records, settings
from desktop_app.storage.unit_of_work import View

FIRST_NUMBER = "first_number"
"""Setting of a store that took the place of another under its code: the numbers below are not its own."""

Station = tuple[str, bool]
"""A station code, and whether its numbers are those of a drill."""


@dataclass(frozen=True, slots=True)
class Told:
    """What another store says of its numbers: its own go from ``first`` to ``highest`` (0: none given yet).

    ``drafts`` and ``voids`` are sequences; whatever turned up here since is newer.
    """

    first: int
    highest: int
    drafts: tuple[int, ...] = ()
    voids: tuple[int, ...] = ()


@dataclass(slots=True)
class _Known:
    records: list[int] = field(default_factory=list)
    voids: list[int] = field(default_factory=list)
    drafts: list[int] = field(default_factory=list)
    reserved: list[Range] = field(default_factory=list)
    skipped: list[Range] = field(default_factory=list)
    waived: list[int] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    def top(self) -> int:
        ends = [last for _, last in (*self.reserved, *self.skipped)]
        told = [one.highest for one in self.told]
        return max((0, *self.records, *self.voids, *self.drafts, *ends, *told))


def account_numbers(view: View, marked: int) -> dict[Station, Account]:
    """Return the equation of each station whose numbers the store holds; of its own one always.

    ``marked`` is the highest number of this station's mark; of other stations what they said last counts, and
    the highest number seen.
    """
    return {station: account(held) for station, held in held_numbers(view, marked).items()}


def held_numbers(view: View, marked: int, heard: Sequence[Heard] | None = None) -> dict[Station, Held]:
    """Return the sequences of each station by what became of them; see ``account_numbers``.

    ``heard`` are the manifests here, where somebody has read them already.
    """
    known = _known(view)
    own = known[view.life.station, view.life.drill]
    own.told.append(own_numbers(view, marked))
    heard = heard_manifests(view.connection) if heard is None else heard
    for station, told in _told_numbers(heard, view.life.store):
        known[station].told.append(told)
    return {station: _held(one) for station, one in sorted(known.items())}


def own_numbers(view: View, marked: int) -> Told:
    """Return what the store says of its own numbers; its drafts and voids lie in its tables."""
    told = dict(view.connection.execute(select(settings.c.name, settings.c.value)).all())
    given = max(marked, int(told.get(KNOWN_NUMBER, 0)), view.highest_number())
    return Told(int(told.get(FIRST_NUMBER, 1)), given)


def _told_numbers(heard: Iterable[Heard], own: str) -> Iterator[tuple[Station, Told]]:
    """Yield what each other store said last of its numbers, by its station."""
    last = {one.manifest.identity.store: one.manifest for one in heard}
    for store, manifest in last.items():
        if store != own:
            station = (manifest.identity.station, manifest.identity.drill)
            drafts, voids = (_sequences(station, told) for told in (manifest.open_drafts, manifest.voids))
            yield station, Told(manifest.first_number, manifest.highest, drafts, voids)


def _sequences(station: Station, numbers: Iterable[str]) -> tuple[int, ...]:
    found = (parse_number(number) for number in numbers)
    return tuple(one.sequence for one in found if one is not None and (one.station, one.drill) == station)


def _known(view: View) -> defaultdict[Station, _Known]:
    known: defaultdict[Station, _Known] = defaultdict(_Known)
    run = view.connection.execute
    r = records.c
    # A record whose save was undone has no number. All of a station's in one text, out of the index alone:
    # a board over forty stations asks for them every few seconds.
    for station, drill, sequences in run(
        select(r.station, r.drill, func.group_concat(r.sequence))
        .where(r.station != "")
        .group_by(r.station, r.drill)
    ):
        known[station, bool(drill)].records = [int(one) for one in sequences.split(",")]
    for station, drill, sequence in run(
        select(r.station, r.drill, r.sequence).where(
            r.station != "", r.listed == 0, r.state == RecordState.VOID.value
        )
    ):
        known[station, bool(drill)].records.remove(sequence)
        known[station, bool(drill)].voids.append(sequence)
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


def _held(known: _Known) -> Held:
    top = known.top()
    seen = {*known.records, *known.voids, *known.drafts}
    return Held(
        highest=top,
        records=known.records,
        voids=[*known.voids, *({one for told in known.told for one in told.voids} - seen)],
        drafts=[*known.drafts, *({one for told in known.told for one in told.drafts} - seen)],
        reserved=known.reserved,
        skipped=[*known.skipped, *_nobodys(known.told, top)],
        waived=known.waived,
    )


def _nobodys(told: Sequence[Told], top: int) -> list[Range]:
    """Return the numbers between those of stores that took each other's place, and those before the first.

    The one that took its place last goes on as far as any number goes.
    """
    by_first = sorted(told, key=lambda one: one.first)
    spans = [(one.first, one.highest) for one in by_first[:-1]] + [(one.first, top) for one in by_first[-1:]]
    return without([(1, top)], spans) if spans else []
