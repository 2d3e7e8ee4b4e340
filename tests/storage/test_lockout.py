"""Lock-out: five free tries, then waits that no clock can shorten."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import KnownError
from desktop_app.storage.lockout import counted_try, still_to_wait, wait_after


class Wrong(Exception):
    pass


class Clock:
    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def fail(folder: Path, clock: Clock, person: str = "8021") -> None:
    with pytest.raises(Wrong), counted_try(folder, person, clock):
        raise Wrong


def refused_for(folder: Path, clock: Clock, person: str = "8021") -> int:
    with pytest.raises(KnownError) as caught, counted_try(folder, person, clock):
        pass
    assert caught.value.code == "keys.locked_out"
    return caught.value.details["seconds"]


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (11, 1920), (12, 3600), (10_000, 3600)],
)
def test_waits(failures: int, seconds: float) -> None:
    assert wait_after(failures) == seconds


def test_five_free_tries_then_a_doubling_wait(tmp_path: Path) -> None:
    clock = Clock()
    for _ in range(5):
        fail(tmp_path, clock)
    assert refused_for(tmp_path, clock) == 30
    clock.now += 29.5
    assert refused_for(tmp_path, clock) == 1
    clock.now += 0.5
    fail(tmp_path, clock)
    assert refused_for(tmp_path, clock) == 60


def test_tries_in_a_shift_stay_few(tmp_path: Path) -> None:
    clock, tries = Clock(0.0), 0
    for _ in range(100):
        if clock.now >= 8 * 3600:
            break
        try:
            with counted_try(tmp_path, "8021", clock):
                raise Wrong
        except Wrong:
            tries += 1
        except KnownError as refused:
            clock.now += refused.details["seconds"]
    assert tries == 18


def test_success_forgets_and_others_are_not_locked(tmp_path: Path) -> None:
    clock = Clock()
    for _ in range(5):
        fail(tmp_path, clock)
    with counted_try(tmp_path, "8001", clock):
        pass
    clock.now += 30
    with counted_try(tmp_path, "8021", clock):
        pass
    fail(tmp_path, clock)
    with counted_try(tmp_path, "8021", clock):
        pass


def test_a_try_counts_from_its_beginning(tmp_path: Path) -> None:
    """A process killed while the PIN is tried has used the try up."""
    clock = Clock()
    for _ in range(5):
        held = counted_try(tmp_path, "8021", clock)
        held.__enter__()
        del held
    assert refused_for(tmp_path, clock) == 30


def test_a_restart_begins_the_wait_again(tmp_path: Path) -> None:
    clock = Clock(500_000.0)
    for _ in range(5):
        fail(tmp_path, clock)
    clock.now = 10.0
    assert refused_for(tmp_path, clock) == 20


@given(
    failures=st.integers(5, 40),
    at=st.floats(0, 1e8),
    boots=st.lists(st.floats(0, 1e5), max_size=3),
    since=st.floats(0, 1e5),
)
def test_never_shorter_than_told(failures: int, at: float, boots: list[float], since: float) -> None:
    """``boots`` are the uptimes of later runs of the PC; the last is where the next try is made."""
    if boots:
        now, really_passed = boots[-1], since + sum(boots)
    else:
        now, really_passed = at + since, since
    assert still_to_wait(failures, at, now) >= wait_after(failures) - really_passed - 1e-6
