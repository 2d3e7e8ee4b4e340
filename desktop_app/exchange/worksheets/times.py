"""Times of the other sides as the comparison took them."""

from __future__ import annotations

from datetime import datetime, timedelta


def shifted(at: datetime | None, offset: timedelta) -> datetime | None:
    """Return a moment with the whole-hour offset that was found for its file."""
    try:
        return at + offset if at is not None else None
    except OverflowError:
        return at
