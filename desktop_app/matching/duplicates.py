"""One call and matter written twice, told from a second matter of the call and from the caller calling again.

Two records of one person count as one only where the matter reads alike and the call is the same: by the call
log where both have a call there, else within two minutes and in words of their own. What is near that is
left to a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from desktop_app.domain.reconciliation import HandRecord, Reason
from desktop_app.matching.addresses import AddressLevel, compare_addresses, same_door
from desktop_app.matching.calls import Link
from desktop_app.matching.comparison import CodeLevel, Comparer, compare_codes
from desktop_app.matching.features import Side
from desktop_app.matching.names import NameLevel, compare_names
from desktop_app.matching.phones import NEAR, PhoneLevel, compare_phones, deletions, is_whole
from desktop_app.matching.texts import TextLevel

_AT_ONCE = timedelta(minutes=2)
_TWICE_SAVED = timedelta(minutes=1)
_NEARLY_EQUAL = 0.92
_SOON = timedelta(minutes=15)
_ONE_CALL = timedelta(minutes=5)
_MOST_OF_ONE_KEY = 60
_OTHER_NAME = (NameLevel.SURNAME, NameLevel.DIFFERENT)
_FULL_NAME = (NameLevel.SAME, NameLevel.SOUNDS)


@dataclass(frozen=True, slots=True)
class Twins:
    """Which records are surely one (record → all of its group), and which may be (record → the others)."""

    groups: Mapping[int, frozenset[int]]
    suspected: Mapping[int, frozenset[int]]
    reasons: Mapping[tuple[int, int], tuple[Reason, ...]]

    def group(self, record: int) -> frozenset[int]:
        """Return the records that are surely one with this, itself among them."""
        return self.groups.get(record, frozenset({record}))

    def reason(self, record: int, head: int) -> tuple[Reason, ...]:
        """Return why the record is the same entry as ``head``."""
        one, other = sorted((record, head))
        return self.reasons.get((one, other), (Reason("same_call", 0.0, {"seconds": "0"}),))


def find_duplicates(
    records: Sequence[HandRecord],
    sides: Sequence[Side],
    comparer: Comparer,
    links: Mapping[int, Link],
    apart: Callable[[HandRecord, HandRecord], bool],
) -> Twins:
    """Return the double entries among the records, less those that a person told ``apart``."""
    sure: dict[int, set[int]] = defaultdict(set)
    suspected: dict[int, set[int]] = defaultdict(set)
    reasons: dict[tuple[int, int], tuple[Reason, ...]] = {}
    for one, other in _pairs(sides):
        gap = _gap(records[one], records[other])
        if gap is None or gap > _SOON or apart(records[one], records[other]):
            continue
        if not _same_person(sides[one], sides[other]):
            if gap <= _ONE_CALL and _same_household(sides[one], sides[other], comparer):
                suspected[one].add(other)
                suspected[other].add(one)
            continue
        same_call = _same_call(one, other, links)
        likeness = comparer.compare_texts(sides[one], sides[other])
        verdict = _same_matter(records[one], records[other], likeness.level)
        if verdict is False:
            continue
        if same_call is False:
            # Another call by the log, yet word for word the same within minutes: a person may want to look.
            if verdict and gap <= _ONE_CALL and likeness.dice >= _NEARLY_EQUAL:
                suspected[one].add(other)
                suspected[other].add(one)
            continue
        two_stations = records[one].station != records[other].station
        phones = set(sides[one].phones) & set(sides[other].phones)
        at_once = (
            one not in links
            and other not in links
            and gap <= (_AT_ONCE if two_stations else _TWICE_SAVED)
            and likeness.level is TextLevel.SPECIFIC
            and bool(phones)
            and likeness.dice >= _NEARLY_EQUAL
        )
        # The phone called once, and the same words were written twice: both are of that call.
        only_call = (
            (one in links) != (other in links)
            and gap <= _ONE_CALL
            and likeness.dice >= _NEARLY_EQUAL
            and any(comparer.calls_of(digits) == 1 for digits in phones)
        )
        # A second matter of the call is written at the same station, and may sound alike.
        one_entry = same_call and gap <= _ONE_CALL and (two_stations or likeness.dice >= _NEARLY_EQUAL)
        if verdict and (one_entry or at_once or only_call):
            sure[one].add(other)
            sure[other].add(one)
            code = "same_call" if same_call or only_call else "same_moment"
            reasons[one, other] = (Reason(code, 0.0, {"seconds": f"{int(gap.total_seconds())}"}),)
        elif verdict or same_call or gap <= _ONE_CALL:
            suspected[one].add(other)
            suspected[other].add(one)
    groups = {}
    for record, others in sure.items():
        group = frozenset({record, *others})
        # Each must be one with each: a chain of near entries may join two calls.
        if all({member, *sure[member]} == group for member in group):
            groups[record] = group
        else:
            suspected[record] |= others
    return Twins(groups, {record: frozenset(others) for record, others in suspected.items()}, reasons)


def _pairs(sides: Sequence[Side]) -> Iterator[tuple[int, int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, side in enumerate(sides):
        found = {f"door {side.address.door}"} if side.address.specific else set()
        for digits in side.phones:
            found.update(deletions(digits) if len(digits) >= 7 else ())
            found.add(digits)
        if side.customer:
            found.add(f"customer {side.customer}")
        for key in found:
            blocks[key].append(index)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) > _MOST_OF_ONE_KEY:
            continue
        for place, one in enumerate(members):
            for other in members[place + 1 :]:
                if one != other:
                    seen.add((one, other))
    return iter(sorted(seen))


def _gap(one: HandRecord, other: HandRecord) -> timedelta | None:
    if one.received_at is None or other.received_at is None:
        return None
    return abs(one.received_at - other.received_at)


def _same_person(one: Side, other: Side) -> bool:
    name = compare_names(one.name, other.name)
    if name in _OTHER_NAME or compare_codes(one.customer, other.customer) is CodeLevel.DIFFERENT:
        return False
    if compare_addresses(one.address, other.address) is AddressLevel.DIFFERENT:
        return False
    levels = {compare_phones(mine, theirs) for mine in one.phones for theirs in other.phones}
    if PhoneLevel.SAME in levels or compare_codes(one.customer, other.customer) is CodeLevel.SAME:
        return True
    near = not levels or bool(levels & NEAR)
    return near and name in _FULL_NAME and (bool(levels) or same_door(one.address, other.address))


def _same_household(one: Side, other: Side, comparer: Comparer) -> bool:
    """Whether one door told one story, nothing that was written of the person being different."""
    if compare_names(one.name, other.name) in _OTHER_NAME or not same_door(one.address, other.address):
        return False
    whole = [digits for side in (one, other) for digits in side.phones if is_whole(digits)]
    told = len(whole) < 2 or len(set(whole)) == 1
    return told and comparer.compare_texts(one, other).dice >= _NEARLY_EQUAL


def _same_call(one: int, other: int, links: Mapping[int, Link]) -> bool | None:
    """Whether the log has both in one call; None where it does not know or several calls can be meant."""
    mine, theirs = links.get(one), links.get(other)
    if mine is None or theirs is None:
        return None
    if mine.call == theirs.call:
        return True if mine.alone and theirs.alone else None
    return False


def _same_matter(one: HandRecord, other: HandRecord, level: TextLevel) -> bool | None:
    """Whether both tell one matter, their texts agreeing on ``level``; None where that is not clear."""
    sorted_otherwise = CodeLevel.DIFFERENT in (
        compare_codes(one.kind, other.kind),
        compare_codes(one.category, other.category),
    )
    if level in (TextLevel.SPECIFIC, TextLevel.ALIKE):
        return None if sorted_otherwise else True
    if sorted_otherwise:
        return False
    # Other words for one thing share none: what was sorted alike is left to a person.
    sorted_alike = compare_codes(one.category, other.category) is CodeLevel.SAME
    if level is TextLevel.NONE:
        return None if sorted_alike else False
    # A second matter of a call is written by the same agent; two stations writing are more likely one entry.
    two_stations = one.station != other.station or one.agent != other.agent
    return None if two_stations or sorted_alike or level is TextLevel.MISSING else False
