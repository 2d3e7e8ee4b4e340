"""Who is who: the record says 李娜 or 8021, the log SIP/8021 or Agent/12. Learned from sure pairs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from desktop_app.matching.characters import plain

_DIGITS = re.compile(r"\d+")
_LEAST_SEEN = 2
_LEAST_SHARE = 0.7


class Agents:
    """Says whether two ways of naming an agent mean one person."""

    def __init__(self, sure: Iterable[tuple[str, str]]) -> None:
        seen: dict[str, Counter[str]] = defaultdict(Counter)
        numbered: Counter[bool] = Counter()
        for record_agent, call_agent in sure:
            if record_agent and call_agent:
                seen[plain(record_agent)][plain(call_agent)] += 1
                mine, theirs = _numbers(record_agent), _numbers(call_agent)
                if mine and theirs:
                    numbered[bool(mine & theirs)] += 1
        # Where both sides name people by one staff number, another number is somebody else.
        self._same_numbers = numbered[True] >= max(_LEAST_SEEN, _LEAST_SHARE * numbered.total())
        self._known = {
            agent: best
            for agent, names in seen.items()
            for best, times in names.most_common(1)
            if times >= _LEAST_SEEN and times >= _LEAST_SHARE * names.total()
        }

    def same(self, record_agent: str, call_agent: str) -> bool | None:
        """Return whether both name one agent; None where that is not known."""
        mine, theirs = plain(record_agent), plain(call_agent)
        if not mine or not theirs:
            return None
        if mine == theirs:
            return True
        numbers, others = _numbers(mine), _numbers(theirs)
        if numbers & others:
            # One log may name a person in two ways: 8021 on a direct call, SIP/8021 in the queue.
            return True
        if mine in self._known:
            return self._known[mine] == theirs
        return False if self._same_numbers and numbers and others else None


def _numbers(agent: str) -> set[str]:
    return set(_DIGITS.findall(plain(agent)))
