"""Which numbers of a span something has already: records, voids, drafts, ranges that came back unused."""

from __future__ import annotations

from sqlalchemy import select

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.numbers import Number
from desktop_app.domain.ranges import Range
from desktop_app.storage.tables import drafts, number_blocks, records
from desktop_app.storage.unit_of_work import View


def used_between(view: View, first: Number, last: int) -> set[int]:
    """Return the sequences from ``first`` to ``last`` that a record, a void or a draft has."""
    found: set[int] = set()
    for table in (records, drafts):
        found.update(
            view.connection.execute(
                select(table.c.sequence).where(
                    table.c.station == first.station,
                    table.c.drill == int(first.drill),
                    table.c.sequence.between(first.sequence, last),
                )
            ).scalars()
        )
    return found


def skipped_between(view: View, first: Number, last: int) -> list[Range]:
    """Return the ranges that touch ``first`` to ``last`` and that no caller was ever given."""
    block = number_blocks.c
    rows = view.connection.execute(
        select(block.first, block.last).where(
            block.use == "skipped",
            block.station == first.station,
            block.drill == int(first.drill),
            block.first <= last,
            block.last >= first.sequence,
        )
    )
    return [(row.first, row.last) for row in rows]


def record_of(view: View, number: Number) -> Subject | None:
    """Return the record that has a number, a void one too; None where it is free or a draft's."""
    found = view.connection.execute(
        select(records.c.id).where(
            records.c.station == number.station,
            records.c.drill == int(number.drill),
            records.c.sequence == number.sequence,
        )
    ).scalar()
    return Subject(SubjectKind.RECORD, found) if found is not None else None
