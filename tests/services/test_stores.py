"""Making and unlocking stores, with real keys and a real encrypted file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import keyring
import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.numbers import Number
from desktop_app.domain.roles import Role
from desktop_app.domain.users import FROM_INIT, Grant, grants
from desktop_app.policy import Policy
from desktop_app.services.doctor import examine_store
from desktop_app.services.reconcile_store import journal_parts
from desktop_app.services.stores import Person, create, name_of, read_people, unlock
from desktop_app.settings import Settings
from desktop_app.storage import journal
from desktop_app.storage.opening import Credentials
from tests.storage import memory_keyring

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
OWNER = Person("8021", "李娜", Role.AGENT)
PIN = "a long pass phrase"
MINE = Credentials("8021", PIN)


def make(root: Path, folder: str = "07", **told):
    given = {"station": "07", "owner": OWNER, "pin": PIN, "data_folder": root / "data", "now": NOW} | told
    return create(root / folder, **given)


def refused(call) -> str:
    with pytest.raises(KnownError) as caught:
        call()
    return caught.value.code


def mint(store) -> Number:
    with store.change() as unit:
        number = unit.mint_number()
        subject = unit.new_subject(SubjectKind.RECORD, NOW)
        unit.change(subject, {"number": str(number), "state": "open"}, at=NOW)
    return number


def test_made_unlocked_and_gone_on_with(tmp_path: Path) -> None:
    created = make(tmp_path, policy=Policy(zone="Asia/Tokyo"))
    with created.store as store:
        assert name_of(store) == "李娜"
        assert mint(store) == Number("07", 1)
    for credentials in (MINE, Credentials("8021", recovery=created.recovery)):
        with unlock(tmp_path / "07", credentials, data_folder=tmp_path / "data", now=NOW) as store:
            assert (store.author.actor, store.author.role) == (user_id("8021"), Role.AGENT)
            assert store.settings == Settings(zone="Asia/Tokyo")
            key = store.key
        assert key == bytes(32)
    with unlock(tmp_path / "07", MINE, data_folder=tmp_path / "data", now=NOW) as store:
        assert mint(store) == Number("07", 2)


def test_people_are_subjects_with_grants_and_one_time_pins(tmp_path: Path) -> None:
    others = [Person("8022", "王芳", Role.AGENT), Person("8001", "赵敏", Role.LEAD)]
    created = make(tmp_path, others=others)
    with created.store as store, store.read() as view:
        for person in (OWNER, *others):
            state = view.state(Subject(SubjectKind.USER, user_id(person.staff_number)))
            assert (state.text("staff_number"), state.text("name")) == (person.staff_number, person.name)
            assert grants(state) == [Grant(person.role, "07", FROM_INIT)]
    assert created.one_time_pins.keys() == {"8022", "8001"}
    lead = Credentials("8001", created.one_time_pins["8001"])
    with unlock(tmp_path / "07", lead, data_folder=tmp_path / "data", now=NOW) as store:
        assert (store.author.role, name_of(store)) == (Role.LEAD, "赵敏")


def test_recovery_without_a_known_person_acts_as_recovery(tmp_path: Path) -> None:
    created = make(tmp_path, owner=Person("8001", "赵敏", Role.ADMIN))
    created.store.close()
    given = Credentials("9999", recovery=created.recovery)
    with unlock(tmp_path / "07", given, data_folder=tmp_path / "data", now=NOW) as store:
        assert (store.author.actor, store.author.role) == (user_id("recovery"), Role.AGENT)


def test_an_existing_store_and_a_used_code_are_refused(tmp_path: Path) -> None:
    make(tmp_path).store.close()
    before = (tmp_path / "07" / "store.db").read_bytes()
    assert refused(lambda: make(tmp_path)) == "store.exists"
    assert refused(lambda: make(tmp_path, "elsewhere")) == "opening.code_in_use"
    assert (tmp_path / "07" / "store.db").read_bytes() == before
    assert not (tmp_path / "elsewhere").exists()
    make(tmp_path, "08", station="08").store.close()


def test_a_drill_lives_beside_and_counts_for_itself(tmp_path: Path) -> None:
    with make(tmp_path).store as store, make(tmp_path, "drill", drill=True).store as drill:
        assert [str(mint(store)), str(mint(store))] == [str(Number("07", 1)), str(Number("07", 2))]
        assert mint(drill) == Number("07", 1, drill=True)


def test_numbers_go_on_above_the_mark_of_a_store_that_is_gone(tmp_path: Path) -> None:
    with make(tmp_path).store as store:
        assert [mint(store).sequence for _ in range(3)] == [1, 2, 3]
    (tmp_path / "07").rename(tmp_path / "lost")
    created = make(tmp_path)
    created.store.close()
    # The recovery code costs no derivation.
    mine = Credentials("8021", recovery=created.recovery)
    for _ in range(2):
        with (
            unlock(tmp_path / "07", mine, data_folder=tmp_path / "data", now=NOW) as store,
            store.read() as view,
        ):
            assert len(journal.writer_ids(view.connection)) == 1
    assert examine_store(tmp_path / "07", mine, data_folder=tmp_path / "data", now=NOW).problems == ()
    with unlock(tmp_path / "07", mine, data_folder=tmp_path / "data", now=NOW) as store:
        assert mint(store).sequence == 4
        numbers = journal_parts(store).numbers
    assert numbers is not None
    assert (numbers.issued, numbers.records, numbers.unaccounted) == (1, 1, 0)
    assert examine_store(tmp_path / "07", mine, data_folder=tmp_path / "data", now=NOW).problems == ()


@pytest.mark.parametrize("station", ["", "7", "12345", "ab", "０７", "../x"])
def test_station_codes(tmp_path: Path, station: str) -> None:
    assert refused(lambda: make(tmp_path, station=station)) == "stores.bad_station"


@pytest.mark.parametrize(
    "person",
    [
        Person("", "李娜", Role.AGENT),
        Person("8021", " ", Role.AGENT),
        Person("80\x0021", "李娜", Role.AGENT),
        Person("8021", "李\u202e娜", Role.AGENT),
        Person("8021", "娜" * 81, Role.AGENT),
    ],
)
def test_people_that_cannot_be(tmp_path: Path, person: Person) -> None:
    assert refused(lambda: make(tmp_path, owner=person)) == "stores.bad_person"
    assert refused(lambda: make(tmp_path, others=[OWNER])) == "stores.person_twice"
    assert not (tmp_path / "07").exists()


def test_users_file(tmp_path: Path) -> None:
    file = tmp_path / "users.csv"
    file.write_bytes(
        '\ufeffstaff_number,name,role\r\n8022, 王芳 ,agent\r\n\r\n8001,"赵,敏",lead\r\n'.encode()
    )
    assert read_people(file) == [Person("8022", "王芳", Role.AGENT), Person("8001", "赵,敏", Role.LEAD)]
    for content, code in [
        (b"", "stores.bad_users_header"),
        (b"name,role\n", "stores.bad_users_header"),
        (b"staff_number,name,role\n1,2\n", "stores.bad_users_line"),
        (b'staff_number,name,role\n1,"2,agent\n', "stores.bad_users_line"),
        (b"staff_number,name,role\n1,2,chief\n", "stores.bad_users_role"),
        (b"\xff\xfe\x00", "stores.unreadable"),
    ]:
        file.write_bytes(content)
        assert refused(lambda: read_people(file)) == code
    assert refused(lambda: read_people(tmp_path / "none.csv")) == "stores.no_file"
    assert refused(lambda: read_people(tmp_path)) == "stores.unreadable"
    file.write_bytes(b"staff_number,name,role\n1,2,agent\n\n3,4,chief\n")
    with pytest.raises(KnownError) as caught:
        read_people(file)
    assert (caught.value.details["line"], caught.value.details["role"]) == (4, "chief")
    assert {"file", "roles"} <= caught.value.details.keys()


def test_a_short_pin_with_a_key_store_and_without_it(tmp_path: Path) -> None:
    """Short PINs lean on this PC's secret: without it they are refused, and that is no wrong PIN."""
    memory = memory_keyring.Keyring()
    key_store = keyring.get_keyring()
    keyring.set_keyring(memory)
    try:
        created = make(tmp_path, pin="482913")
        created.store.close()
        assert created.with_device
        short = Credentials("8021", "482913")
        with unlock(tmp_path / "07", short, data_folder=tmp_path / "data", now=NOW):
            pass
        memory.held.clear()
        for _ in range(7):
            code = refused(lambda: unlock(tmp_path / "07", short, data_folder=tmp_path / "data", now=NOW))
            assert code == "keys.other_device"
        recovery = Credentials(recovery=created.recovery)
        with unlock(tmp_path / "07", recovery, data_folder=tmp_path / "data", now=NOW):
            pass
    finally:
        keyring.set_keyring(key_store)
