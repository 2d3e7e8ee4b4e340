"""A folder that stations exchange bundles through, on a share or a stick: files only, none of them trusted.

Any call may block for minutes where a share is dead, so none is made on a thread that somebody waits for.
Files appear here under their name only once they are whole: before that they are hidden and end in ``.part``.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop_app.domain.bundles import KEY_SUFFIX, MOST_BYTES, SUFFIX
from desktop_app.domain.errors import KnownError
from desktop_app.exchange.shared_files import opened_regular, replace_file

PART = ".part"
LARGEST = {SUFFIX: MOST_BYTES + (1 << 20), KEY_SUFFIX: 1 << 16}
"""Bytes of the largest file of each kind that is ever read."""
MOST_NAMES = 20_000
"""Names looked at in one folder; a folder with more is not one of ours."""
_CHUNK = 1 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True, slots=True)
class Lying:
    """A file that lies in the folder: bytes, and when it was changed in the share's nanoseconds."""

    name: str
    size: int
    changed: int


class Gone(Exception):
    """The file is not there, is no plain file, or is being written: no failure, only not now."""


class SharedFolder:
    """The folder at ``path``; every method raises KnownError ``delivery.*`` for what a person can mend."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def look(self) -> list[Lying]:
        """Return the plain files that may be ours, the oldest first."""
        found = []
        with self._told(), os.scandir(self.path) as entries:
            for count, entry in enumerate(entries):
                if count >= MOST_NAMES:
                    raise KnownError("delivery.crowded", folder=self.path)
                if not entry.name.endswith((SUFFIX, KEY_SUFFIX)) or entry.name.startswith("."):
                    continue
                with contextlib.suppress(FileNotFoundError):
                    state = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(state.st_mode):
                        found.append(Lying(entry.name, state.st_size, state.st_mtime_ns))
        return sorted(found, key=lambda one: (one.changed, one.name))

    def start_of(self, name: str, count: int) -> bytes:
        """Return the first bytes of a file; raises Gone."""
        with self._told(), _opened(self.path / name) as file:
            return file.read(count)

    def take(self, lying: Lying, into: Path) -> None:
        """Copy a file into a folder of this PC; raises Gone where it is not the one that was seen."""
        temporary = into / f".{lying.name}.{secrets.token_hex(4)}{PART}"
        try:
            with self._told(), _opened(self.path / lying.name) as file:
                _copy_in(file, lying, temporary)
            with _told_here(into):
                temporary.replace(into / lying.name)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def put(self, file: Path) -> None:
        """Put a file of this PC there whole or not at all; raises Gone where it is no longer here."""
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            raise Gone(file.name) from None
        try:
            replace_file(self.path / file.name, content)
        except KnownError as problem:
            raise self._sentence(problem.__cause__) from problem

    def remove(self, name: str) -> None:
        """Take a file away; one that is gone already is no failure."""
        with self._told():
            (self.path / name).unlink(missing_ok=True)

    def sweep(self, own: frozenset[str]) -> None:
        """Take away what this store left half written when it was killed; ``own``: how its names begin."""
        with self._told(), os.scandir(self.path) as entries:
            left = [
                entry.name
                for count, entry in enumerate(entries)
                if count < MOST_NAMES and entry.name.endswith(PART) and entry.name[1:9] in own
            ]
        for name in left:
            self.remove(name)

    def try_out(self) -> int:
        """Write, read and remove a small file; returns how many files of ours lie there."""
        file = self.path / f".fallback-desk.{secrets.token_hex(4)}{PART}"
        with self._told():
            try:
                file.write_bytes(b"fallback-desk\n")
                file.read_bytes()
            finally:
                file.unlink(missing_ok=True)
        return len(self.look())

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Say what the share did to us in a sentence."""
        try:
            yield
        except OSError as problem:
            raise self._sentence(problem) from problem

    def _sentence(self, problem: BaseException | None) -> KnownError:
        number = problem.errno if isinstance(problem, OSError) else None
        if number in _FULL:
            return KnownError("delivery.full", folder=self.path)
        if number in _REFUSED:
            return KnownError("delivery.not_allowed", folder=self.path)
        return KnownError("delivery.away", folder=self.path)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a plain file; raises Gone where it is none any more."""
    try:
        with opened_regular(path) as file:
            yield file
    except FileNotFoundError:
        raise Gone(path.name) from None
    except KnownError as problem:
        if problem.code == "sharing.not_regular":
            raise Gone(path.name) from None
        raise


def _copy_in(file: BinaryIO, lying: Lying, temporary: Path) -> None:
    copied = 0
    with _told_here(temporary.parent):
        target = temporary.open("xb")
    with target:
        while chunk := file.read(_CHUNK):
            copied += len(chunk)
            if copied > lying.size:
                raise Gone(lying.name)
            with _told_here(temporary.parent):
                target.write(chunk)
        with _told_here(temporary.parent):
            target.flush()
    state = os.fstat(file.fileno())
    if copied != lying.size or state.st_mtime_ns != lying.changed:
        raise Gone(lying.name)


def names_other(start: bytes, store: str) -> bool:
    """Whether the first bytes of a bundle say that it is for other stores and not for this one.

    Only a hint that spares copying it: nothing is believed of it. What makes no sense is to be looked at.
    """
    line, ended, _ = start.partition(b"\n")
    try:
        told = json.loads(line) if ended else None
    except (ValueError, RecursionError):
        return False
    recipients = told.get("to") if isinstance(told, dict) else None
    return isinstance(recipients, list) and store not in recipients


@contextlib.contextmanager
def _told_here(folder: Path) -> Iterator[None]:
    """Say what this PC's own disk did to us: nothing of that is the share's fault."""
    try:
        yield
    except OSError as problem:
        code = "store.disk_full" if problem.errno in _FULL else "delivery.no_room_here"
        raise KnownError(code, folder=folder) from problem
