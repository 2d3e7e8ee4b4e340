"""What the pages before an unlocked store work with; handed to them, never looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from desktop_app.domain.ringing import DueTime
from desktop_app.policy import Policy
from desktop_app.ui.background.background import Background
from desktop_app.words import Words


@dataclass(frozen=True, slots=True)
class StartParts:
    """``folder`` is the store's where a person named one, else None: then this PC's own places are looked at.

    ``clock`` gives the moment now in UTC, steadily: setting this PC's clock moves it neither on nor back.
    """

    words: Words
    background: Background
    policy: Policy
    data_folder: Path
    clock: Callable[[], datetime]
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class LockedBy:
    """Whose session lies behind the lock screen: in which folder, who, and since when (as it is shown).

    ``due`` are the clocks that ring meanwhile, told by the time in ``zone``.
    """

    folder: Path
    staff_number: str
    name: str
    since: str
    zone: tzinfo = UTC
    due: tuple[DueTime, ...] = ()
