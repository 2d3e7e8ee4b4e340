"""Which call a record is of, where a number may be withheld: doubt leaves the record without a call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.reconciliation import Call, CallOutcome, HandRecord, RecordStatus, Source
from desktop_app.matching.calls import link_calls
from desktop_app.matching.pipeline import reconcile

START = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
PHONE = "13123450001"


def record(at: float, phone: str = PHONE, agent: str = "8021", **fields: str) -> HandRecord:
    moment = START + timedelta(minutes=at)
    key = f"r{at}{phone}{agent}{len(fields)}"
    return HandRecord(
        key, Source("records.csv", 2), phone=phone, agent=agent, channel="phone", received_at=moment, **fields
    )


def call(at: float, caller: str = PHONE, agent: str = "坐席8021", minutes: float = 2) -> Call:
    begin = START + timedelta(minutes=at)
    end = begin + timedelta(minutes=minutes)
    return Call(
        f"c{at}", Source("calls.csv", 1), begin, CallOutcome.ANSWERED, begin, end, caller, agent=agent
    )


def links(records: list[HandRecord], calls: list[Call]) -> list[str]:
    found = link_calls(records, calls, timedelta(0))
    return [calls[found[index].call].id if index in found else "" for index in range(len(records))]


@pytest.mark.parametrize(
    ("case", "records", "calls", "expected"),
    [
        ("at once", [record(1)], [call(0)], ["c0"]),
        ("late, and nobody else", [record(25)], [call(0)], ["c0"]),
        ("nobody writes before the caller rings", [record(0)], [call(20)], [""]),
        ("clocks may be apart a little", [record(0)], [call(3)], ["c3"]),
        (
            "a withheld call of the same agent fits",
            [record(1), record(20)],
            [call(0), call(19, "")],
            ["c0", ""],
        ),
        (
            "a withheld call of another agent",
            [record(1), record(6)],
            [call(0), call(5, "", "坐席8022")],
            ["c0"] * 2,
        ),
        ("late, the agent having a withheld call just then", [record(20)], [call(0), call(19, "")], [""]),
        ("written just before a withheld call came in", [record(3)], [call(0), call(3.2, "")], ["c0"]),
        ("a slip of a number", [record(3, "13123450010")], [call(0)], ["c0"]),
        (
            "no slip: the number itself called later",
            [record(3, "13123450010")],
            [call(0), call(30, "13123450010")],
            [""],
        ),
        (
            "a slip, or the withheld call of just then",
            [record(5, "13123450010")],
            [call(0), call(4.5, "")],
            [""],
        ),
        ("no phone, one call", [record(1, "")], [call(0)], ["c0"]),
        (
            "no phone, written late during another call",
            [record(20, "")],
            [call(0, "131"), call(19, "")],
            [""],
        ),
        ("no phone, keyed from paper", [record(1, "", paper_serial="P1")], [call(0)], [""]),
        (
            "no phone, during a call that has its record",
            [record(1), record(1.5, "")],
            [call(0), call(2, "13123450009")],
            ["c0", ""],
        ),
        ("a slip, the call long over when it was written", [record(1, "13123450002")], [call(5)], [""]),
    ],
)
def test_the_call_of_a_record(
    case: str, records: list[HandRecord], calls: list[Call], expected: list[str]
) -> None:
    assert links(records, calls) == expected, case


def test_a_call_that_another_agent_took() -> None:
    # Three pairs each teach whose names are whose.
    taught = [(agent, f"1312345100{place}") for place, agent in enumerate(("8021",) * 3 + ("8022",) * 3)]
    records = [record(-400 + 10 * place, phone, agent) for place, (agent, phone) in enumerate(taught)]
    calls = [call(-400 + 10 * place, phone, f"坐席{agent}") for place, (agent, phone) in enumerate(taught)]
    theirs = call(0, agent="坐席8022")
    assert links([*records, record(20)], [*calls, theirs, call(19, "")])[6:] == [""]
    assert links([*records, record(1), record(20, agent="8022")], [*calls, call(0)])[6:] == ["c0", ""]


def test_agent_and_time_at_odds_leave_a_second_call_open() -> None:
    calls = [call(0), call(14, agent="坐席8022")]
    assert links([record(1), record(15, agent="8021")], calls) == ["c0", ""]


def test_other_words_of_one_call_are_left_to_a_person() -> None:
    words = {"caller_name": "李丽", "category": "repair"}
    first = record(1, **words, summary="单元门禁坏了")
    again = record(2, **words, summary="刷卡没有反应", detail="进出不便")
    found = reconcile([first, again], [], [call(0)], crm_read=True, calls_read=True)
    assert [result.status for result in found.records] == [RecordStatus.TO_BACKFILL, RecordStatus.AMBIGUOUS]
    other = record(2, caller_name="李丽", category="complaint", summary="物业费被扣了两次", detail="要求退款")
    found = reconcile([first, other], [], [call(0)], crm_read=True, calls_read=True)
    assert [result.status for result in found.records] == [RecordStatus.TO_BACKFILL] * 2
