"""The OS lock: many share a store, one has it alone, and death releases it."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.storage.lock import file_lock, store_lock

HOLDER = """
import sys, time
from pathlib import Path
from desktop_app.storage.lock import store_lock
with store_lock(Path(sys.argv[1]), exclusive=sys.argv[2] == "alone"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path):
    running = []

    def hold(how: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(tmp_path), how], stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield hold
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def refused(folder: Path, *, exclusive: bool) -> str:
    with pytest.raises(KnownError) as caught, store_lock(folder, exclusive=exclusive):
        pass
    return caught.value.code


def test_sharing_is_open_to_all_and_keeps_others_from_having_it_alone(tmp_path: Path, holder) -> None:
    holder("share")
    with store_lock(tmp_path, exclusive=False):
        pass
    assert refused(tmp_path, exclusive=True) == "lock.in_use"


def test_alone_means_alone(tmp_path: Path, holder) -> None:
    holder("alone")
    assert refused(tmp_path, exclusive=False) == "lock.held_alone"
    assert refused(tmp_path, exclusive=True) == "lock.in_use"


@pytest.mark.parametrize("how", ["share", "alone"])
def test_a_killed_process_leaves_no_lock(tmp_path: Path, holder, how: str) -> None:
    process = holder(how)
    process.kill()
    process.wait()
    with store_lock(tmp_path, exclusive=True):
        pass


def test_two_holders_inside_one_process_see_each_other(tmp_path: Path) -> None:
    with store_lock(tmp_path, exclusive=True):
        assert refused(tmp_path, exclusive=False) == "lock.held_alone"


def test_waiting_ends(tmp_path: Path) -> None:
    path = tmp_path / "any.lock"
    with file_lock(path) as first, file_lock(path, wait=0.1) as second:
        assert (first, second) == (True, False)
    with file_lock(path, wait=0) as again:
        assert again
