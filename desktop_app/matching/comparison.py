"""One record and one CRM row side by side: on which level each field agrees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop_app.domain.numbers import parse_number
from desktop_app.matching.addresses import AddressLevel, compare_addresses, same_door
from desktop_app.matching.features import Side, telling
from desktop_app.matching.names import NameLevel, compare_names
from desktop_app.matching.phones import ORDER, PhoneLevel, compare_phones
from desktop_app.matching.texts import Corpus, Likeness


class NumberLevel(StrEnum):
    """Whether the row names the record.

    ``text`` is a number without our check digit that stands in the row's words or more than once; alone in
    the row's number field it is as good as ours. ``other`` is another record's.
    """

    SAME = "same"
    TEXT = "text"
    OTHER = "other"
    MISSING = "missing"


class CodeLevel(StrEnum):
    """Whether customer numbers or categories are the same."""

    SAME = "same"
    DIFFERENT = "different"
    MISSING = "missing"


class TimeLevel(StrEnum):
    """How far apart the call times lie; ``created_*`` where only the row's making is known.

    A row is made after its call, usually at back-fill: ``created_after`` says nothing, ``created_late`` that
    back-fill took more than three days, ``created_before`` that the row cannot be of this call.
    """

    MINUTES_2 = "minutes_2"
    MINUTES_10 = "minutes_10"
    MINUTES_30 = "minutes_30"
    HOURS_2 = "hours_2"
    HOURS_12 = "hours_12"
    FAR = "far"
    SAME_DAY = "same_day"
    CREATED_CLOSE = "created_close"
    CREATED_AFTER = "created_after"
    CREATED_LATE = "created_late"
    CREATED_BEFORE = "created_before"
    MISSING = "missing"


_STEPS = (
    (timedelta(minutes=2), TimeLevel.MINUTES_2),
    (timedelta(minutes=10), TimeLevel.MINUTES_10),
    (timedelta(minutes=30), TimeLevel.MINUTES_30),
    (timedelta(hours=2), TimeLevel.HOURS_2),
    (timedelta(hours=12), TimeLevel.HOURS_12),
)
_CREATED_EARLY = timedelta(minutes=5)
_CREATED_LATE = timedelta(minutes=15)
# A date without a time reads as midnight: a row may seem made up to a day and a zone before its call.
_BEFORE = timedelta(hours=26)
_LATE = timedelta(days=3)
_NOISE = timedelta(minutes=20)
_ABOUT = timedelta(minutes=45)
_DAY = timedelta(days=1)
_HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The levels of one pair; ``gap`` is record minus row, ``phones`` the two that agree best.

    ``by_call`` tells a phone known from the log only, ``contested`` a near phone that exactly exists on the
    other side, ``lone`` that no other record or row has the phone and the log has at most one call of it,
    ``one_call`` that the log has just one and lasts over both times, ``unwritten`` that it has more calls of
    this phone than there are records, ``made_before`` that the row is older than the call, ``title``
    how many records, or rows if more, have the summary that both have (0 where they differ or tell little),
    ``alone_then`` that no other record or row of the phone lies within half an hour.
    """

    record: int
    row: int
    number: NumberLevel
    phone: PhoneLevel
    name: NameLevel
    customer: CodeLevel
    address: AddressLevel
    door: bool
    text: Likeness
    category: CodeLevel
    time: TimeLevel
    gap: timedelta | None
    phones: tuple[str, str] = ("", "")
    by_call: bool = False
    contested: bool = False
    lone: bool = False
    one_call: bool = False
    unwritten: bool = False
    made_before: bool = False
    title: int = 0
    alone_then: bool = False

    def levels(self) -> dict[str, str]:
        """Return field → level, as the weights are kept."""
        return {
            "number": self.number.value,
            "phone": self.phone.value,
            "name": self.name.value,
            "customer": self.customer.value,
            "address": "door" if self.door else self.address.value,
            "text": self.text.level.value,
            "category": self.category.value,
            "time": self.time.value,
        }


class Comparer:
    """Compares records and rows by index, knowing all of both sides (what is frequent, what exists twice)."""

    def __init__(
        self,
        records: Sequence[Side],
        rows: Sequence[Side],
        category_words: Mapping[str, str],
        calls: Sequence[tuple[str, datetime]] = (),
    ) -> None:
        self.records = records
        self.rows = rows
        self._category_words = category_words
        self._corpus = Corpus(side.text for sides in (records, rows) for side in sides)
        self._known = {number for side in records for number in side.numbers}
        self._own_numbers = tuple(Counter(side.own_number for side in sides) for sides in (records, rows))
        self._titles = tuple(Counter(side.title for side in sides) for sides in (records, rows))
        self._record_phones = Counter(digits for side in records for digits in side.phones)
        self._row_phones = Counter(digits for side in rows for digits in side.phones)
        self.dates_only = dates_only(side.occurred for side in rows)
        self._call_times: dict[str, list[datetime]] = defaultdict(list)
        for digits, at in calls:
            self._call_times[digits].append(at)
        self._record_times: dict[str, list[datetime]] = defaultdict(list)
        for side in records:
            if side.occurred:
                for digits in side.phones:
                    self._record_times[digits].append(side.occurred)
        self._row_times: dict[str, list[datetime]] = defaultdict(list)
        for side in rows:
            if side.occurred:
                for digits in side.phones:
                    self._row_times[digits].append(side.occurred)
        self._calls = Counter(digits for digits, _ in calls)
        times = [at for _, at in calls]
        self._logged = (min(times), max(times)) if times else None

    def worth(self, record: int, row: int) -> bool:
        """Whether anything of the pair tells a person or the record: else it is neither match nor rival."""
        one, other = self.records[record], self.rows[row]
        if one.numbers & other.numbers:
            return True
        if one.title and one.title == other.title:
            return True
        if one.occurred and other.created and one.occurred - other.created > _BEFORE:
            return False
        if one.customer and one.customer == other.customer:
            return True
        name = compare_names(one.name, other.name)
        if name in (NameLevel.SAME, NameLevel.SOUNDS):
            return True
        phone, _ = self._phone(one, other)
        if phone in (PhoneLevel.DIFFERENT, PhoneLevel.MISSING):
            nobody = phone is PhoneLevel.MISSING and name in (NameLevel.MISSING, NameLevel.PART)
            return nobody or same_door(one.address, other.address)
        return True

    def compare(self, record: int, row: int) -> Comparison:
        """Return on which level each field of the pair agrees."""
        one, other = self.records[record], self.rows[row]
        phone, phones = self._phone(one, other)
        time, gap = self._time(one, other)
        return Comparison(
            record=record,
            row=row,
            number=self._number(one, other),
            phone=phone,
            name=compare_names(one.name, other.name),
            customer=compare_codes(one.customer, other.customer),
            address=compare_addresses(one.address, other.address),
            door=same_door(one.address, other.address),
            text=self.compare_texts(one, other),
            category=self._category(one, other),
            time=time,
            gap=gap,
            phones=phones,
            by_call=one.by_call and bool(one.phones) and phones[0] == one.phones[-1],
            contested=phone not in (PhoneLevel.SAME, PhoneLevel.MISSING)
            and (self._row_phones[phones[0]] > 0 or self._record_phones[phones[1]] > 0),
            lone=phone is PhoneLevel.SAME and self._lone(*phones),
            made_before=bool(one.occurred and other.created and one.occurred - other.created > _BEFORE),
            unwritten=self._unwritten(phones[1], one, other),
            one_call=phone is PhoneLevel.SAME and self._one_call(phones[0], one, other),
            title=self._title(one, other),
            alone_then=phone is PhoneLevel.SAME and self._alone_then(phones[1], one, other),
        )

    def compare_texts(self, one: Side, other: Side) -> Likeness:
        """Return how alike two texts are, by what is rare among all of them."""
        return self._corpus.compare(one.text, other.text)

    def _title(self, one: Side, other: Side) -> int:
        alike = bool(one.title) and one.title == other.title
        return max(titles[one.title] for titles in self._titles) if alike else 0

    def _alone_then(self, digits: str, one: Side, other: Side) -> bool:
        return all(
            at is not None and sum(abs(at - then) <= _HALF_HOUR for then in times[digits]) == 1
            for at, times in ((one.occurred, self._record_times), (other.occurred, self._row_times))
        )

    def calls_of(self, digits: str) -> int:
        """Return how many calls of this phone the log has."""
        return self._calls[digits]

    def _lone(self, mine: str, theirs: str) -> bool:
        return self._record_phones[mine] == self._row_phones[theirs] == 1 and self._calls[mine] <= 1

    def _one_call(self, digits: str, one: Side, other: Side) -> bool:
        if self._logged is None or self._calls[digits] != 1 or not one.occurred or not other.occurred:
            return False
        first, last = self._logged
        return first <= min(one.occurred, other.occurred) and max(one.occurred, other.occurred) <= last

    def _unwritten(self, digits: str, one: Side, other: Side) -> bool:
        """Whether more calls of the phone are logged about the row's time than records written of them."""
        calls, records = self._call_times[digits], self._record_times[digits]
        at = other.occurred
        if at is None or other.occurred == other.created:
            return len(calls) > len(records)
        near = [call for call in calls if abs(at - call) <= _NOISE]
        if one.occurred and len(near) == 1 and abs(one.occurred - near[0]) <= _NOISE:
            return False
        return sum(abs(at - call) <= _ABOUT for call in calls) > sum(
            abs(at - record) <= _ABOUT for record in records
        )

    def _number(self, one: Side, other: Side) -> NumberLevel:
        if one.own_number and one.own_number in other.numbers:
            alone = all(numbers[one.own_number] == 1 for numbers in self._own_numbers)
            ours = parse_number(one.own_number) is not None or (
                alone and one.own_number == other.own_number and telling(one.own_number)
            )
            return NumberLevel.SAME if ours else NumberLevel.TEXT
        named = {number for number in other.numbers if number in self._known or parse_number(number)}
        return NumberLevel.OTHER if named and one.own_number else NumberLevel.MISSING

    def _phone(self, one: Side, other: Side) -> tuple[PhoneLevel, tuple[str, str]]:
        best, phones = PhoneLevel.MISSING, ("", "")
        for mine in one.phones:
            for theirs in other.phones:
                level = compare_phones(mine, theirs)
                if best is PhoneLevel.MISSING or ORDER.index(level) < ORDER.index(best):
                    best, phones = level, (mine, theirs)
                if best is PhoneLevel.SAME:
                    return best, phones
        return best, phones

    def _category(self, one: Side, other: Side) -> CodeLevel:
        mapped = self._category_words.get(other.category, "")
        return compare_codes(one.category, mapped)

    def _time(self, one: Side, other: Side) -> tuple[TimeLevel, timedelta | None]:
        if one.occurred is None:
            return TimeLevel.MISSING, None
        # A row whose call time is its own making, to the second, has only been given that by its system.
        if other.occurred is not None and other.occurred != other.created:
            gap = one.occurred - other.occurred
            if self.dates_only:
                return (TimeLevel.SAME_DAY if -_DAY / 2 <= gap < _DAY * 3 / 2 else TimeLevel.FAR), gap
            for limit, level in _STEPS:
                if abs(gap) <= limit:
                    return level, gap
            return TimeLevel.FAR, gap
        made = other.created or other.occurred
        if made is None:
            return TimeLevel.MISSING, None
        gap = one.occurred - made
        if -_CREATED_LATE <= gap <= _CREATED_EARLY:
            return TimeLevel.CREATED_CLOSE, gap
        if gap < -_LATE:
            return TimeLevel.CREATED_LATE, gap
        return (TimeLevel.CREATED_BEFORE if gap > _BEFORE else TimeLevel.CREATED_AFTER), gap


def compare_codes(one: str, other: str) -> CodeLevel:
    """Return whether two codes are the same; missing where either is empty."""
    if not one or not other:
        return CodeLevel.MISSING
    return CodeLevel.SAME if one == other else CodeLevel.DIFFERENT


def dates_only(times: Iterable[datetime | None]) -> bool:
    """Whether call times are dates: nearly all at one time of day, over several rows."""
    seen = Counter((at.hour, at.minute, at.second) for at in times if at is not None)
    return seen.total() >= 4 and max(seen.values()) >= 0.9 * seen.total()
