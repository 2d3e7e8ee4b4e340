"""Files and folders for one account alone, or for the group that a shared PC's data folder was made for.

IT makes such a folder for a group (``chgrp desk``, ``chmod 2770``); what is made inside is the group's too,
or the second account could not open the first one's store. Windows gives new files their folder's rights.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

_ALONE, _GROUP = 0o600, 0o660


def for_group(folder: Path) -> bool:
    """Whether ``folder`` was made for a group to write in; False where there is none."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return False
    return os.name == "posix" and bool(mode & stat.S_ISGID) and bool(mode & stat.S_IWGRP)


def open_file(path: Path, flags: int) -> int:
    """Open ``path``, made where ``flags`` say so, and return its descriptor; raises OSError."""
    shared = for_group(path.parent)
    descriptor = os.open(path, flags | getattr(os, "O_CLOEXEC", 0), _GROUP if shared else _ALONE)
    if shared and os.name == "posix" and os.fstat(descriptor).st_uid == os.geteuid():
        # The account's umask may have taken the group's rights away.
        os.fchmod(descriptor, _GROUP)
    return descriptor


def make_folder(folder: Path) -> None:
    """Make ``folder`` and those above it where they are missing; raises OSError."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
        if for_group(path.parent):
            path.chmod(0o2770)
    if not folder.is_dir():
        raise NotADirectoryError(folder)
