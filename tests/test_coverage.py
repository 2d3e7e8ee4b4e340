"""docs/coverage.md: what it names exists, every row asked for is there, and none claims what is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.paths import resources

ROOT = resources().parent
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| R?\d", line)
]
NAMED = [(row[0], named) for row in ROWS for cell in row[2:] for named in re.findall(r"`([^`]+)`", cell)]
DESK = {7, 51, 56, 58, 60, 63, *range(87, 90), 91, 96, 99, 100}
OUTAGE_ROOM = {
    *range(1, 9),
    *range(11, 21),
    22,
    *range(32, 43),
    *(45, 46, 49, 50, 51, 53, 54, 57, 62),
    *range(64, 80),
    *(81, 82, 83, 95, 98),
}
"""Rows of the list of procedures that the desk (4/10) and the outage room (5/10) have to hold."""
BESIDES = {*(f"R{place}" for place in (1, 2, 3, 4, 5, 7, 8, 9, 10)), "3.6", "3.9", "4.5"}
"""Readings of that list (the sixth is about paper that leaves the floor, 6/10), forms and states."""
IN_A_WINDOW = re.compile(r"`tests/(ui/|journeys/test_\w+_in_window)")
NO_WINDOW = "no window yet"


def test_every_row_is_whole_and_there_once() -> None:
    assert all(len(row) == 4 and all(row) for row in ROWS), "four cells a row, none empty"
    numbers = [int(row[0]) for row in ROWS if row[0].isdigit()]
    assert numbers == sorted(set(numbers))
    assert len({row[0] for row in ROWS}) == len(ROWS)


def test_every_row_that_was_asked_for_is_there() -> None:
    assert {row[0] for row in ROWS} == {*map(str, DESK | OUTAGE_ROOM), *BESIDES}


def test_every_row_names_a_place_and_a_test() -> None:
    for row in ROWS:
        assert re.search(r"`(desktop_app|resources)/", row[2]), row[0]
        assert re.search(r"`tests/.*\.py", row[3]), row[0]


def test_a_row_that_no_test_of_the_window_drives_says_so() -> None:
    for row in ROWS:
        if "6/10" not in row[2]:
            assert (NO_WINDOW in row[2]) != bool(IN_A_WINDOW.search(row[3])), row[0]


@pytest.mark.parametrize(("row", "named"), NAMED)
def test_what_a_row_names_exists(row: str, named: str) -> None:
    path, _, test = named.partition("::")
    where: Path = ROOT / path
    assert where.exists(), f"row {row}: {path}"
    if test:
        assert re.search(rf"^def {test}\(", where.read_text(encoding="utf-8"), re.M), f"row {row}: {named}"
