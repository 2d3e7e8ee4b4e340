"""A figure is a time of ours beside that of a yardstick taken in the same run, turn by turn.

The machine is shared and its speed drifts: the least of several turns is what the work itself takes, and only
the ratio of two least times is compared with a target.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, in seconds a turn; ``most`` is the ratio that the design asks for."""

    name: str
    what: str
    ours: tuple[float, ...]
    yardstick: tuple[float, ...]
    most: float

    @property
    def ratio(self) -> float:
        return min(self.ours) / min(self.yardstick)

    def told(self) -> str:
        """Return the figure as a line for a person."""
        verdict = "reached" if self.ratio <= self.most else "NOT reached"
        return (
            f"{self.name:8} {min(self.ours):9.3f} s  yardstick {min(self.yardstick):9.3f} s  "
            f"{self.ratio:5.2f}x  target {self.most:g}x {verdict}   ({self.what}; n={len(self.ours)})"
        )


@dataclass(frozen=True)
class Waits:
    """How long several waited, in seconds, by who they are; ``most`` is what the design asks for."""

    name: str
    what: str
    waits: Mapping[str, Sequence[float]]
    most: float

    def told(self) -> str:
        """Return the figure as lines for a person, in milliseconds."""
        lines = [f"{self.name}  target {self.most * 1000:.0f} ms   ({self.what})"]
        for who, waits in self.waits.items():
            part = [_at(waits, share) * 1000 for share in (0.0, 0.5, 0.95, 0.99, 1.0)]
            longer = sum(wait > self.most for wait in waits)
            names = ("least", "p50", "p95", "p99", "max")
            told = "  ".join(f"{name} {time:5.1f}" for name, time in zip(names, part, strict=True))
            lines.append(f"  {who:28} {told} ms   {longer} of {len(waits)} above")
        return "\n".join(lines)


def _at(waits: Sequence[float], share: float) -> float:
    return sorted(waits)[max(0, math.ceil(len(waits) * share) - 1)] if waits else math.nan


def in_turns(
    rounds: int, ours: Callable[[], float], yardstick: Callable[[], float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Run both in turn, ``rounds`` times; each returns the seconds of what it times itself."""
    pairs = [(yardstick(), ours()) for _ in range(rounds)]
    return tuple(our for _, our in pairs), tuple(theirs for theirs, _ in pairs)
