"""Damage is found, a backup brings the records back, and a bad backup touches nothing."""

from __future__ import annotations

import hashlib
import os
import random
from pathlib import Path

import pytest

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.numbers import Number
from desktop_app.services.backup import back_up, restore
from desktop_app.services.doctor import examine_store
from desktop_app.services.people import change_pin
from desktop_app.services.stores import unlock
from desktop_app.storage import journal
from desktop_app.storage.checks import Checked
from desktop_app.storage.opening import Credentials
from tests.faults.conftest import MARKER, NOW, PIN, RECORDS, Home, numbers_in, write_records

MINE = Credentials("8021", PIN)
PAGE = 4096
DAMAGES = int(os.environ.get("FALLBACK_DESK_DAMAGES", "2000"))


def doctor(home: Home, **told) -> Checked:
    return examine_store(home.folder, home.quick, data_folder=home.data, now=NOW, **told)


def bring_back(home: Home, file: Path, credentials: Credentials | None = None):
    return restore(home.folder, file, credentials or home.quick, data_folder=home.data, now=NOW)


def snapshot(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.startswith("attempts") and file.name != "store.lock"
    }


@pytest.fixture
def backup(made: Home, tmp_path: Path) -> Path:
    with made.open() as store:
        return back_up(store, tmp_path / "backups", now=NOW)


def test_a_backup_is_one_file_of_its_own_name(made: Home, backup: Path) -> None:
    assert backup.name == "07-20260701T010000Z.fdbackup"
    with made.open() as store:
        again = back_up(store, backup.parent, now=NOW)
    assert again.name == "07-20260701T010000Z-2.fdbackup"
    assert sorted(backup.parent.iterdir()) == sorted([backup, again])
    assert doctor(made).problems == ()


def test_a_backup_made_while_others_write(made: Home, tmp_path: Path) -> None:
    with made.open() as store, made.open() as other:
        write_records(other, 5)
        file = back_up(store, tmp_path / "backups", now=NOW)
        write_records(other, 5)
    fresh = Home(tmp_path / "fresh", tmp_path / "fresh data")
    bring_back(fresh, file)
    with fresh.open(writing=False) as store:
        assert len(numbers_in(store)) == RECORDS + 5


def flip(content: bytearray, rng: random.Random) -> None:
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def swap_pages(content: bytearray, rng: random.Random) -> None:
    first, second = rng.sample(range(len(content) // PAGE), 2)
    one, two = slice(first * PAGE, (first + 1) * PAGE), slice(second * PAGE, (second + 1) * PAGE)
    content[one], content[two] = content[two], content[one]


def cut(content: bytearray, rng: random.Random) -> None:
    del content[rng.randrange(1, len(content)) :]


def zero_page(content: bytearray, rng: random.Random) -> None:
    place = rng.randrange(len(content) // PAGE) * PAGE
    content[place : place + PAGE] = bytes(PAGE)


@pytest.mark.parametrize("damage", [flip, swap_pages, cut, zero_page])
def test_damage_is_found_and_the_backup_brings_everything_back(made: Home, backup: Path, damage) -> None:
    rng = random.Random(damage.__name__)
    whole = made.file.read_bytes()
    for _ in range(4):
        content = bytearray(whole)
        damage(content, rng)
        assert content != whole
        made.file.write_bytes(content)
        assert doctor(made).problems
        assert made.file.read_bytes() == bytes(content) or damage is not cut
    restored = bring_back(made, backup)
    assert (restored.aside / "store.db").exists()
    assert doctor(made).problems == ()
    with made.open() as store:
        assert numbers_in(store) == [str(Number("07", place)) for place in range(1, RECORDS + 1)]


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_damage_is_found_every_time(made: Home) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")
    rng, whole, missed = random.Random(seed), made.file.read_bytes(), []
    for turn in range(DAMAGES):
        content = bytearray(whole)
        damage = rng.choice([flip, swap_pages, cut, zero_page])
        damage(content, rng)
        made.file.write_bytes(content)
        if not doctor(made).problems:
            missed.append((turn, damage.__name__))
    assert missed == []


def test_an_older_file_put_back_is_found(made: Home) -> None:
    older = made.file.read_bytes()
    with made.open() as store:
        write_records(store, 2)
    made.file.write_bytes(older)
    codes = [problem.code for problem in doctor(made).problems]
    assert codes == ["doctor.mark_behind", "doctor.unaccounted"]


def test_numbers_lost_between_backup_and_damage_are_named_and_never_given_again(
    made: Home, backup: Path
) -> None:
    with made.open() as store:
        write_records(store, 3)
        with store.read() as view:
            before = view.life.writer
    os.truncate(made.file, PAGE)
    bring_back(made, backup)
    (problem,) = doctor(made).problems
    assert (problem.code, problem.details["numbers"]) == (
        "doctor.unaccounted",
        f"{Number('07', RECORDS + 1)}–{Number('07', RECORDS + 3)}",
    )
    for _ in range(2):
        with made.open() as store, store.read() as view:
            assert view.life.writer != before
            assert len(journal.writer_ids(view.connection)) == 2
    with made.open() as store:
        assert write_records(store, 1) == [str(Number("07", RECORDS + 4))]


def test_restoring_over_a_sound_store_begins_a_new_life_all_the_same(made: Home, backup: Path) -> None:
    with made.open() as store, store.read() as view:
        before = view.life.writer
    bring_back(made, backup)
    with made.open() as store, store.read() as view:
        assert view.life.writer != before
        before = view.life.writer
    with made.open() as store, store.read() as view:
        assert view.life.writer == before
    assert doctor(made).problems == ()


def test_restoring_to_a_new_pc(made: Home, backup: Path, tmp_path: Path) -> None:
    fresh = Home(tmp_path / "fresh", tmp_path / "fresh data")
    assert bring_back(fresh, backup).aside is None
    assert doctor(fresh).problems == ()
    with fresh.open() as store:
        assert len(numbers_in(store)) == RECORDS
        assert write_records(store, 1) == [str(Number("07", RECORDS + 1000))]
    assert doctor(fresh).problems == ()


def test_todays_keys_stay_where_the_data_key_is_the_same(made: Home, backup: Path) -> None:
    with made.open() as store:
        change_pin(store, MINE.pin, "a newer pass phrase", data_folder=made.data)
    before = (made.folder / "keys.json").read_bytes()
    with pytest.raises(KnownError) as caught:
        bring_back(made, backup, MINE)
    assert caught.value.code == "keys.wrong_pin"
    bring_back(made, backup, Credentials("8021", "a newer pass phrase"))
    assert (made.folder / "keys.json").read_bytes() == before


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: os.truncate(file, 100)])
def test_the_backups_keys_come_back_where_todays_are_lost(made: Home, backup: Path, damage) -> None:
    before = (made.folder / "keys.json").read_bytes()
    damage(made.folder / "keys.json")
    assert doctor(made).problems[0].code in ("error.keys.missing", "error.keys.damaged")
    bring_back(made, backup)
    assert (made.folder / "keys.json").read_bytes() == before
    assert doctor(made).problems == ()


def test_a_backup_of_another_store_is_refused(made: Home, backup: Path, tmp_path: Path) -> None:
    other = Home(tmp_path / "08", made.data)
    other.make("08").store.close()
    before = snapshot(other.folder)
    with pytest.raises(KnownError) as caught:
        bring_back(other, backup)
    assert caught.value.code == "backup.other_store"
    assert snapshot(other.folder) == before


@pytest.mark.parametrize("there", [[], ["in/a"], ["in/a/new"], ["in/a/new", "in/a/new/store.lock"]])
def test_a_failed_restore_leaves_nothing_where_nothing_was(
    made: Home, backup: Path, tmp_path: Path, there: list[str]
) -> None:
    root = tmp_path / "elsewhere"
    root.mkdir()
    for name in there:
        (root / name).mkdir(parents=True) if "." not in name else (root / name).touch()
    before = sorted(root.rglob("*"))
    new = Home(root / "in" / "a" / "new", made.data)
    damaged = tmp_path / "damaged.fdbackup"
    damaged.write_bytes(backup.read_bytes()[:-1])
    for file, pin, code in [
        (backup, "not the PIN", "keys.wrong_pin"),
        (damaged, PIN, "backup.damaged"),
        (tmp_path / "none.fdbackup", PIN, "backup.unreadable"),
    ]:
        with pytest.raises(KnownError) as caught:
            bring_back(new, file, Credentials("8021", pin))
        assert caught.value.code == code
        assert sorted(root.rglob("*")) == before
    bring_back(new, backup, Credentials("8021", PIN))
    with new.open() as store:
        assert len(numbers_in(store)) == RECORDS


def test_wrong_pins_count_where_a_store_is(made: Home, backup: Path) -> None:
    (made.folder / "attempts.json").unlink(missing_ok=True)
    with pytest.raises(KnownError) as caught:
        bring_back(made, backup, Credentials("8021", "not the PIN"))
    assert caught.value.code == "keys.wrong_pin"
    assert "8021" in (made.folder / "attempts.json").read_text()


def resummed(content: bytes) -> bytes:
    return content[:-32] + hashlib.sha256(content[:-32]).digest()


def test_mutated_backups_are_refused_and_the_store_is_untouched(made: Home, backup: Path) -> None:
    whole, before, rng = backup.read_bytes(), snapshot(made.folder), random.Random(7)
    bad = backup.with_name("bad.fdbackup")
    mutants = [
        b"",
        b"SQLite format 3\0" + bytes(5000),
        whole[:-1],
        whole + b"x",
        whole[:40],
        b"x" + whole[1:],
    ]
    for _ in range(60):
        content = bytearray(whole)
        rng.choice([flip, cut])(content, rng)
        mutants.append(bytes(content))
    # Somebody who knows the format makes the checksum right again.
    for _ in range(12):
        content = bytearray(whole[:-32])
        rng.choice([flip, swap_pages])(content, rng)
        mutants.append(resummed(bytes(content) + bytes(32)))
    huge = bytearray(whole)
    huge[23:31] = b"\xff" * 8
    mutants.append(resummed(bytes(huge)))
    # Wrong keys count as wrong PINs, so the try is made with the recovery code.
    recovery = Credentials(recovery=made.recovery)
    for mutant in mutants:
        assert mutant != whole
        bad.write_bytes(mutant)
        with pytest.raises(KnownError) as caught:
            bring_back(made, bad, recovery)
        assert caught.value.code in ("backup.damaged", "backup.not_one"), caught.value
        assert snapshot(made.folder) == before
    with pytest.raises(KnownError) as caught:
        bring_back(made, backup.parent / "none.fdbackup")
    assert caught.value.code == "backup.unreadable"


def test_a_damaged_store_is_not_backed_up(made: Home, tmp_path: Path) -> None:
    content = bytearray(made.file.read_bytes())
    content[-PAGE + 9] ^= 1
    made.file.write_bytes(content)
    with made.open(writing=False) as store, pytest.raises(Damaged) as caught:
        back_up(store, tmp_path / "backups", now=NOW)
    assert caught.value.code == "backup.not_verified"
    assert list((tmp_path / "backups").iterdir()) == []


def test_restoring_needs_the_store_alone(made: Home, backup: Path) -> None:
    with made.open(), pytest.raises(KnownError) as caught:
        bring_back(made, backup)
    assert caught.value.code == "lock.in_use"


def test_tampering_with_the_journal_is_found(made: Home) -> None:
    statements = [
        (
            "UPDATE payloads SET stored = CAST(replace(CAST(stored AS TEXT), '5', '6') AS BLOB)",
            "doctor.digest",
        ),
        (
            "UPDATE payloads SET stored = CAST(stored AS TEXT) WHERE seq = 9",
            "error.journal.payload_unreadable",
        ),
        ("UPDATE entries SET envelope = zeroblob(9) WHERE seq = 9", "error.journal.envelope_unreadable"),
        ("UPDATE entries SET lamport = lamport WHERE seq = 9", None),
        ("UPDATE entries SET hash = zeroblob(32) WHERE seq = 8", "doctor.hash"),
        ("DELETE FROM payloads WHERE seq = 12; DELETE FROM entries WHERE seq = 12", "doctor.gap"),
        ("UPDATE records SET state = 'void' WHERE sequence = 4", "doctor.folded"),
        ("UPDATE writers SET link = randomblob(32)", "doctor.hash"),
    ]
    whole = made.file.read_bytes()
    for statement, code in statements:
        made.file.write_bytes(whole)
        with made.open(writing=False) as store:
            raw = store.database.writer.raw_connection()
            raw.driver_connection.executescript(f"PRAGMA foreign_keys=OFF; {statement}")
            raw.close()
        codes = [problem.code for problem in doctor(made).problems]
        assert (code in codes) if code else codes == []


def test_a_cut_tail_is_found_by_the_mark(made: Home) -> None:
    with made.open(writing=False) as store:
        raw = store.database.writer.raw_connection()
        last = raw.driver_connection.execute("SELECT max(seq) FROM entries").fetchone()[0]
        subject = raw.driver_connection.execute(
            "SELECT subject FROM entries WHERE seq = ?", (last,)
        ).fetchone()[0]
        raw.driver_connection.execute("PRAGMA foreign_keys=OFF")
        for statement, value in (
            ("DELETE FROM payloads WHERE seq = ?", last),
            ("DELETE FROM entries WHERE seq = ?", last),
            ("DELETE FROM records WHERE id = ?", subject),
            ("DELETE FROM subjects WHERE id = ?", subject),
        ):
            raw.driver_connection.execute(statement, (value,))
        raw.close()
    assert [problem.code for problem in doctor(made).problems] == ["doctor.mark_behind", "doctor.unaccounted"]


def test_rebuilding_puts_the_folded_tables_right(made: Home) -> None:
    sound = doctor(made)
    with made.open(writing=False) as store:
        raw = store.database.writer.raw_connection()
        raw.driver_connection.executescript(
            "DELETE FROM records; UPDATE subjects SET state = replace(state, '5', '6')"
        )
        raw.close()
    assert doctor(made).problems
    assert doctor(made, rebuilding=True) == sound


def test_doctor_beside_another_process_and_a_wrong_pin(made: Home) -> None:
    with made.open() as store:
        write_records(store, 2)
        assert doctor(made).problems == ()
        write_records(store, 2)
    with pytest.raises(KnownError) as caught:
        examine_store(made.folder, Credentials("8021", "not my pass phrase"), data_folder=made.data, now=NOW)
    assert caught.value.code == "keys.wrong_pin"


def test_no_callers_text_in_any_file(made: Home, backup: Path, tmp_path: Path) -> None:
    with made.open() as store:
        write_records(store, 5)
        held = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert any(file.name.endswith("-wal") for file in held)
        for file in held:
            content = file.read_bytes()
            for text in (MARKER, "13123450001", PIN, "李娜"):
                assert text.encode() not in content, file
                assert text.encode("utf-16-le") not in content, file


def test_the_restored_store_unlocks_with_the_recovery_code(made: Home, backup: Path) -> None:
    made.file.unlink()
    given = Credentials(recovery=made.recovery)
    bring_back(made, backup, given)
    with unlock(made.folder, given, data_folder=made.data, now=NOW) as store:
        assert len(numbers_in(store)) == RECORDS
