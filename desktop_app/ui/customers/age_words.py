"""How old the customer snapshot is, as people say it: of today at a time, of yesterday, so many days."""

from __future__ import annotations

from datetime import datetime, tzinfo

from desktop_app.domain.customers import Snapshot
from desktop_app.words import Words


def is_old(snapshot: Snapshot, most_days: int, now: datetime) -> bool:
    """Whether the site warns of a snapshot of this age."""
    return snapshot.age_days(now) >= most_days


def snapshot_told(words: Words, snapshot: Snapshot, zone: tzinfo, most_days: int, now: datetime) -> str:
    """Return of when the snapshot is; of ``most_days`` or more, that it may be out of date."""
    local, today = snapshot.as_of.astimezone(zone), now.astimezone(zone).date()
    days = (today - local.date()).days
    code = "days"
    if is_old(snapshot, most_days, now):
        code = "old"
    elif days in (0, 1):
        code = "yesterday" if days else "today"
    told = {"date": f"{local:%m-%d}", "time": f"{local:%H:%M}", "days": max(days, snapshot.age_days(now))}
    return words.say(f"window.customers.age.{code}", **told)
