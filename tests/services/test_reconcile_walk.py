"""A walk through a reconciliation: what is shown after a decision is what a new comparison finds."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.domain.errors import KnownError
from desktop_app.domain.reconciliation import CrmStatus, Decision, RecordStatus
from desktop_app.services import decisions
from desktop_app.services.progress import Progress
from desktop_app.services.reconcile_reading import Request
from desktop_app.services.reconcile_walk import (
    Act,
    Compared,
    catch_up,
    compare_again,
    compare_store,
    decide,
    decided,
    decision_of,
    suspect,
    write,
)
from desktop_app.services.records import Logged, log_record
from desktop_app.storage.store import Store
from desktop_app.words import Words
from tests.services.conftest import HEADER, NOW, ROWS

ACTS = [
    (0, Act.CONFIRM, ("GD-1",)),
    (0, Act.REJECT, ("GD-1",)),
    (1, Act.CONFIRM, ("GD-3",)),
    (1, Act.REJECT, ("GD-2", "GD-3")),
    (0, Act.WAIVE, ()),
    (1, Act.WAIVE, ()),
    (1, Act.DOUBLE, ("0",)),
]


@pytest.fixture
def compared(lead: Store, logged: list[Logged], crm: Path) -> Compared:
    return compare_store(Request(crm=(crm,)), lead, now=NOW, progress=Progress())


def told(compared: Compared, key: str) -> tuple[object, ...]:
    one = next(result for result in compared.found.records if result.record.key == key)
    rows = {row.row.id: row.status for row in compared.found.crm}
    return one.status, one.crm_id, one.duplicate_of, one.differences, rows


@pytest.mark.parametrize(("which", "act", "others"), ACTS)
def test_what_is_shown_is_what_a_new_comparison_finds(
    compared: Compared,
    lead: Store,
    logged: list[Logged],
    which: int,
    act: Act,
    others: tuple[str, ...],
) -> None:
    key = str(logged[which].number)
    if act is Act.DOUBLE:
        others = (str(logged[0].number),)
    made, held = decide(compared, lead, key, act, now=NOW, others=others, reason="测试")
    shown = decided(compared, key, held)
    assert shown.stale
    again = compare_again(shown, lead, now=NOW, progress=Progress())
    if shown.unknown:
        assert (which, act) == (0, Act.REJECT)
        assert told(again, key)[0] in (RecordStatus.AMBIGUOUS, RecordStatus.TO_BACKFILL)
    else:
        assert told(again, key)[:4] == told(shown, key)[:4]
    decisions.undo(lead, made, now=NOW)
    back = decided(shown, key, decision_of(shown, lead, key))
    assert told(back, key) == told(compared, key)
    assert not back.stale


def test_taking_back_an_earlier_decision_asks_for_a_new_comparison(
    lead: Store,
    logged: list[Logged],
    crm: Path,
) -> None:
    key = str(logged[1].number)
    decisions.confirm(lead, logged[1].subject_id, "GD-3", profile="generic", now=NOW)
    first = compare_store(Request(crm=(crm,)), lead, now=NOW, progress=Progress())
    _, held = decide(first, lead, key, Act.TAKE_BACK, now=NOW)
    shown = decided(first, key, held)
    assert shown.unknown == {key}
    again = catch_up(compare_again(shown, lead, now=NOW, progress=Progress()), shown.decisions)
    assert (told(again, key)[0], again.unknown) == (RecordStatus.AMBIGUOUS, frozenset())


def test_what_was_decided_meanwhile_is_caught_up_with(
    compared: Compared,
    lead: Store,
    logged: list[Logged],
) -> None:
    key = str(logged[1].number)
    later = catch_up(compared, {key: Decision(waived="测试")})
    assert told(later, key)[0] is RecordStatus.WAIVED
    assert later.decisions == {key: Decision(waived="测试")}


def test_a_confirmed_row_is_no_longer_in_the_crm_only(
    compared: Compared,
    lead: Store,
    logged: list[Logged],
) -> None:
    key = str(logged[1].number)
    _, held = decide(compared, lead, key, Act.CONFIRM, now=NOW, others=("GD-3",))
    rows = {one.row.id: one.status for one in decided(compared, key, held).found.crm}
    assert rows == {
        "GD-1": CrmStatus.HAS_RECORD,
        "GD-2": CrmStatus.CRM_ONLY,
        "GD-3": CrmStatus.HAS_RECORD,
    }


def test_the_other_record_of_a_double_is_found(lead: Store, logged: list[Logged], tmp_path: Path) -> None:
    again = {"kind": "enquiry", "phone": "13123450002", "summary": "水费", "detail": "想问上月的水费怎么多了"}
    second = log_record(lead, again, now=NOW + timedelta(minutes=20, seconds=50))
    path = tmp_path / "one.csv"
    path.write_text(HEADER + ROWS[0], "utf-8")
    found = compare_store(Request(crm=(path,)), lead, now=NOW, progress=Progress())
    (result,) = (one for one in found.found.records if one.record.number == str(second.number))
    assert suspect(found, result) == str(logged[1].number)


def test_the_workbook_tells_what_was_recorded_meanwhile(
    compared: Compared,
    lead: Store,
    tmp_path: Path,
) -> None:
    late = log_record(lead, {"kind": "urgent", "summary": "停水"}, now=NOW)
    out = tmp_path / "out.xlsx"
    found = write(compared, lead, Words("zh"), out, password="", now=NOW, progress=Progress())
    assert str(late.number) in [row[0].value for row in load_workbook(out)["手工记录"].iter_rows()]
    assert len(found.found.records) == len(compared.found.records) + 1


def test_a_file_that_was_read_is_not_overwritten(compared: Compared, lead: Store) -> None:
    (path,) = compared.request.crm
    with pytest.raises(KnownError) as refused:
        write(compared, lead, Words("zh"), path, password="", now=NOW, progress=Progress())
    assert refused.value.code == "writing.not_xlsx"
