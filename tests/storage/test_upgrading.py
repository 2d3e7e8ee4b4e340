"""A store of the first release, opened by this program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.state_hash import state_hash
from desktop_app.services.backup import restore
from desktop_app.services.doctor import examine_store
from desktop_app.services.records import log_record, template_rows
from desktop_app.storage import schema
from desktop_app.storage.database import Database
from desktop_app.storage.drafts import all_drafts
from desktop_app.storage.key_file import read_keys
from desktop_app.storage.keys import unlock_with_recovery
from desktop_app.storage.lock import store_lock
from desktop_app.storage.opening import Credentials, open_store
from desktop_app.storage.rebuild import examine
from desktop_app.storage.store import Store
from desktop_app.storage.upgrading import BACKUPS

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
RECOVERY = "XYEL-LKLK-JO3X-RKHQ-NJV3-IFZM-XSHX-SHO4"
OLDER = Path(__file__).parent / "version1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(OLDER, tmp_path / "07")
    return tmp_path / "07"


def opened(folder: Path, **told: bool) -> Store:
    credentials = Credentials("8021", recovery=RECOVERY)
    return open_store(folder, credentials, data_folder=folder.parent / "data", now=NOW, **told)


def version(folder: Path) -> int:
    key = unlock_with_recovery(read_keys(folder / "keys.json"), RECOVERY)
    database = Database(folder / "store.db", key)
    try:
        with database.read() as connection:
            return schema.version_of(connection)
    finally:
        database.close()


def test_an_older_store_opens_with_everything_in_it(folder: Path) -> None:
    assert version(folder) == 1
    with opened(folder) as store:
        assert [row["caller_name"] for row in template_rows(store)] == ["王芳"] * 5
        with store.read() as view:
            assert schema.version_of(view.connection) == schema.VERSION
            assert [draft.values.get("caller_name") for draft in all_drafts(view)] == [None, "陈先生"]
            found = examine(view)
            assert found.differing == ()
            assert found.state_hash == state_hash(view.states(*SubjectKind))
        assert log_record(store, {"summary": "停水"}, now=NOW).number.sequence > 11
    (backup,) = (folder / BACKUPS).iterdir()
    with opened(folder):
        assert list((folder / BACKUPS).iterdir()) == [backup]
    checked = examine_store(
        folder, Credentials("8021", recovery=RECOVERY), data_folder=folder.parent / "data", now=NOW
    )
    assert checked.problems == ()


def test_the_backup_of_before_can_be_put_back(folder: Path) -> None:
    with opened(folder):
        pass
    (backup,) = (folder / BACKUPS).iterdir()
    credentials, data = Credentials("8021", recovery=RECOVERY), folder.parent / "data"
    restored = restore(folder, backup, credentials, data_folder=data, now=NOW)
    assert restored.entries == 15
    with opened(folder) as store:
        assert len(template_rows(store)) == 5


def test_nobody_else_may_have_it_open(folder: Path) -> None:
    with store_lock(folder, exclusive=False), pytest.raises(KnownError) as refused:
        opened(folder)
    assert refused.value.code == "lock.in_use"
    assert version(folder) == 1
    with opened(folder), store_lock(folder, exclusive=False):
        pass
    with opened(folder, alone=True), pytest.raises(KnownError):
        opened(folder)


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from desktop_app.storage import {module}
from tests.storage import test_upgrading
kept = {module}.{name}
def killed(*told, **named):
    {before}
    os._exit(9)
{module}.{name} = killed
test_upgrading.opened(Path(sys.argv[1]))
"""


@pytest.mark.parametrize(
    ("module", "name", "before"),
    [
        ("schema", "run_alembic", "pass"),
        ("schema", "refold", "kept(*told, **named)"),
        ("backup", "_pack", "pass"),
        ("upgrading", "ensure_schema", "pass"),
    ],
)
def test_killed_at_any_moment_it_opens_the_next_time(
    folder: Path, module: str, name: str, before: str
) -> None:
    program = KILLED.format(module=module, name=name, before=before)
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run([sys.executable, "-c", program, str(folder), "", root], check=False, cwd=root)
    assert done.returncode == 9
    assert version(folder) == 1
    with opened(folder) as store:
        assert len(template_rows(store)) == 5
        with store.read() as view:
            assert examine(view).differing == ()
    assert not list((folder / BACKUPS).glob(".*"))


def test_an_older_store_that_is_damaged_is_left_as_it_is(folder: Path) -> None:
    key = unlock_with_recovery(read_keys(folder / "keys.json"), RECOVERY)
    database = Database(folder / "store.db", key)
    with database.change() as connection:
        connection.exec_driver_sql("UPDATE entries SET hash = zeroblob(32) WHERE seq = 3")
    database.close()
    with pytest.raises(Damaged):
        opened(folder)
    assert version(folder) == 1
    assert list((folder / BACKUPS).iterdir()) == []
