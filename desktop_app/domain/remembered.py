"""Answers kept for texts of callers, and forgotten with the key of the store that they came from (DESIGN §6).

A name or an address is taken apart once and compared a thousand times. What is kept for that outlives the
store; so whoever drops a key calls ``forget``, wherever the answers are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import TypeVar

KeptT = TypeVar("KeptT")
TextT = TypeVar("TextT", bound=Hashable)
_FORGET: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[[TextT], KeptT]], Callable[[TextT], KeptT]]:
    """Keep the answers of a pure function for the ``most`` texts asked for last."""

    def keep(answer: Callable[[TextT], KeptT]) -> Callable[[TextT], KeptT]:
        kept = lru_cache(maxsize=most)(answer)
        _FORGET.append(kept.cache_clear)
        return kept

    return keep


def forget() -> None:
    """Let every answer go."""
    for one in _FORGET:
        one()
