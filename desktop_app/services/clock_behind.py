"""Whether this PC's clock can be believed when a store is unlocked: what was written here lies behind it."""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.errors import KnownError
from desktop_app.domain.steady_time import clock_behind
from desktop_app.domain.times import zone_of
from desktop_app.storage.journal import newest_at
from desktop_app.storage.store import Store


def told_if_behind(store: Store, *, now: datetime) -> KnownError | None:
    """Return what to say of a clock that is behind the newest entry written here; None where it is not.

    Nothing is put right by it: deadlines go by UTC once the program was started again (DESIGN §3, time).
    """
    with store.read() as view:
        newest = newest_at(view.connection, view.life.writer)
    if newest is None or clock_behind(now, newest) is None:
        return None
    zone = zone_of(store.settings.zone)
    told = {name: f"{at.astimezone(zone):%m-%d %H:%M}" for name, at in (("now", now), ("newest", newest))}
    return KnownError("clock.behind", **told)
