"""The result of each record, put together from what was settled, said and linked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from desktop_app.domain.reconciliation import (
    Call,
    Candidate,
    CrmRow,
    Decision,
    HandRecord,
    Reason,
    RecordResult,
    RecordStatus,
    Window,
)
from desktop_app.matching.calls import Link
from desktop_app.matching.claims import Claims, told_row
from desktop_app.matching.classify import status_without_match
from desktop_app.matching.differences import find_differences
from desktop_app.matching.duplicates import Twins
from desktop_app.matching.scoring import Scored
from desktop_app.matching.settling import Settled

_MOST_CANDIDATES = 5
_EXPLAINED = (RecordStatus.AMBIGUOUS, RecordStatus.DUPLICATE, RecordStatus.WAIVED)


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found before statuses are given; indexes are into the sequences."""

    records: Sequence[HandRecord]
    crm: Sequence[CrmRow]
    calls: Sequence[Call]
    links: Mapping[int, Link]
    twins: Twins
    claims: Claims
    settled: Settled
    decisions: Mapping[str, Decision]
    score: Callable[[int, int], Scored]
    explain: Callable[[Scored], tuple[Reason, ...]]


def record_results(
    found: Findings,
    window: Window,
    category_words: Mapping[str, str],
    offset: timedelta,
    *,
    dates_only: bool,
) -> tuple[RecordResult, ...]:
    """Return the result of every record, in their order; see :func:`pipeline.reconcile`."""
    heads = _heads(found)
    results = []
    for index, record in enumerate(found.records):
        link = found.links.get(index)
        call_ids = (found.calls[link.call].id,) if link else ()
        outside = not window.holds(record.received_at)
        row = found.claims.rows.get(index)
        pair = found.score(index, row) if row is not None else found.settled.matches.get(index)
        if pair is not None:
            differences = find_differences(
                record, found.crm[pair.pair.row], category_words, offset, dates_only=dates_only
            )
            status = RecordStatus.DIFFERS if differences else RecordStatus.MATCHED
            results.append(
                RecordResult(
                    record,
                    RecordStatus.OUTSIDE if outside else status,
                    found.crm[pair.pair.row].id,
                    call_ids,
                    pair.score,
                    found.explain(pair),
                    differences=differences,
                )
            )
            continue
        head = heads.get(index, index)
        results.append(_without_match(found, index, head, call_ids, outside=outside))
    return tuple(results)


def _without_match(
    found: Findings,
    index: int,
    head: int,
    call_ids: tuple[str, ...],
    *,
    outside: bool,
) -> RecordResult:
    record = found.records[index]
    decision = found.decisions.get(record.key, Decision())
    if decision.twin_of:
        status = RecordStatus.OUTSIDE if outside else RecordStatus.DUPLICATE
        said = (Reason("said_double", 0.0),)
        return RecordResult(record, status, "", call_ids, reasons=said, duplicate_of=decision.twin_of)
    disputed = index in found.claims.disputed
    told = "" if disputed else told_row(record, decision)
    if disputed:
        pairs = [found.score(index, found.claims.disputed[index])]
    else:
        pairs = [
            pair for member in sorted(found.twins.group(index)) for pair in found.settled.open.get(member, ())
        ]
        pairs.sort(key=lambda pair: -pair.score)
    other = _suspect(found, index)
    status = status_without_match(
        told,
        waived=bool(decision.waived),
        twin=head != index and not disputed,
        unclear=disputed or bool(pairs) or other is not None,
    )
    reasons: tuple[Reason, ...] = found.explain(pairs[0]) if pairs else ()
    if disputed:
        reasons = (Reason("claimed_twice", 0.0), *reasons)
    elif status is RecordStatus.DUPLICATE:
        reasons = found.twins.reason(index, head)
    elif other is not None and not pairs:
        reasons = (Reason("maybe_duplicate", 0.0, {"number": found.records[other].number}),)
    elif status is RecordStatus.WAIVED:
        reasons = (Reason("waived_for", 0.0, {"why": decision.waived}),)
    ambiguous = status is RecordStatus.AMBIGUOUS
    return RecordResult(
        record,
        RecordStatus.OUTSIDE if outside and status is not RecordStatus.WAIVED else status,
        told,
        call_ids,
        pairs[0].score if pairs and ambiguous else 0.0,
        reasons if status in _EXPLAINED else (),
        duplicate_of=found.records[head].key if status is RecordStatus.DUPLICATE else "",
        candidates=tuple(
            Candidate(found.crm[pair.pair.row].id, pair.score, found.explain(pair))
            for pair in _once(pairs)[:_MOST_CANDIDATES]
        )
        if ambiguous
        else (),
    )


def _once(pairs: Sequence[Scored]) -> list[Scored]:
    """The pairs, each row once: twins may name the same."""
    return list({pair.pair.row: pair for pair in reversed(pairs)}.values())[::-1]


def _heads(found: Findings) -> dict[int, int]:
    """Record → the one of its group that stands for it: the matched, else back-filled, else the earliest."""
    heads = {}
    for index in range(len(found.records)):
        group = found.twins.group(index)
        if len(group) > 1:
            heads[index] = min(group, key=lambda member: _rank(found, member))
    return heads


def _rank(found: Findings, index: int) -> tuple[bool, bool, float, int]:
    matched = index in found.claims.rows or index in found.settled.matches
    at = found.records[index].received_at
    absent = index in found.claims.absent
    return not matched, not absent, at.timestamp() if at else 0.0, index


def _suspect(found: Findings, index: int) -> int | None:
    """The earlier record that this may be a second entry of, or one that is matched."""
    others = found.twins.suspected.get(index, frozenset())
    ahead = [other for other in sorted(others) if _rank(found, other) < _rank(found, index)]
    return ahead[0] if ahead else None
