"""A snapshot is there whole or not at all: killed, stopped, damaged, swapped by somebody else."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.errors import Closed, KnownError
from desktop_app.domain.roles import Role
from desktop_app.services.customers import look_up, standing
from desktop_app.services.stores import Person, create
from desktop_app.settings import Settings
from desktop_app.storage import customers_build
from desktop_app.storage.backup import make_backup
from desktop_app.storage.customers import CUSTOMERS_FILE
from desktop_app.storage.customers_build import Import, building, imports_in, remove_leftovers
from desktop_app.storage.customers_schema import MOST_PHONES, NewCustomer
from desktop_app.storage.database import Database
from desktop_app.storage.lying import STORE_FILE
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.store import Store, StoreMarks
from tests.stores import author, new_store

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
KEY = b"\x07" * 32
TOLD = Import("customers.csv", "00", NOW, NOW, "8021")
ROOT = Path(__file__).parents[2]
KILLED = """
import os, signal, sys
from pathlib import Path
from tests.storage.test_customers_build import build, open_again

at, folder = sys.argv[1], Path(sys.argv[2])
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
if at == "swap":
    Path.replace = die
store = open_again(folder)
build(store, ["新人"], (lambda step, done, of: die()) if at == "index" else (lambda step, done, of: None))
"""


def nobody_stops(step: str, done: int, of: int) -> None:
    pass


def build(store: Store, names: list[str], tell: Callable[[str, int, int], None] = nobody_stops) -> None:
    log = logged(store)
    with building(store, tell) as new:
        new.add(NewCustomer("", name, ("13123450001",), "", "", "", "", ()) for name in names)
        new.finish(TOLD, log)


def logged(store: Store) -> list[tuple[object, ...]]:
    with store.customers() as connection:
        return imports_in(connection) if connection is not None else []


def open_again(folder: Path) -> Store:
    marks = StoreMarks(MarkFile(folder.parent / "data", "07", drill=False), folder)
    database = Database(folder / STORE_FILE, KEY)
    return Store(folder, database, author(), marks, Settings(), bytearray(KEY))


def names(store: Store) -> list[str]:
    return [match.customer.name for match in look_up(store, "13123450001")]


def leftovers(store: Store) -> list[str]:
    return [path.name for path in store.folder.iterdir() if path.name.startswith(".customers")]


@pytest.fixture
def known(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "store", key=KEY) as opened:
        build(opened, ["旧人"])
        yield opened


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("at", ["index", "swap"])
def test_a_kill_leaves_the_old_snapshot(known: Store, at: str) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, at, known.folder], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert names(known) == ["旧人"]
    assert len(leftovers(known)) == 1
    if at == "swap":
        build(known, ["新人"])
        assert names(known) == ["新人"]
    else:
        remove_leftovers(known.folder)
    assert leftovers(known) == []


def test_whoever_stops_keeps_the_old_snapshot(known: Store) -> None:
    class Stopped(Exception):
        pass

    def stop(step: str, done: int, of: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        build(known, ["新人"], stop)
    assert (names(known), leftovers(known)) == (["旧人"], [])


def test_long_indexing_is_stopped_in_the_middle(known: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(Exception):
        pass

    monkeypatch.setattr(customers_build, "_STEPS_BETWEEN_CHECKS", 10)
    told: list[int] = []

    def stop(step: str, done: int, of: int) -> None:
        told.append(of)
        if of == 0:
            raise Stopped

    with pytest.raises(Stopped):
        build(known, ["新人"] * 50, stop)
    assert told[0] > 0
    assert (names(known), leftovers(known)) == (["旧人"], [])


def test_one_import_at_a_time(known: Store) -> None:
    with building(known, nobody_stops) as new:
        with pytest.raises(KnownError) as refused, building(known, nobody_stops):
            raise AssertionError
        remove_leftovers(known.folder)
        new.add([NewCustomer("", "新人", ("13123450001",), "", "", "", "", ())])
        new.finish(TOLD, ())
    assert refused.value.code == "customers.importing"
    assert names(known) == ["新人"]


def test_another_program_swaps_the_file(known: Store) -> None:
    assert names(known) == ["旧人"]
    with open_again(known.folder) as other:
        build(other, ["新人"])
    assert names(known) == ["新人"]
    assert [row[0] for row in logged(known)] == ["customers.csv", "customers.csv"]


def test_windows_keeps_an_open_file(known: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(customers_build, "_SWAP_SECONDS", 0.3)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(KnownError) as refused:
        build(known, ["新人"])
    assert refused.value.code == "customers.in_use"
    assert (names(known), leftovers(known)) == (["旧人"], [])


@pytest.mark.parametrize("damage", ["cut", "empty", "page", "plain", "folder"])
def test_a_damaged_snapshot_is_none(known: Store, damage: str) -> None:
    file = known.folder / CUSTOMERS_FILE
    whole = file.read_bytes()
    changed = {
        "cut": whole[:5000],
        "empty": b"",
        "page": whole[:4200] + b"\0" * 20_000 + whole[24_200:],
        "plain": b"SQLite format 3\0" + whole[16:],
    }
    file.unlink()
    if damage == "folder":
        file.mkdir()
    else:
        file.write_bytes(changed[damage])
    assert names(known) == []
    assert look_up(known, "旧人") == ()
    told = standing(known)
    assert told.snapshot is None
    assert told.problem is not None
    assert told.problem.code == "customers.damaged"
    if damage != "folder":
        build(known, ["新人"])
        assert names(known) == ["新人"]
        assert standing(known).problem is None


def test_a_snapshot_of_another_shape_is_none(known: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.storage.customers_schema.VERSION", 2)
    build(known, ["新人"])
    monkeypatch.undo()
    assert names(known) == []
    problem = standing(known).problem
    assert problem is not None
    assert problem.code == "customers.other_shape"


def test_nothing_of_it_is_readable(known: Store) -> None:
    build(known, ["可认出的姓名"] * 200)
    content = (known.folder / CUSTOMERS_FILE).read_bytes()
    assert "可认出的姓名".encode() not in content
    assert b"13123450001" not in content


def test_no_backup_holds_it(tmp_path: Path) -> None:
    owner = Person("8021", "李娜", Role.AGENT)
    created = create(
        tmp_path / "store",
        station="07",
        owner=owner,
        pin="314159265358",
        data_folder=tmp_path / "data",
        now=NOW,
    )
    with created.store as store:
        before = make_backup(store, tmp_path, NOW).stat().st_size
        build(store, ["客户"] * 2_000)
        assert (store.folder / CUSTOMERS_FILE).stat().st_size > 100_000
        assert make_backup(store, tmp_path, NOW).stat().st_size == before


def test_none_is_made_under_a_key_that_is_forgotten(known: Store) -> None:
    before = (known.folder / CUSTOMERS_FILE).read_bytes()
    known.close()
    with pytest.raises(Closed):
        build(known, ["新人"])
    assert (known.folder / CUSTOMERS_FILE).read_bytes() == before
    assert leftovers(known) == []


def test_closing_drops_it(known: Store) -> None:
    assert names(known) == ["旧人"]
    known.close()
    assert names(known) == []
    assert not any(CUSTOMERS_FILE in str(path) for path in open_files())


def open_files() -> list[Path]:
    folder = Path("/proc/self/fd")
    return [path.resolve() for path in folder.iterdir()] if folder.is_dir() else []


def test_many_threads_look_up_at_once_while_it_is_swapped(known: Store) -> None:
    wrong: list[object] = []
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            found = names(known)
            if found not in (["旧人"], ["新人"]):
                wrong.append(found)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(4):
        build(known, ["新人" if turn % 2 else "旧人"])
    over.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_number_that_comes_again_counts_once(known: Store) -> None:
    phones = tuple(f"131234500{at:02d}" for at in range(MOST_PHONES + 5))
    first = NewCustomer("K 1", "甲", phones, "和平新村", "", "", "", ())
    with building(known, nobody_stops) as new:
        new.add([first] * 3)
        new.add([NewCustomer("k1", "乙", ("13123450050",), "和平新村", "", "", "", ())])
        assert new.finish(TOLD, ()) == [1, 2, 3]
    assert [match.customer.name for match in look_up(known, "和平")] == ["乙"]
    assert look_up(known, "13123450000") == ()
