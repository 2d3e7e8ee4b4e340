"""CRM numbers that a person wrote or decided: they bind, but one row is never given to two records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain.reconciliation import CrmRow, Decision, HandRecord
from desktop_app.matching.duplicates import Twins
from desktop_app.matching.features import comparable_code
from desktop_app.matching.rules import certain
from desktop_app.matching.scoring import Scored

Score = Callable[[int, int], Scored]


@dataclass(frozen=True, slots=True)
class Claims:
    """Record → row as a person said; ``absent`` have a number not in the export; ``disputed`` → row."""

    rows: Mapping[int, int]
    absent: frozenset[int]
    disputed: Mapping[int, int]


def told_row(record: HandRecord, decision: Decision) -> str:
    """Return the row that a person says the record is: by decision, else by the number written in the record.

    A written number that was decided against says nothing any more.
    """
    if decision.crm_id or decision.twin_of:
        return decision.crm_id
    against = {comparable_code(row) for row in decision.rejected}
    return "" if comparable_code(record.crm_id) in against else record.crm_id


def find_claims(
    records: Sequence[HandRecord],
    crm: Sequence[CrmRow],
    decisions: Mapping[str, Decision],
    twins: Twins,
    score: Score,
) -> Claims:
    """Return what a person said. Of several records that name one row the one that is plainly it has the row.

    A decision in the program goes before a number written in a file. Records that are surely one entry do not
    dispute a row among themselves: the best of them has it.
    """
    row_of = {comparable_code(row.id): index for index, row in reversed(list(enumerate(crm)))}
    said: dict[int, list[int]] = defaultdict(list)
    decided: set[int] = set()
    absent: set[int] = set()
    for index, record in enumerate(records):
        decision = decisions.get(record.key, Decision())
        told = told_row(record, decision)
        if decision.waived or decision.twin_of:
            absent.add(index)
        elif told:
            row = row_of.get(comparable_code(told))
            if row is None:
                absent.add(index)
            else:
                said[row].append(index)
                if decision.crm_id:
                    decided.add(index)
    rows: dict[int, int] = {}
    disputed: dict[int, int] = {}
    for row, claimants in said.items():
        first = [index for index in claimants if index in decided] or claimants
        holder = first[0] if len(first) == 1 else _holder(first, row, twins, score)
        if holder is not None:
            rows[holder] = row
        group = twins.group(holder) if holder is not None else frozenset()
        disputed.update({index: row for index in claimants if index != holder and index not in group})
    return Claims(rows, frozenset(absent), disputed)


def _holder(claimants: Sequence[int], row: int, twins: Twins, score: Score) -> int | None:
    scored = {index: score(index, row) for index in claimants}
    best = max(claimants, key=lambda index: (scored[index].score, -index))
    group = twins.group(best)
    others = [index for index in claimants if index not in group]
    if all(certain(scored[best]) and not certain(scored[index]) for index in others):
        return best
    return None
