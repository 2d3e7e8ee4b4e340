"""On a shared PC the second account opens what the first one made; elsewhere nobody else does."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.roles import Role
from desktop_app.policy import Policy
from desktop_app.services.backup import back_up
from desktop_app.services.people import change_pin
from desktop_app.services.stores import Person, create

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
PIN = "a long pass phrase"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows takes the rights from the folder")


@pytest.fixture(autouse=True)
def strict_umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


def made(data: Path) -> dict[str, int]:
    """Make a store and work with it; return the mode of everything that came into being."""
    owner = Person("8021", "李娜", Role.AGENT)
    told = {"station": "07", "owner": owner, "pin": PIN, "data_folder": data, "now": NOW}
    with create(data / "store", policy=Policy(shared_pc=True), **told).store as store:
        with store.change() as unit:
            unit.mint_number()
        change_pin(store, PIN, "another pass phrase", data_folder=data)
        back_up(store, data / "backups", now=NOW)
        return {str(path.relative_to(data)): path.stat().st_mode for path in data.rglob("*")}


def test_all_of_it_is_the_groups(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o2770)
    modes = made(data)
    assert {
        "store/store.db",
        "store/store.db-wal",
        "store/keys.json",
        "marks/07.json",
        "device.secret",
    } <= set(modes)
    for path, mode in modes.items():
        wanted = stat.S_ISGID | 0o770 if stat.S_ISDIR(mode) else 0o660
        assert stat.S_IMODE(mode) == wanted, path


def test_a_folder_of_ones_own_stays_so(tmp_path: Path) -> None:
    modes = made(tmp_path / "data")
    assert {stat.S_IMODE(mode) for mode in modes.values() if not stat.S_ISDIR(mode)} == {0o600}
    assert {stat.S_IMODE(mode) for mode in modes.values() if stat.S_ISDIR(mode)} == {0o700}
