"""docs/coverage.md: what it names exists, and every row is there once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.paths import resources

ROOT = resources().parent
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d", line)
]
NAMED = [(row[0], named) for row in ROWS for cell in row[2:] for named in re.findall(r"`([^`]+)`", cell)]


def test_every_row_is_whole_and_there_once():
    assert all(len(row) == 4 and all(row) for row in ROWS), "four cells a row, none empty"
    numbers = [int(row[0]) for row in ROWS]
    assert numbers == sorted(set(numbers))


def test_every_row_names_a_place_and_a_test():
    for row in ROWS:
        assert re.search(r"`(desktop_app|resources)/", row[2]), row[0]
        assert re.search(r"`tests/.*\.py", row[3]), row[0]


@pytest.mark.parametrize(("row", "named"), NAMED)
def test_what_a_row_names_exists(row: str, named: str):
    path, _, test = named.partition("::")
    where: Path = ROOT / path
    assert where.exists(), f"row {row}: {path}"
    if test:
        assert re.search(rf"^def {test}\(", where.read_text(encoding="utf-8"), re.M), f"row {row}: {named}"
