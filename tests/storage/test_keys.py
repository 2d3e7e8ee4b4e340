"""Keys: right PINs open, nothing else does, and an altered key file is refused."""

import dataclasses
import json
import os
import re
import stat
from pathlib import Path

import pytest

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.roles import Role
from desktop_app.storage import key_file
from desktop_app.storage.key_file import KeyFile, keys_from_bytes, keys_to_bytes, read_keys, write_keys
from desktop_app.storage.key_slots import NewPerson, device_name
from desktop_app.storage.keys import new_keys, unlock_with_pin, unlock_with_recovery
from desktop_app.storage.pins import one_time_pin
from desktop_app.storage.slots import Cost
from desktop_app.storage.this_pc import DeviceSecret

STORE = "0190d5a0-0000-7000-8000-000000000001"
DEVICE = bytes(range(32))
NO_DEVICE = DeviceSecret(None, apart=False)
PIN = "长长的口令 2026 夏天"


@pytest.fixture(scope="module")
def made() -> tuple[KeyFile, bytearray, str]:
    people = [NewPerson("8021", Role.AGENT, PIN), NewPerson("8001", Role.LEAD, "lead-pass-phrase")]
    return new_keys(STORE, people, NO_DEVICE)


@pytest.fixture(scope="module")
def with_device() -> tuple[KeyFile, bytearray, str]:
    return new_keys(STORE, [NewPerson("8021", Role.AGENT, "482913")], DeviceSecret(DEVICE, apart=True))


def refusal(call) -> KnownError:
    with pytest.raises(KnownError) as caught:
        call()
    return caught.value


def resealed(body: dict) -> bytes:
    """The file as somebody writes it who knows the format but not the data key."""
    inner = {name: part for name, part in body.items() if name != "sum"}
    body["sum"] = key_file._sum(inner)
    return json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def test_everybody_gets_the_same_key(made) -> None:
    keys, key, code = made
    assert unlock_with_pin(keys, "8021", PIN, None) == (key, Role.AGENT)
    assert unlock_with_pin(keys, " 8001", "lead-pass-phrase", None) == (key, Role.LEAD)
    assert unlock_with_recovery(keys, code) == key
    assert len(key) == 32


def test_full_width_digits_are_the_same_pin(with_device) -> None:
    keys, key, _ = with_device
    assert unlock_with_pin(keys, "8021", "４８２９１３", DEVICE)[0] == key


def test_thirty_wrong_pins_are_refused(with_device) -> None:
    keys, _, _ = with_device
    wrong = [f"{pin:06d}" for pin in range(482899, 482913)] + [
        "",
        "482913 ",
        "82913",
        "4829133",
        *"0123456789AB",
    ]
    assert len(wrong) == 30
    assert {refusal(lambda p=pin: unlock_with_pin(keys, "8021", p, DEVICE)).code for pin in wrong} == {
        "keys.wrong_pin"
    }


def test_one_persons_pin_does_not_open_the_others_slot(made) -> None:
    assert refusal(lambda: unlock_with_pin(made[0], "8001", PIN, None)).code == "keys.wrong_pin"
    assert refusal(lambda: unlock_with_pin(made[0], "9999", PIN, None)).code == "keys.unknown_user"


@pytest.mark.parametrize("device", [None, bytes(32)])
def test_a_stolen_folder_does_not_open_with_the_right_pin(with_device, device) -> None:
    keys, key, code = with_device
    assert refusal(lambda: unlock_with_pin(keys, "8021", "482913", device)).code == "keys.other_device"
    # Naming the thief's own secret in the slot does not help either.
    slot = dataclasses.replace(keys.slots[0], device=device_name(device) if device else "")
    forged = dataclasses.replace(keys, slots=(slot,))
    assert refusal(lambda: unlock_with_pin(forged, "8021", "482913", device)).code == "keys.wrong_pin"
    assert unlock_with_recovery(keys, code) == key


def test_a_key_store_that_came_later_does_not_lock_anybody_out(made) -> None:
    keys, key, _ = made
    assert unlock_with_pin(keys, "8021", PIN, DEVICE)[0] == key


def test_recovery_code_is_160_bits_and_forgives_how_it_is_typed(made) -> None:
    keys, key, code = made
    assert re.fullmatch(r"([A-Z2-7]{4}-){7}[A-Z2-7]{4}", code)
    typed = code.lower().replace("-", " ").replace("o", "0").replace("i", "1").replace("b", "8")
    assert unlock_with_recovery(keys, typed) == key
    other = ("A" if code[0] != "A" else "C") + code[1:]
    assert refusal(lambda: unlock_with_recovery(keys, other)).code == "keys.wrong_recovery"
    assert refusal(lambda: unlock_with_recovery(keys, "")).code == "keys.wrong_recovery"


@pytest.mark.parametrize(
    ("cost", "code"),
    [
        (Cost(8, 1, 1), "keys.weakened"),
        (Cost(65536, 2, 4), "keys.weakened"),
        (Cost(1 << 24, 3, 4), "keys.weakened"),
    ],
)
def test_other_costs_are_refused_before_they_are_paid(made, cost, code) -> None:
    keys = made[0]
    slots = (dataclasses.replace(keys.slots[0], cost=cost), *keys.slots[1:])
    assert (
        refusal(lambda: unlock_with_pin(dataclasses.replace(keys, slots=slots), "8021", PIN, None)).code
        == code
    )


def parts(body, path=()):
    for name in body if isinstance(body, dict) else range(len(body)):
        inner = body[name]
        if isinstance(inner, dict | list):
            yield from parts(inner, (*path, name))
        else:
            yield (*path, name)


def changed(body: dict, path: tuple, value) -> dict:
    copied = json.loads(json.dumps(body))
    inner = copied
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return copied


def other(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value - 1
    return ("1" if value[0] != "1" else "2") + value[1:] if value else "0011223344556677"


def test_every_part_is_authenticated(made) -> None:
    """Whoever alters one member and knows how to make the checksum right again is refused all the same."""
    keys = made[0]
    body = json.loads(keys_to_bytes(keys))
    tried, codes = 0, set()
    for path in parts(body):
        if path in (("sum",), ("format",)):
            continue
        for value in {other(inner) for inner in [_at(body, path)]} | (
            {"lead"} if path[-1] == "role" else set()
        ):
            if value == _at(body, path):
                continue
            tried += 1

            def attempt(path=path, value=value):
                unlock_with_pin(keys_from_bytes(resealed(changed(body, path, value))), "8021", PIN, None)

            codes.add(refusal(attempt).code)
    assert tried >= 20
    assert codes <= {
        "keys.altered",
        "keys.weakened",
        "keys.wrong_pin",
        "keys.unknown_user",
        "keys.other_device",
    }
    assert "keys.altered" in codes


def _at(body, path):
    for name in path:
        body = body[name]
    return body


def test_altering_another_slot_or_dropping_it_is_noticed(made) -> None:
    body = json.loads(keys_to_bytes(made[0]))
    promoted = changed(body, ("slots", 1, "role"), "admin")
    dropped = changed(body, ("slots",), body["slots"][:1])
    for altered in (promoted, dropped):
        error = refusal(lambda b=altered: unlock_with_pin(keys_from_bytes(resealed(b)), "8021", PIN, None))
        assert (type(error), error.code) == (Damaged, "keys.altered")


def test_a_slot_of_another_store_does_not_fit(made) -> None:
    foreign, _, _ = new_keys(
        "0190d5a0-0000-7000-8000-000000000002", [NewPerson("8021", Role.ADMIN, PIN)], NO_DEVICE
    )
    moved = dataclasses.replace(made[0], slots=foreign.slots)
    assert refusal(lambda: unlock_with_pin(moved, "8021", PIN, None)).code == "keys.wrong_pin"


def test_any_accidental_change_is_told_as_damage_and_not_as_a_wrong_pin(made) -> None:
    stored = keys_to_bytes(made[0])
    assert keys_from_bytes(stored) == made[0]
    step = max(1, len(stored) // 400)
    for place in range(0, len(stored), step):
        flipped = bytearray(stored)
        flipped[place] ^= 1 << (place % 8)
        assert refusal(lambda b=bytes(flipped): keys_from_bytes(b)).code in ("keys.damaged", "keys.newer")
        assert refusal(lambda end=place: keys_from_bytes(stored[:end])).code == "keys.damaged"
    for hostile in (b"[]", b"null", b"{}", b"[" * 100_000, b'{"format": 1, "slots": {"a": 1}}', b"\xff" * 64):
        assert refusal(lambda b=hostile: keys_from_bytes(b)).code == "keys.damaged"
    assert refusal(lambda: keys_from_bytes(b'{"format": 3}')).code == "keys.newer"


def test_the_file_is_private_and_replaced_whole(made, tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_bytes(b"old")
    write_keys(path, made[0])
    assert read_keys(path) == made[0]
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    held = path.read_bytes()
    assert PIN.encode() not in held
    assert bytes(made[1]) not in held
    assert made[1].hex().encode() not in held


def test_missing_key_file_has_its_sentence(tmp_path: Path) -> None:
    assert refusal(lambda: read_keys(tmp_path / "keys.json")).code == "keys.missing"
    (tmp_path / "keys.json").mkdir()
    assert refusal(lambda: read_keys(tmp_path / "keys.json")).code == "keys.missing"


@pytest.mark.parametrize(
    ("pin", "device", "code"),
    [
        ("48291", DEVICE, "keys.pin_short"),
        ("", DEVICE, "keys.pin_short"),
        (" " * 12, DEVICE, "keys.pin_blank"),
        ("\u3000" * 12, None, "keys.pin_blank"),
        ("482913", None, "keys.pin_short_without_device"),
        ("十一个字符的口令一二三"[:11], None, "keys.pin_short_without_device"),
    ],
)
def test_short_pins_are_refused(pin, device, code) -> None:
    held = DeviceSecret(device, apart=device is not None)
    assert refusal(lambda: new_keys(STORE, [NewPerson("8021", Role.AGENT, pin)], held)).code == code


def test_one_time_pins_suffice_without_a_key_store() -> None:
    pins = {one_time_pin() for _ in range(200)}
    assert len(pins) == 200
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{12}", pin) for pin in pins)
