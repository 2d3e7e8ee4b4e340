"""Files handed to people: written under a temporary name and renamed, so that nobody meets half a file."""

from __future__ import annotations

import contextlib
import os
import stat
import uuid
from collections.abc import Iterator
from pathlib import Path

from desktop_app.domain.errors import KnownError

_OPEN_MARKS = (".~lock.{}#", "~${}")
"""What LibreOffice and Excel leave beside a file while it is open there."""
_STORE_FILES = ("keys.json", "store.db")
"""What makes a folder a store's; nothing is handed to people inside one."""


def check_place(path: Path) -> None:
    """Raise KnownError ``writing.*`` where ``path`` cannot be written, before long work is done for it."""
    if not path.parent.is_dir():
        raise KnownError("writing.no_folder", file=path.name, folder=path.parent)
    if path.is_dir():
        raise KnownError("writing.is_folder", file=path)
    place = path.parent.resolve()
    for folder in (place, *place.parents):
        if any((folder / name).exists() for name in _STORE_FILES):
            raise KnownError("writing.in_store", file=path, folder=folder)
    # A link too: renaming over /dev/stdout would take it away from everybody.
    if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
        raise KnownError("writing.not_regular", file=path)
    if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
        raise KnownError("writing.read_only", file=path)
    if path.exists() and any(path.with_name(name.format(path.name)).exists() for name in _OPEN_MARKS):
        raise KnownError("writing.in_use", file=path)
    if not os.access(path.parent, os.W_OK):
        raise KnownError("writing.folder_locked", file=path.name, folder=path.parent)


@contextlib.contextmanager
def handed_over(path: Path) -> Iterator[Path]:
    """Yield a temporary name beside ``path``; on leaving without error it takes the place of ``path``.

    Raises KnownError ``writing.*`` where the folder is missing, full or locked, or the file is in use.
    """
    check_place(path)
    temporary = path.with_name(f".{path.stem}.{uuid.uuid4().hex[:8]}{path.suffix}")
    try:
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        _take_place(temporary, path)
    except OSError as problem:
        raise KnownError("writing.failed", file=path, problem=problem.strerror or problem) from problem
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _take_place(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except PermissionError as problem:
        # Windows refuses to replace a file that Excel holds open.
        raise KnownError("writing.in_use", file=path) from problem
