"""A store with very many records, written as a merge writes its rows: states, lists and search index."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.folding import Candidate, State
from desktop_app.domain.identity import Subject, SubjectKind, uuid7
from desktop_app.domain.numbers import Number
from desktop_app.storage.folded import put_tables, rows_of
from desktop_app.storage.store import Store

BEGAN = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
RARE = "地下车库卷帘门"
_BATCH = 2_000
_WRITER = "b" * 32
_MATTERS = (
    "停车费电子发票何时可以开，系统升级期间先登记，恢复后请财务回电说明开票流程。",
    "装修公司夜间二十三点后施工，已反映两次无人处理，要求今晚停工并书面答复。",
    "电梯停在七层，困两人，其中一位老人，已安抚并通知物业服务中心派人到场。",
    "厨房下水管漏水，楼下天花板已经渗水，请维修师傅尽快上门查看并联系楼下住户。",
    "询问物业费缴纳截止日期以及能否分期，业主称短信未收到，请核对预留号码。",
)
_SURNAMES = "陈刘沈何周赵李王张杨吴黄徐孙马"


def fill(store: Store, count: int, seed: int = 1) -> None:
    """Write ``count`` records; the word ``RARE`` is in one of five thousand."""
    states = _states(store, count, seed)
    while batch := [state for _, state in zip(range(_BATCH), states, strict=False)]:
        with store.change() as unit:
            put_tables(
                unit.connection,
                {state.subject: rows_of(state) for state in batch},
                {state.subject for state in batch},
            )


def multiply(store: Store, times: int) -> None:
    """Make every record ``times`` as many, each copy a year earlier; copies stand in no search index.

    Straight in the folded tables, with a short state: a million records take minutes where ``fill`` takes an
    hour.
    """
    for years in range(1, times):
        with store.change() as unit:
            for statement in (_COPY_STATES, _COPY_RECORDS):
                unit.connection.exec_driver_sql(statement, {"years": years, "first": f"{BEGAN:%Y}"})


_ID = "printf('%02x', :years + 16) || substr(id, 3)"
_EARLIER = "printf('%04d', CAST(:first AS INTEGER) - :years) || substr({at}, 5)"
_COPIED = "number, station, drill, sequence, kind, state, listed, handler"
_ALSO = "phone_digits, crm_id, missing, incomplete, important, ''"
_COPY_RECORDS = f"""
INSERT INTO records (id, {_COPIED}, received_at, phone_digits, crm_id, missing, incomplete, important, search)
SELECT {_ID}, {_COPIED}, {_EARLIER.format(at="received_at")}, {_ALSO} FROM records WHERE received_at > :first
"""  # noqa: S608 - our own names
_COPY_STATES = f"""
INSERT INTO subjects (kind, id, state, digest)
SELECT kind, {_ID}, json_object('fields', json_object(
    'number', json_extract(state, '$.fields.number'), 'state', json_extract(state, '$.fields.state'),
    'kind', json_extract(state, '$.fields.kind'), 'phone', json_extract(state, '$.fields.phone'),
    'caller_name', json_extract(state, '$.fields.caller_name'),
    'detail', json_extract(state, '$.fields.detail')),
  'lists', json_object(), 'tombstone', NULL, 'newest', json_extract(state, '$.newest')), NULL
FROM subjects WHERE id IN (SELECT id FROM records WHERE received_at > :first)
"""  # noqa: S608 - our own names


def _states(store: Store, count: int, seed: int) -> Iterator[State]:
    dice = random.Random(seed)
    for sequence in range(1, count + 1):
        at = BEGAN + timedelta(seconds=20 * sequence)
        detail = dice.choice(_MATTERS) + (RARE if dice.random() < 1 / 5_000 else "")
        told: Mapping[str, Value] = {
            "number": str(Number("07", sequence)),
            "state": "recorded",
            "kind": dice.choice(("enquiry", "enquiry", "complaint", "urgent")),
            "channel": "phone",
            "received_at": moment_text(at),
            "recorded_at": moment_text(at + timedelta(minutes=2)),
            "caller_name": dice.choice(_SURNAMES) + dice.choice(("先生", "女士", "小姐")),
            "phone": f"1312345{dice.randrange(10_000):04d}",
            "address": f"翠湖苑 {dice.randrange(1, 30)} 幢 2 单元 {dice.randrange(101, 2904)}",
            "category": dice.choice(("query", "repair", "enquiry", "other")),
            "detail": detail,
            "outcome": "answered",
            "station": "07",
            "first_handler": store.author.actor,
        }
        subject = Subject(SubjectKind.RECORD, uuid7(int(at.timestamp() * 1000), dice.randbytes(10)))
        entry = f"{_WRITER}-{sequence}"
        fields = {name: (Candidate(entry, value),) for name, value in told.items()}
        yield State(subject, fields, newest=(sequence, _WRITER, sequence))
