from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.matching.offsets import whole_hours

START = datetime(2026, 11, 21, 8, tzinfo=UTC)


def sides(count: int, hours: float, *, from_index: int = 0) -> list[tuple[tuple[str, ...], datetime]]:
    return [
        ((str(index),), START + timedelta(minutes=17 * index, hours=hours))
        for index in range(from_index, from_index + count)
    ]


@pytest.mark.parametrize("hours", [-8, -1, 0, 1, 8])
def test_what_most_pairs_support_is_added(hours: int) -> None:
    assert whole_hours(sides(10, 0), sides(10, -hours)) == hours


def test_two_pairs_are_too_few() -> None:
    assert whole_hours(sides(2, 0), sides(2, 8)) == 0


def test_a_half_is_not_most() -> None:
    assert whole_hours(sides(10, 0), [*sides(5, 8), *sides(5, 0, from_index=5)]) == 0


def test_half_hours_are_no_whole_hours() -> None:
    assert whole_hours(sides(10, 0), sides(10, 5.5)) == 0


def test_a_value_that_everybody_has_says_nothing() -> None:
    mine = [(("switchboard",), START + timedelta(minutes=index)) for index in range(10)]
    theirs = [(("switchboard",), START + timedelta(hours=8, minutes=index)) for index in range(10)]
    assert whole_hours(mine, theirs) == 0
