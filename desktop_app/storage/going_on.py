"""A store opened for writing is judged by its mark, and goes on as the same life or as a new one."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.domain.entries import Action, Change, Payload, Value
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.marks import Judgement, Mark, judge
from desktop_app.storage import journal
from desktop_app.storage.lives import begin_life
from desktop_app.storage.lying import STORE_FILE
from desktop_app.storage.mark_files import Marked
from desktop_app.storage.store import Store, StoreMarks
from desktop_app.storage.tables import settings
from desktop_app.storage.unit_of_work import UnitOfWork, View

KNOWN_NUMBER = "known_number"
"""Setting: the highest number that the mark named when the current life began. Numbers that a restored store
lost stay unknown to its tables, and must not make it look behind its mark for ever."""


def keep_setting(connection: Connection, name: str, value: str) -> None:
    """Write one of the store's own settings."""
    upsert = insert(settings).values(name=name, value=value)
    connection.execute(upsert.on_conflict_do_update(set_={"value": upsert.excluded.value}))


def own_mark(view: View) -> Mark:
    """Return what the store would write as its mark now, with the numbers it knows from the mark itself."""
    known = view.connection.execute(select(settings.c.value).where(settings.c.name == KNOWN_NUMBER)).scalar()
    mark = view.mark()
    return replace(mark, highest=max(mark.highest, int(known or 0)))


def judged(view: View, marked: Marked | None) -> Judgement:
    """Return what the mark says of the store as ``view`` sees it."""
    return judge(
        marked.mark if marked else None,
        own_mark(view),
        lambda seq: journal.hash_at(view.connection, view.life.writer, seq),
    )


def copied_from(marked: Marked | None, folder: Path) -> Path | None:
    """Return the folder of the store that this one is a copy of: marked, elsewhere, and still there."""
    if marked is None or marked.folder.resolve() == folder.resolve():
        return None
    return marked.folder if (marked.folder / STORE_FILE).exists() else None


def is_unmarked(store: Store) -> bool:
    """Whether this PC has no mark of the store's station code: the store comes from elsewhere."""
    return isinstance(store.marks, StoreMarks) and store.marks.file.read() is None


def go_on_unmarked(store: Store, now: datetime) -> None:
    """Let a store without a mark go on here, above the numbers it may have given elsewhere."""
    if isinstance(store.marks, StoreMarks):
        go_on(store, store.marks, now)


def go_on(store: Store, marks: StoreMarks, now: datetime, *, restored: bool = False) -> bool:
    """Begin a new life where the mark asks for one, or the store was ``restored``; returns whether it did.

    The skipped range is an entry of the new life. A store that is ahead of its mark (a crash came between
    COMMIT and mark) brings it up.
    """
    marked = marks.file.read()
    with store.read() as view:
        found, held = judged(view, marked), own_mark(view)
    if not (found.new_life or restored) and copied_from(marked, store.folder) is None:
        marks.keep(held, synced=True)
        return False
    with store.database.change() as connection:
        life = View(connection).life
        _, link = journal.head(connection, life.writer)
        begin_life(connection, replace(life, writer=secrets.token_hex(16)), link)
        keep_setting(connection, KNOWN_NUMBER, str(max(held.highest, marks.highest())))
        unit = UnitOfWork(connection, store.author, marks)
        if found.skipped is not None:
            _skip(unit, found.skipped, now)
        mark = own_mark(unit)
    marks.begin(mark)
    return True


def _skip(unit: UnitOfWork, skipped: tuple[int, int], now: datetime) -> None:
    life, (first, last) = unit.life, skipped
    told: dict[str, Value] = {
        "station": life.station,
        "drill": life.drill,
        "first": first,
        "last": last,
        "use": "skipped",
    }
    payload = Payload({name: Change((), value) for name, value in told.items()})
    unit.append(unit.new_subject(SubjectKind.NUMBER_BLOCK, now), Action.CHANGE, payload, at=now)
