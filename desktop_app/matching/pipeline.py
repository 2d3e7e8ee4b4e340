"""Reconciliation from end to end: hand records × CRM rows × calls → what became of each (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from desktop_app.domain.phones import phone_of
from desktop_app.domain.reconciliation import (
    Call,
    CrmRow,
    Decision,
    HandRecord,
    Reconciliation,
    Window,
)
from desktop_app.matching.blocking import candidate_pairs
from desktop_app.matching.calls import Link, link_calls
from desktop_app.matching.claims import find_claims
from desktop_app.matching.classify import calls_found, row_in_window, rows_found
from desktop_app.matching.comparison import Comparer, NumberLevel, dates_only
from desktop_app.matching.duplicates import find_duplicates
from desktop_app.matching.features import Side, comparable_number, record_side, row_side, spellings
from desktop_app.matching.offsets import phone_values, whole_hours
from desktop_app.matching.phones import PhoneLevel
from desktop_app.matching.results import Findings, record_results
from desktop_app.matching.scoring import Scored, Scorer
from desktop_app.matching.settling import settle, thresholds
from desktop_app.matching.weights import Levels, estimate

Progress = Callable[[str, int, int], None]

_RANDOM_PAIRS = 3_000
_STEP = 20_000
# Prime, so that pairs at random walk through all rows.
_STRIDE = 7_919


def reconcile(
    records: Sequence[HandRecord],
    crm: Sequence[CrmRow],
    calls: Sequence[Call],
    *,
    crm_read: bool,
    calls_read: bool,
    window: Window = Window(),  # noqa: B008 (frozen)
    decisions: Mapping[str, Decision] | None = None,
    category_words: Mapping[str, str] | None = None,
    crm_zone_fixed: bool = False,
    calls_zone_fixed: bool = False,
    progress: Progress | None = None,
) -> Reconciliation:
    """Compare the three and return what became of every record, CRM row and call.

    ``decisions`` are keyed by record key and override what is found; ``category_words`` maps a CRM's word for
    a category to ours. Where a zone is fixed no whole-hour offset is sought in those times. ``progress`` is
    told (step, done, of); to cancel, it raises.
    """
    tell = progress or _silent
    decisions, category_words = decisions or {}, category_words or {}
    crm_hours = 0 if crm_zone_fixed else _crm_hours(records, crm)
    calls_hours = 0 if calls_zone_fixed else _calls_hours(records, calls)
    crm_offset, calls_offset = timedelta(hours=crm_hours), timedelta(hours=calls_hours)
    tell("linking", 0, len(calls))
    links = link_calls(records, calls, calls_offset)
    tell("preparing", 0, len(crm))
    sides = _record_sides(records, calls, links)
    known = spellings(side.own_number for side in sides if side.own_number)
    rows = [row_side(row, known, crm_offset) for row in crm]
    callers = [(phone_of(call.caller).digits, call.started_at + calls_offset) for call in calls]
    comparer = Comparer(sides, rows, category_words, callers)
    twins = find_duplicates(records, sides, comparer, links, _told_apart(decisions))
    # A row that names a record is looked at wherever its clock has put it.
    numbers = {side.own_number for side in sides} - {""}
    judged = {
        index
        for index, row in _firsts(crm)
        if row_in_window(row, window, crm_offset) or rows[index].numbers & numbers
    }
    pairs = [pair for pair in candidate_pairs(sides, rows) if pair[1] in judged]
    compared = []
    for done, (record, row) in enumerate(pairs):
        if done % _STEP == 0:
            tell("comparing", done, len(pairs))
        decision = decisions.get(records[record].key)
        if not comparer.worth(record, row):
            continue
        if decision is None or not (decision.twin_of or crm[row].id in decision.rejected):
            compared.append(comparer.compare(record, row))
    tell("weighing", 0, len(compared))
    weights = estimate(
        [((pair.record, pair.row), pair.levels()) for pair in compared],
        _random_levels(comparer, len(sides), len(rows)),
    )
    scorer = Scorer(sides, rows, weights)

    def score(record: int, row: int) -> Scored:
        return scorer.score(comparer.compare(record, row))

    claims = find_claims(records, crm, decisions, twins, score)
    limits = thresholds(len(judged))
    tell("assigning", 0, len(compared))
    scored = []
    for done, pair in enumerate(compared, 1):
        if done % _STEP == 0:
            tell("assigning", done, len(compared))
        scored.append(scorer.score(pair))
    settled = settle(scored, limits, twins, claims, lambda: tell("settling", 0, 0))
    tell("judging", 0, len(records))
    settled_links = _links_by_row(records, crm, calls, calls_offset, links, {**settled.rows(), **claims.rows})
    found = record_results(
        Findings(
            records, crm, calls, settled_links, twins, claims, settled, decisions, score, scorer.explain
        ),
        window,
        category_words,
        crm_offset,
        dates_only=comparer.dates_only,
    )
    return Reconciliation(
        records=found,
        crm=rows_found(crm, found, window, crm_offset),
        calls=calls_found(calls, found, window, calls_offset),
        crm_read=crm_read,
        calls_read=calls_read,
        window=window,
        crm_offset_hours=crm_hours,
        calls_offset_hours=calls_hours,
        upper=limits.upper,
        lower=limits.lower,
    )


def _silent(step: str, done: int, of: int) -> None:
    """Nobody asked for progress."""


def _told_apart(decisions: Mapping[str, Decision]) -> Callable[[HandRecord, HandRecord], bool]:
    """Return whether a person keeps two records out of one group."""
    if not any(decision.twin_of or decision.apart for decision in decisions.values()):
        return lambda one, other: False
    none = Decision()

    def apart(one: HandRecord, other: HandRecord) -> bool:
        mine, theirs = decisions.get(one.key, none), decisions.get(other.key, none)
        said = bool(mine.twin_of or theirs.twin_of)
        return said or other.key in mine.apart or one.key in theirs.apart

    return apart


def _crm_hours(records: Sequence[HandRecord], crm: Sequence[CrmRow]) -> int:
    """Hours to add to the export's call times; made times tell nothing, they follow the back-fill."""
    told = [row for row in crm if row.occurred_at is not None and row.occurred_at != row.created_at]
    if dates_only(row.occurred_at for row in told):
        return 0
    return whole_hours(
        (
            ((*phone_values(record.phone), comparable_number(record.number)), record.received_at)
            for record in records
        ),
        (((*phone_values(row.phone), comparable_number(row.number)), row.occurred_at) for row in told),
    )


def _calls_hours(records: Sequence[HandRecord], calls: Sequence[Call]) -> int:
    return whole_hours(
        ((phone_values(record.phone), record.received_at) for record in records),
        ((phone_values(call.caller), call.started_at) for call in calls),
    )


def _record_sides(
    records: Sequence[HandRecord], calls: Sequence[Call], links: Mapping[int, Link]
) -> list[Side]:
    callers = {index: calls[link.call].caller for index, link in links.items() if not link.sure}
    return [record_side(record, caller=callers.get(index, "")) for index, record in enumerate(records)]


def _links_by_row(
    records: Sequence[HandRecord],
    crm: Sequence[CrmRow],
    calls: Sequence[Call],
    offset: timedelta,
    links: Mapping[int, Link],
    rows: Mapping[int, int],
) -> Mapping[int, Link]:
    """The links again, a record without its call's number borrowing that of its CRM row."""
    borrowers = {
        index for index in rows if crm[rows[index]].phone and not (index in links and links[index].sure)
    }
    if not borrowers:
        return links
    lent = [
        replace(record, phone=crm[rows[index]].phone) if index in borrowers else record
        for index, record in enumerate(records)
    ]
    return link_calls(lent, calls, offset)


def _firsts(crm: Sequence[CrmRow]) -> Iterator[tuple[int, CrmRow]]:
    """Rows by index, each id once: exports overlap."""
    seen: set[str] = set()
    for index, row in enumerate(crm):
        if row.id not in seen:
            seen.add(row.id)
            yield index, row


def _random_levels(comparer: Comparer, records: int, rows: int) -> Iterator[Levels]:
    if not records or not rows:
        return
    for number in range(min(_RANDOM_PAIRS, records * rows)):
        pair = comparer.compare(number % records, (number * _STRIDE + number // records) % rows)
        # In a small set many pairs at random are true; what shares a number or phone is not counted.
        if pair.number is not NumberLevel.SAME and pair.phone is not PhoneLevel.SAME:
            yield pair.levels()
