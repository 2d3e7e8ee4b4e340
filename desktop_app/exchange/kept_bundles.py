"""Bundles of stores nobody has accepted yet, kept as they came until somebody does (JOURNAL, quarantine)."""

from __future__ import annotations

import hashlib
from pathlib import Path

from desktop_app.domain.bundles import SUFFIX
from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.exchange.shared_files import opened_regular, put_file

MOST_KEPT = 200
"""Bundles that wait, and the bytes of all of them together: anybody may put them into a shared folder."""
MOST_BYTES_KEPT = 512 * 1024 * 1024


def keep_bundle(path: Path, digest: str, folder: Path) -> Path:
    """Copy a bundle that was read into ``folder`` and return its copy; the same one is kept once.

    ``digest`` is the SHA-256 of the file as it was read. Raises KnownError ``merge.quarantine_full``,
    ``sharing.*`` and Damaged ``bundles.altered`` where the file has changed since.
    """
    kept = folder / f"{digest}{SUFFIX}"
    if kept.exists():
        return kept
    folder.mkdir(exist_ok=True)
    waiting = list(folder.glob(f"*{SUFFIX}"))
    room = MOST_BYTES_KEPT - sum(one.stat().st_size for one in waiting)
    try:
        with opened_regular(path) as file:
            content = file.read(room + 1) if room > 0 else b""
    except OSError as problem:
        raise KnownError(
            "bundles.unreadable_file", file=path, problem=problem.strerror or problem
        ) from problem
    if len(waiting) >= MOST_KEPT or room <= 0 or len(content) > room:
        raise KnownError("merge.quarantine_full", count=len(waiting))
    if hashlib.sha256(content).hexdigest() != digest:
        raise Damaged("bundles.altered", file=path)
    return put_file(folder, kept.name, content)
