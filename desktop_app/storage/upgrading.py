"""A store of an older program, brought to this one's shape when it is opened.

Nobody else is let in meanwhile, a verified backup is written first, and the change is one transaction: a kill
at any moment leaves the older store or the newer one, whole.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from desktop_app.domain.roles import Role
from desktop_app.settings import Settings
from desktop_app.storage.backup import make_backup
from desktop_app.storage.database import Database
from desktop_app.storage.lives import current_life
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.schema import VERSION, ensure_schema, version_of
from desktop_app.storage.store import Store, StoreMarks
from desktop_app.storage.unit_of_work import Author

BACKUPS = "before-upgrade"
"""The folder inside a store's own where the backup made before an upgrade lies."""


def is_older(database: Database) -> bool:
    """Whether the file has to be brought up to date before anything is read of it."""
    with database.read() as connection:
        return version_of(connection) < VERSION


def upgrade(folder: Path, database: Database, key: bytearray, data_folder: Path, now: datetime) -> Path:
    """Bring the store in ``folder`` up to date and return the backup of how it was; the caller has it alone.

    Raises Damaged where the store does not hold what it should, before anything is changed.
    """
    out = folder / BACKUPS
    with database.read() as connection:
        life = current_life(connection)
    marks = StoreMarks(MarkFile(data_folder, life.station, drill=life.drill), folder)
    nobody = Author("", "", Role.IT)
    for left in out.glob(".*"):
        with suppress(OSError):
            left.unlink()  # of an upgrade that was killed; nobody else is here
    backup = make_backup(Store(folder, database, nobody, marks, Settings(), key), out, now)
    ensure_schema(database)
    return backup
