"""What became of this station's numbers, as the tables say it (JOURNAL, equation)."""

from __future__ import annotations

from sqlalchemy import select

from desktop_app.domain.accounting import Held, Range
from desktop_app.storage.tables import drafts, number_blocks, records, settings
from desktop_app.storage.unit_of_work import View

FIRST_NUMBER = "first_number"
"""Setting of a store that took the place of another under its code: the numbers below are not its own."""


def held_numbers(view: View, highest: int) -> Held:
    """Return the sequences that this store holds of its own station, up to ``highest``."""
    life = view.life

    run = view.connection.execute
    kept = run(
        select(records.c.sequence, records.c.state).where(
            records.c.station == life.station, records.c.drill == int(life.drill)
        )
    ).all()
    open_drafts = run(
        select(drafts.c.sequence).where(drafts.c.station == life.station, drafts.c.drill == int(life.drill))
    ).scalars()
    blocks: dict[str, list[Range]] = {"reserved": [], "skipped": []}
    for use, first, last in run(
        select(number_blocks.c.use, number_blocks.c.first, number_blocks.c.last).where(
            number_blocks.c.station == life.station, number_blocks.c.drill == int(life.drill)
        )
    ):
        blocks[use].append((first, last))
    began = run(select(settings.c.value).where(settings.c.name == FIRST_NUMBER)).scalar()
    if began is not None:
        blocks["skipped"].append((1, int(began) - 1))
    return Held(
        highest,
        records=[sequence for sequence, state in kept if state != "void"],
        voids=[sequence for sequence, state in kept if state == "void"],
        drafts=list(open_drafts),
        reserved=blocks["reserved"],
        skipped=blocks["skipped"],
    )
