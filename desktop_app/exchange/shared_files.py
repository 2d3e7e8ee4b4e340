"""Files in folders that others write to as well: a share, a stick.

Anything may lie there: a pipe that never answers, a link to elsewhere, a file without end, half a copy.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from desktop_app.domain.errors import KnownError

_MOST_NAMESAKES = 10_000


@contextlib.contextmanager
def opened_regular(path: Path) -> Iterator[BinaryIO]:
    """Open an ordinary file for reading; links are not followed and nothing is waited for.

    Raises OSError, and KnownError ``sharing.not_regular`` for a link, folder, pipe or device.
    """
    # Before it is opened too: opening a device can do something.
    _check_regular(path, path.lstat())
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        _check_regular(path, os.fstat(descriptor))
        yield file


def put_file(folder: Path, name: str, content: bytes) -> Path:
    """Write a file into ``folder`` that nobody meets half written, and return where it lies.

    Nothing is ever written over: where the name is taken the file becomes ``stem-2``, ``stem-3``. Raises
    KnownError ``sharing.unwritable``.
    """
    try:
        with _temporary(folder, name, content) as temporary:
            return _named(temporary, folder / name)
    except OSError as problem:
        raise _unwritable(folder, problem) from problem


def replace_file(path: Path, content: bytes) -> None:
    """Write a file in the place of one that may be there; raises KnownError ``sharing.unwritable``."""
    try:
        with _temporary(path.parent, path.name, content) as temporary:
            temporary.replace(path)
            _sync(path.parent)
    except OSError as problem:
        raise _unwritable(path.parent, problem) from problem


@contextlib.contextmanager
def unless_unable() -> Iterator[None]:
    """Go on where a network file system knows no syncing."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise


def _check_regular(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise KnownError("sharing.not_regular", file=path)


def _unwritable(folder: Path, problem: OSError) -> KnownError:
    return KnownError("sharing.unwritable", folder=folder, problem=problem.strerror or problem)


@contextlib.contextmanager
def _temporary(folder: Path, name: str, content: bytes) -> Iterator[Path]:
    temporary = folder / f".{name}.{secrets.token_hex(4)}.part"
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            with unless_unable():
                os.fsync(file.fileno())
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _named(temporary: Path, wanted: Path) -> Path:
    for count in range(1, _MOST_NAMESAKES):
        path = wanted if count == 1 else wanted.with_stem(f"{wanted.stem}-{count}")
        with contextlib.suppress(FileExistsError):
            _rename_new(temporary, path)
            _sync(path.parent)
            return path
    raise FileExistsError(wanted)


def _rename_new(temporary: Path, path: Path) -> None:
    """Rename without writing over anything; raises FileExistsError."""
    if os.path.lexists(path):
        raise FileExistsError(path)
    if os.name != "nt":
        # Windows refuses to rename over a file; elsewhere only a link does, and sticks know no links.
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            pass
        else:
            return
    temporary.rename(path)


def _sync(folder: Path) -> None:
    """Make the rename survive a power cut, where the place can."""
    if os.name != "nt":
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
