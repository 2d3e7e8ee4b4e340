"""``init`` beside another ``init`` of the same station code, and ``init`` killed midway."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.faults.conftest import Home, numbers_in, write_records

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 3
ROUNDS = 2

MAKING = """
import sys
from pathlib import Path
from desktop_app.domain.errors import KnownError
from tests.faults.conftest import Home
home = Home(Path(sys.argv[1]), Path(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
try:
    home.make(sys.argv[3]).store.close()
    print("made")
except KnownError as problem:
    print(problem.code)
"""


def making(home: Home, station: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", MAKING, home.folder, home.data, station],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def make_at_once(homes: list[Home], station: str) -> list[str]:
    running = [making(home, station) for home in homes]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].strip() for process in running]


def test_one_code_is_given_to_one_of_those_who_ask_at_once(tmp_path: Path) -> None:
    for turn in range(ROUNDS):
        homes = [Home(tmp_path / f"{turn}-{place}", tmp_path / "data") for place in range(AT_ONCE)]
        told = make_at_once(homes, f"1{turn}")
        assert sorted(told) == ["made"] + ["opening.code_in_use"] * (AT_ONCE - 1)
        assert [home.file.exists() for home in homes] == [answer == "made" for answer in told]


def test_one_folder_is_given_to_one_of_those_who_ask_at_once(tmp_path: Path) -> None:
    home = Home(tmp_path / "07", tmp_path / "data")
    told = make_at_once([home] * AT_ONCE, "07")
    assert told.count("made") == 1
    assert set(told) == {"made", "store.exists"}
    with home.open() as store:
        assert numbers_in(store) == []
        assert write_records(store, 1)
