"""Runs of entries as real stores would give them to each other, without the files they travel in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from desktop_app.domain.bundles import Run
from desktop_app.domain.entries import Stored
from desktop_app.storage import journal
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


def withholding(run: Run, seqs: Iterable[int]) -> Run:
    """Return the run without the payloads of some of its entries."""
    hidden = set(seqs)
    return replace(
        run, entries=tuple(_hidden(one) if one.entry.seq in hidden else one for one in run.entries)
    )


def _hidden(stored: Stored) -> Stored:
    return replace(stored, salt=None, payload=None, withheld=stored.payload is not None or stored.withheld)
