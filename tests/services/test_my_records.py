"""The list of records: pages, filters and counts, whatever their number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.entries import Value
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.numbers import Number
from desktop_app.domain.roles import Role
from desktop_app.services import my_records
from desktop_app.services.my_records import RowKey, ShowRecords, page, tally
from desktop_app.services.record_changes import correct, undo_change, void
from desktop_app.services.records import discard_draft, log_record, save_draft, start_draft, undo_save
from desktop_app.storage import record_list
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
WHOLE = {
    "kind": "enquiry",
    "channel": "phone",
    "caller_name": "李娜",
    "phone": "13123450002",
    "category": "query",
    "detail": "停水何时恢复",
}


def save(store: Store, minute: int, **values: str) -> str:
    return log_record(store, values, now=NOW + timedelta(minutes=minute)).subject_id


def names(store: Store, **told: object) -> list[str]:
    return [row.caller_name for row in page(store, **told).rows]


def typed(store: Store, minute: int, **values: str) -> str:
    """Save what the form has and the template has not."""
    at = NOW + timedelta(minutes=minute)
    draft = start_draft(store, dict(values), now=at)
    return save_draft(store, draft.subject.id, dict(values), now=at).subject_id


@pytest.fixture
def day(store: Store) -> Store:
    """Six records: two of a colleague, one incomplete by its outcome only, one with a CRM number."""
    colleague = replace(store, author=author("8022"))
    save(store, 0, caller_name="王芳", phone="0571-5550 0012转801", summary="电梯停运", kind="complaint")
    save(store, 1, **WHOLE)
    save(colleague, 2, caller_name="赵敏", detail="一楼大厅漏水", callback_due="2026-03-02T18:00:00")
    save(store, 3, caller_name="陈先生", summary="电梯困人", callback_due="2026-03-02T08:30:00")
    save(store, 4, caller_name="Anna Wu", crm_id="C-77", detail="发票")
    save(colleague, 5, phone="13123450009")
    return store


def test_newest_first_own_or_the_stations(day: Store) -> None:
    assert names(day) == ["Anna Wu", "陈先生", "李娜", "王芳"]
    assert names(day, station=True) == ["", "Anna Wu", "陈先生", "赵敏", "李娜", "王芳"]


def test_a_row_tells_what_a_list_shows(day: Store) -> None:
    rows = {row.caller_name: row for row in page(day, station=True).rows}
    lift = rows["陈先生"]
    assert lift.received_at == NOW + timedelta(minutes=3)
    assert (lift.content, lift.state, lift.own, lift.crm_id) == ("电梯困人", "recorded", True, "")
    assert (lift.callback_open, lift.callback_due) == (True, datetime(2026, 3, 2, 0, 30, tzinfo=UTC))
    assert rows["李娜"].phone == "131****0002"
    assert rows["王芳"].phone == "057****0012"
    assert rows["李娜"].missing == ("outcome",)
    assert not rows["李娜"].callback_open
    assert not rows["赵敏"].own
    assert rows["Anna Wu"].number.startswith("07-00005-")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王芳", ["王芳"]),
        ("电梯", ["陈先生", "王芳"]),
        ("电梯 王", ["王芳"]),
        ("漏水", []),
        ("0012", ["王芳"]),
        ("+86 13123450002", ["李娜"]),
        ("131 2345 0002", ["李娜"]),
        ("(0571)5550-0012", ["王芳"]),
        ("07-00005", ["Anna Wu"]),
        ("anna", ["Anna Wu"]),
        ("c-77", ["Anna Wu"]),
        ("", ["Anna Wu", "陈先生", "李娜", "王芳"]),
        ("！？", []),
        ("%", []),
        ('" OR 1', []),
    ],
)
@pytest.mark.parametrize("newest", [1, 500])
def test_the_filter_finds(
    day: Store, text: str, found: list[str], newest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_list, "NEWEST", newest)
    assert names(day, filter_text=text) == found


@pytest.mark.parametrize(
    ("show", "found"),
    [
        (ShowRecords.INCOMPLETE, ["Anna Wu", "陈先生", "李娜", "王芳"]),
        (ShowRecords.TO_BACKFILL, ["陈先生", "李娜", "王芳"]),
        (ShowRecords.CALLBACKS, ["陈先生"]),
        (ShowRecords.VOID, []),
    ],
)
def test_what_each_list_shows(day: Store, show: ShowRecords, found: list[str]) -> None:
    assert names(day, show=show) == found
    assert tally(day, now=NOW).shown[show] == len(found)


def test_counts_and_what_is_overdue(day: Store) -> None:
    own, all_ = tally(day, now=NOW), tally(day, now=NOW, station=True)
    none = {"void": 0, "important": 0}
    assert dict(own.shown) == {"all": 4, "incomplete": 4, "to_backfill": 3, "callbacks": 1} | none
    assert dict(all_.shown) == {"all": 6, "incomplete": 6, "to_backfill": 5, "callbacks": 2} | none
    assert (own.overdue, all_.overdue) == (1, 1)
    assert tally(day, now=NOW + timedelta(days=1), station=True).overdue == 2


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("filter_text", ["", "电梯"])
@pytest.mark.parametrize("newest", [1, 2, 500])
def test_pages_follow_each_other_without_a_gap(
    store: Store, filter_text: str, newest: int, back: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_list, "NEWEST", newest)
    for index in range(7):
        save(store, index // 3, caller_name=f"王{index}", summary="电梯停运")
    seen: list[str] = []
    after: RowKey | None = None
    while True:
        part = page(store, filter_text=filter_text, after=after, limit=2, back=back)
        rows = [row.subject_id for row in part.rows]
        seen = rows + seen if back else seen + rows
        after = part.rows[0 if back else -1].key
        if not part.more:
            break
    assert len(seen) == len(set(seen)) == 7
    assert seen == [row.subject_id for row in page(store, limit=50).rows]


def test_undone_saves_and_drafts_are_no_rows_and_void_ones_are_apart(store: Store) -> None:
    undo_save(store, log_record(store, WHOLE, now=NOW), now=NOW)
    discard_draft(store, start_draft(store, {}, now=NOW).subject.id, reason="打错", now=NOW)
    kept = log_record(store, WHOLE, now=NOW + timedelta(minutes=1))
    gone = void(store, kept.subject_id, reason="重复", now=NOW)
    assert names(store) == []
    assert [row.caller_name for row in page(store, show=ShowRecords.VOID).rows] == ["李娜", ""]
    assert tally(store, now=NOW).shown[ShowRecords.VOID] == 2
    undo_change(store, gone, now=NOW)
    assert names(store) == ["李娜"]


def test_a_call_whose_time_nobody_can_read_stands_where_it_was_written(store: Store) -> None:
    texts: Mapping[str, Value] = {"detail": "停水", "received_at": "一大早"}
    draft = start_draft(store, texts, now=NOW)
    save_draft(store, draft.subject.id, texts, now=NOW)
    (row,) = page(store).rows
    assert row.received_at == NOW
    assert "received_at" in row.missing


def test_a_page_costs_the_same_however_many_records_there_are(store: Store) -> None:
    """Counted in rows that SQLite visits, which no other program disturbs."""

    def steps(filter_text: str, show: ShowRecords, *, back: bool = False) -> int:
        raw = store.database.reader.raw_connection()
        counted = [0]

        def step() -> int:
            counted[0] += 1
            return 0

        raw.driver_connection.set_progress_handler(step, 20)
        raw.close()
        page(store, show=show, filter_text=filter_text, limit=5, back=back)
        raw = store.database.reader.raw_connection()
        raw.driver_connection.set_progress_handler(None, 0)
        raw.close()
        return counted[0]

    asked = [("", ShowRecords.ALL), ("", ShowRecords.INCOMPLETE), ("没有的词", ShowRecords.ALL)]
    cost = []
    for more in (60, 240):
        with store.change() as unit:
            for index in range(more):
                told: dict[str, Value] = {
                    "number": str(Number("07", 1000 + more + index)),
                    "state": "recorded",
                    "first_handler": store.author.actor,
                    "received_at": f"2026-03-01T00:{index // 60:02d}:{index % 60:02d}.000000Z",
                    "detail": f"停水何时恢复{index}",
                }
                unit.change(unit.new_subject(SubjectKind.RECORD, NOW), told, at=NOW)
        cost.append([*(steps(text, show) for text, show in asked), steps("", ShowRecords.ALL, back=True)])
    few, many = cost
    # 300 records against 60: a scan would cost five times as much, the index page and the first rows do not.
    assert my_records.LIMIT < 300 < record_list.NEWEST
    assert many[0] <= 2 * few[0]
    assert many[1] <= 2 * few[1]
    assert many[-1] <= 2 * few[-1]


def test_important_ones_wait_for_a_lead_until_they_are_reported(day: Store) -> None:
    lead = replace(day, author=author("8001", Role.LEAD))
    mine = typed(day, 10, caller_name="钱女士", detail="停电", important="yes")
    theirs = typed(
        replace(day, author=author("8022")), 11, caller_name="孙先生", detail="漏水", important="yes"
    )
    typed(day, 12, caller_name="周先生", detail="发票", important="no")
    assert names(lead, show=ShowRecords.IMPORTANT) == ["孙先生", "钱女士"]
    assert [row.important for row in page(lead, station=True).rows[:3]] == [False, True, True]
    assert tally(lead, now=NOW).shown[ShowRecords.IMPORTANT] == 2
    reported = correct(
        lead, theirs, {"reported_to": "李经理", "reported_at": "2026-03-02 10:00"}, reason="上报", now=NOW
    )
    assert names(lead, show=ShowRecords.IMPORTANT) == ["钱女士"]
    void(lead, mine, reason="重复", now=NOW)
    assert names(lead, show=ShowRecords.IMPORTANT) == []
    undo_change(lead, reported, now=NOW)
    assert names(lead, show=ShowRecords.IMPORTANT) == ["孙先生"]


def test_a_filter_finds_the_recording(day: Store) -> None:
    typed(day, 10, caller_name="钱女士", recording="20260302-090512-8021.wav")
    assert names(day, filter_text="090512-8021") == ["钱女士"]
