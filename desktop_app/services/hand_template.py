"""Making a sheet for a desk without this program: its numbers are reserved first, then it is written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.numbers import Number
from desktop_app.domain.times import zone_of
from desktop_app.exchange.hand_template import Sheet, write_template
from desktop_app.exchange.handover import check_place
from desktop_app.services.number_blocks import blocks, give_back, reserve
from desktop_app.storage.store import Store
from desktop_app.words import Words


def make_sheet(
    store: Store, path: Path, count: int, words: Words, *, for_whom: str, now: datetime
) -> list[Number]:
    """Write a sheet with ``count`` numbered rows in the language of ``words`` and return its numbers.

    Raises KnownError ``blocks.count``, ``table.suffix``, ``table.there`` (a sheet somebody has filled in is
    never replaced) and ``writing.*``; the numbers of a sheet that could not be written are given back.
    """
    if path.suffix.lower() != ".xlsx":
        raise KnownError("table.suffix", file=path.name)
    check_place(path)
    if path.exists():
        raise KnownError("table.there", file=path.name)
    numbers = reserve(store, count, for_whom=for_whom, now=now)
    sheet = Sheet(
        station=numbers[0].station,
        numbers=[str(number) for number in numbers],
        for_whom=for_whom.strip(),
        made_at=f"{now.astimezone(zone_of(store.settings.zone)):%Y-%m-%d %H:%M}",
    )
    try:
        write_template(path, sheet, words)
    except KnownError as problem:
        block = next(one for one in blocks(store) if one.first == numbers[0])
        give_back(store, block.id, reason=words.sentence(problem), now=now)
        raise
    return numbers
