from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.ranges import count, covers, joined, members, ranges, without

SPAN = st.tuples(st.integers(1, 40), st.integers(1, 40))
SPANS = st.lists(SPAN, max_size=8)


def each(spans: list[tuple[int, int]]) -> set[int]:
    return {member for first, last in spans for member in range(first, last + 1)}


def test_ranges_as_a_person_reads_them() -> None:
    assert ranges([40, 33, 31, 32, 33]) == [(31, 33), (40, 40)]
    assert ranges([]) == []


@given(SPANS, SPANS)
def test_ranges_are_sets(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    assert set(members(joined(one))) == each(one)
    assert set(members(without(one, other))) == each(one) - each(other)
    assert count(joined(one)) == len(each(one))
    assert joined(one) == ranges(each(one))


@given(SPANS, SPAN)
def test_what_ranges_cover(spans: list[tuple[int, int]], wanted: tuple[int, int]) -> None:
    assert covers(spans, wanted) == (each([wanted]) <= each(spans))
