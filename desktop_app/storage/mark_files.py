"""Mark files: one per station code in this PC's data folder, outside every store's folder (JOURNAL, writers).

A mark outlives its store: a store that was restored, copied or deleted is found by it, and no number is given
twice. What a mark means is ``domain/marks.py``; here it is kept, and never goes back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.marks import Mark
from desktop_app.storage.atomic_file import write_atomic
from desktop_app.storage.lock import file_lock
from desktop_app.storage.sharing import make_folder

MARKS_FOLDER = "marks"


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark and the folder of the store that wrote it."""

    mark: Mark
    folder: Path


def marked_folders(data_folder: Path) -> set[Path]:
    """Return the folders of all stores that have left a mark on this PC."""
    folders = set()
    for path in (data_folder / MARKS_FOLDER).glob("*.json"):
        with suppress(FileNotFoundError, Damaged):
            folders.add(_marked_of(path.read_bytes()).folder.resolve())
    return folders


class MarkFile:
    """The mark of one station code on this PC, safe with two processes and with two copies of one store."""

    def __init__(self, data_folder: Path, station: str, *, drill: bool) -> None:
        name = f"D{station}" if drill else station
        self._path = data_folder / MARKS_FOLDER / f"{name}.json"

    def read(self) -> Marked | None:
        """Return the mark, or None where there is none; one that cannot be read is moved aside and none."""
        try:
            return _marked_of(self._path.read_bytes())
        except FileNotFoundError:
            return None
        except Damaged:
            aside = self._path.with_suffix(".damaged")
            self._path.replace(aside)
            return None

    @contextmanager
    def hold(self) -> Iterator[HeldMark]:
        """Keep everybody else from giving numbers under this code, and from writing its mark.

        Who writes to a store that others can open begins its transaction before: that is the one order.
        Raises KnownError ``lock.mark_held`` and OSError.
        """
        make_folder(self._path.parent)
        with file_lock(self._path.with_suffix(".lock")) as taken:
            if not taken:
                raise KnownError("lock.mark_held", file=self._path)
            yield HeldMark(self, self._path)

    def keep(self, mark: Mark, folder: Path, *, synced: bool) -> None:
        """Hold the mark and write it; see ``HeldMark.keep``."""
        with self.hold() as held:
            held.keep(mark, folder, synced=synced)

    def begin(self, mark: Mark, folder: Path) -> None:
        """Hold the mark and write it; see ``HeldMark.begin``."""
        with self.hold() as held:
            held.begin(mark, folder)


@dataclass(frozen=True, slots=True)
class HeldMark:
    """A mark that nobody else can read to give a number by, or write, while ``MarkFile.hold`` lasts."""

    file: MarkFile
    path: Path

    def highest(self) -> int:
        """Return the highest sequence ever given under this station code on this PC, 0 where none."""
        marked = self.file.read()
        return marked.mark.highest if marked else 0

    def keep(self, mark: Mark, folder: Path, *, synced: bool) -> None:
        """Write what a store has come to; an older mark changes nothing.

        A process of an earlier life can only raise the highest number: the chain is the newer life's.
        ``synced`` is for a number that is about to be shown. Raises OSError.
        """
        self._merge(mark, folder, synced=synced, begin=False)

    def begin(self, mark: Mark, folder: Path) -> None:
        """Write the mark of a store's new life, which takes the place of whatever was marked before."""
        self._merge(mark, folder, synced=True, begin=True)

    def _merge(self, mark: Mark, folder: Path, *, synced: bool, begin: bool) -> None:
        held = self.file.read()
        new = Marked(mark, folder.absolute())
        merged = new if held is None else _later(held, new, begin=begin)
        if merged != held:
            write_atomic(self.path, _to_bytes(merged), synced=synced)


def _later(held: Marked, new: Marked, *, begin: bool) -> Marked:
    highest = max(held.mark.highest, new.mark.highest)
    same_life = (held.mark.store, held.mark.writer) == (new.mark.store, new.mark.writer)
    chain = new if begin or (same_life and new.mark.seq >= held.mark.seq) else held
    return Marked(replace(chain.mark, highest=highest), chain.folder)


def _to_bytes(marked: Marked) -> bytes:
    body = {"folder": str(marked.folder), "mark": marked.mark.to_text()}
    return json.dumps(body | {"sum": _sum(body)}, ensure_ascii=False).encode("utf-8", "surrogateescape")


def _marked_of(stored: bytes) -> Marked:
    try:
        body = json.loads(stored.decode("utf-8", "surrogateescape"))
        told = body.pop("sum")
        if told != _sum(body):
            raise ValueError("sum")
        return Marked(Mark.from_text(body["mark"]), Path(body["folder"]))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Damaged("journal.mark_unreadable") from problem


def _sum(body: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
