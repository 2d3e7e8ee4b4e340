"""No room left while records are logged: one sentence, nothing lost, and it goes on once there is room."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from tests.faults.desk import Desk, problems, rows_by_number
from tests.faults.test_together import lines


@pytest.mark.parametrize("room", [4_000, 120_000, 400_000])
def test_a_full_disk_stops_the_log_with_one_sentence(tmp_path: Path, room: int) -> None:
    desk = Desk(tmp_path).create()

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    code, out, err = desk.log(lines("full", 400), preexec_fn=limit)
    told = err.splitlines()
    assert (code, "Traceback" in err) == (2, False)
    assert 1 <= len(told) <= 2
    assert "disk" in told[0] or "data folder" in told[0]
    given = {line.split()[0]: f"full-{index}" for index, line in enumerate(out)}
    assert len(given) < 400
    with desk.unlock(writing=False) as store:
        held = rows_by_number(store)
        assert problems(store) == []
    assert given.items() <= held.items()
    code, more, err = desk.log(lines("room", 3))
    assert (code, len(more), err) == (0, 3, "")
    assert not given.keys() & {line.split()[0] for line in more}
