"""The invented day keeps its word: repeatable, of the size asked for, and only with numbers nobody has."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from desktop_app.domain.kinds import Channel, Kind, categories_of
from desktop_app.domain.numbers import numbers_in, parse_number
from desktop_app.domain.phones import phone_of
from desktop_app.domain.reconciliation import CallStatus, CrmStatus, RecordStatus
from desktop_app.services.demo_day.matters import MATTERS
from desktop_app.services.demo_day.plan import Plan, Rates
from desktop_app.services.demo_day.slips import other_name
from desktop_app.services.demo_day.world import day_of

PECULIARITIES = """
    neighbours redial repeat_caller queue gave_up full busy dial failed wrong_digit swapped
    digit_missing full_width country_prefix zero_prefix spaced no_phone homophone title_only no_name
    address_spelling late paper double_here double_elsewhere second_matter other_channel twin_namesakes
    twin_anonymous number_column number_in_text no_number number_typo number_pasted backfill_time
    from_master older_row crm_only_known crm_only_stranger live_before live_after differs_phone
    differs_caller_name
"""
OURS = re.compile(r"1312345\d{4}|0105550\d{4}|05715550\d{4}")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_same_plan_gives_the_same_day(seed: int) -> None:
    plan = Plan(calls=120, stations=3, seed=seed)
    one, other = day_of(plan), day_of(plan)
    assert one == other
    assert one.aftermath(one.numbers()) == other.aftermath(other.numbers())
    assert one != day_of(Plan(calls=120, stations=3, seed=seed + 10))


@settings(
    deadline=None, max_examples=40, phases=(Phase.explicit, Phase.generate)
)  # a day is too big to shrink
@given(
    calls=st.integers(1, 150),
    stations=st.integers(1, 7),
    seed=st.integers(0, 10**6),
    rates=st.builds(Rates, **{field.name: st.sampled_from((0.0, 0.1, 0.9)) for field in fields(Rates)}),
)
def test_any_day_adds_up(calls: int, stations: int, seed: int, rates: Rates) -> None:
    plan = Plan(calls, stations, seed, rates)
    day = day_of(plan)
    numbers = day.numbers()
    after = day.aftermath(numbers)
    inside = [call for call in day.calls if not call.outside]
    assert len(inside) == calls
    assert all(plan.start <= call.started_at <= plan.end for call in inside)
    assert not any(plan.start <= call.started_at <= plan.end for call in day.calls if call.outside)
    assert all(plan.start <= note.received_at <= plan.end for note in day.notes)
    assert len(set(numbers.values())) == len(day.notes)
    # Every matched record names a row of the CRM, and no row is named by two matters.
    linked = [truth.crm_id for truth in after.truth.records.values() if truth.crm_id]
    assert len(set(linked)) == len(linked) == sum(1 for row in after.rows if row.note is not None)
    statuses = Counter(truth.status for truth in after.truth.calls.values())
    answered = sum(call.answered for call in inside)
    assert answered == statuses[CallStatus.RECORDED] + statuses[CallStatus.NOT_RECORDED]
    assert calls == answered + statuses[CallStatus.ABANDONED] + statuses[CallStatus.TURNED_AWAY]


def test_only_invented_numbers_and_true_categories() -> None:
    day = day_of(Plan(calls=800, stations=5, seed=9))
    for note in day.notes:
        assert OURS.fullmatch(note.person.phone)
        assert len(phone_of(note.phone).digits) in {0, 10, 11, 12}
    assert all(OURS.fullmatch(call.person.phone) for call in day.calls)
    for matter in MATTERS:
        assert matter.category in categories_of(Kind(matter.kind))


def test_no_agent_talks_to_two_callers_at_once() -> None:
    day = day_of(Plan(calls=500, stations=4, seed=4))
    for station in range(4):
        taken = [call for call in day.calls if call.answered and call.station == station and not call.outside]
        taken.sort(key=lambda call: call.answered_at)
        assert len(taken) > 20
        assert all(one.ended_at < other.answered_at for one, other in pairwise(taken))


def test_the_default_day_plants_everything() -> None:
    tags: Counter[str] = Counter()
    for seed in (1, 2, 3):
        day = day_of(Plan(seed=seed))
        after = day.aftermath(day.numbers())
        tags += Counter(tag for call in day.calls for tag in (*call.tags, call.way))
        tags += Counter(tag for note in day.notes for tag in note.tags)
        tags += Counter(tag for row in after.rows for tag in row.tags)
    assert [name for name in PECULIARITIES.split() if not tags[name]] == []
    planted = Counter(truth.status for truth in after.truth.records.values())
    assert all(planted[status] for status in ("matched", "differs", "to_backfill", "duplicate", "ambiguous"))
    assert {note.channel for note in day.notes} == set(Channel)
    assert any(row.status is CrmStatus.CRM_ONLY for row in after.truth.crm.values())


def test_rows_carry_the_numbers_they_say() -> None:
    day = day_of(Plan(seed=3))
    numbers = day.numbers()
    for row in day.aftermath(numbers).rows:
        if "number_column" in row.tags:
            assert row.number == numbers[row.note or 0]
        if "number_in_text" in row.tags:
            assert str(numbers_in(row.detail)[0]) == numbers[row.note or 0]
        if "number_typo" in row.tags:
            assert parse_number(row.number) is None


def test_a_record_differs_exactly_where_its_row_means_something_else() -> None:
    for seed in (1, 2, 3):
        day = day_of(Plan(seed=seed))
        numbers = day.numbers()
        after = day.aftermath(numbers)
        rows = {row.id: row for row in after.rows}
        for note in day.notes:
            truth = after.truth.records[numbers[note.key]]
            if truth.status not in (RecordStatus.MATCHED, RecordStatus.DIFFERS):
                continue
            row = rows[truth.crm_id]
            assert (truth.status is RecordStatus.DIFFERS) is bool(truth.differs)
            assert ("phone" in truth.differs) is (
                "" not in {phone_of(note.phone).digits, phone_of(row.phone).digits}
                and phone_of(note.phone).digits != phone_of(row.phone).digits
            )
            assert ("number" in truth.differs) is (row.number not in {"", truth.number})
            if "homophone" in note.tags:
                assert ("caller_name" in truth.differs) is (note.caller_name != row.caller_name)
            if note.tags & {"title_only", "no_name"} or row.caller_name == note.caller_name:
                assert "caller_name" not in truth.differs
            assert ("address" in truth.differs) is ("differs_address" in row.tags)


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("王丽", "王莉", True),
        ("王丽", "赵国栋", True),
        ("王丽", "王丽", False),
        ("王女士", "王丽", False),
        ("欧阳伟", "欧阳先生", False),
        ("李女士", "王丽", True),
        ("", "王丽", False),
        ("王丽", "不详", False),
    ],
)
def test_a_title_or_nobody_is_no_other_name(one: str, other: str, differs: bool) -> None:
    assert other_name(one, other) is other_name(other, one) is differs


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_earlier_of_two_entries_is_the_record(seed: int) -> None:
    day = day_of(Plan(seed=seed, rates=Rates(double_here=0.4, double_elsewhere=0.4)))
    numbers = day.numbers()
    after = day.aftermath(numbers)
    doubles = [note for note in day.notes if note.original is not None]
    assert len(doubles) > 100
    for double in doubles:
        original = day.notes[double.original or 0]
        assert original.received_at < double.received_at
        assert after.truth.records[numbers[double.key]].status is RecordStatus.DUPLICATE
        assert after.truth.records[numbers[original.key]].status is not RecordStatus.DUPLICATE
        for row in after.rows:
            if row.note == original.key:
                assert row.number == numbers[original.key] or numbers[original.key] in row.detail


def test_wordings_of_one_matter_share_a_word() -> None:
    for matter in MATTERS:
        pairs = [{one + other for one, other in pairwise(wording)} for wording in matter.wordings]
        assert all(one & other for one in pairs for other in pairs)


def test_the_log_has_a_call_id_for_every_call_and_hides_no_leg() -> None:
    day = day_of(Plan(seed=2))
    rows = [line.rsplit('","', 2)[1] for line in day.log.rows.splitlines()]
    assert {call.uniqueid for call in day.calls} <= set(rows)
    assert max(Counter(rows).values()) >= 3
    assert "from-internal" in day.log.rows
    connected = {line.split("|")[1] for line in day.log.queue_lines.splitlines() if "|CONNECT|" in line}
    assert connected == {call.uniqueid for call in day.calls if call.way == "queue"}


def test_truth_json_has_the_four_keys() -> None:
    day = day_of(Plan(calls=60, stations=2))
    truth = day.aftermath(day.numbers()).truth
    lines = truth.as_json()
    assert all(set(line) == {"call", "record", "crm_id", "status"} for line in lines)
    assert sum(line["record"] is not None for line in lines) == len(day.notes)
    assert len({line["call"] for line in lines if line["call"]}) == len(truth.calls)
    statuses = {*RecordStatus, *CrmStatus, *CallStatus}
    assert all(line["status"] in statuses for line in lines)
