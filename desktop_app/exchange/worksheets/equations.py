"""The equations of DESIGN §2.3 over the sheets of the workbook, each term as a formula and as a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain.reconciliation import (
    CallOutcome,
    CallResult,
    CallStatus,
    CrmStatus,
    Reconciliation,
    RecordStatus,
)
from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.calls import OtherSheets
from desktop_app.exchange.worksheets.journal import JournalParts
from desktop_app.exchange.worksheets.lists import Lists
from desktop_app.exchange.worksheets.table import Table
from desktop_app.exchange.worksheets.wording import value_word

PROMISE_ENDS = ("open", "kept", "withdrawn", "carried_over")


@dataclass(frozen=True, slots=True)
class Term:
    """A line: what is counted, its formula (``{label}`` is the label's cell), the number it must give.

    ``money``: it is an amount in yuan.
    """

    label: str
    formula: str
    value: float
    money: bool = False


@dataclass(frozen=True, slots=True)
class Equation:
    """The first term equals the sum of the others where ``sums``; else each line stands for itself."""

    name: str
    title: str
    words: str
    terms: tuple[Term, ...] = ()
    sums: bool = True
    why: str = ""
    named: tuple[str, ...] = ()

    @property
    def checkable(self) -> bool:
        """Whether what it needs was read."""
        return bool(self.terms)


def equations(
    book: Book,
    found: Reconciliation,
    records: Table,
    lists: Lists,
    others: OtherSheets,
    promises: Table,
    journal: JournalParts | None,
) -> Iterator[Equation]:
    """Yield the equations in the order of the summary."""
    maker = _Maker(book, found)
    yield maker.numbers(journal)
    yield maker.records(records)
    yield maker.calls(others)
    yield maker.answered(others)
    yield maker.crm(others)
    if journal is not None:
        yield maker.promises(promises, journal)
    yield maker.lists(lists, others)
    if any(result.record.amount for result in found.records):
        yield maker.amounts(records, others)


class _Maker:
    def __init__(self, book: Book, found: Reconciliation) -> None:
        self._words, self._found = book.words, found

    def numbers(self, journal: JournalParts | None) -> Equation:
        numbers = journal.numbers if journal else None
        if numbers is None:
            return self._none("numbers", "needs_store")
        counts = {
            "issued": numbers.issued,
            "records": numbers.records,
            "void": numbers.void,
            "drafts": numbers.drafts,
            "reserved": numbers.reserved,
            "unaccounted": numbers.unaccounted,
        }
        terms = tuple(
            Term(self._words.say(f"workbook.term.{name}"), str(value), value)
            for name, value in counts.items()
        )
        named = tuple(self._words.say("workbook.unaccounted", number=number) for number in numbers.names)
        return self._equation("numbers", terms, named=named)

    def records(self, table: Table) -> Equation:
        counts = [result.status for result in self._found.records]
        total = Term(self._words.say("workbook.term.records"), f"COUNTA({table.area('key')})", len(counts))
        terms = (self._status(table, status.value, counts.count(status)) for status in RecordStatus)
        return self._equation("records", (total, *terms))

    def calls(self, sheets: OtherSheets) -> Equation:
        if not self._found.calls_read:
            return self._none("calls", "needs_calls")
        table, inside = sheets.calls, self._inside()
        counts = [result.call.outcome for result in inside]
        outside = self._words.say("status.outside")
        total = Term(
            self._words.say("workbook.term.inbound"),
            f'COUNTA({table.area("key")})-COUNTIF({table.area("status")},"{outside}")',
            len(counts),
        )
        return self._equation(
            "calls", (total, *(self._outcome(table, outcome, counts) for outcome in CallOutcome))
        )

    def answered(self, sheets: OtherSheets) -> Equation:
        if not self._found.calls_read:
            return self._none("answered", "needs_calls")
        table = sheets.calls
        total = self._outcome(table, CallOutcome.ANSWERED, [result.call.outcome for result in self._inside()])
        counts = [result.status for result in self._found.calls]
        terms = (
            self._status(table, status.value, counts.count(status))
            for status in (CallStatus.RECORDED, CallStatus.NOT_RECORDED)
        )
        return self._equation("answered", (total, *terms))

    def crm(self, sheets: OtherSheets) -> Equation:
        if not self._found.crm_read:
            return self._none("crm", "needs_crm")
        table, counts = sheets.crm, [result.status for result in self._found.crm]
        total = Term(self._words.say("workbook.term.crm"), f"COUNTA({table.area('key')})", len(counts))
        terms = (self._status(table, status.value, counts.count(status)) for status in CrmStatus)
        return self._equation("crm", (total, *terms))

    def promises(self, table: Table, journal: JournalParts) -> Equation:
        ends = [promise.end for promise in journal.promises]
        total = Term(self._words.say("workbook.term.promises"), f"COUNTA({table.area('promise')})", len(ends))
        terms = (
            Term(
                self._words.say(f"workbook.promise.{end}"),
                f"COUNTIF({table.area('promise')},{{label}})",
                ends.count(end),
            )
            for end in PROMISE_ENDS
        )
        return self._equation("promises", (total, *terms))

    def lists(self, lists: Lists, others: OtherSheets) -> Equation:
        found = self._found
        by_status = found.totals()
        rows = {
            "to_backfill": (lists.to_backfill, by_status["to_backfill"]),
            "differences": (lists.differences, sum(len(result.differences) for result in found.records)),
            "duplicates": (lists.duplicates, by_status["duplicate"]),
            "undecided": (
                lists.undecided,
                sum(
                    max(1, len(result.candidates))
                    for result in found.records
                    if result.status is RecordStatus.AMBIGUOUS
                ),
            ),
            "unrecorded": (others.unrecorded, by_status["not_recorded"]),
        }
        terms = tuple(
            Term(self._words.say(f"workbook.sheet.{name}"), f"COUNTA({table.area('key')})", value)
            for name, (table, value) in rows.items()
        )
        return self._equation("lists", terms, sums=False)

    def amounts(self, records: Table, others: OtherSheets) -> Equation:
        """Return what was taken during calls, by every way that was noted, and what the CRM says of it."""
        taken = [
            (result.record.amount_channel, float(result.record.amount), result.crm_id)
            for result in self._found.records
            if result.record.amount
        ]
        amounts, ways = records.area("amount_taken"), records.area("amount_channel")
        none_noted = f'SUM({amounts})-SUMIFS({amounts},{ways},"?*")'
        terms = [
            self._money("taken", f"SUM({amounts})", sum(amount for _, amount, _ in taken)),
            *(
                Term(
                    value_word(self._words, "amount_channel", way) or self._words.say("workbook.term.no_way"),
                    f"SUMIFS({amounts},{ways},{{label}})" if way else none_noted,
                    round(sum(amount for other, amount, _ in taken if other == way), 2),
                    money=True,
                )
                for way in dict.fromkeys(way for way, _, _ in taken)
            ),
        ]
        rows = {result.row.id: result.row.amount for result in self._found.crm}
        if any(rows.values()):
            pairs = [(amount, float(rows.get(row) or 0)) for _, amount, row in taken if row]
            found, differ = records.area("crm_amount"), sum(one - other for one, other in pairs)
            terms.append(self._money("crm_amount", f"SUM({found})", sum(other for _, other in pairs)))
            terms.append(
                self._money("amount_differs", f'SUMIFS({amounts},{found},">=0")-SUM({found})', differ)
            )
        return self._equation("amounts", tuple(terms), sums=False)

    def _money(self, name: str, formula: str, value: float) -> Term:
        return Term(self._words.say(f"workbook.term.{name}"), formula, round(value, 2), money=True)

    def _inside(self) -> list[CallResult]:
        return [result for result in self._found.calls if result.status is not CallStatus.OUTSIDE]

    def _status(self, table: Table, status: str, value: int) -> Term:
        return Term(self._words.say(f"status.{status}"), f"COUNTIF({table.area('status')},{{label}})", value)

    def _outcome(self, table: Table, outcome: CallOutcome, counts: list[CallOutcome]) -> Term:
        outside = self._words.say("status.outside")
        formula = f'COUNTIFS({table.area("outcome")},{{label}},{table.area("status")},"<>{outside}")'
        return Term(self._words.say(f"status.{outcome.value}"), formula, counts.count(outcome))

    def _equation(
        self, name: str, terms: tuple[Term, ...], *, sums: bool = True, named: tuple[str, ...] = ()
    ) -> Equation:
        say = self._words.say
        title, words = say(f"workbook.equation.{name}"), say(f"workbook.equation.{name}_words")
        return Equation(name, title, words, terms, sums, named=named)

    def _none(self, name: str, why: str) -> Equation:
        say = self._words.say
        title, words = say(f"workbook.equation.{name}"), say(f"workbook.equation.{name}_words")
        return Equation(name, title, words, why=say(f"workbook.{why}"))
