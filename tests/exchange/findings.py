"""Invented reconciliations: a small one with every status, and one of any size."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from desktop_app.domain.reconciliation import (
    Call,
    CallOutcome,
    CallResult,
    CallStatus,
    Candidate,
    CrmResult,
    CrmRow,
    CrmStatus,
    Difference,
    HandRecord,
    Reason,
    Reconciliation,
    RecordResult,
    RecordStatus,
    Source,
    Window,
)
from desktop_app.exchange.worksheets.about import About, FileRead, ProfileUsed, Side
from desktop_app.exchange.worksheets.journal import AuditLine, JournalParts, NumbersIssued, PromiseLine

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
NAMES = ("李娜", "王建国", "欧阳静", "买买提·艾力", "陈晓", "Anna Berg")
MATTERS = (
    "电梯停运，电话中断后再次来电",
    "物业费多收",
    "三幢二单元1602 水管漏水\n客户要求今天上门",
    "查询停电时间",
)
REASONS = (
    Reason("phone_same", 12.5),
    Reason("time_minutes_2", 4.2, {"apart": "0:00:38"}),
    Reason("never_heard_of", 1.0),
)


def hand_record(index: int, **fields: object) -> HandRecord:
    at = NOON + timedelta(minutes=3 * index)
    values: dict[str, object] = {
        "number": f"07-{index:05d}-0",
        "kind": ("enquiry", "complaint", "urgent")[index % 3],
        "channel": "phone",
        "received_at": at,
        "ended_at": at + timedelta(minutes=2),
        "caller_name": NAMES[index % len(NAMES)],
        "phone": f"1312345{index % 10_000:04d}",
        "address": f"桂花苑{index % 9 + 1}幢{index % 4 + 1}单元{index % 20 + 1:02d}02",
        "category": "repair",
        "summary": MATTERS[index % len(MATTERS)],
        "detail": "客户第二次来电，语气着急。\n已告知系统故障，答应四点前回电。" if index % 2 else "",
        "agent": "张敏",
        "station": "07",
    }
    values |= fields
    return HandRecord(f"r{index}", Source("登记表.xlsx", index + 2), **values)


def crm_row(index: int, **fields: object) -> CrmRow:
    record = hand_record(index)
    values: dict[str, object] = {
        "created_at": NOON + timedelta(hours=5),
        "occurred_at": record.received_at,
        "caller_name": record.caller_name,
        "phone": record.phone,
        "address": record.address,
        "category": "报修",
        "summary": record.summary,
    }
    values |= fields
    return CrmRow(f"CRM-{index}", Source("导出.csv", index + 2), **values)


def call(index: int, outcome: CallOutcome = CallOutcome.ANSWERED) -> Call:
    at = NOON + timedelta(minutes=3 * index)
    answered = at + timedelta(seconds=9) if outcome is CallOutcome.ANSWERED else None
    talked = 95 if answered else 0
    return Call(
        f"1763697{index:03d}.{index}",
        Source("Master.csv", index + 1),
        at,
        outcome,
        answered,
        at + timedelta(seconds=talked + 9),
        f"1312345{index:04d}",
        "4008100001",
        "SIP/agent7" if answered else "",
        talked,
    )


def every_status() -> Reconciliation:
    """Two records of each status, candidates and differences included, with calls and CRM rows to them."""
    records = []
    for index, status in enumerate([*RecordStatus, *RecordStatus]):
        record = hand_record(index, received_at=None) if index == 9 else hand_record(index)
        matched = status in (RecordStatus.MATCHED, RecordStatus.DIFFERS)
        differences: tuple[Difference, ...] = ()
        candidates: tuple[Candidate, ...] = ()
        if status is RecordStatus.DIFFERS:
            differences = (
                Difference("phone", record.phone, "13123450999"),
                Difference("address", record.address, "桂花苑\n9幢"),
            )
        if status is RecordStatus.AMBIGUOUS:
            candidates = (Candidate("CRM-0", 7.25, REASONS), Candidate("CRM-1", 7.0, REASONS[:1]))
        records.append(
            RecordResult(
                record,
                status,
                f"CRM-{index}" if matched or status is RecordStatus.BACKFILLED else "",
                (call(index).id,) if matched else (),
                18.4 if matched else 0.0,
                REASONS if matched or status is RecordStatus.DUPLICATE else (),
                f"r{index - 4}" if status is RecordStatus.DUPLICATE else "",
                differences,
                candidates,
            )
        )
    crm = [CrmResult(crm_row(index), CrmStatus.HAS_RECORD, f"r{index}") for index in (0, 1, 8, 9)]
    crm += [CrmResult(crm_row(40), CrmStatus.CRM_ONLY), CrmResult(crm_row(41), CrmStatus.OUTSIDE)]
    calls = [CallResult(call(index), CallStatus.RECORDED, (f"r{index}",)) for index in (0, 1, 8, 9)]
    calls += [CallResult(call(50 + index), CallStatus.NOT_RECORDED) for index in range(3)]
    calls += [CallResult(call(60 + index, CallOutcome.ABANDONED), CallStatus.ABANDONED) for index in range(2)]
    calls += [CallResult(call(70, CallOutcome.TURNED_AWAY), CallStatus.TURNED_AWAY)]
    calls += [
        CallResult(call(80), CallStatus.OUTSIDE),
        CallResult(call(81, CallOutcome.ABANDONED), CallStatus.OUTSIDE),
    ]
    return Reconciliation(
        tuple(records),
        tuple(crm),
        tuple(calls),
        crm_read=True,
        calls_read=True,
        window=Window(NOON, NOON + timedelta(hours=6)),
        crm_offset_hours=8,
        upper=9.0,
        lower=2.5,
        warnings=(
            Reason("spans_apart", 0.0, {"side": "crm", "records": "08:00 — 12:00", "other": "06:00 — 16:00"}),
        ),
    )


def many(count: int) -> Reconciliation:
    """As many records, CRM rows and calls, most of them matched."""
    statuses: Sequence[RecordStatus] = (
        *[RecordStatus.MATCHED] * 7,
        RecordStatus.TO_BACKFILL,
        RecordStatus.DIFFERS,
        RecordStatus.OUTSIDE,
    )
    records = []
    for index in range(count):
        status = statuses[index % len(statuses)]
        differences = (Difference("phone", "1", "2"),) if status is RecordStatus.DIFFERS else ()
        records.append(
            RecordResult(
                hand_record(index),
                status,
                f"CRM-{index}",
                (f"c{index}",),
                15.0,
                REASONS,
                differences=differences,
            )
        )
    return Reconciliation(
        tuple(records),
        tuple(CrmResult(crm_row(index), CrmStatus.HAS_RECORD, f"r{index}") for index in range(count)),
        tuple(CallResult(call(index), CallStatus.RECORDED, (f"r{index}",)) for index in range(count)),
        crm_read=True,
        calls_read=True,
    )


def about() -> About:
    return About(
        version="0.1.0",
        made_at=NOON + timedelta(hours=9),
        zone="Asia/Shanghai",
        files=(
            FileRead(Side.RECORDS, "登记表.xlsx", "ab" * 32, 16),
            FileRead(Side.CRM, "导出.csv", "cd" * 32, 6),
            FileRead(Side.CALLS, "Master.csv", "ef" * 32, 12),
        ),
        profiles=(
            ProfileUsed(Side.RECORDS, "generic", guessed=True),
            ProfileUsed(Side.CRM, "odoo", guessed=True),
            ProfileUsed(Side.CALLS, "asterisk", guessed=False),
        ),
        notes=((Side.RECORDS, Reason("unknown_column", 0.0, {"column": "备用"})),),
    )


def journal_parts() -> JournalParts:
    return JournalParts(
        promises=tuple(
            PromiseLine(f"07-{index:05d}-0", NOON, end, NAMES[index], "13123450001", "回电告知结果", "张敏")
            for index, end in enumerate(("open", "kept", "kept", "withdrawn", "carried_over", "open"))
        ),
        audit=(
            AuditLine(
                NOON,
                "8021",
                "agent",
                "change",
                "record",
                "07-00001-5",
                (("detail", "=1+1"),),
                "=1+1",
                "w-1",
                "00ff",
            ),
        ),
        numbers=NumbersIssued(20, 16, 1, 1, 1, 1, ("07-00020-4",)),
    )
