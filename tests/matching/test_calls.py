"""Which record was written of which call, and what one call written twice is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.domain.reconciliation import Call, CallOutcome, CallStatus, HandRecord, RecordStatus
from desktop_app.matching.calls import link_calls
from desktop_app.matching.pipeline import reconcile
from tests.matching.objects import call, record

S = RecordStatus


def linked(records: list[HandRecord], calls: list[Call], hours: int = 0) -> list[str]:
    links = link_calls(records, calls, timedelta(hours=hours))
    return [calls[links[index].call].id if index in links else "" for index in range(len(records))]


def statuses(records: list[HandRecord], calls: list[Call]) -> list[RecordStatus]:
    found = reconcile(records, [], calls, crm_read=False, calls_read=True)
    return [result.status for result in found.records]


def test_one_call_may_have_several_records() -> None:
    assert linked([record(1, 1), record(2, 2, summary="发票")], [call(1)]) == ["k1", "k1"]


def test_the_nearest_call_of_the_phone() -> None:
    assert linked([record(1, 1), record(2, 61)], [call(1), call(2, 60)]) == ["k1", "k2"]


def test_abandoned_calls_have_no_record() -> None:
    assert linked([record(1, 1)], [call(1, outcome=CallOutcome.ABANDONED)]) == [""]


@pytest.mark.parametrize(("channel", "expected"), [("phone", "k1"), ("", "k1"), ("mail", ""), ("sms", "")])
def test_only_phone_records_are_in_the_log(channel: str, expected: str) -> None:
    assert linked([record(1, 1, channel=channel)], [call(1)]) == [expected]


def test_a_slip_is_made_good_where_one_call_is_left() -> None:
    assert linked([record(1, 1, phone="13123450010")], [call(1)]) == ["k1"]
    assert linked([record(1, 1, phone="13123450010")], [call(1), call(2, 2, caller="13123450011")]) == [""]


def test_agent_and_time_make_a_missing_number_good_only_when_unique() -> None:
    assert linked([record(1, 1, phone="")], [call(1), call(2, 1, agent="SIP/8022")]) == ["k1"]
    assert linked([record(1, 1, phone=""), record(2, 2, phone="")], [call(1)]) == ["", ""]
    assert linked([record(1, 1, phone="", agent="")], [call(1)]) == [""]


def test_an_agents_other_name_is_learned() -> None:
    records = [record(index, 30 * index, phone=f"1312345{index:04d}", agent="李娜") for index in range(1, 5)]
    calls = [call(index, 30 * index, caller=f"1312345{index:04d}", agent="PJSIP/ln") for index in range(1, 5)]
    hidden = record(9, 200, phone="", agent="李娜")
    found = linked([*records, hidden], [*calls, call(9, 200, caller="", agent="PJSIP/ln")])
    assert found == ["k1", "k2", "k3", "k4", "k9"]


def test_a_log_in_another_zone_is_moved() -> None:
    records = [record(index, 30 * index, phone=f"1312345{index:04d}") for index in range(1, 6)]
    calls = [call(index, 30 * index - 480, caller=f"1312345{index:04d}") for index in range(1, 6)]
    found = reconcile(records, [], calls, crm_read=False, calls_read=True)
    assert found.calls_offset_hours == 8
    assert all(result.status is CallStatus.RECORDED for result in found.calls)


def test_a_call_nobody_wrote_down_is_named() -> None:
    found = reconcile(
        [record(1, 1)], [], [call(1), call(2, 40, caller="13123457777")], crm_read=False, calls_read=True
    )
    assert [result.status for result in found.calls] == [CallStatus.RECORDED, CallStatus.NOT_RECORDED]


def test_one_call_on_two_stations_is_a_duplicate() -> None:
    twice = [record(1, 1), record(2, 2, station="08", agent="8022")]
    assert statuses(twice, [call(1)]) == [S.TO_BACKFILL, S.DUPLICATE]
    found = reconcile(twice, [], [call(1)], crm_read=False, calls_read=True)
    assert found.records[1].duplicate_of == "r1"


def test_a_second_matter_of_the_call_is_none() -> None:
    second = record(2, 2, summary="另要求补开三月份发票")
    assert statuses([record(1, 1), second], [call(1)]) == [S.TO_BACKFILL, S.TO_BACKFILL]


def test_calling_again_is_none() -> None:
    again = [record(1, 1), record(2, 8)]
    assert statuses(again, [call(1), call(2, 7.5)]) == [S.TO_BACKFILL, S.TO_BACKFILL]


def test_without_a_log_only_the_same_words_at_once_are_one() -> None:
    twice = [record(1, 1), record(2, 2, station="08", agent="8022")]
    found = reconcile(twice, [], [], crm_read=False, calls_read=False)
    assert [result.status for result in found.records] == [S.TO_BACKFILL, S.DUPLICATE]
    later = [record(1, 1), record(2, 9, station="08", agent="8022")]
    found = reconcile(later, [], [], crm_read=False, calls_read=False)
    assert [result.status for result in found.records] == [S.TO_BACKFILL, S.AMBIGUOUS]
    assert found.records[1].reasons[0].code == "maybe_duplicate"


def test_two_calls_close_together_make_no_sure_duplicate() -> None:
    """Two entries of one call, or one of each: the log has both calls, so a person says."""
    twice = [record(1, 1), record(2, 2, station="08", agent="8022")]
    assert S.DUPLICATE not in statuses(twice, [call(1), call(2, 4)])
