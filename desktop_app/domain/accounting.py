"""The equation of issued numbers, for one station (JOURNAL, equation; DESIGN promise 3).

``numbers issued (up to the mark, less skipped ranges) = records + void + open drafts + reserved and out +
unaccounted``, and every unaccounted number is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain, islice

from desktop_app.domain.ranges import Range, count, joined, members, ranges, without

MOST_UNACCOUNTED = 100_000
"""Numbers of one station that are named as lost; whoever says it gave more has not, and counts no further."""


@dataclass(frozen=True, slots=True)
class Held:
    """The sequences of one station by what became of them, and what its mark says.

    ``records`` are saved ones, purged ones too; each record subject gives its number once. ``reserved`` are
    the ranges of blocks for paper and spreadsheets, ``skipped`` the ranges no caller was ever given (what was
    left of a block and came back is one), ``waived`` the sequences a lead waived with a reason. ``highest``
    is the mark's, as far as it is known.
    """

    highest: int
    records: Collection[int] = ()
    voids: Collection[int] = ()
    drafts: Collection[int] = ()
    reserved: Collection[Range] = ()
    skipped: Collection[Range] = ()
    waived: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """The equation's terms as counts, and the numbers that need a person.

    ``unaccounted`` are all that nothing accounts for, ``waived`` those of them with a lead's waiver,
    ``twice`` those held by two subjects, which must never happen. A number in several classes counts in the
    first of records, void, drafts, reserved.
    """

    issued: int
    records: int
    void: int
    drafts: int
    reserved: int
    unaccounted: tuple[int, ...]
    waived: tuple[int, ...]
    twice: tuple[int, ...]

    @property
    def adds_up(self) -> bool:
        """Whether both sides are equal; anything else is a bug of this program."""
        named = self.records + self.void + self.drafts + self.reserved + len(self.unaccounted)
        return self.issued == named

    @property
    def settled(self) -> bool:
        """Whether closing may go on: nothing unaccounted without a waiver, nothing given twice."""
        return not self.twice and set(self.unaccounted) == set(self.waived)


def account(held: Held) -> Account:
    """Return the equation of one station's numbers.

    A number that turned up counts as issued although it lies above the known mark or in a skipped range, and
    a record that turns up cancels the waiver of its number.
    """
    counted = Counter(chain(held.records, held.voids, held.drafts))
    records = set(held.records)
    voids = set(held.voids) - records
    drafts = set(held.drafts) - records - voids
    # In ranges from here on: a block, or the number a station says it has come to, may be any size.
    single = ranges(records | voids | drafts)
    reserved = without(held.reserved, [*single, *held.skipped])
    known = joined([*single, *reserved])
    lost = without(without([(1, held.highest)], held.skipped), known)
    unaccounted = tuple(islice(members(lost), MOST_UNACCOUNTED))
    waived = set(held.waived)
    return Account(
        issued=count(known) + len(unaccounted),
        records=len(records),
        void=len(voids),
        drafts=len(drafts),
        reserved=count(reserved),
        unaccounted=unaccounted,
        waived=tuple(one for one in unaccounted if one in waived),
        twice=tuple(sorted(number for number, times in counted.items() if times > 1)),
    )
