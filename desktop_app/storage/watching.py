"""Noticing that somebody wrote to the store: this window, or the command line beside it (DESIGN §6)."""

from __future__ import annotations

from desktop_app.storage.unit_of_work import View

_SEEN = "watched_data_version"


def changed_since_look(view: View) -> bool:
    """Whether anything was committed since this was last asked on the view's connection.

    SQLite counts per connection, and a view gets any of a few: a change may be told twice, never missed.
    """
    seen = view.connection.info.get(_SEEN)
    now = view.connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    view.connection.info[_SEEN] = now
    return bool(seen != now)
