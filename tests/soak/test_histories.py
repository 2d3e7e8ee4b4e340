"""Thousands of random histories: every concurrent write shown, none invented, equal state hashes."""

from __future__ import annotations

import os

import pytest

from tests.soak.histories import Tally, play, tampered


def run(count: int, first: int = 0) -> Tally:
    tally = Tally()
    for seed in range(first, first + count):
        play(seed, tally)
    return tally


def test_some_histories() -> None:
    tally = run(300)
    assert (tally.missed, tally.invented, tally.unequal) == (0, 0, 0)
    assert tally.narrow == 150
    assert tally.shown > 300


def test_the_judge_finds_a_write_that_lies_about_what_it_saw() -> None:
    assert sum(tampered(play(seed, Tally())).wrong > 0 for seed in range(100, 160)) > 20


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_many_histories(capsys: pytest.CaptureFixture[str]) -> None:
    tally = run(int(os.environ.get("FALLBACK_DESK_HISTORIES", "20000")), first=1_000_000)
    with capsys.disabled():
        print(f"\n{tally}")
    assert (tally.missed, tally.invented, tally.unequal) == (0, 0, 0)
