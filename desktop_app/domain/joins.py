"""Things that belong together: duplicates, calls of one caller, merged call-backs, joined incidents.

A join is an item of a list on either of the two subjects and holds for both; struck out, it is gone. A group
is a connected component, its head the smallest id, so that every store names the same one whatever arrived
first (JOURNAL, fold).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from desktop_app.domain.folding import State

Pair = tuple[str, str]


def links(states: Iterable[State], list_name: str) -> Iterator[Pair]:
    """Yield the pairs of subject ids that the items of ``list_name`` join; an item is the other's id."""
    for state in states:
        for item in state.lists.get(list_name, ()):
            if isinstance(item.value, str) and item.value != state.subject.id:
                yield state.subject.id, item.value


def groups(pairs: Iterable[Pair]) -> Mapping[str, tuple[str, ...]]:
    """Return for every id in ``pairs`` its group, sorted: the first member is the head."""
    neighbours: dict[str, set[str]] = {}
    for one, other in pairs:
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    found: dict[str, tuple[str, ...]] = {}
    for start in neighbours:
        if start in found:
            continue
        reached, ahead = {start}, [start]
        while ahead:
            fresh = neighbours[ahead.pop()] - reached
            reached |= fresh
            ahead.extend(fresh)
        found |= dict.fromkeys(reached, tuple(sorted(reached)))
    return found


def head(member: str, grouped: Mapping[str, tuple[str, ...]]) -> str:
    """Return the head of the group ``member`` is in; the member itself where it is joined to nothing."""
    return grouped.get(member, (member,))[0]
