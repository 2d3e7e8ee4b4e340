"""What lies in the way is moved aside, never deleted."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from desktop_app.storage.atomic_file import sync_folder
from desktop_app.storage.sharing import make_folder


def move_aside(folder: Path, parts: Iterable[Path], now: datetime) -> Path | None:
    """Move those files of ``folder`` that exist into a new folder inside it; returns that, None for none."""
    there = [part for part in parts if part.exists()]
    if not there:
        return None
    aside = folder / f"aside-{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    make_folder(aside)
    for part in there:
        part.replace(aside / part.name)
    sync_folder(aside)
    return aside
