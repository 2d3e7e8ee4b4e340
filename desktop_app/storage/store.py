"""An open store: its database, who unlocked it, its mark and its settings."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.marks import Mark
from desktop_app.settings import Settings
from desktop_app.storage import unit_of_work
from desktop_app.storage.database import Database
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.unit_of_work import Author, Marks, UnitOfWork, View

STORE_FILE = "store.db"


@dataclass(frozen=True, slots=True)
class StoreMarks:
    """The mark file as one store's units of work write it."""

    file: MarkFile
    folder: Path

    def highest(self) -> int:
        """Return the highest sequence ever given under this station code on this PC, 0 where none."""
        held = self.file.read()
        return held.mark.highest if held else 0

    def keep(self, mark: Mark, *, synced: bool) -> None:
        """Bring the file to ``mark``; raises KnownError ``store.mark_unwritten``."""
        try:
            self.file.keep(mark, self.folder, synced=synced)
        except OSError as problem:
            raise KnownError("store.mark_unwritten", folder=self.folder) from problem


@dataclass(frozen=True, slots=True)
class Store:
    """What services work on; they open one unit of work for each thing a person does."""

    folder: Path
    database: Database
    author: Author
    marks: Marks
    settings: Settings

    def change(self) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work; see ``unit_of_work.change``."""
        return unit_of_work.change(self.database, self.author, self.marks)

    def read(self) -> AbstractContextManager[View]:
        """Open one unchanging view."""
        return unit_of_work.read(self.database)

    def close(self) -> None:
        """Close the database and forget its key."""
        self.database.close()
