"""A reconciliation told in a few lines, for the command line and the front sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

from desktop_app.domain.reconciliation import CallStatus, CrmStatus, Reason, Reconciliation, RecordStatus
from desktop_app.exchange.worksheets.about import About, Side, offsets
from desktop_app.exchange.worksheets.wording import reason_sentence
from desktop_app.words import Words


def sources(words: Words, about: About) -> Iterator[str]:
    """Yield how each side was read, and what was not understood of it."""
    for profile in about.profiles:
        rows = sum(file.rows for file in about.files if file.side is profile.side)
        how = words.say(f"workbook.about.{'guessed' if profile.guessed else 'given'}")
        side = words.say(f"workbook.side.{profile.side}")
        yield words.say("command.reconcile.profile", side=side, name=profile.name, how=how, rows=rows)
    for side_read, note in about.notes:
        side, sentence = words.say(f"workbook.side.{side_read}"), reason_sentence(words, note, section="note")
        yield words.say("command.reconcile.note", side=side, sentence=sentence)


def cautions(words: Words, found: Reconciliation) -> Iterator[str]:
    """Yield what a reader has to know before believing the numbers."""
    if not found.crm_read:
        yield words.say("workbook.no_crm")
    if not found.calls_read:
        yield words.say("workbook.no_calls")
    yield from offsets(words, found)
    for side, count in nothing_inside(found):
        if count:
            told = Reason("nothing_inside", 0.0, {"side": side.value, "count": str(count)})
            yield reason_sentence(words, told, section="warning")
    for warning in found.warnings:
        yield reason_sentence(words, warning, section="warning")


def nothing_inside(found: Reconciliation) -> Iterator[tuple[Side, int]]:
    """Yield each side of which nothing was judged, and how many of it were read."""
    sides: tuple[tuple[Side, bool, list[StrEnum]], ...] = (
        (Side.RECORDS, True, [result.status for result in found.records]),
        (Side.CRM, found.crm_read, [result.status for result in found.crm]),
        (Side.CALLS, found.calls_read, [result.status for result in found.calls]),
    )
    for side, read, statuses in sides:
        if read and all(status == RecordStatus.OUTSIDE for status in statuses):
            yield side, len(statuses)


def totals(words: Words, found: Reconciliation) -> Iterator[str]:
    """Yield a line for each side that was read: how many, and how many of each status."""
    sides: tuple[tuple[Side, bool, list[StrEnum], Iterable[StrEnum]], ...] = (
        (Side.RECORDS, True, [result.status for result in found.records], RecordStatus),
        (Side.CRM, found.crm_read, [result.status for result in found.crm], CrmStatus),
        (Side.CALLS, found.calls_read, [result.status for result in found.calls], CallStatus),
    )
    for side, read, counted, statuses in sides:
        counts = Counter(counted)
        told = [f"{words.say(f'status.{status}')} {counts[status]}" for status in statuses if counts[status]]
        if read:
            yield words.say(
                "command.reconcile.totals",
                side=words.say(f"workbook.side.{side}"),
                count=len(counted),
                counts=words.say("workbook.comma").join(told),
            )
