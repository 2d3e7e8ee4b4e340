"""A file that lies in the data folder for nothing but to be still there: some PCs forget their disk.

Such a PC is put back to an old state at every start, and whatever was saved on it since is gone (DESIGN §6).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from desktop_app.domain.entries import moment_of, moment_text
from desktop_app.storage.atomic_file import write_atomic

CANARY_FILE = "canary.txt"


def canary_at(data_folder: Path, now: datetime) -> datetime | None:
    """Return since when the file has lain there, which is now where it did not; None where it cannot."""
    path = data_folder / CANARY_FILE
    with suppress(OSError, ValueError), path.open("rb") as file:
        return moment_of(file.read(64).decode("ascii").strip())
    try:
        write_atomic(path, f"{moment_text(now)}\n".encode())
    except OSError:
        return None
    return now
