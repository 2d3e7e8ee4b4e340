"""A whole number of hours between two files' clocks, where most pairs support it.

Logs in UTC and exports in another zone carry no sign of it (Asterisk's packaged default writes UTC).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from desktop_app.domain.phones import phone_of

_MOST_HOURS = 14
_SLACK = timedelta(minutes=15)
_LEAST_SUPPORT = 6
_FEW_SUPPORT = 3
_MOST_OF_ONE_PHONE = 3

Timed = tuple[Sequence[str], datetime | None]


def whole_hours(records: Iterable[Timed], others: Iterable[Timed]) -> int:
    """Return the hours to add to ``others`` so that most records meet a partner; 0 where few support any.

    Each side is given as (values that identify, time); a value that is on a side more than three times says
    nothing. A record counts once however many partners it has.
    """
    theirs = _times(others)
    supporters: dict[int, set[int]] = defaultdict(set)
    paired: set[int] = set()
    for value, mine in _times(records).items():
        if len(mine) > _MOST_OF_ONE_PHONE or len(theirs.get(value, ())) > _MOST_OF_ONE_PHONE:
            continue
        for index, at in mine:
            for _, other in theirs.get(value, ()):
                gap = at - other
                hours = round(gap / timedelta(hours=1))
                if abs(hours) <= _MOST_HOURS:
                    paired.add(index)
                    if abs(gap - timedelta(hours=hours)) <= _SLACK:
                        supporters[hours].add(index)
                else:
                    paired.add(index)
    if not supporters:
        return 0
    best = max(supporters, key=lambda hours: (len(supporters[hours]), -abs(hours)))
    support, unmoved = len(supporters[best]), len(supporters[0]) if 0 in supporters else 0
    # Of a few pairs some lie a whole number of hours apart by chance: there all have to agree.
    enough = support >= _LEAST_SUPPORT or (support >= _FEW_SUPPORT and support == len(paired))
    clear = enough and support * 2 > len(paired) and support > 2 * unmoved
    return best if clear else 0


def phone_values(*texts: str) -> tuple[str, ...]:
    """Return the comparable digits of phones long enough to identify."""
    digits = (phone_of(text).digits for text in texts if text)
    return tuple({value for value in digits if len(value) >= 7})


def _times(sides: Iterable[Timed]) -> dict[str, list[tuple[int, datetime]]]:
    found: dict[str, list[tuple[int, datetime]]] = defaultdict(list)
    for index, (values, at) in enumerate(sides):
        if at is not None:
            for value in values:
                found[value].append((index, at))
    return found
