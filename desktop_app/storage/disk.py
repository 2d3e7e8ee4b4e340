"""What the operating system refuses, as failures with a sentence."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.domain.errors import KnownError


@contextmanager
def told_by_disk(folder: Path) -> Iterator[None]:
    """Raise KnownError where ``folder`` cannot be written: ``store.disk_full`` or ``opening.unwritable``."""
    try:
        yield
    except OSError as problem:
        full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
        raise KnownError("store.disk_full" if full else "opening.unwritable", folder=folder) from problem
