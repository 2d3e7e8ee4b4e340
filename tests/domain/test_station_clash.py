"""Two stores under one code: a replaced PC is none, everything else is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.station_clash import Claim, clashes


def claim(first: int, highest: int, name: str = "李娜", station: str = "07") -> Claim:
    return Claim(station, first, highest, f"{name:a<32}", name)


@pytest.mark.parametrize(
    ("one", "other", "clash", "overlap"),
    [
        ((1, 40), (1041, 1050), False, None),
        ((1, 40), (41, 41), False, None),
        ((1, 40), (40, 45), True, (40, 40)),
        ((1, 40), (1, 25), True, (1, 25)),
        # The old PC was switched on again and went on giving numbers.
        ((1, 1060), (1041, 1050), True, (1041, 1050)),
        # Neither or only one has given a number yet: the next ones will be the same.
        ((1, 0), (1, 0), True, None),
        ((1, 0), (1, 12), True, None),
        ((1, 0), (1001, 1001), False, None),
    ],
)
def test_what_is_a_clash(
    one: tuple[int, int], other: tuple[int, int], clash: bool, overlap: tuple[int, int] | None
) -> None:
    found = clashes([claim(*other, "王芳"), claim(*one, "李娜")])
    assert [sorted((each.one.name, each.other.name)) for each in found] == [["李娜", "王芳"]] * clash
    assert [each.overlap for each in found] == [overlap] * clash


def test_other_stations_are_none_of_it() -> None:
    assert clashes([claim(1, 40), claim(1, 40, "王芳", "08")]) == []


def test_of_three_stores_each_two_are_named() -> None:
    found = clashes([claim(1, 9, "甲"), claim(1, 9, "乙"), claim(5, 9, "丙")])
    assert len(found) == 3


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60)), max_size=6))
def test_no_clash_means_no_number_given_twice(ways: list[tuple[int, int]]) -> None:
    claims = [claim(first, highest, f"人{place}") for place, (first, highest) in enumerate(ways)]
    found = clashes(claims)
    given_twice = {
        frozenset((one.store, other.store))
        for one in claims
        for other in claims
        if one.store != other.store and max(one.first, other.first) <= min(one.highest, other.highest)
    }
    assert given_twice <= {frozenset((each.one.store, each.other.store)) for each in found}
