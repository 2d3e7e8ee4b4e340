"""Whether a store is sound: every page, chain, folded row, its mark and its numbers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop_app.domain.errors import Damaged
from desktop_app.storage.checks import Checked, Problem, check_everything
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.opening import Credentials, open_store
from desktop_app.storage.rebuild import rebuild


def examine_store(
    folder: Path, credentials: Credentials, *, data_folder: Path, now: datetime, rebuilding: bool = False
) -> Checked:
    """Return what is wrong with the store in ``folder``; with ``rebuilding`` its folded tables are made anew.

    Damage that keeps the store from being opened is a problem like others. Raises KnownError for what is not
    the store's fault: a wrong PIN, a folder without a store, another program that has it alone.
    """
    try:
        store = open_store(
            folder, credentials, data_folder=data_folder, now=now, writing=rebuilding, alone=rebuilding
        )
        with store:
            if rebuilding:
                with store.change() as unit:
                    rebuild(unit)
            with store.read() as view:
                life = view.life
            # Read before the store: a save that comes between leaves the store ahead of its mark, not behind.
            marked = MarkFile(data_folder, life.station, drill=life.drill).read()
            return check_everything(store.database, store.key, marked)
    except Damaged as damage:
        return Checked(0, "", (Problem(f"error.{damage.code}", damage.details),))
