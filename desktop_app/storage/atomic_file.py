"""Small files that are either the old one or the new one, whenever the power goes."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from desktop_app.storage.sharing import open_file


def write_atomic(path: Path, content: bytes, *, synced: bool = True) -> None:
    """Replace ``path`` by ``content``, readable by its owner only, or by the folder's group.

    Written beside it, synced, renamed, and the folder synced too. Without ``synced`` a power cut may bring
    the old file back or leave a cut one, which its reader has to notice. Raises OSError.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    descriptor = open_file(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if synced:
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if synced:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames inside ``folder`` survive a power cut; Windows journals them itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
