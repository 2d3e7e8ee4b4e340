"""The file by which a PC that forgets its disk is found out; laid down as soon as somebody works here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop_app.storage.canary import canary_at


def lay_canary(data_folder: Path, *, now: datetime) -> None:
    """Lay the file down where there is none; where it cannot be, ``readiness`` says so."""
    canary_at(data_folder, now)
