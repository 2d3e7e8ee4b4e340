"""Which entries must exist and are not here."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from desktop_app.domain.ranges import Range, without
from desktop_app.storage.station_list import chains


@dataclass(frozen=True, slots=True)
class Absent:
    """Entries of a writer that must exist and are not here."""

    station: str
    store: str
    writer: str
    spans: tuple[Range, ...]


def absent(connection: Connection) -> list[Absent]:
    """Return what is missing before entries that are here, and before an end that its store has signed.

    By station and writer.
    """
    found = []
    for chain in chains(connection):
        top = max([last for _, last in chain.held] + [chain.signed])
        if missing := without([(1, top)], chain.held):
            found.append(Absent(chain.station, chain.store, chain.writer, tuple(missing)))
    return sorted(found, key=lambda one: (one.station, one.writer))
