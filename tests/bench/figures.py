"""A figure is a time of ours beside that of a yardstick taken in the same run, turn by turn.

The machine is shared and its speed drifts: the least of several turns is what the work itself takes, and only
the ratio of two least times is compared with a target.
"""

from __future__ import annotations

from collections.abc import Callable
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


def in_turns(
    rounds: int, ours: Callable[[], float], yardstick: Callable[[], float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Run both in turn, ``rounds`` times; each returns the seconds of what it times itself."""
    pairs = [(yardstick(), ours()) for _ in range(rounds)]
    return tuple(our for _, our in pairs), tuple(theirs for theirs, _ in pairs)
