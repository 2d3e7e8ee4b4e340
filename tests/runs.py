"""What real stores give to each other as runs, without files and without asking who sent them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from desktop_app.domain.bundles import Run
from desktop_app.domain.entries import Stored
from desktop_app.storage import journal
from desktop_app.storage.merging import put_runs
from desktop_app.storage.store import Store
from desktop_app.storage.tables import writers


def runs_of(store: Store) -> list[Run]:
    """Return everything a store holds, a run for each writer; its chains must have no holes."""
    with store.read() as view:
        found = view.connection.execute(select(writers).order_by(writers.c.writer)).all()
        return [
            Run(
                row.writer,
                row.store,
                row.station,
                bool(row.drill),
                row.link,
                tuple(journal.chain(view.connection, row.writer)),
            )
            for row in found
        ]


def give(source: Store, target: Store) -> None:
    """Merge everything that ``source`` holds into ``target``."""
    with target.database.change() as connection:
        put_runs(connection, runs_of(source))


def exchange(*stores: Store) -> None:
    """Let every store have the entries of every other."""
    for source in stores:
        for target in stores:
            if source is not target:
                give(source, target)


def withholding(run: Run, seqs: Iterable[int]) -> Run:
    """Return the run without the payloads of some of its entries."""
    hidden = set(seqs)
    return replace(
        run, entries=tuple(_hidden(one) if one.entry.seq in hidden else one for one in run.entries)
    )


def _hidden(stored: Stored) -> Stored:
    return replace(stored, salt=None, payload=None, withheld=stored.payload is not None or stored.withheld)
