"""The mark: what is known, outside a store's folder, of the last thing that store did.

A restored, copied or replaced store is found by it and begins a new life, so that no chain forks and no
number is given twice (JOURNAL, writers, marks, numbers). The files themselves are ``storage/mark_files.py``.

Order of work that the judgement relies on: a draft is committed, then the mark is written and synced, then
the number is shown. A crash therefore leaves a store level with its mark or ahead of it, never behind.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum

from desktop_app.domain.errors import Damaged

UNMARKED_STEP = 1000
"""How far above the highest number known a store goes on when no mark tells how far it had come."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one station code's mark file holds: the store, its writer, that writer's end, the top number.

    ``seq`` is 0 and ``hash`` the link of the writer before its first entry; ``highest`` is the sequence part
    of the highest number given (0 where none was).
    """

    store: str
    writer: str
    seq: int
    hash: str
    highest: int

    def to_text(self) -> str:
        """Return the mark as the JSON its file holds."""
        return json.dumps(asdict(self), separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Mark:
        """Return the mark written in ``text``; raises Damaged where it is not one."""
        try:
            told = json.loads(text)
            mark = cls(**told)
            sound = (
                all(isinstance(part, str) for part in (mark.store, mark.writer, mark.hash))
                and all(type(part) is int for part in (mark.seq, mark.highest))
                and min(mark.seq, mark.highest) >= 0
            )
        except (ValueError, TypeError) as problem:
            raise Damaged("journal.mark_unreadable") from problem
        if not sound:
            raise Damaged("journal.mark_unreadable")
        return mark


class Finding(StrEnum):
    """What a store's mark says of the store; everything but ``SAME_LIFE`` begins a new life."""

    SAME_LIFE = "same_life"
    NO_MARK = "no_mark"
    OTHER_STORE = "other_store"
    OTHER_WRITER = "other_writer"
    BEHIND = "behind"
    HASH_DIFFERS = "hash_differs"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found, the sequence the next number has, and the range that is skipped to get there.

    ``skipped`` (first, last) becomes an entry; it is None where no number is passed over. Numbers that a
    store lost and its mark knows of are not skipped: they were given and stay to be accounted for.
    """

    finding: Finding
    next_number: int
    skipped: tuple[int, int] | None = None

    @property
    def new_life(self) -> bool:
        """Whether the store has to go on under a new writer."""
        return self.finding is not Finding.SAME_LIFE


def judge(
    mark: Mark | None,
    held: Mark,
    hash_at: Callable[[int], str | None],
    *,
    known_elsewhere: int = 0,
) -> Judgement:
    """Judge a store by its mark.

    ``held`` is what the store itself would write as its mark now, ``hash_at`` gives the hash its writer's
    chain has at a seq (None where it has none), ``known_elsewhere`` the highest number that receipts or the
    lead's board name. A store ahead of its mark is the same life: a crash came between COMMIT and mark.
    """
    known = max(held.highest, known_elsewhere)
    if mark is None:
        return unmarked(known)
    finding = _finding(mark, held, hash_at)
    return Judgement(finding, max(mark.highest, known) + 1)


def unmarked(known: int) -> Judgement:
    """Return how a store without a mark goes on: 1,000 above the highest number anyone knows of it."""
    first = known + UNMARKED_STEP
    return Judgement(Finding.NO_MARK, first, (known + 1, first - 1))


def _finding(mark: Mark, held: Mark, hash_at: Callable[[int], str | None]) -> Finding:
    if mark.store != held.store:
        return Finding.OTHER_STORE
    if mark.writer != held.writer:
        return Finding.OTHER_WRITER
    # A draft makes no entry, so an old copy can be level in its chain and still have lost numbers.
    if held.seq < mark.seq or held.highest < mark.highest:
        return Finding.BEHIND
    if mark.seq and hash_at(mark.seq) != mark.hash:
        return Finding.HASH_DIFFERS
    return Finding.SAME_LIFE
