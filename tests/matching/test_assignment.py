from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.matching.assignment import assign, components

WEIGHTS = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(-5, 30), max_size=14)


def total(weights: dict[tuple[int, int], float], chosen: dict[int, int]) -> float:
    return sum(weights[pair] for pair in chosen.items())


def best_total(weights: dict[tuple[int, int], float]) -> float:
    return max(
        sum(max(weights.get((left, right), 0), 0) for left, right in enumerate(order))
        for order in permutations(range(5))
    )


@given(WEIGHTS)
def test_no_other_assignment_weighs_more(weights: dict[tuple[int, int], float]) -> None:
    chosen = assign(weights)
    assert len(set(chosen.values())) == len(chosen)
    assert all(weights[pair] > 0 for pair in chosen.items())
    assert total(weights, chosen) == best_total(weights)


def test_the_best_pair_yields_to_the_best_whole() -> None:
    assert assign({(0, 0): 10, (0, 1): 9, (1, 0): 9}) == {0: 1, 1: 0}


def test_a_large_group_is_bounded_and_still_one_to_one() -> None:
    weights = {(left, right): float(1 + (left * right) % 17) for left in range(150) for right in range(150)}
    chosen = assign(weights)
    assert len(chosen) == len(set(chosen.values())) == 150


def test_groups_do_not_share_a_side() -> None:
    groups = components([(0, 0), (0, 1), (1, 1), (2, 2)])
    assert sorted(map(sorted, groups)) == [[(0, 0), (0, 1), (1, 1)], [(2, 2)]]
