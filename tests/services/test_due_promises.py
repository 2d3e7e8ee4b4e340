"""Which call-backs are about due: this person's, open, from a minute ago to two minutes ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.services.due_promises import due_promises, next_promises
from desktop_app.services.record_changes import void
from desktop_app.services.records import save_draft, start_draft
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def promise(store: Store, minutes: int, **values: str) -> str:
    due = f"{(NOW + timedelta(hours=8, minutes=minutes)):%Y-%m-%d %H:%M}"
    told = {"phone": "13123450002", "callback_due": due, **values}
    draft = start_draft(store, told, now=NOW - timedelta(hours=1))
    return save_draft(store, draft.subject.id, told, now=NOW - timedelta(hours=1)).subject_id


@pytest.mark.parametrize(("minutes", "told"), [(-2, False), (0, True), (1, True), (2, True), (3, False)])
def test_from_just_now_to_two_minutes_ahead(store: Store, minutes: int, told: bool) -> None:
    subject_id = promise(store, minutes, caller_name="陈女士")
    found = due_promises(store, now=NOW)
    assert [(one.subject_id, one.caller_name, one.phone) for one in found] == (
        [(subject_id, "陈女士", "131****0002")] if told else []
    )
    assert all(one.due == NOW + timedelta(minutes=minutes) for one in found)


def test_the_earliest_first_and_none_of_a_void_record(store: Store) -> None:
    later, sooner, dropped = promise(store, 2), promise(store, 1), promise(store, 0)
    void(store, dropped, reason="测试", now=NOW)
    assert [one.subject_id for one in due_promises(store, now=NOW)] == [sooner, later]


def test_the_most_pressing_comes_next_and_one_without_a_readable_time_last(store: Store) -> None:
    told = {"kind": "enquiry", "phone": "13123450003", "callback_due": "晚些时候"}
    draft = start_draft(store, told, now=NOW)
    some_time = save_draft(store, draft.subject.id, told, now=NOW).subject_id
    later, late, dropped = promise(store, 300), promise(store, -90), promise(store, 5)
    void(store, dropped, reason="测试", now=NOW)
    found = next_promises(store, now=NOW)
    assert [one.subject_id for one in found] == [late, later, some_time]
    assert [one.due is None for one in found] == [False, False, True]
    assert [one.subject_id for one in next_promises(store, now=NOW, most=1)] == [late]


def test_a_colleagues_call_backs_are_the_stations(store: Store) -> None:
    mine = promise(store, 10)
    theirs = promise(replace(store, author=author("8022")), 20)
    assert [one.subject_id for one in next_promises(store, now=NOW)] == [mine]
    assert [one.subject_id for one in next_promises(store, now=NOW, station=True)] == [mine, theirs]


def test_of_what_is_due_the_most_urgent_comes_first_and_of_what_comes_the_next(store: Store) -> None:
    """Row 50: 特急, 紧急, 一般 by kind and what it says (1.4.5)."""
    plain = promise(store, -90)
    urgent = promise(store, -60, kind="urgent", urgent_kind="water_cut")
    top = promise(store, -5, kind="urgent", urgent_kind="lift")
    sooner, lift = promise(store, 20), promise(store, 40, kind="urgent", urgent_kind="lift")
    found = next_promises(store, now=NOW)
    assert [one.subject_id for one in found] == [top, urgent, plain, sooner, lift]
    assert [one.priority.value for one in found] == ["top", "urgent", "normal", "normal", "top"]


@pytest.mark.parametrize(
    ("kind", "minutes", "told"),
    [("lift", 10, True), ("lift", 11, False), ("water_cut", 5, True), ("water_cut", 6, False)],
)
def test_the_more_urgent_the_earlier_it_is_told_of(store: Store, kind: str, minutes: int, told: bool) -> None:
    promise(store, minutes, kind="urgent", urgent_kind=kind)
    assert bool(due_promises(store, now=NOW)) is told
