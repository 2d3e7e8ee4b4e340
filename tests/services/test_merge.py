"""What one store hands over and another takes in: files, real keys, real stores."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.floor import Floor, pair


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    made = Floor(tmp_path)
    yield made
    made.close()


def told(merged: object) -> list[tuple[str, int]]:
    return [(one.result.value, one.new) for one in merged.bundles]  # type: ignore[attr-defined]


def test_a_lead_takes_what_stations_hand_in_in_any_order_as_often_as_it_comes(floor: Floor) -> None:
    lead, other = floor.lead("01"), floor.lead("02")
    stations = [floor.desk(code) for code in ("07", "08", "09")]
    for one in (lead, other):
        pair(one, *stations)
    files = []
    for number, station in enumerate(stations, 1):
        station.log_many(number * 2)
        files.append(station.hand_in(lead, other))
        station.log_many(1)
        files.append(station.hand_in(lead, other))
    random.Random(4).shuffle(files)
    merged = lead.merge(*files)
    assert {one.result.value for one in merged.bundles} <= {"merged", "known"}
    assert sum(one.new for one in merged.bundles) == 2 + 4 + 6 + 3
    assert merged.missing == {}
    assert told(lead.merge(*files)) == [("known", 0)] * 6
    again = other.merge(*reversed(files))
    assert again.state_hash == merged.state_hash == lead.state_hash()
