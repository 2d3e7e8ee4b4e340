"""Noticing that somebody wrote to the store: this window, or the command line beside it (DESIGN §6)."""

from __future__ import annotations

from sqlalchemy import func, literal_column, select

from desktop_app.storage.tables import manifests, payloads, put_files, stations
from desktop_app.storage.unit_of_work import View

_MARKS = (
    select(func.coalesce(func.max(manifests.c.heard_at), "")),
    select(func.coalesce(func.max(put_files.c.made_at), "")),
    select(func.coalesce(func.max(stations.c.since), "")),
)
_WITHHELD = (
    select(func.count()).select_from(payloads).where(payloads.c.status == literal_column("'withheld'"))
)
_SEEN = "watched_data_version"


def changed_since_look(view: View) -> bool:
    """Whether anything was committed since this was last asked on the view's connection.

    SQLite counts per connection, and a view gets any of a few: a change may be told twice, never missed.
    """
    seen = view.connection.info.get(_SEEN)
    now = view.connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    view.connection.info[_SEEN] = now
    return bool(seen != now)


def delivery_mark(view: View) -> tuple[str, ...]:
    """Return what changes when a receipt comes, a bundle is put into a folder or a station is accepted."""
    return tuple(view.connection.execute(mark).scalar_one() for mark in _MARKS)


def withheld_count(view: View) -> int:
    """Return how many entries are held without what they say, as it was withheld from this store."""
    return int(view.connection.execute(_WITHHELD).scalar_one())
