"""PINs chosen and changed, the next shift added: real keys, a real encrypted file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.roles import Role
from desktop_app.domain.users import Grant, grants
from desktop_app.policy import Policy
from desktop_app.services.doctor import examine_store
from desktop_app.services.people import (
    Colleague,
    add_people,
    change_pin,
    choose_pin,
    colleagues,
    may_give,
    must_choose_pin,
    renew_recovery,
    seconds_to_wait,
    shortest_pin_here,
)
from desktop_app.services.stores import Created, OpenStore, Person, create, recovery_given, unlock
from desktop_app.storage import key_file
from desktop_app.storage.key_file import KEYS_FILE, read_keys, sealed, write_keys
from desktop_app.storage.keys import unlock_with_pin
from desktop_app.storage.opening import Credentials

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
OWNER = Person("8021", "李娜", Role.AGENT)
RELIEF = Person("8022", "王芳", Role.AGENT)
PIN = "a long pass phrase"
NEW = "another pass phrase"


class Desk:
    """One station's folder and this PC's data folder."""

    def __init__(self, root: Path) -> None:
        self.folder, self.data = root / "07", root / "data"

    def make(self, role: Role = Role.AGENT, **told) -> Created:
        given = {"station": "07", "owner": Person("8021", "李娜", role), "pin": PIN}
        return create(self.folder, data_folder=self.data, now=NOW, **(given | told))

    def open(self, number: str = "8021", pin: str = "", recovery: str = "") -> OpenStore:
        return unlock(self.folder, Credentials(number, pin, recovery), data_folder=self.data, now=NOW)

    def add(self, store: OpenStore, *people: Person):
        return add_people(store, people, data_folder=self.data, now=NOW)

    def choose(self, store: OpenStore, new: str, number: str = "") -> None:
        choose_pin(store, new, staff_number=number, data_folder=self.data, now=NOW)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def refused(call) -> str:
    with pytest.raises(KnownError) as caught:
        call()
    return caught.value.code


def test_a_changed_pin_opens_and_the_old_one_no_more(desk: Desk) -> None:
    recovery = desk.make(others=[RELIEF]).recovery
    with desk.open(pin=PIN) as store:
        assert not must_choose_pin(store)
        change_pin(store, PIN, NEW, data_folder=desk.data)
    assert refused(lambda: desk.open(pin=PIN)) == "keys.wrong_pin"
    with desk.open(pin=NEW) as store, desk.open(recovery=recovery):
        assert [person.waiting for person in colleagues(store)] == [False, True]


def test_what_changing_a_pin_refuses_is_left_as_it_was(desk: Desk) -> None:
    with desk.make().store as store:
        before = (desk.folder / KEYS_FILE).read_bytes()
        for old, new, code in [
            ("not the old pin", NEW, "keys.wrong_pin"),
            (PIN, "short", "keys.pin_short_without_device"),
            (PIN, PIN, "people.same_pin"),
        ]:
            assert refused(lambda o=old, n=new: change_pin(store, o, n, data_folder=desk.data)) == code
        assert (desk.folder / KEYS_FILE).read_bytes() == before
        for _ in range(5):
            assert refused(lambda: change_pin(store, "guess", NEW, data_folder=desk.data)) == "keys.wrong_pin"
        assert refused(lambda: change_pin(store, PIN, NEW, data_folder=desk.data)) == "keys.locked_out"
        assert 0 < seconds_to_wait(desk.folder, " 8021 ") <= 30
        assert seconds_to_wait(desk.folder, "8022") == 0


def test_the_next_shift_gets_pins_that_serve_once(desk: Desk) -> None:
    with desk.make().store as store:
        pins = desk.add(store, RELIEF)
        with store.read() as view:
            state = view.state(Subject(SubjectKind.USER, user_id("8022")))
        assert (state.text("name"), grants(state)) == (
            "王芳",
            [Grant(Role.AGENT, "07", store.author.actor)],
        )
        assert colleagues(store) == [
            Colleague("8021", "李娜", Role.AGENT, False),
            Colleague("8022", "王芳", Role.AGENT, True),
        ]
        assert refused(lambda: desk.add(store, RELIEF)) == "people.exists"
    with desk.open("8022", pins["8022"]) as store:
        assert must_choose_pin(store)
        assert refused(lambda: desk.choose(store, NEW, "8021")) == "people.old_pin_needed"
        assert refused(lambda: desk.choose(store, pins["8022"])) == "people.same_pin"
        desk.choose(store, NEW)
    assert refused(lambda: desk.open("8022", pins["8022"])) == "keys.wrong_pin"
    with desk.open("8022", NEW) as store:
        assert not must_choose_pin(store)
        assert refused(lambda: desk.choose(store, "one more pass phrase")) == "people.old_pin_needed"
    found = examine_store(desk.folder, Credentials("8022", NEW), data_folder=desk.data, now=NOW)
    assert found.problems == ()


def test_one_time_is_authenticated(desk: Desk) -> None:
    """Whoever takes the sign off a slot, and even seals it anew, has a PIN that opens nothing."""
    with desk.make().store as store:
        pins = desk.add(store, RELIEF)
    file = desk.folder / KEYS_FILE
    told = file.read_text("utf-8")
    assert told.count('"one_time": true') == 1
    keys = read_keys(file)
    key, _ = unlock_with_pin(keys, "8022", pins["8022"], None)
    slots = [replace(slot, one_time=False) for slot in keys.slots]
    write_keys(file, sealed(keys.store_id, slots, keys.recovery, key))
    assert refused(lambda: desk.open("8022", pins["8022"])) == "keys.wrong_pin"
    desk.open(pin=PIN).close()


@pytest.mark.parametrize(("giver", "given", "may"), [
    (Role.AGENT, Role.AGENT, True),
    (Role.AGENT, Role.LEAD, False),
    (Role.IT, Role.LEAD, False),
    (Role.LEAD, Role.SUPERVISOR, True),
    (Role.AUDITOR, Role.AGENT, False),
])  # fmt: skip
def test_who_may_give_what(desk: Desk, giver: Role, given: Role, may: bool) -> None:
    assert (given in may_give(giver)) is may
    with desk.make(giver).store as store:
        before = (desk.folder / KEYS_FILE).read_bytes()
        if may:
            assert desk.add(store, Person("8001", "赵敏", given)).keys() == {"8001"}
        else:
            with pytest.raises(GuardRefused):
                desk.add(store, RELIEF, Person("8001", "赵敏", given))
            assert (desk.folder / KEYS_FILE).read_bytes() == before


def test_a_forgotten_pin_is_set_anew_after_recovery(desk: Desk) -> None:
    recovery = desk.make(others=[RELIEF]).recovery
    with desk.open("", recovery=recovery) as store:
        assert must_choose_pin(store)
        assert refused(lambda: desk.choose(store, NEW, "9999")) == "keys.unknown_user"
        desk.choose(store, NEW, "8021")
        with store.read() as view:
            assert view.state(Subject(SubjectKind.USER, user_id("8021"))).text("pin_reset_at")
    desk.open(pin=NEW).close()
    assert refused(lambda: desk.open(pin=PIN)) == "keys.wrong_pin"


def test_a_renewed_recovery_code_takes_the_place_of_the_old_one(desk: Desk) -> None:
    created = desk.make()
    with created.store as store:
        before = (desk.folder / KEYS_FILE).read_bytes()

        def renew(pin: str) -> str:
            return renew_recovery(store, pin, data_folder=desk.data, now=NOW)

        assert refused(lambda: renew("not the one")) == "keys.wrong_pin"
        assert (desk.folder / KEYS_FILE).read_bytes() == before
        code = renew(PIN)
    assert refused(lambda: desk.open(recovery=created.recovery)) == "keys.wrong_recovery"
    desk.open(recovery=code).close()
    desk.open(pin=PIN).close()


def test_a_site_recovery_key_serves_instead_of_a_code(desk: Desk, tmp_path: Path) -> None:
    site, other = (pyrage.x25519.Identity.generate() for _ in range(2))
    created = desk.make(policy=Policy(recovery_key=str(site.to_public())))
    created.store.close()
    assert created.recovery == ""
    file = tmp_path / "site-key.txt"
    file.write_text(f"# created by IT\n{site}\n")
    assert refused(lambda: desk.open(recovery="ABCD-EFGH")) == "keys.needs_identity"
    assert refused(lambda: desk.open(recovery=str(other))) == "keys.wrong_identity"
    with desk.open(recovery=recovery_given(str(file))) as store:
        desk.choose(store, NEW, "8021")
    with desk.open(pin=NEW) as store:
        desk.add(store, RELIEF)
        code = refused(lambda: renew_recovery(store, NEW, data_folder=desk.data, now=NOW))
        assert code == "keys.needs_identity"
    with desk.open(recovery=str(site)):
        pass
    bad = Policy(recovery_key="age1" + "q" * 58)
    again = {"policy": bad, "station": "08"}
    assert refused(lambda: Desk(tmp_path / "b").make(**again)) == "keys.bad_recipient"


def test_a_shared_pc_has_one_secret_in_its_data_folder(desk: Desk) -> None:
    shared = Policy(shared_pc=True)
    assert refused(lambda: desk.make(pin="482913", policy=shared)) == "keys.pin_short_without_device"
    assert shortest_pin_here(desk.data, shared_pc=True) == 12
    created = desk.make(policy=shared)
    created.store.close()
    assert not created.with_device
    assert read_keys(desk.folder / KEYS_FILE).slots[0].device
    with desk.open(pin=PIN) as store:
        pins = desk.add(store, RELIEF)
    desk.open("8022", pins["8022"]).close()
    # The folder alone, on another PC, does not open.
    (desk.data / "device.secret").unlink()
    assert refused(lambda: desk.open(pin=PIN)) == "keys.other_device"


def test_keys_of_the_first_format_are_read_and_go_on(desk: Desk) -> None:
    desk.make().store.close()
    file = desk.folder / KEYS_FILE
    keys = read_keys(file)
    key, _ = unlock_with_pin(keys, "8021", PIN, None)
    first = replace(keys, format=1)
    first = replace(first, seal=key_file._seal(key, first))
    key_file.write_keys(file, first)
    assert json.loads(file.read_text("utf-8"))["format"] == 1
    assert "one_time" not in file.read_text("utf-8")
    with desk.open(pin=PIN) as store:
        desk.add(store, RELIEF)
    assert read_keys(file).format == 2
    desk.open(pin=PIN).close()
