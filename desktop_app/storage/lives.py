"""A writer is one life of a store; a restored or copied store begins a new one (JOURNAL, writers)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.domain.errors import Damaged
from desktop_app.storage.tables import settings, writers


@dataclass(frozen=True, slots=True)
class Life:
    """Who writes now: the store's id, its station code, whether it is a drill, and the current writer."""

    store: str
    station: str
    drill: bool
    writer: str


_CURRENT = (
    select(writers.c.store, writers.c.station, writers.c.drill, writers.c.writer)
    .join(settings, settings.c.value == writers.c.writer)
    .where(settings.c.name == "writer")
)


def begin_life(connection: Connection, life: Life, link: bytes) -> None:
    """Make ``life`` the current one; ``link`` is the last chain hash it knows (GENESIS where none)."""
    connection.execute(
        writers.insert().values(
            writer=life.writer, store=life.store, station=life.station, drill=int(life.drill), link=link
        )
    )
    upsert = insert(settings).values(name="writer", value=life.writer)
    connection.execute(upsert.on_conflict_do_update(set_={"value": upsert.excluded.value}))


def current_life(connection: Connection) -> Life:
    """Return the life that writes now; raises Damaged ``store.no_identity`` where the store has none."""
    found = connection.execute(_CURRENT).first()
    if found is None:
        raise Damaged("store.no_identity")
    return Life(found.store, found.station, bool(found.drill), found.writer)
