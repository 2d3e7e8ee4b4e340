"""A person's words on records in reconciliation, folded: which of them stand, and what they come to.

A decision is about one record and one other thing: a CRM row, another record of which it may be a double, or
nothing at all for a waiver (JOURNAL, subjects). Two that contradict each other decide nothing; both stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind, match_decision_id
from desktop_app.domain.reconciliation import CrmRow, Decision
from desktop_app.domain.twins import Group, Pair, join, pair

RECORDS = "records"
"""In place of a profile: the other side is a record of ours."""


class Verdict(StrEnum):
    """What a person said."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Said:
    """One decision that stands: of the record with this id and a row (or record id) of ``profile``."""

    subject: Subject
    record: str
    profile: str
    row: str
    verdict: Verdict
    reason: str
    entry: str

    @property
    def settles(self) -> bool:
        """Whether it says what the record is, not only what it is not."""
        return self.verdict is not Verdict.REJECTED


def subject_of(record: str, profile: str = "", row: str = "") -> Subject:
    """Return what the decision about a record and a row is kept under; without a row, the waiver's."""
    return Subject(SubjectKind.MATCH_DECISION, match_decision_id(record, profile, row))


def row_key(row: CrmRow) -> str:
    """Return what a row is known by when the export is read again; empty where it has no id of its own.

    A row without an id is only a line of one file, and the next export has another on that line.
    """
    return "" if row.id == str(row.source) else row.id


def standing(states: Iterable[State]) -> Iterator[Said]:
    """Yield the decisions that stand; one on which two people disagree, or taken back, does not."""
    for state in states:
        values = state.values("verdict")
        # Another store's entry may hold anything, also what is no text.
        if len(values) != 1 or state.text("verdict") not in set(Verdict):
            continue
        yield Said(
            state.subject,
            state.text("record"),
            state.text("profile"),
            state.text("row"),
            Verdict(state.text("verdict")),
            state.text("reason"),
            state.candidates("verdict")[-1].entry_id,
        )


def twins_said(said: Iterable[Said], among: Collection[str] | None = None) -> Mapping[str, Group]:
    """Return the group of every record that is said to tell the matter of another (``twins.join``)."""
    of_records = [one for one in said if one.profile == RECORDS]
    doubles = [(one.record, one.row) for one in of_records if one.verdict is Verdict.CONFIRMED]
    return join(doubles, said_apart(of_records), among)


def said_apart(said: Iterable[Said]) -> set[Pair]:
    """Return the pairs of records that a person said are not one matter."""
    return {
        pair(one.record, one.row)
        for one in said
        if one.profile == RECORDS and one.verdict is Verdict.REJECTED
    }


def decisions(said: Iterable[Said], profile: str, keys: Mapping[str, str]) -> dict[str, Decision]:
    """Return what was said as the matcher takes it, by record key.

    ``keys`` are the record keys by record id; decisions about rows of another profile say nothing here.
    """
    every = list(said)
    by_record: dict[str, list[Said]] = defaultdict(list)
    for one in every:
        if one.record in keys and one.profile in (profile, RECORDS, ""):
            by_record[one.record].append(one)
    grouped = twins_said(every, keys.keys())
    heads = {one: group.head for one, group in grouped.items() if group.head != one}
    return {
        keys[record]: _decision(by_record[record], heads.get(record, ""), keys)
        for record in (*by_record, *(one for one in heads if one not in by_record))
    }


def _decision(said: Sequence[Said], head: str, keys: Mapping[str, str]) -> Decision:
    settling = [one for one in said if one.settles and one.profile != RECORDS]
    # Two words that exclude each other come of two people who did not see each other.
    word = settling[0] if len(settling) == 1 and not head else None
    rejected = [one for one in said if one.verdict is Verdict.REJECTED]
    return Decision(
        crm_id=word.row if word and word.verdict is Verdict.CONFIRMED else "",
        rejected=frozenset(one.row for one in rejected if one.profile != RECORDS),
        waived=word.reason if word and word.verdict is Verdict.WAIVED else "",
        twin_of=keys[head] if head and not settling else "",
        apart=frozenset(keys[one.row] for one in rejected if one.profile == RECORDS and one.row in keys),
    )
