"""The clock ladders of the plans, second by second, whatever happens to the PC in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.clocks import Event, Facts, Stage, standing
from desktop_app.domain.ladders import Ladder
from desktop_app.domain.steady_time import Reading, SteadyTime
from tests.domain.plan_ladders import ACCIDENT, CUSTOMERS, FAULT, FIRE, GENERATOR, HEADCOUNT, LINES, SURGE

NOON = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
RUNGS: list[tuple[Ladder, str, str, int]] = [
    (FAULT, "supervisor", "app_fault", 5),
    (FAULT, "managers", "app_fault", 10),
    (FAULT, "decision", "app_fault", 60),
    (CUSTOMERS, "ask", "app_fault", 30),
    (SURGE, "level_2", "surge", 30),
    (SURGE, "level_3", "surge", 60),
    (LINES, "general", "surge", 15),
    (LINES, "major", "surge", 30),
    (FIRE, "in_charge", "fire", 5),
    (FIRE, "in_charge", "theft", 5),
    (ACCIDENT, "connect_rate", "accident", 10),
    (HEADCOUNT, "centre_manager", "accident", 0),
    (GENERATOR, "expected", "power", 7),
    (GENERATOR, "warning", "power", 10),
]


def at(minutes: float, seconds: float = 0) -> datetime:
    return NOON + timedelta(minutes=minutes, seconds=seconds)


class Pc:
    """A PC and its two clocks; the program on it reads both every now and then."""

    def __init__(self) -> None:
        self._wall, self._elapsed = NOON, 1_000.0
        self._time = SteadyTime.begin(Reading(self._wall, self._elapsed))

    def runs(self, seconds: float) -> None:
        """Time passes; so it does while the PC sleeps."""
        self._wall += timedelta(seconds=seconds)
        self._elapsed += seconds

    def set_by(self, hours: float) -> None:
        self._wall += timedelta(hours=hours)
        self.look()

    def restarts(self) -> None:
        """The program is started again, on a PC that may have been switched on again."""
        self._elapsed = 3.0
        self._time = SteadyTime.begin(Reading(self._wall, self._elapsed))

    def look(self) -> datetime:
        self._time = self._time.at(Reading(self._wall, self._elapsed))
        return self._time.now


def undisturbed(pc: Pc, seconds: float) -> None:
    for _ in range(10):
        pc.runs(seconds / 10)
        pc.look()


def asleep(pc: Pc, seconds: float) -> None:
    pc.look()
    pc.runs(seconds)


def restarted(pc: Pc, seconds: float) -> None:
    pc.runs(seconds / 2)
    pc.restarts()
    pc.runs(seconds / 2)


def set_forward(pc: Pc, seconds: float) -> None:
    pc.runs(seconds / 2)
    pc.set_by(3)
    pc.runs(seconds / 2)


def set_back(pc: Pc, seconds: float) -> None:
    pc.runs(seconds / 2)
    pc.set_by(-3)
    pc.runs(seconds / 2)


def everything(pc: Pc, seconds: float) -> None:
    """Set back, asleep, set right, restarted, set forward."""
    pc.set_by(-3)
    pc.runs(seconds / 3)
    pc.look()
    pc.set_by(3)
    pc.runs(seconds / 3)
    pc.restarts()
    pc.set_by(3)
    pc.runs(seconds / 3)


@pytest.mark.parametrize("meanwhile", [undisturbed, asleep, restarted, set_forward, set_back, everything])
@pytest.mark.parametrize(("clock", "rung", "type_key", "minutes"), RUNGS)
def test_to_the_second(
    clock: Ladder, rung: str, type_key: str, minutes: int, meanwhile: Callable[[Pc, float], None]
) -> None:
    for seconds, stage, late in ((-1, Stage.AHEAD, 0), (0, Stage.DUE, 0), (1, Stage.DUE, 1)):
        pc = Pc()
        facts = Facts(type_key, (Event(clock.starts_on, pc.look()),))
        pc.runs(0) if minutes == 0 else meanwhile(pc, minutes * 60 - 1)
        pc.runs(seconds + (1 if minutes else 0))
        # Nothing is due before it began.
        now = pc.look() if minutes or seconds >= 0 else at(0, -1)
        found = [one for one in standing([clock], facts, now) if one.rung.key == rung]
        assert found
        for one in found:
            assert (one.stage, one.due) == (stage, at(minutes))
            assert one.late.total_seconds() == pytest.approx(late, abs=0.001)
