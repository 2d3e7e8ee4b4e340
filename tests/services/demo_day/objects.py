"""The demo day as readers would read it, without files: for the matcher alone."""

from __future__ import annotations

from datetime import timedelta

from desktop_app.domain.reconciliation import Call, CrmRow, HandRecord, Source
from desktop_app.services.demo_day.calls import DayCall
from desktop_app.services.demo_day.crm import Row
from desktop_app.services.demo_day.notes import Note
from desktop_app.services.demo_day.world import Day


def hand_records(day: Day, numbers: dict[int, str]) -> list[HandRecord]:
    return [_record(day, note, numbers[note.key]) for note in day.notes]


def crm_rows(rows: tuple[Row, ...]) -> list[CrmRow]:
    return [
        CrmRow(
            id=row.id,
            source=Source("crm.csv", place + 2),
            created_at=row.created_at,
            occurred_at=row.occurred_at,
            number=row.number,
            caller_name=row.caller_name,
            phone=row.phone,
            address=row.address,
            category=row.crm_type,
            summary=row.summary,
            detail=row.detail,
            texts=(row.summary, row.detail),
        )
        for place, row in enumerate(rows)
    ]


def log_calls(day: Day) -> list[Call]:
    return [_call(day, call) for call in day.calls]


def _record(day: Day, note: Note, number: str) -> HandRecord:
    return HandRecord(
        key=f"records.csv:{note.key + 2}",
        source=Source("records.csv", note.key + 2),
        number=number,
        kind=note.matter.kind,
        channel=note.channel,
        received_at=note.received_at,
        caller_name=note.caller_name,
        phone=note.phone,
        address=note.address,
        category=note.matter.category,
        summary=note.summary,
        detail=note.detail,
        agent=day.plan.staff_number(note.station),
        station=day.plan.station(note.station),
        callback_due=note.callback_due,
        paper_serial=note.paper_serial,
    )


def _call(day: Day, call: DayCall) -> Call:
    return Call(
        id=call.uniqueid,
        source=Source("calls.csv", call.index + 1),
        started_at=call.started_at,
        outcome=call.outcome,
        answered_at=call.answered_at if call.answered else None,
        ended_at=call.started_at + timedelta(seconds=call.wait + call.talk),
        caller=call.caller,
        callee=call.line,
        agent=f"坐席{day.plan.staff_number(call.station)}" if call.answered else "",
        talk_seconds=call.talk,
    )
