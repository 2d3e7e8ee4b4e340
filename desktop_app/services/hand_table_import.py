"""Saving the good rows of a table, in batches so short that a save at the desk never waits; undoing it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop_app.domain import ranges
from desktop_app.domain.errors import KnownError
from desktop_app.exchange.hand_errors import write_bad_rows
from desktop_app.services.hand_table import Judged, JudgedRow, Standing
from desktop_app.services.number_blocks import skip
from desktop_app.services.progress import Cancelled, Progress
from desktop_app.services.record_form import FormValues
from desktop_app.services.records import Logged, revoke_all, save_row
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork
from desktop_app.words import Words

BATCH_SECONDS = 0.03
"""How long one unit of work takes in rows; its COMMIT comes on top (performance: 50 ms in all)."""
_OF_A_ROW = ("log.", "guard.")
"""Failures that are about one row; any other is about the store, and ends the import."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A row that is a record now; ``minted`` says that its number was given by the import."""

    row: int
    logged: Logged
    minted: bool


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import did. ``bad`` are all rows that stayed behind, those that failed at saving included.

    ``left`` counts rows that it did not come to: it was cancelled, or ``stopped`` by the store. The same
    import again goes on there.
    """

    saved: tuple[Saved, ...]
    known: int
    bad: tuple[JudgedRow, ...]
    left: int = 0
    stopped: KnownError | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """How many records an undo took back, and the numbers of those that somebody has changed since.

    ``rest`` is what it did not come to because it was cancelled.
    """

    count: int
    kept: tuple[str, ...] = ()
    rest: tuple[Saved, ...] = ()


def take_in(store: Store, judged: Judged, *, now: datetime, progress: Progress) -> TakenIn:
    """Save every new row as a record; each row is saved whole or not at all, and never twice."""
    wanted = judged.of(Standing.NEW)
    saved: list[Saved] = []
    failed: list[JudgedRow] = []
    done, stopped = 0, None
    try:
        while done < len(wanted):
            progress.tell("importing", done, len(wanted))
            done += _batch(store, wanted[done:], now, saved, failed)
    except Cancelled:
        pass
    except KnownError as problem:
        stopped = problem
    bad = sorted([*judged.of(Standing.BAD), *failed], key=lambda row: row.row.source.row)
    known = len(judged.of(Standing.KNOWN))
    return TakenIn(tuple(saved), known, tuple(bad), len(wanted) - done, stopped)


def undo(store: Store, taken: TakenIn, *, now: datetime, progress: Progress) -> Undone:
    """Take back every record of an import that nobody has changed since.

    Numbers of a sheet are out again; numbers that the import gave were never told to anybody and are skipped.
    """
    count, kept, at = 0, [], 0
    rows = taken.saved[::-1]
    while at < len(rows):
        try:
            progress.tell("undoing", at, len(rows))
        except Cancelled:
            break
        minted: list[int] = []
        until = time.monotonic() + BATCH_SECONDS
        with store.change() as unit:
            while at < len(rows) and time.monotonic() < until:
                one, at = rows[at], at + 1
                try:
                    revoke_all(unit, one.logged.entries, now)
                except KnownError:
                    kept.append(str(one.logged.number))
                    continue
                count += 1
                if one.minted:
                    minted.append(one.logged.number.sequence)
            skip(unit, ranges.ranges(minted), reason="", now=now)
    return Undone(count, tuple(reversed(kept)), rows[at:][::-1])


def keep_bad_rows(path: Path, judged: Judged, bad: Sequence[JudgedRow], words: Words) -> int:
    """Write rows that stayed behind to a sheet that can be put right and taken in again; returns how many.

    Raises KnownError ``table.suffix``, ``table.there`` for the table itself, and ``writing.*``.
    """
    if path.suffix.lower() != ".xlsx":
        raise KnownError("table.suffix", file=path.name)
    if path.exists() and path.samefile(judged.seen.opened.path):
        raise KnownError("table.there", file=path.name)
    told = [(row.row, why(row, words)) for row in bad]
    write_bad_rows(path, judged.seen, told, words)
    return len(told)


def why(row: JudgedRow, words: Words) -> str:
    """Return in words why a row stays behind, or what of it is kept as it was written."""
    told = [row.problem] if row.problem is not None else list(row.remarks)
    return words.say("workbook.semicolon").join(table_sentence(one, words) for one in told)


def table_sentence(problem: KnownError, words: Words) -> str:
    """Return the sentence of a failure of one row, its column by name."""
    details = dict(problem.details)
    if "column" in details:
        details["column"] = words.say(f"field.{details['column']}")
    return words.sentence(KnownError(problem.code, **details))


def _batch(
    store: Store, rows: Sequence[JudgedRow], now: datetime, saved: list[Saved], failed: list[JudgedRow]
) -> int:
    """Save rows for a while and return how many were dealt with."""
    tried: list[JudgedRow] = []
    made: list[Saved] = []
    until = time.monotonic() + BATCH_SECONDS
    try:
        with store.change() as unit:
            for row in rows:
                tried.append(row)
                made.append(_save(unit, row, now))
                if time.monotonic() >= until:
                    break
    except KnownError as problem:
        if not problem.code.startswith(_OF_A_ROW):
            raise
        # One of them cannot be saved, so nothing of the batch was: each alone then.
        for row in tried:
            _alone(store, row, now, saved, failed)
        return len(tried)
    saved += made
    return len(tried)


def _alone(store: Store, row: JudgedRow, now: datetime, saved: list[Saved], failed: list[JudgedRow]) -> None:
    try:
        with store.change() as unit:
            made = _save(unit, row, now)
    except KnownError as problem:
        if not problem.code.startswith(_OF_A_ROW):
            raise
        failed.append(replace(row, standing=Standing.BAD, problem=problem))
    else:
        saved.append(made)


def _save(unit: UnitOfWork, row: JudgedRow, now: datetime) -> Saved:
    form = FormValues(dict(row.values), missing=row.missing)
    logged = save_row(unit, form, row.number, agent=row.agent, now=now)
    return Saved(row.row.source.row, logged, minted=row.number is None)
