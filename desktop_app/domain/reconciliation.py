"""What reconciliation compares and what it finds: hand records × CRM rows × calls.

Readers (``exchange``) make these from files, ``matching`` compares them, the workbook shows the result; none
of them knows the others. All moments are UTC; texts are as written, cleaned but not normalised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class RecordStatus(StrEnum):
    """What became of a hand record (DESIGN §5)."""

    MATCHED = "matched"
    DIFFERS = "differs"
    BACKFILLED = "backfilled"
    TO_BACKFILL = "to_backfill"
    DUPLICATE = "duplicate"
    AMBIGUOUS = "ambiguous"
    WAIVED = "waived"
    OUTSIDE = "outside"


class CrmStatus(StrEnum):
    """Whether a CRM row has a hand record."""

    HAS_RECORD = "has_record"
    CRM_ONLY = "crm_only"
    OUTSIDE = "outside"


class CallStatus(StrEnum):
    """What the call log says of an inbound call: ``not_recorded`` means an agent talked, nobody wrote."""

    RECORDED = "recorded"
    NOT_RECORDED = "not_recorded"
    ABANDONED = "abandoned"
    TURNED_AWAY = "turned_away"
    OUTSIDE = "outside"


class CallOutcome(StrEnum):
    """How a call ended, by the log alone."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    TURNED_AWAY = "turned_away"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row was read: file name and 1-based row, for the person who has to look."""

    file: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}:{self.row}"


@dataclass(frozen=True, slots=True)
class HandRecord:
    """A record written during the outage. ``key`` is unique within a run, ``number`` as written.

    ``amount`` is in yuan as ``12.50``, ``amount_channel`` the code of how it was taken.
    """

    key: str
    source: Source
    number: str = ""
    kind: str = ""
    channel: str = ""
    received_at: datetime | None = None
    ended_at: datetime | None = None
    caller_name: str = ""
    phone: str = ""
    callback_phone: str = ""
    customer_no: str = ""
    address: str = ""
    category: str = ""
    summary: str = ""
    detail: str = ""
    agent: str = ""
    station: str = ""
    callback_due: datetime | None = None
    crm_id: str = ""
    paper_serial: str = ""
    amount: str = ""
    amount_channel: str = ""
    recording: str = ""


@dataclass(frozen=True, slots=True)
class CrmRow:
    """A row of a CRM export. ``created_at`` is usually the back-fill time, ``occurred_at`` the call's.

    ``texts`` are all cells in which somebody may have written a record number or a call time. ``amount`` is
    ``0.00`` where the export has amounts and this row has none.
    """

    id: str
    source: Source
    created_at: datetime | None = None
    occurred_at: datetime | None = None
    number: str = ""
    caller_name: str = ""
    phone: str = ""
    callback_phone: str = ""
    customer_no: str = ""
    address: str = ""
    kind: str = ""
    category: str = ""
    summary: str = ""
    detail: str = ""
    agent: str = ""
    amount: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the log, whatever number of legs and rows it took. ``talk_seconds`` is with an agent.

    ``recording`` is what the log calls the recording of it.
    """

    id: str
    source: Source
    started_at: datetime
    outcome: CallOutcome
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    caller: str = ""
    callee: str = ""
    agent: str = ""
    talk_seconds: int = 0
    caller_name: str = ""
    recording: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair scores as it does: a code for the words, its details and its weight in bits."""

    code: str
    weight: float
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose values mean different things on the two sides."""

    field: str
    record: str
    crm: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A CRM row that a record may be, with its score in bits and why."""

    crm_id: str
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What was found of one record. ``candidates`` are the rows left to a person when ambiguous."""

    record: HandRecord
    status: RecordStatus
    crm_id: str = ""
    call_ids: tuple[str, ...] = ()
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    duplicate_of: str = ""
    differences: tuple[Difference, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class CrmResult:
    """What was found of one CRM row; ``record`` is the key of its hand record."""

    row: CrmRow
    status: CrmStatus
    record: str = ""


@dataclass(frozen=True, slots=True)
class CallResult:
    """What was found of one call; ``records`` are the keys of the records written of it."""

    call: Call
    status: CallStatus
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a record: ``crm_id`` it is, rows it is not, or a waiver with its reason.

    ``twin_of`` is the key of the record that tells the same matter and counts; ``apart`` are the keys of
    those that it was taken for and is not.
    """

    crm_id: str = ""
    rejected: frozenset[str] = frozenset()
    waived: str = ""
    twin_of: str = ""
    apart: frozenset[str] = frozenset()

    @property
    def settles(self) -> bool:
        """Whether nothing is left to a person after it."""
        return bool(self.crm_id or self.waived or self.twin_of)


@dataclass(frozen=True, slots=True)
class Window:
    """The span that is judged, both ends included; None is open."""

    start: datetime | None = None
    end: datetime | None = None

    def holds(self, at: datetime | None) -> bool:
        """Whether ``at`` lies in the span; an unknown time is never put outside."""
        if at is None:
            return True
        return (self.start is None or at >= self.start) and (self.end is None or at <= self.end)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The whole finding. ``crm_read`` and ``calls_read`` say whether any such file was given.

    ``crm_offset_hours`` and ``calls_offset_hours`` were added to the times of those files because most pairs
    support it. ``upper`` and ``lower`` are the score thresholds in bits.
    """

    records: tuple[RecordResult, ...]
    crm: tuple[CrmResult, ...]
    calls: tuple[CallResult, ...]
    crm_read: bool
    calls_read: bool
    window: Window = Window()
    crm_offset_hours: int = 0
    calls_offset_hours: int = 0
    upper: float = 0.0
    lower: float = 0.0
    warnings: tuple[Reason, ...] = ()

    def totals(self) -> dict[str, int]:
        """Return the count of each status, and of records, CRM rows and calls (INTERFACES, reconcile)."""
        found: dict[str, list[str]] = {
            "records": [result.status.value for result in self.records],
            "crm": [result.status.value for result in self.crm],
            "calls": [result.status.value for result in self.calls],
        }
        counts = {name: len(statuses) for name, statuses in found.items()}
        every = [status for statuses in found.values() for status in statuses]
        for status in (*RecordStatus, *CrmStatus, *CallStatus):
            counts[status.value] = every.count(status.value)
        for name, statuses in found.items():
            counts[f"{name}_outside"] = statuses.count("outside")
        return counts

    def open_items(self) -> bool:
        """Whether anything is left to do: the command line then ends with exit code 1."""
        counts = self.totals()
        names = ("differs", "to_backfill", "duplicate", "ambiguous", "crm_only", "not_recorded")
        return any(counts[name] for name in names)
