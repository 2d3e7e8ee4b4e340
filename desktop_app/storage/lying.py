"""What lies in a folder that may hold a store, told by its files alone: nothing is opened.

The first window needs no more than this, so that neither the database nor its library is loaded for it.
"""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.storage.key_file import KEYS_FILE
from desktop_app.storage.lockout import ATTEMPTS_FILE

STORE_FILE = "store.db"
BACKUP_SUFFIX = ".fdbackup"
PAGE = 4096
"""Bytes of a page of the database: the least that a whole one has."""


def companions(file: Path) -> list[Path]:
    """Return the main file, its write-ahead log and its shared-memory index, whether they exist or not."""
    return [file.with_name(file.name + suffix) for suffix in ("", "-wal", "-shm")]


def check_folder(folder: Path) -> None:
    """Raise KnownError or Damaged where ``folder`` holds no store whose files are worth a key."""
    file = folder / STORE_FILE
    try:
        if not folder.is_dir():
            raise KnownError("opening.not_a_folder" if folder.exists() else "opening.no_store", folder=folder)
        if not file.exists():
            begun = any(part.exists() for part in (folder / KEYS_FILE, *companions(file)))
            if begun:
                raise Damaged("opening.file_missing", folder=folder)
            raise KnownError("opening.no_store", folder=folder)
        if not file.is_file():
            raise Damaged("opening.not_a_file", file=file)
        size = file.stat().st_size
        with file.open("rb"):
            pass
    except OSError as problem:
        raise KnownError("opening.unreadable", file=file) from problem
    if size < PAGE:
        raise Damaged("opening.cut", file=file)


def check_free(folder: Path, data_folder: Path) -> None:
    """Refuse a folder that holds a store, also one that lost its keys.

    The keys are written last and the mark after them: a database that has neither, and that nobody ever
    tried a PIN on, is what a killed creation left, and no number of it was ever shown.
    """
    if folder.exists() and not folder.is_dir():
        raise KnownError("opening.not_a_folder", folder=folder)
    begun = any(part.exists() for part in companions(folder / STORE_FILE))
    from desktop_app.storage.mark_files import marked_folders  # not needed to look at a store

    used = (folder / ATTEMPTS_FILE).exists() or folder.resolve() in marked_folders(data_folder)
    if (folder / KEYS_FILE).exists() or (begun and used):
        raise KnownError("store.exists", folder=folder)


def is_unfinished(folder: Path, data_folder: Path) -> bool:
    """Whether a killed creation is all that lies in ``folder``, so that a store can be made there anew."""
    try:
        check_free(folder, data_folder)
    except KnownError:
        return False
    return any(part.exists() for part in companions(folder / STORE_FILE))
