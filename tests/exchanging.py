"""Two real stores that take in each other's entries, as a merge does once it has judged them."""

from __future__ import annotations

from desktop_app.storage import journal
from desktop_app.storage.store import Store
from desktop_app.storage.tables import writers


def give(source: Store, target: Store) -> None:
    """Put every entry that ``source`` holds and ``target`` does not into ``target``."""
    with source.read() as theirs, target.database.change() as ours:
        known = set(journal.writer_ids(ours))
        for row in theirs.connection.execute(writers.select()).mappings():
            if row["writer"] not in known:
                ours.execute(writers.insert(), dict(row))
        for writer in journal.writer_ids(theirs.connection):
            after, _ = journal.head(ours, writer)
            for stored in journal.chain(theirs.connection, writer, after):
                journal.put(ours, stored)


def exchange(*stores: Store) -> None:
    """Let every store have the entries of every other."""
    for source in stores:
        for target in stores:
            if source is not target:
                give(source, target)
