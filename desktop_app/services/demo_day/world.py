"""One outage day, whole: who called, what was written, what the CRM holds, what the switchboard logged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.numbers import Number
from desktop_app.domain.reconciliation import Window
from desktop_app.services.demo_day.calls import DayCall, calls_of
from desktop_app.services.demo_day.crm import Row, rows_of
from desktop_app.services.demo_day.notes import Note, notes_of
from desktop_app.services.demo_day.pbx import PbxLog, log_of
from desktop_app.services.demo_day.plan import Plan
from desktop_app.services.demo_day.truth import Truth, truth_of


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What there is once the records have their numbers."""

    rows: tuple[Row, ...]
    truth: Truth


@dataclass(frozen=True, slots=True)
class Day:
    """An outage day up to the moment at which the CRM is back."""

    plan: Plan
    calls: tuple[DayCall, ...]
    notes: tuple[Note, ...]
    log: PbxLog

    @property
    def window(self) -> Window:
        """The span of manual work."""
        return Window(self.plan.start, self.plan.end)

    def numbers(self) -> dict[int, str]:
        """Return the numbers that new stores mint for the records: each station counts from 1."""
        counted: Counter[int] = Counter()
        found = {}
        for note in self.notes:
            counted[note.station] += 1
            found[note.key] = str(Number(self.plan.station(note.station), counted[note.station]))
        return found

    def aftermath(self, numbers: Mapping[int, str]) -> Aftermath:
        """Return what the CRM holds afterwards, and the truth."""
        calls, notes = list(self.calls), list(self.notes)
        rows = rows_of(self.plan, calls, notes, numbers)
        return Aftermath(tuple(rows), truth_of(calls, notes, rows, numbers))


def day_of(plan: Plan) -> Day:
    """Return the day of a plan; the same plan gives the same day."""
    calls = calls_of(plan)
    notes = notes_of(plan, calls)
    return Day(plan, tuple(calls), tuple(notes), log_of(plan, calls))
