"""Groups of records that tell one matter: the same in every store, whatever was said first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.twins import join, pair

IDS = st.sampled_from("abcdef")
PAIRS = st.lists(st.tuples(IDS, IDS).filter(lambda one: one[0] != one[1]), max_size=8)


def test_the_head_is_who_nobody_called_a_double() -> None:
    found = join([("a", "c"), ("b", "c")], set())
    assert {one: group.members for one, group in found.items()} == dict.fromkeys("abc", ("c", "a", "b"))


def test_two_who_call_each_other_doubles_have_the_smaller_for_head() -> None:
    assert join([("a", "b"), ("b", "a")], set())["b"].members == ("a", "b")


def test_a_word_against_it_undoes_a_join() -> None:
    assert join([("b", "a"), ("c", "b")], {pair("a", "b")})["c"].members == ("b", "c")


def test_a_record_that_counts_no_more_joins_and_is_no_member() -> None:
    said = [("b", "a"), ("c", "a")]
    assert join(said, set(), {"b", "c"})["c"].members == ("b", "c")
    assert join(said, set(), {"c"}) == {}


@given(PAIRS, PAIRS, st.randoms())
def test_order_makes_no_difference(
    doubles: list[tuple[str, str]], apart: list[tuple[str, str]], order
) -> None:
    against = {pair(*one) for one in apart}
    mixed = doubles * 2
    order.shuffle(mixed)
    found = join(doubles, against)
    assert join(mixed, against) == found
    for one, group in found.items():
        assert one in group.members
        assert group.members[1:] == tuple(sorted(group.members[1:]))
        assert all(found[member] == group for member in group.members)
