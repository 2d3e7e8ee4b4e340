"""A number that a caller quotes, found at whichever station it is: who holds it, and what can be told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain

from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.numbers import Number
from desktop_app.domain.phones import masked
from desktop_app.domain.quoted_numbers import quoted
from desktop_app.domain.steps import RECORDS, RecordState, current
from desktop_app.domain.times import parse_iso
from desktop_app.services.drafts import person_name
from desktop_app.storage.drafts import find_draft
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.number_list import (
    Told,
    drafts_of,
    highest_seen,
    listed,
    records_of,
    station_codes,
    told_by,
)
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View

MOST_FOUND = 9
"""Numbers that are offered where a text may mean several."""


class Where(StrEnum):
    """How far what a number stands for is at hand here."""

    RECORD = "record"
    DRAFT = "draft"
    LISTED = "listed"


class Absent(StrEnum):
    """Why nothing was found.

    ``EMPTY``: nothing was typed; ``UNREADABLE``: it is no number; ``DRILL``: of a drill, asked in real work;
    ``MISHEARD``: the check digit does not fit and no number near it exists; ``NOT_GIVEN``: this station has
    not given it; ``NO_RECORD``: this station gave it, and neither record nor draft has it; ``PAPER``: it is
    of a block reserved for paper forms or tables; ``ON_ITS_WAY``: another station has given it, and what it
    says is not here; ``BEYOND``: that station had not given it when it was heard last; ``NOT_HEARD``: that
    station has said nothing yet; ``NO_STATION``: nobody knows such a station.
    """

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    DRILL = "drill"
    MISHEARD = "misheard"
    NOT_GIVEN = "not_given"
    NO_RECORD = "no_record"
    PAPER = "paper"
    ON_ITS_WAY = "on_its_way"
    BEYOND = "beyond"
    NOT_HEARD = "not_heard"
    NO_STATION = "no_station"


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number that exists. ``subject_id`` opens its record or draft here, "" where it is not (any more).

    ``holder`` is who wrote it, or to whom the list says it belongs; ``kind`` and ``state`` are codes, ""
    where unknown. Caller and masked phone are those of a record here: the list holds nothing of them.
    """

    number: Number
    where: Where
    subject_id: str
    kind: str
    state: str
    holder: str
    own_station: bool
    received_at: datetime | None = None
    caller_name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a text led to: numbers that exist, likeliest first, or why there is none.

    ``corrected``: what was typed has a wrong check digit, and the numbers are one slip away from it.
    ``checked``: the check digit was typed and fits. Where nothing was found, ``number`` is what the text most
    likely means and ``highest`` the highest sequence known of its station, with the time it was heard.
    """

    numbers: tuple[FoundNumber, ...] = ()
    corrected: bool = False
    checked: bool = False
    absent: Absent | None = None
    number: Number | None = None
    highest: int = 0
    heard_at: datetime | None = None


def find_number(store: Store, text: str) -> Found:
    """Return what a caller's number, typed as it was heard, leads to: records and drafts here, then the list.

    Changes nothing and asks nobody; what is unknown here says whom to ask.
    """
    if not text.strip():
        return Found(absent=Absent.EMPTY)
    with store.read() as view:
        return _Search(store, view).search(text)


class _Search:
    """One question to one view of the store."""

    def __init__(self, store: Store, view: View) -> None:
        self._store, self._view, self._life = store, view, view.life
        self._codes = station_codes(view.connection, drill=self._life.drill)
        self._told: dict[str, Told | None] = {}

    def search(self, text: str) -> Found:
        meant = quoted(text, station=self._life.station, drill=self._life.drill, known=self._codes)
        found = self._existing(meant.meant)
        if found:
            return Found(found, checked=meant.checked)
        if meant.slips and not any(one.sequence <= self._highest(one) for one in meant.meant):
            near = self._existing(meant.slips)
            return Found(near, corrected=True, absent=None if near else Absent.MISHEARD)
        if not meant.meant:
            return Found(absent=Absent.UNREADABLE)
        known = {self._life.station, *self._codes}
        number = next((one for one in meant.meant if one.station in known), meant.meant[0])
        told = self._of_station(number)
        return Found(
            checked=meant.checked,
            absent=self._why_absent(number, known),
            number=number,
            highest=self._highest(number),
            heard_at=told.heard_at if told else None,
        )

    def _existing(self, asked: Sequence[Number]) -> tuple[FoundNumber, ...]:
        """Return those of the numbers that exist, likeliest first, those here before those in lists."""
        held = dict(chain(self._in_list(asked), self._drafts(asked), self._records(asked)))
        ordered = [held[number] for number in asked if number in held]
        return tuple(sorted(ordered, key=lambda one: one.where is Where.LISTED)[:MOST_FOUND])

    def _records(self, asked: Sequence[Number]) -> Iterator[tuple[Number, FoundNumber]]:
        held = records_of(self._view.connection, asked)
        states = states_by_id(self._view.connection, SubjectKind.RECORD, held.values())
        for number, subject_id in held.items():
            state = states[subject_id]
            gone = state.tombstone is not None
            yield (
                number,
                FoundNumber(
                    number,
                    Where.RECORD,
                    "" if gone else subject_id,
                    state.text("kind"),
                    RecordState.PURGED.value if gone else current(state, RECORDS).value,
                    person_name(self._view, state.text("first_handler")) or state.text("agent"),
                    number.station == self._life.station,
                    parse_iso(state.text("received_at"), UTC),
                    state.text("caller_name"),
                    masked(state.text("phone")),
                ),
            )

    def _drafts(self, asked: Sequence[Number]) -> Iterator[tuple[Number, FoundNumber]]:
        for number, subject_id in drafts_of(self._view.connection, asked).items():
            if (draft := find_draft(self._view, subject_id)) is None:
                continue
            told = {key: str(draft.values.get(key) or "") for key in ("kind", "caller_name", "phone")}
            yield (
                number,
                FoundNumber(
                    number,
                    Where.DRAFT,
                    subject_id,
                    told["kind"],
                    RecordState.DRAFT.value,
                    person_name(self._view, draft.actor),
                    True,
                    draft.started_at,
                    told["caller_name"],
                    masked(told["phone"]),
                ),
            )

    def _in_list(self, asked: Sequence[Number]) -> Iterator[tuple[Number, FoundNumber]]:
        """Yield what a lead's list tells, else what the station itself told of drafts and voids."""
        lines = listed(self._view.connection, asked)
        for number in asked:
            own = number.station == self._life.station
            if (line := lines.get(number)) is not None:
                yield (
                    number,
                    FoundNumber(number, Where.LISTED, "", line.kind, line.state, line.owner, own),
                )
            elif (told := self._of_station(number)) is not None and number in told.open_drafts | told.voids:
                state = RecordState.VOID if number in told.voids else RecordState.DRAFT
                yield number, FoundNumber(number, Where.LISTED, "", "", state.value, "", own)

    def _why_absent(self, number: Number, known: Collection[str]) -> Absent:
        given = number.sequence <= self._highest(number)
        if number.drill and not self._life.drill:
            return Absent.DRILL
        if number.station == self._life.station:
            if self._view.is_reserved(number):
                return Absent.PAPER
            return Absent.NO_RECORD if given else Absent.NOT_GIVEN
        if number.station not in known:
            return Absent.NO_STATION
        if not self._highest(number):
            return Absent.NOT_HEARD
        return Absent.ON_ITS_WAY if given else Absent.BEYOND

    def _highest(self, number: Number) -> int:
        """Return the highest sequence known to have been given at the number's station, 0 where none."""
        if (number.station, number.drill) == (self._life.station, self._life.drill):
            return max(self._store.marks.highest(), self._view.highest_number())
        told = self._of_station(number)
        return max(told.highest if told else 0, highest_seen(self._view.connection, number))

    def _of_station(self, number: Number) -> Told | None:
        if number.station not in self._told:
            self._told[number.station] = told_by(
                self._view.connection, number.station, drill=self._life.drill
            )
        return self._told[number.station]
