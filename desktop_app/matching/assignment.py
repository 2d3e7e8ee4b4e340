"""One to one with the greatest total weight, exactly, within each connected group of pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

Pair = tuple[int, int]
# Beyond this many records or rows a group is assigned greedily: exactness costs their cube.
_MOST_EXACT = 120


def components(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """Return the pairs in connected groups, in the order of their least pair."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    ordered = sorted(pairs)
    for left, right in ordered:
        parent[root(("left", left))] = root(("right", right))
    groups: dict[tuple[str, int], list[Pair]] = defaultdict(list)
    for pair in ordered:
        groups[root(("left", pair[0]))].append(pair)
    return list(groups.values())


def assign(weights: Mapping[Pair, float]) -> dict[int, int]:
    """Return left → right of the one-to-one assignment with the greatest sum of positive weights."""
    chosen: dict[int, int] = {}
    for group in components(pair for pair, weight in weights.items() if weight > 0):
        lefts = sorted({left for left, _ in group})
        rights = sorted({right for _, right in group})
        if len(lefts) == 1 or len(rights) == 1:
            best = max(group, key=lambda pair: (weights[pair], -pair[0], -pair[1]))
            chosen[best[0]] = best[1]
        elif max(len(lefts), len(rights)) > _MOST_EXACT:
            chosen.update(_greedy(group, weights))
        else:
            chosen.update(_exact(lefts, rights, group, weights))
    return chosen


def _greedy(group: list[Pair], weights: Mapping[Pair, float]) -> dict[int, int]:
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for left, right in sorted(group, key=lambda pair: (-weights[pair], pair)):
        if left not in chosen and right not in taken:
            chosen[left] = right
            taken.add(right)
    return chosen


def _exact(
    lefts: list[int], rights: list[int], group: list[Pair], weights: Mapping[Pair, float]
) -> dict[int, int]:
    """Shortest augmenting paths with potentials (Hungarian method); a spare column per left is *none*."""
    columns = len(rights) + len(lefts)
    place = {right: index + 1 for index, right in enumerate(rights)}
    cost = [[0.0] * (columns + 1) for _ in range(len(lefts) + 1)]
    row_of = {left: index + 1 for index, left in enumerate(lefts)}
    for left, right in group:
        cost[row_of[left]][place[right]] = -weights[left, right]
    row_potential = [0.0] * (len(lefts) + 1)
    column_potential = [0.0] * (columns + 1)
    row_at = [0] * (columns + 1)
    for row in range(1, len(lefts) + 1):
        row_at[0] = row
        column = 0
        least = [float("inf")] * (columns + 1)
        before = [0] * (columns + 1)
        used = [False] * (columns + 1)
        while row_at[column]:
            used[column] = True
            current, delta, following = row_at[column], float("inf"), 0
            for other in range(1, columns + 1):
                if used[other]:
                    continue
                reduced = cost[current][other] - row_potential[current] - column_potential[other]
                if reduced < least[other]:
                    least[other], before[other] = reduced, column
                if least[other] < delta:
                    delta, following = least[other], other
            for other in range(columns + 1):
                if used[other]:
                    row_potential[row_at[other]] += delta
                    column_potential[other] -= delta
                else:
                    least[other] -= delta
            column = following
        while column:
            row_at[column] = row_at[before[column]]
            column = before[column]
    chosen = {}
    for index, right in enumerate(rights, start=1):
        if row_at[index] and (lefts[row_at[index] - 1], right) in weights:
            left = lefts[row_at[index] - 1]
            if weights[left, right] > 0:
                chosen[left] = right
    return chosen
