"""What lies where nobody named a folder."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.roles import Role
from desktop_app.services.backup import back_up
from desktop_app.services.places import Lying, backups_for, look_at, own_places
from desktop_app.services.stores import Person, create

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)


def test_nothing_a_store_and_damage(tmp_path: Path) -> None:
    assert [place.lying for place in own_places(tmp_path)] == [Lying.NOTHING, Lying.NOTHING]
    folder = tmp_path / "store"
    owner = Person("8021", "李娜", Role.AGENT)
    told = {"station": "07", "owner": owner, "pin": "a long pass phrase", "now": NOW}
    with create(folder, data_folder=tmp_path, **told).store as store:
        first = back_up(store, tmp_path / "backups", now=NOW)
        second = back_up(store, folder / "backups", now=NOW)
    os.utime(first, (1, 1))
    assert [place.lying for place in own_places(tmp_path)] == [Lying.STORE, Lying.NOTHING]
    assert [backup.file for backup in backups_for(folder, tmp_path)] == [second, first]
    assert [backup.file for backup in backups_for(folder, tmp_path, most=1)] == [second]
    (folder / "keys.json").write_bytes(b"{}")
    place = look_at(folder)
    assert (place.lying, place.damaged, place.problem.code) == (Lying.TROUBLE, True, "keys.damaged")
    (tmp_path / "file").touch()
    place = look_at(tmp_path / "file")
    assert (place.lying, place.damaged) == (Lying.TROUBLE, False)
