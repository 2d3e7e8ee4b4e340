"""An open store: its database, who unlocked it, its mark and its settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any

from desktop_app.domain.errors import Closed, KnownError
from desktop_app.domain.marks import Mark
from desktop_app.domain.remembered import forget
from desktop_app.settings import Settings
from desktop_app.storage import unit_of_work
from desktop_app.storage.customers import SnapshotFile
from desktop_app.storage.database import Database
from desktop_app.storage.mark_files import HeldMark, MarkFile
from desktop_app.storage.unit_of_work import Author, Marks, UnitOfWork, View


@dataclass(frozen=True, slots=True)
class StoreMarks:
    """The mark file as one store's units of work write it."""

    file: MarkFile
    folder: Path

    def highest(self) -> int:
        """Return the highest sequence ever given under this station code on this PC, 0 where none."""
        held = self.file.read()
        return held.mark.highest if held else 0

    @contextmanager
    def hold(self) -> Iterator[HeldStoreMark]:
        """Hold the mark file; raises KnownError ``store.mark_unwritten`` and ``lock.mark_held``."""
        with ExitStack() as stack:
            with _unwritten(self.folder):
                held = stack.enter_context(self.file.hold())
            yield HeldStoreMark(held, self.folder)

    def keep(self, mark: Mark, *, synced: bool) -> None:
        """Hold the file and bring it to ``mark``; see ``HeldStoreMark.keep``."""
        with self.hold() as held:
            held.keep(mark, synced=synced)

    def begin(self, mark: Mark) -> None:
        """Hold the file and write the mark of a new life; see ``HeldStoreMark.begin``."""
        with self.hold() as held:
            held.begin(mark)


@dataclass(frozen=True, slots=True)
class HeldStoreMark:
    """The mark file while one store holds it; what it raises is KnownError ``store.mark_unwritten``."""

    held: HeldMark
    folder: Path

    def highest(self) -> int:
        """Return the highest sequence ever given under this station code on this PC, 0 where none."""
        with _unwritten(self.folder):
            return self.held.highest()

    def keep(self, mark: Mark, *, synced: bool) -> None:
        """Bring the file to ``mark``; its highest number and its writer's seq never go back."""
        with _unwritten(self.folder):
            self.held.keep(mark, self.folder, synced=synced)

    def begin(self, mark: Mark) -> None:
        """Write the mark of a new life."""
        with _unwritten(self.folder):
            self.held.begin(mark, self.folder)


@contextmanager
def _unwritten(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise KnownError("store.mark_unwritten", folder=folder) from problem


class Way(StrEnum):
    """By what a store was unlocked; after anything but a PIN of one's own a new PIN has to be chosen."""

    PIN = "pin"
    ONE_TIME_PIN = "one_time_pin"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Store:
    """What services work on; they open one unit of work for each thing a person does.

    ``held`` is what closing releases besides: the lock on the folder. ``key`` is wiped then. ``alone``
    says that the lock keeps everybody else out. ``snapshot`` is the copy of whom the CRM knew.
    """

    folder: Path
    database: Database
    author: Author
    marks: Marks
    settings: Settings
    key: bytearray = field(default_factory=bytearray, repr=False)
    held: ExitStack = field(default_factory=ExitStack, repr=False)
    alone: bool = False
    way: Way = Way.PIN
    snapshot: SnapshotFile = field(default_factory=SnapshotFile, repr=False)

    def change(self) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work; see ``unit_of_work.change``."""
        return unit_of_work.change(self.database, self.author, self.marks, self.settings)

    def read(self) -> AbstractContextManager[View]:
        """Open one unchanging view."""
        return unit_of_work.read(self.database)

    def customers(self) -> AbstractContextManager[Any]:
        """Give a connection to the customer snapshot, None where none can be read; see ``SnapshotFile``."""
        return self.snapshot.reading(self.folder, self.key)

    def key_now(self) -> bytearray:
        """Return the key for a file of its own; raises Closed once it is wiped: zeros would be no secret."""
        key = bytearray(self.key)
        if not any(key):
            raise Closed("store.closed")
        return key

    def close(self) -> None:
        """Close the database, forget its key and what was read, release the folder; twice does nothing."""
        self.snapshot.close()
        self.database.close()
        self.key[:] = bytes(len(self.key))
        forget()
        self.held.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
