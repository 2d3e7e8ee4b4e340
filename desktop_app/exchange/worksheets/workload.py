"""How many records each agent wrote in each hour (4, row 95): in the order of agents, never a ranking."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from desktop_app.domain.kinds import Kind
from desktop_app.domain.reconciliation import Reconciliation
from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.table import Column, Holds, Table

WORKLOAD_COLUMNS = (
    Column("agent", 12),
    Column("hour", 19, Holds.MOMENT),
    Column("records_written", 10, Holds.NUMBER),
    *(Column(f"of_kind_{kind.value}", 10, Holds.NUMBER) for kind in Kind),
    Column("callbacks_promised", 12, Holds.NUMBER),
)


def write_workload(book: Book, found: Reconciliation) -> Table:
    """Write a line for each agent and hour; a record without a readable time is in a line without an hour."""
    written: Counter[tuple[str, datetime | None]] = Counter()
    kinds: Counter[tuple[str, datetime | None, str]] = Counter()
    promised: Counter[tuple[str, datetime | None]] = Counter()
    for result in found.records:
        record = result.record
        at = record.received_at
        hour = at.astimezone(book.zone).replace(minute=0, second=0, microsecond=0) if at else None
        key = (record.agent, hour)
        written[key] += 1
        kinds[*key, record.kind] += 1
        promised[key] += record.callback_due is not None
    table = Table(book, "workload", WORKLOAD_COLUMNS, frozen=2)
    last = datetime.max.replace(tzinfo=book.zone)
    for agent, hour in sorted(written, key=lambda key: (key[0], key[1] or last)):
        table.row(
            agent,
            hour,
            written[agent, hour],
            *(kinds[agent, hour, kind.value] for kind in Kind),
            promised[agent, hour],
        )
    table.close()
    return table
