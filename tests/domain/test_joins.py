"""Links are symmetric, groups are connected components, the head is the smallest id."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.joins import groups, head, links
from tests.domain.journals import Station

PAIRS = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=8)


def promise(name: str) -> Subject:
    return Subject(SubjectKind.PROMISE, name)


def test_a_link_on_either_side_joins_both() -> None:
    station = Station("s")
    station.add("merged_with", "b", promise("a"))
    gone = station.add("merged_with", "c", promise("b"))
    station.add("merged_with", "b", promise("d"))
    station.add("other", "e", promise("a"))
    station.add("merged_with", "a", promise("a"))
    station.add("merged_with", 3, promise("a"))
    station.strike(gone)
    states = [station.state(promise(name)) for name in "abcde"]
    assert sorted(links(states, "merged_with")) == [("a", "b"), ("d", "b")]
    found = groups(links(states, "merged_with"))
    assert found == dict.fromkeys("abd", ("a", "b", "d"))
    assert [head(name, found) for name in "abcd"] == ["a", "a", "c", "a"]


@given(PAIRS, st.randoms())
def test_order_and_direction_make_no_difference(pairs: list[tuple[str, str]], order: object) -> None:
    turned = [pair[::-1] for pair in pairs] + pairs[:2]
    order.shuffle(turned)
    assert groups(turned) == groups(pairs)


@given(PAIRS)
def test_groups_are_the_closure(pairs: list[tuple[str, str]]) -> None:
    found = groups(pairs)
    reach = {(one, one) for pair in pairs for one in pair} | set(pairs) | {pair[::-1] for pair in pairs}
    for _ in range(3):
        reach |= {(one, far) for one, near in reach for other, far in reach if near == other}
    for one in found:
        assert found[one] == tuple(sorted(far for near, far in reach if near == one))
