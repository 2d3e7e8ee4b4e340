"""``init`` beside another ``init`` of the same station code, and ``init`` killed midway."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.numbers import Number
from desktop_app.storage.lying import companions
from desktop_app.storage.mark_files import MarkFile
from tests.faults.conftest import Home, numbers_in, write_records

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 3
ROUNDS = 2
KILLS = 4
POSIX = pytest.mark.skipif(os.name == "nt", reason="needs kill -9")

MAKING = """
import sys
from pathlib import Path
from desktop_app.domain.errors import KnownError
from desktop_app.domain.numbers import Number
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


DYING = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from desktop_app.domain.roles import Role
from desktop_app.settings import Settings
from desktop_app.storage.creating import create_store
from desktop_app.storage.key_slots import NewPerson
from desktop_app.storage.this_pc import DeviceSecret
create_store(
    Path(sys.argv[1]),
    data_folder=Path(sys.argv[2]),
    station="07",
    drill=False,
    people=[NewPerson("8021", Role.AGENT, "a long pass phrase")],
    device=DeviceSecret(None, apart=False),
    settings=Settings(),
    fill=lambda unit: os.kill(os.getpid(), signal.SIGKILL),
    now=datetime.now(UTC),
)
"""


@POSIX
def test_what_a_killed_creation_left_is_moved_aside_and_the_store_made(home: Home) -> None:
    killed = subprocess.run([sys.executable, "-c", DYING, home.folder, home.data], cwd=ROOT, check=False)
    assert killed.returncode < 0
    assert refused(home.open) == "keys.missing"
    with home.make().store as store:
        assert write_records(store, 1) == [str(Number("07", 1))]
    (aside,) = home.folder.glob("aside-*")
    assert (aside / "store.db").exists()


@POSIX
def test_killed_at_any_moment_a_creation_can_be_begun_again(tmp_path: Path) -> None:
    chance = random.Random(3)
    for turn in range(KILLS):
        home = Home(tmp_path / f"{turn}", tmp_path / f"data{turn}")
        with making(home, "07") as process:
            assert process.stdout.readline() == "ready\n"
            process.stdin.write("go\n")
            process.stdin.flush()
            while not home.file.exists():
                time.sleep(0.0005)
            time.sleep(chance.uniform(0, 0.06))
            process.kill()
        if not (home.folder / "keys.json").exists():
            home.make().store.close()
        with home.open() as store:
            assert write_records(store, 1)


@pytest.mark.parametrize("trace", ["attempts.json", "mark"])
def test_a_store_that_lost_its_keys_is_not_taken_for_unfinished(made: Home, trace: str) -> None:
    (made.folder / "keys.json").unlink()
    if trace == "mark":
        assert MarkFile(made.data, "07", drill=False).read().folder == made.folder
    else:
        (made.folder / trace).write_text("{}")
        (made.data / "marks" / "07.json").unlink()
    before = {part: part.read_bytes() for part in companions(made.file) if part.exists()}
    assert refused(lambda: made.make("08")) == "store.exists"
    assert refused(made.make) == "store.exists"
    assert {part: part.read_bytes() for part in companions(made.file) if part.exists()} == before


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as caught:
        call()
    return caught.value.code
