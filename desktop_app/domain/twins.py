"""Records that tell one matter: decisions that one is a double of another, joined to groups.

A group is a connected component (joins.py). Its head, the record that counts, is the one that nobody called a
double; of several, or of none, the smallest id, so that every store names the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop_app.domain.joins import groups

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """The ids of records that tell one matter, the one that counts first, then by id."""

    members: tuple[str, ...]

    @property
    def head(self) -> str:
        """The record that counts."""
        return self.members[0]


def pair(one: str, other: str) -> Pair:
    """Return two records in the one order that decisions about them are kept in: double, then other."""
    return max(one, other), min(one, other)


def join(
    doubles: Collection[Pair], apart: Collection[Pair], among: Collection[str] | None = None
) -> Mapping[str, Group]:
    """Return the group of every record that tells the matter of another, by id.

    ``doubles`` are each a record and the one it is said to double, ``apart`` (see ``pair``) those said not to
    be one: two words that contradict each other decide nothing. ``among`` are the records that still count,
    all where it is None; the others join, but are no members.
    """
    stands = [one for one in doubles if pair(*one) not in apart]
    called = {record for record, _ in stands}
    found: dict[str, Group] = {}
    for ids in set(groups(stands).values()):
        members = [one for one in ids if among is None or one in among]
        if len(members) > 1:
            head = next((one for one in members if one not in called), members[0])
            group = Group((head, *(one for one in members if one != head)))
            found |= dict.fromkeys(members, group)
    return found
