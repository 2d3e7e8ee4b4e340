"""Copies of one store, worked on at once: they share the mark on this PC, and give no number twice."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.desk import Desk, problems, rows_by_number
from tests.faults.test_together import lines

ROUNDS = 2
LINES = 25


def log_at_once(desks: list[Desk], tag: str) -> list[list[str]]:
    """Let every desk log as many lines at the same time, each in its own process; returns the numbers."""
    given: list[list[str]] = [[] for _ in desks]
    # Nobody begins in earnest before everybody has opened the store and given one number.
    opened = threading.Barrier(len(desks), timeout=60)

    def work(desk: Desk, numbers: list[str]) -> None:
        with desk.start_log() as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(lines(f"{tag}-first", 1))
            process.stdin.flush()
            first = process.stdout.readline()
            opened.wait()
            out, err = process.communicate(lines(tag, LINES))
        assert (process.returncode, err) == (0, b"")
        numbers += [line.split()[0].decode() for line in [first, *out.splitlines()]]

    threads = [threading.Thread(target=work, args=both) for both in zip(desks, given, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


@pytest.mark.parametrize("copies", [2, 3])
def test_copies_logging_at_once_give_no_number_twice(tmp_path: Path, copies: int) -> None:
    first = Desk(tmp_path).create()
    desks = [first, *(first.copy(f"copy{place}") for place in range(1, copies))]
    given = Counter[str]()
    for turn in range(ROUNDS):
        rounds = log_at_once(desks, f"round{turn}")
        assert [len(numbers) for numbers in rounds] == [LINES + 1] * copies
        given.update(number for numbers in rounds for number in numbers)
    assert [number for number, times in given.items() if times > 1] == []
    held = Counter[str]()
    for desk in desks:
        with desk.unlock(writing=False) as store:
            held.update(rows_by_number(store).keys())
            assert problems(store) == []
    assert held == given
    assert first.highest_mark() == len(given)
