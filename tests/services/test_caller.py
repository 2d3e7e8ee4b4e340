"""What the store knows of a number: its calls today and before, open complaints and promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import event

from desktop_app.services.caller import MOST_CALLS, NOBODY, about_caller
from desktop_app.services.record_changes import void
from desktop_app.services.records import log_record
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 20, 2, 3, tzinfo=UTC)
"""10:03 in Shanghai."""
PHONE = "13123450219"


def save(store: Store, ago: timedelta, **values: str) -> str:
    at = NOW - ago
    told = {"kind": "enquiry", "phone": PHONE, "received_at": at.isoformat(), **values}
    return log_record(store, told, now=at).subject_id


def test_a_number_nobody_called_from_is_nobody(store: Store) -> None:
    save(store, timedelta(hours=1), phone="13123450043", detail="停水")
    assert about_caller(store, PHONE, now=NOW) == NOBODY
    assert NOBODY.nth == 1


def test_withheld_numbers_are_no_number(store: Store) -> None:
    save(store, timedelta(hours=1), phone="", detail="停水")
    for phone in ("", "未显示号码", "  ", "anonymous"):
        assert about_caller(store, phone, now=NOW) == NOBODY


def test_a_number_is_known_in_any_notation(store: Store) -> None:
    told = save(
        store, timedelta(minutes=30), caller_name="陈女士", address="翠湖苑 3-2-1602", detail="停 水\n三楼"
    )
    for phone in (PHONE, "1312 345 0219", "+86 131-2345-0219", "０１３１２３４５０２１９"):
        (call,) = about_caller(store, phone, now=NOW).calls
        assert (call.subject_id, call.caller_name, call.address) == (told, "陈女士", "翠湖苑 3-2-1602")
        assert (call.kind, call.state, call.summary) == ("enquiry", "recorded", "停 水 三楼")
        assert call.received_at == NOW - timedelta(minutes=30)


def test_a_number_being_typed_has_called_nobody(store: Store) -> None:
    save(store, timedelta(minutes=30), detail="停水")
    assert about_caller(store, PHONE[:-1], now=NOW) == NOBODY


def test_today_is_the_sites_day(store: Store) -> None:
    """Ten in the morning in Shanghai: nine hours ago is today there and yesterday in London."""
    for hours in (1, 9, 11, 30):
        save(store, timedelta(hours=hours), detail=f"{hours}")
    caller = about_caller(store, PHONE, now=NOW)
    assert [call.summary for call in caller.calls] == ["1", "9", "11", "30"]
    assert (caller.today, caller.nth, caller.more) == (2, 3, False)


def test_most_calls_are_shown_and_all_are_counted(store: Store) -> None:
    for minutes in range(MOST_CALLS + 2):
        save(store, timedelta(minutes=minutes + 1), detail=f"{minutes}")
    caller = about_caller(store, PHONE, now=NOW)
    assert [call.summary for call in caller.calls] == [str(one) for one in range(MOST_CALLS)]
    assert (caller.today, caller.more) == (MOST_CALLS + 2, True)


def test_void_calls_do_not_count(store: Store) -> None:
    told = save(store, timedelta(minutes=5), detail="写了两遍")
    void(store, told, reason="重复", now=NOW)
    assert about_caller(store, PHONE, now=NOW) == NOBODY


def test_open_complaints_stay_however_many_calls_come_after_them(store: Store) -> None:
    complaint = save(store, timedelta(days=3), kind="complaint", detail="夜间施工")
    for minutes in range(MOST_CALLS):
        save(store, timedelta(minutes=minutes + 1), detail="催办")
    caller = about_caller(store, PHONE, now=NOW)
    assert [one.subject_id for one in caller.complaints] == [complaint]
    assert complaint not in [one.subject_id for one in caller.calls]


def test_a_complaint_in_the_crm_is_open_there_and_a_closed_one_is_not(store: Store) -> None:
    save(store, timedelta(hours=2), kind="complaint", detail="保洁", crm_id="C-7")
    assert len(about_caller(store, PHONE, now=NOW).complaints) == 1
    record = about_caller(store, PHONE, now=NOW).complaints[0].subject_id
    void(store, record, reason="误登", now=NOW)
    assert about_caller(store, PHONE, now=NOW).complaints == ()


def test_open_promises_the_most_pressing_first(store: Store) -> None:
    later = save(store, timedelta(hours=3), detail="发票", callback_due="2026-03-20T18:00:00+08:00")
    late = save(store, timedelta(hours=2), detail="电梯", callback_due="2026-03-20T09:00:00+08:00")
    save(
        store,
        timedelta(hours=1),
        phone="13123450043",
        detail="别人",
        callback_due="2026-03-20T09:30:00+08:00",
    )
    caller = about_caller(store, PHONE, now=NOW)
    assert [(one.subject_id, one.overdue) for one in caller.promises] == [(late, True), (later, False)]
    assert caller.promises[1].due == datetime(2026, 3, 20, 10, 0, tzinfo=UTC)


def test_a_colleagues_calls_are_this_numbers_too(store: Store) -> None:
    save(replace(store, author=author("8022")), timedelta(minutes=5), detail="停水")
    assert about_caller(store, PHONE, now=NOW).nth == 2


def test_the_question_is_answered_by_index(store: Store) -> None:
    """However many records there are, only those of the number are read."""
    save(
        store, timedelta(minutes=5), kind="complaint", detail="停水", callback_due="2026-03-20T18:00:00+08:00"
    )
    asked: list[tuple[str, object]] = []

    def keep(_connection, _cursor, statement, parameters, _context, _many):
        asked.append((statement, parameters))

    with store.read() as view:
        engine = view.connection.engine
    event.listen(engine, "before_cursor_execute", keep)
    try:
        about_caller(store, PHONE, now=NOW)
    finally:
        event.remove(engine, "before_cursor_execute", keep)
    with store.read() as view:
        for statement, parameters in asked:
            if "phone_digits" in statement:
                plan = view.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                told = " | ".join(row[-1] for row in plan)
                assert "SEARCH records USING" in told
                assert "SCAN" not in told
