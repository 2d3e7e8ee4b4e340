"""What is drawn of an outage, from a real store, with the times of its entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop_app.domain.picture import Point
from desktop_app.domain.roles import Role
from desktop_app.services.picture import picture
from desktop_app.services.record_changes import correct, void
from desktop_app.services.records import log_record
from desktop_app.storage.store import Store
from tests.stores import author

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def after(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def logged(store: Store, minutes: int, **values: str) -> str:
    return log_record(store, {"phone": "13123450002", **values}, now=after(minutes)).subject_id


def test_nothing_yet(store: Store) -> None:
    found = picture(store, since=NINE, until=after(30))
    assert found.empty
    assert [bar.calls for bar in found.calls] == [0, 0]
    assert found.promises == (Point(NINE, 0), Point(after(30), 0))


def test_calls_back_fill_and_promises(store: Store) -> None:
    lead = replace(store, author=author("9001", Role.LEAD))
    first = logged(store, 1, caller_name="陈女士")
    second = logged(store, 16, kind="urgent", caller_name="王先生", callback_due="2026-03-02 11:00")
    logged(store, 17, caller_name="钱女士")
    dropped = logged(store, 18, caller_name="重复")
    logged(store, 100, caller_name="太晚")
    void(store, dropped, reason="重复登记", now=after(19))
    correct(lead, first, {"crm_id": "8801"}, reason="已补录", now=after(40))
    correct(lead, second, {"callback_due": ""}, reason="已当面答复", now=after(50))
    found = picture(store, since=NINE, until=after(60))
    assert (found.recorded, found.promised) == (3, 1)
    assert [(bar.calls, bar.urgent) for bar in found.calls] == [(1, 0), (2, 1), (0, 0), (0, 0)]
    assert [(one.at, one.count) for one in found.to_backfill] == [
        (NINE, 0),
        (after(1), 1),
        (after(16), 2),
        (after(17), 3),
        (after(40), 2),
        (after(60), 2),
    ]
    assert [(one.at, one.count) for one in found.promises] == [
        (NINE, 0),
        (after(16), 1),
        (after(50), 0),
        (after(60), 0),
    ]
