"""Every store that cannot be opened says why in one sentence, and nothing of it is written to."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.numbers import Number, parse_number
from desktop_app.services.stores import unlock
from desktop_app.storage.lying import companions
from desktop_app.storage.opening import Credentials
from desktop_app.words import LANGUAGES, Words
from tests.faults.conftest import NOW, PIN, RECORDS, Home, nobody, numbers_in, write_records

MINE = Credentials("8021", PIN)
POSIX = pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions")


def refused(home: Home, **told) -> KnownError:
    before = contents(home.folder)
    with pytest.raises(KnownError) as caught:
        home.open(**told).close()
    after = contents(home.folder)
    new = after.keys() - before.keys()
    assert new <= {"store.lock", "attempts.json", "attempts.json.lock", "store.db-shm", "store.db-wal"}
    assert {name: after[name] for name in before.keys() - {"store.db-shm"}} == {
        name: digest for name, digest in before.items() if name != "store.db-shm"
    }
    for language in LANGUAGES:
        assert "{" not in Words(language).sentence(caught.value)
    return caught.value


def contents(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.is_file()
    }


def test_no_store(home: Home) -> None:
    assert refused(home).code == "opening.no_store"
    home.folder.mkdir()
    assert refused(home).code == "opening.no_store"
    assert list(home.folder.iterdir()) == []


def test_the_folder_is_a_file(home: Home) -> None:
    home.folder.write_text("a file")
    assert refused(home).code == "opening.not_a_folder"


def test_the_file_is_a_folder(made: Home) -> None:
    made.file.unlink()
    made.file.mkdir()
    assert refused(made).code == "opening.not_a_file"


def test_the_file_is_gone(made: Home) -> None:
    made.file.unlink()
    assert refused(made).code == "opening.file_missing"


@pytest.mark.parametrize("size", [0, 1, 4095])
def test_zero_bytes_or_less_than_a_page(made: Home, size: int) -> None:
    os.truncate(made.file, size)
    error = refused(made)
    assert (type(error), error.code) == (Damaged, "opening.cut")


@pytest.mark.parametrize("pages", [1, 7])
def test_cut_after_some_pages(made: Home, pages: int) -> None:
    os.truncate(made.file, pages * 4096)
    error = refused(made)
    assert (type(error), error.code) == (Damaged, "store.damaged")


@pytest.mark.parametrize("place", [3, 100, 4000])
def test_a_flipped_bit_on_the_first_page(made: Home, place: int) -> None:
    content = bytearray(made.file.read_bytes())
    content[place] ^= 4
    made.file.write_bytes(content)
    assert refused(made).code == "store.damaged"


def test_a_file_of_another_program(made: Home) -> None:
    made.file.write_bytes(b"SQLite format 3\0" + bytes(8176))
    assert refused(made).code == "store.damaged"


def test_a_wrong_pin_is_not_damage(made: Home) -> None:
    with pytest.raises(KnownError) as caught:
        unlock_with(made, Credentials("8021", "another pass phrase"))
    assert caught.value.code == "keys.wrong_pin"
    with pytest.raises(KnownError) as caught:
        unlock_with(made, Credentials("8022", PIN))
    assert caught.value.code == "keys.unknown_user"
    made.open().close()


def unlock_with(home: Home, credentials: Credentials) -> None:
    unlock(home.folder, credentials, data_folder=home.data, now=NOW).close()


def test_five_wrong_pins_lock_the_sixth_out_but_not_the_recovery_code(made: Home) -> None:
    codes = []
    for _ in range(6):
        with pytest.raises(KnownError) as caught:
            unlock_with(made, Credentials("8021", "another pass phrase"))
        codes.append(caught.value.code)
    assert codes == ["keys.wrong_pin"] * 5 + ["keys.locked_out"]
    with pytest.raises(KnownError) as caught:
        unlock_with(made, MINE)
    assert caught.value.code == "keys.locked_out"
    unlock_with(made, Credentials(recovery=made.recovery))


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda file: file.unlink(), "keys.missing"),
        (lambda file: file.write_bytes(b""), "keys.damaged"),
        (lambda file: file.write_bytes(file.read_bytes()[:-10]), "keys.damaged"),
    ],
)
def test_key_file_lost_or_cut(made: Home, damage, code: str) -> None:
    damage(made.folder / "keys.json")
    assert refused(made).code == code


def test_the_key_file_of_another_store(made: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "08", tmp_path / "data")
    other.make("08").store.close()
    shutil.copy(other.folder / "keys.json", made.folder / "keys.json")
    assert refused(made, credentials=MINE).code == "store.damaged"


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from tests.faults.conftest import Home, write_records
store = Home(Path(sys.argv[1]), Path(sys.argv[2])).open()
write_records(store, 3)
os.kill(os.getpid(), signal.SIGKILL)
"""


def kill_after_three_records(home: Home) -> None:
    root = Path(__file__).resolve().parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, home.folder, home.data, root], check=False, cwd=root, timeout=60
    )
    assert killed.returncode < 0
    assert companions(home.file)[1].stat().st_size > 0


@POSIX
def test_a_killed_process_loses_nothing(made: Home) -> None:
    kill_after_three_records(made)
    with made.open() as store:
        assert numbers_in(store) == [str(Number("07", place)) for place in range(1, RECORDS + 4)]
        assert store.database.path.exists()


@POSIX
def test_a_foreign_log_is_neither_read_nor_folded_in(made: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "08", tmp_path / "data")
    with other.make("08").store as store:
        write_records(store, 2)
    kill_after_three_records(other)
    main, wal = made.file, companions(made.file)[1]
    wal.write_bytes(companions(other.file)[1].read_bytes())
    error = refused(made)
    assert (type(error), error.code, error.details["file"]) == (Damaged, "opening.foreign_wal", wal)
    wal.unlink()
    companions(main)[2].unlink(missing_ok=True)
    with made.open() as store:
        assert len(numbers_in(store)) == RECORDS


@POSIX
def test_a_file_copied_without_its_log_begins_a_new_life_above_its_mark(made: Home) -> None:
    kill_after_three_records(made)
    with_log = made.file.read_bytes()
    wal = companions(made.file)[1]
    wal.rename(wal.with_name("kept-wal"))
    assert made.file.read_bytes() == with_log
    companions(made.file)[2].unlink()
    with made.open() as store:
        assert len(numbers_in(store)) == RECORDS
        new = [parse_number(text) for text in write_records(store, 1)]
        assert new == [Number("07", RECORDS + 4)]


def test_an_older_file_put_back_begins_a_new_life_and_repeats_no_number(made: Home) -> None:
    older = made.file.read_bytes()
    with made.open() as store:
        write_records(store, 4)
        with store.read() as view:
            before = view.life.writer
    made.file.write_bytes(older)
    with made.open() as store:
        with store.read() as view:
            assert view.life.writer != before
            assert len(view.connection.exec_driver_sql("SELECT * FROM writers").fetchall()) == 2
        assert write_records(store, 1) == [str(Number("07", RECORDS + 5))]
    with made.open() as store, store.read() as view:
        assert len(view.connection.exec_driver_sql("SELECT * FROM writers").fetchall()) == 2


def test_a_copied_folder_begins_a_life_of_its_own(made: Home, tmp_path: Path) -> None:
    copy = Home(tmp_path / "copy", made.data)
    shutil.copytree(made.folder, copy.folder)
    with made.open() as store, copy.open() as twin:
        with store.read() as view, twin.read() as seen:
            assert view.life.store == seen.life.store
            assert view.life.writer != seen.life.writer
        given = write_records(twin, 2) + write_records(store, 1) + write_records(twin, 1)
        assert len(set(given)) == 4


def test_a_store_on_a_new_pc_goes_on_a_thousand_above(made: Home, tmp_path: Path) -> None:
    moved = Home(made.folder, tmp_path / "new data")
    with moved.open() as store:
        assert write_records(store, 1) == [str(Number("07", RECORDS + 1000))]
    with moved.open() as store:
        assert write_records(store, 1) == [str(Number("07", RECORDS + 1001))]


def test_reading_begins_no_life(made: Home, tmp_path: Path) -> None:
    moved = Home(made.folder, tmp_path / "new data")
    with moved.open(writing=False) as store, store.read() as view:
        assert len(view.connection.exec_driver_sql("SELECT * FROM writers").fetchall()) == 1
    assert not (tmp_path / "new data").exists()


def test_two_may_share_but_not_while_one_has_it_alone(made: Home) -> None:
    with made.open(), made.open():
        assert refused(made, alone=True).code == "lock.in_use"
    with made.open(alone=True):
        assert refused(made).code == "lock.held_alone"


@POSIX
def test_a_read_only_folder_and_a_forbidden_one(open_folder: Path) -> None:
    home = Home(open_folder / "07", open_folder / "data")
    home.make().store.close()
    for path in (home.folder, *home.folder.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with nobody():
        assert refused(home).code == "opening.unwritable"
    home.file.chmod(0)
    with nobody():
        with pytest.raises(KnownError) as caught:
            home.open()
        assert caught.value.code == "opening.unreadable"
    home.folder.chmod(0)
    with nobody():
        with pytest.raises(KnownError) as caught:
            home.open()
        assert caught.value.code == "opening.unreadable"


@POSIX
def test_a_data_folder_that_cannot_be_written(open_folder: Path) -> None:
    home = Home(open_folder / "07", open_folder / "data")
    home.data.write_text("in the way")
    with pytest.raises(KnownError) as caught:
        home.make()
    assert caught.value.code == "opening.unwritable"
    assert not home.file.exists()


def fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass


@POSIX
def test_a_full_disk_makes_no_store_and_loses_none(small_disk: Path) -> None:
    home = Home(small_disk / "07", small_disk / "data")
    with home.make().store as store:
        write_records(store, 2)
    filler = small_disk / "filler"
    fill(filler)
    with pytest.raises(KnownError) as caught:
        Home(small_disk / "08", small_disk / "data").make("08")
    assert caught.value.code == "store.disk_full"
    assert not (small_disk / "08" / "store.db").exists()
    with pytest.raises(KnownError) as caught:
        home.open()
    assert caught.value.code == "store.disk_full"
    filler.unlink()
    with home.open() as store:
        assert len(numbers_in(store)) == 2
    Home(small_disk / "08", small_disk / "data").make("08").store.close()
