"""The planted truth of a demo day: what a careful person with all three files can decide, and what not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from desktop_app.domain.phones import phone_of
from desktop_app.domain.reconciliation import CallOutcome, CallStatus, CrmStatus, RecordStatus
from desktop_app.services.demo_day.calls import DayCall
from desktop_app.services.demo_day.crm import Row
from desktop_app.services.demo_day.notes import Note
from desktop_app.services.demo_day.slips import NO_NAMES

_SURE_DELAY = timedelta(minutes=30)
_SURE_AGAIN = timedelta(minutes=2)
_ABOUT_PAPER = timedelta(minutes=6)
_CALLING_AGAIN = timedelta(minutes=45)


@dataclass(frozen=True, slots=True)
class RecordTruth:
    """A record as it truly is. ``matter_numbers`` are all records of the same matter: itself and its doubles.

    Of two entries of one matter the earlier is the record, and what the CRM holds was typed from it; the
    other is the duplicate. ``differs`` are the fields in which record and CRM row mean different things.
    ``sure`` and ``sure_call``: a careful person decides it without doubt; where not, leaving it open is as
    right as the truth. ``undecidable`` and ``undecidable_call``: nobody can, so any automatic link is wrong.
    ``seeming_calls``: everything in the files says that the record is of these, true or not.
    """

    number: str
    status: RecordStatus
    crm_id: str
    call_id: str
    matter_numbers: frozenset[str]
    differs: frozenset[str]
    sure: bool
    sure_call: bool
    undecidable: bool
    undecidable_call: bool
    seeming_calls: frozenset[str]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class CrmTruth:
    """A CRM row as it truly is; ``records`` are the numbers of its matter."""

    id: str
    status: CrmStatus
    records: frozenset[str]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class CallTruth:
    """A call as it truly went; ``records`` are the numbers written of it, ``sure`` as for records."""

    id: str
    status: CallStatus
    records: frozenset[str]
    sure: bool
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Truth:
    """All of a day's truth, by record number, CRM id and call id."""

    records: Mapping[str, RecordTruth]
    crm: Mapping[str, CrmTruth]
    calls: Mapping[str, CallTruth]

    def as_json(self) -> list[dict[str, str | None]]:
        """Return one line for every record, and for every call and CRM row without one (INTERFACES, demo)."""
        lines: list[dict[str, str | None]] = [
            {
                "call": truth.call_id or None,
                "record": truth.number,
                "crm_id": truth.crm_id or None,
                "status": truth.status.value,
            }
            for truth in self.records.values()
        ]
        lines += [
            {"call": call.id, "record": None, "crm_id": None, "status": call.status.value}
            for call in self.calls.values()
            if not call.records
        ]
        lines += [
            {"call": None, "record": None, "crm_id": row.id, "status": row.status.value}
            for row in self.crm.values()
            if not row.records
        ]
        return lines


def truth_of(calls: list[DayCall], notes: list[Note], rows: list[Row], numbers: Mapping[int, str]) -> Truth:
    """Return the truth of a day whose records got ``numbers`` (by note key)."""
    groups = {note.key: {note.key} for note in notes if note.original is None}
    for note in notes:
        if note.original is not None:
            groups[note.original].add(note.key)
    seen = _Seen(
        rows=rows,
        calls=calls,
        numbers=numbers,
        matters={
            key: frozenset(numbers[member] for member in members)
            for members in groups.values()
            for key in members
        },
        calls_of=Counter(call.person.phone for call in calls if call.answered),
        notes_of=Counter(note.person.phone for note in notes),
    )
    entered = {row.note: row for row in rows if row.note is not None}
    records = {numbers[note.key]: _record(note, entered.get(note.key), seen) for note in notes}
    by_call: defaultdict[str, list[RecordTruth]] = defaultdict(list)
    for truth in records.values():
        by_call[truth.call_id].append(truth)
    seeming = frozenset[str]().union(*(truth.seeming_calls for truth in records.values()))
    return Truth(
        records,
        {row.id: _row(row, seen) for row in rows},
        {call.uniqueid: _call(call, by_call[call.uniqueid], seeming) for call in calls},
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What somebody sees who has all the files; ``calls_of`` and ``notes_of`` count them by phone."""

    rows: Sequence[Row]
    calls: Sequence[DayCall]
    numbers: Mapping[int, str]
    matters: Mapping[int, frozenset[str]]
    calls_of: Mapping[str, int]
    notes_of: Mapping[str, int]


def _record(note: Note, row: Row | None, seen: _Seen) -> RecordTruth:
    twin = "twin_namesakes" in note.tags
    differs = row.differs if row else frozenset()
    if twin:
        status = RecordStatus.AMBIGUOUS
    elif note.original is not None:
        status = RecordStatus.DUPLICATE
    elif row is None:
        status = RecordStatus.TO_BACKFILL
    else:
        status = RecordStatus.DIFFERS if differs else RecordStatus.MATCHED
    return RecordTruth(
        number=seen.numbers[note.key],
        status=status,
        crm_id=row.id if row else "",
        call_id=note.call.uniqueid if note.call else "",
        matter_numbers=seen.matters[note.key],
        differs=differs,
        sure=not twin and not _doubtful(note, status, seen),
        sure_call=_sure_call(note, seen),
        undecidable=twin,
        undecidable_call="twin_anonymous" in note.tags,
        seeming_calls=frozenset(
            call.uniqueid for call in seen.calls if _on_the_line(call, note) and _seems(call, note)
        ),
        tags=note.tags | (row.tags if row else frozenset()),
    )


def _doubtful(note: Note, status: RecordStatus, seen: _Seen) -> bool:
    """Whether a careful person may want to ask first: a row that looks alike, a double that may be none.

    Nobody is sure of a double in other words, nor of one whose caller may have called again just then: from
    the same phone, or without showing a number.
    """
    if status is RecordStatus.TO_BACKFILL:
        return _look_alike(note, seen.rows)
    if status is not RecordStatus.DUPLICATE:
        return False
    return "reworded" in note.tags or any(
        call is not note.call and abs(call.answered_at - note.received_at) < _CALLING_AGAIN
        for call in seen.calls
        if call.answered and phone_of(call.caller).digits in {"", note.person.phone}
    )


def _look_alike(note: Note, rows: Sequence[Row]) -> bool:
    """Whether some row of the time could be taken for this record, which was never entered."""
    phone = phone_of(note.phone).digits
    if not phone and note.caller_name in NO_NAMES:
        return True
    for row in rows:
        if row.outside:
            continue
        there = phone_of(row.phone).digits
        if phone and there and (phone == there or note.person.phone == there):
            return True
        if row.caller_name[:1] == note.caller_name[:1] and not (phone and there):
            return True
    return False


def _sure_call(note: Note, seen: _Seen) -> bool:
    call = note.call
    if call is None or phone_of(note.phone).digits != note.person.phone:
        return False
    if phone_of(call.caller).digits != note.person.phone:
        return False
    delay = abs(note.received_at - call.answered_at)
    if any(_on_the_line(other, note) and not phone_of(other.caller).digits for other in seen.calls):
        return False
    if seen.calls_of[note.person.phone] > 1:
        return delay < timedelta(minutes=1)
    # Of two records of one phone, the later could be of a second call without a number shown.
    return delay < (_SURE_DELAY if seen.notes_of[note.person.phone] == 1 else _SURE_AGAIN)


def _on_the_line(call: DayCall, note: Note) -> bool:
    """Whether the writer had another call while writing, of which the record then may be as well.

    Paper tells nothing of who wrote it.
    """
    if call is note.call or not call.answered or (call.station != note.station and not note.paper_serial):
        return False
    about = _ABOUT_PAPER if note.paper_serial else _SURE_AGAIN
    return call.answered_at - about <= note.received_at <= call.ended_at + about


def _seems(call: DayCall, note: Note) -> bool:
    """Whether nothing that was written speaks against this call rather than the true one."""
    caller = phone_of(call.caller).digits
    if caller == note.person.phone:
        return True
    hidden = note.call is None or note.call.station != note.station or not phone_of(note.call.caller).digits
    return hidden and not (caller and note.phone)


def _row(row: Row, seen: _Seen) -> CrmTruth:
    status = CrmStatus.CRM_ONLY if row.note is None else CrmStatus.HAS_RECORD
    if row.outside:
        status = CrmStatus.OUTSIDE
    return CrmTruth(row.id, status, frozenset() if row.note is None else seen.matters[row.note], row.tags)


def _call(call: DayCall, written: list[RecordTruth], seeming: frozenset[str]) -> CallTruth:
    if call.outside:
        status = CallStatus.OUTSIDE
    elif call.outcome is CallOutcome.ABANDONED:
        status = CallStatus.ABANDONED
    elif call.outcome is CallOutcome.TURNED_AWAY:
        status = CallStatus.TURNED_AWAY
    else:
        status = CallStatus.RECORDED if written else CallStatus.NOT_RECORDED
    return CallTruth(
        call.uniqueid,
        status,
        frozenset(truth.number for truth in written),
        any(truth.sure_call for truth in written) if written else call.uniqueid not in seeming,
        call.tags | {call.way},
    )
