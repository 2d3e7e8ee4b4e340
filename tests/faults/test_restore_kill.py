"""``kill -9`` while a backup is restored: the store or the way back to it is always there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.services.backup import back_up, restore
from desktop_app.services.doctor import examine_store
from tests.faults.conftest import NOW, RECORDS, Home, numbers_in

ROOT = Path(__file__).resolve().parents[2]
FEW = 3
MANY = int(os.environ.get("FALLBACK_DESK_DRILLS", "60"))
pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs kill -9")

RESTORING = """
import sys
from pathlib import Path
from tests.faults.conftest import NOW, Home
from desktop_app.services.backup import restore
folder, data, recovery, backup = sys.argv[1:]
home = Home(Path(folder), Path(data), recovery)
print("ready", flush=True)
while True:
    restore(home.folder, Path(backup), home.quick, data_folder=home.data, now=NOW)
"""


def kill_restoring(home: Home, backup: Path, after: float) -> None:
    arguments = [sys.executable, "-c", RESTORING, home.folder, home.data, home.recovery, backup]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout.readline() == "ready\n"
        time.sleep(after)
        running.kill()


def drill(home: Home, tmp_path: Path, rounds: int, chance: random.Random) -> None:
    with home.open() as store:
        backup = back_up(store, tmp_path / "backups", now=NOW)
    for _ in range(rounds):
        kill_restoring(home, backup, chance.uniform(0.02, 0.5))
        with suppress(KnownError), home.open(writing=False) as store:
            assert len(numbers_in(store)) == RECORDS
        restore(home.folder, backup, home.quick, data_folder=home.data, now=NOW)
        assert examine_store(home.folder, home.quick, data_folder=home.data, now=NOW).problems == ()
        with home.open() as store:
            assert len(numbers_in(store)) == RECORDS
    assert list(home.folder.glob(".restore-*")) == []
    # What was there before any restoring began lies aside, whole.
    aside = [folder / "store.db" for folder in home.folder.glob("aside-*")]
    assert sum(file.exists() for file in aside) >= rounds


def test_killed_restoring(made: Home, tmp_path: Path) -> None:
    drill(made, tmp_path, FEW, random.Random(5))


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_killed_restoring_many_times(made: Home, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")
    drill(made, tmp_path, MANY, random.Random(seed))
