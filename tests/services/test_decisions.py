"""Decisions of reconciliation in a real encrypted store."""

from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.match_decisions import Said, Verdict
from desktop_app.domain.reconciliation import Decision, RecordResult, RecordStatus
from desktop_app.services import decisions
from desktop_app.services.my_records import page
from desktop_app.services.progress import Progress
from desktop_app.services.reconcile import Finding, compare, reconcile_store
from desktop_app.services.reconcile_reading import Request, read_store
from desktop_app.services.reconcile_store import journal_parts
from desktop_app.services.records import Logged, log_record
from desktop_app.storage.store import Store
from tests.services.conftest import HEADER, NOW, ROWS


def found(store: Store, crm: Path) -> Finding:
    return reconcile_store(Request(crm=(crm,)), store, now=NOW)


def result_of(store: Store, crm: Path, logged: Logged) -> RecordResult:
    results = found(store, crm).found.records
    return next(result for result in results if result.record.number == str(logged.number))


def standing(store: Store, logged: Logged) -> list[Said]:
    with store.read() as view:
        return [one for one in decisions.standing_in(view) if one.record == logged.subject_id]


def test_a_confirmed_row_is_matched_again_after_the_next_import(
    lead: Store, logged: list[Logged], crm: Path
) -> None:
    unclear = logged[1]
    assert result_of(lead, crm, unclear).status is RecordStatus.AMBIGUOUS
    made = decisions.confirm(lead, unclear.subject_id, "GD-3", profile="generic", now=NOW, reason="听录音")
    crm.write_text(HEADER + "".join(reversed(ROWS)), "utf-8")
    again = result_of(lead, crm, unclear)
    assert (again.status, again.crm_id) == (RecordStatus.MATCHED, "GD-3")
    (said,) = standing(lead, unclear)
    assert (said.verdict, said.row, said.reason) == (Verdict.CONFIRMED, "GD-3", "听录音")
    decisions.undo(lead, made, now=NOW)
    assert result_of(lead, crm, unclear).status is RecordStatus.AMBIGUOUS
    assert standing(lead, unclear) == []


def test_a_row_that_the_export_lacks_counts_as_back_filled(
    lead: Store, logged: list[Logged], crm: Path
) -> None:
    decisions.confirm(lead, logged[1].subject_id, "GD-9", profile="generic", now=NOW)
    assert result_of(lead, crm, logged[1]).status is RecordStatus.BACKFILLED


def test_rejected_rows_leave_the_record_to_back_fill(lead: Store, logged: list[Logged], crm: Path) -> None:
    record = logged[1].subject_id
    decisions.reject(lead, record, ["GD-2"], profile="generic", now=NOW)
    assert [one.crm_id for one in result_of(lead, crm, logged[1]).candidates] in (["GD-3"], [])
    decisions.reject(lead, record, ["GD-3"], profile="generic", now=NOW)
    assert result_of(lead, crm, logged[1]).status is RecordStatus.TO_BACKFILL


def test_a_match_that_was_written_into_the_record_can_still_be_rejected(
    lead: Store, logged: list[Logged], crm: Path
) -> None:
    inputs = read_store(Request(crm=(crm,)), lead, Progress())
    decisions.accept_automatic(lead, found(lead, crm).found, inputs.ids, now=NOW)
    assert result_of(lead, crm, logged[0]).record.crm_id == "GD-1"
    decisions.reject(lead, logged[0].subject_id, ["GD-1"], profile="generic", now=NOW)
    again = result_of(lead, crm, logged[0])
    assert again.status in (RecordStatus.AMBIGUOUS, RecordStatus.TO_BACKFILL)
    assert again.crm_id == ""
    assert "GD-1" not in [one.crm_id for one in again.candidates]


def test_a_waiver_needs_a_reason_and_shows_it(lead: Store, logged: list[Logged], crm: Path) -> None:
    with pytest.raises(KnownError) as refused:
        decisions.waive(lead, logged[1].subject_id, reason="  ", now=NOW)
    assert refused.value.code == "decisions.reason_needed"
    decisions.waive(lead, logged[1].subject_id, reason="测试来电", now=NOW)
    assert result_of(lead, crm, logged[1]).status is RecordStatus.WAIVED
    inputs = read_store(Request(crm=(crm,)), lead, Progress())
    told = decisions.decisions_of(lead, inputs.rows_of, inputs.ids)
    assert told == {str(logged[1].number): Decision(waived="测试来电")}


def test_the_later_word_takes_the_place_of_the_earlier(lead: Store, logged: list[Logged], crm: Path) -> None:
    record = logged[1].subject_id
    decisions.waive(lead, record, reason="测试来电", now=NOW)
    made = decisions.confirm(lead, record, "GD-2", profile="generic", now=NOW)
    assert result_of(lead, crm, logged[1]).crm_id == "GD-2"
    decisions.undo(lead, made, now=NOW)
    assert result_of(lead, crm, logged[1]).status is RecordStatus.WAIVED
    back = decisions.take_back(lead, record, now=NOW)
    assert result_of(lead, crm, logged[1]).status is RecordStatus.AMBIGUOUS
    decisions.undo(lead, back, now=NOW)
    assert result_of(lead, crm, logged[1]).status is RecordStatus.WAIVED


def test_a_double_is_told_and_told_apart(lead: Store, logged: list[Logged], crm: Path) -> None:
    first, second = logged
    decisions.double(lead, second.subject_id, first.subject_id, now=NOW)
    result = result_of(lead, crm, second)
    assert (result.status, result.duplicate_of) == (RecordStatus.DUPLICATE, str(first.number))
    with pytest.raises(KnownError) as refused:
        decisions.double(lead, first.subject_id, second.subject_id, now=NOW)
    assert refused.value.code == "decisions.other_is_double"


def test_records_told_apart_are_no_double(lead: Store, logged: list[Logged], crm: Path) -> None:
    crm.write_text(HEADER + ROWS[0], "utf-8")
    again = log_record(
        lead,
        {"kind": "enquiry", "phone": "13123450002", "summary": "水费", "detail": "想问上月的水费怎么多了"},
        now=NOW + timedelta(minutes=20, seconds=50),
    )
    assert result_of(lead, crm, again).status in (RecordStatus.DUPLICATE, RecordStatus.AMBIGUOUS)
    decisions.apart(lead, again.subject_id, [logged[1].subject_id], now=NOW)
    assert result_of(lead, crm, again).status is RecordStatus.TO_BACKFILL


def test_one_row_is_not_given_to_two_records(lead: Store, logged: list[Logged]) -> None:
    decisions.confirm(lead, logged[0].subject_id, "GD-2", profile="generic", now=NOW)
    with pytest.raises(KnownError) as refused:
        decisions.confirm(lead, logged[1].subject_id, "GD-2", profile="generic", now=NOW)
    assert refused.value.code == "decisions.row_taken"
    assert refused.value.details["number"] == str(logged[0].number)


def test_an_id_of_another_crm_says_nothing(lead: Store, logged: list[Logged], crm: Path) -> None:
    decisions.confirm(lead, logged[1].subject_id, "GD-3", profile="odoo", now=NOW)
    assert result_of(lead, crm, logged[1]).status is RecordStatus.AMBIGUOUS


def test_agents_look_and_do_not_decide(store: Store) -> None:
    record = log_record(store, {"phone": "13123450001"}, now=NOW).subject_id
    assert not decisions.may_decide(store)
    for decide in (
        lambda: decisions.confirm(store, record, "GD-1", profile="generic", now=NOW),
        lambda: decisions.waive(store, record, reason="测试", now=NOW),
        lambda: decisions.apart(store, record, ["x"], now=NOW),
    ):
        with pytest.raises(KnownError) as refused:
            decide()
        assert refused.value.code == "decisions.leads_only"


def test_a_row_without_an_id_is_not_decided_on(lead: Store, logged: list[Logged]) -> None:
    with pytest.raises(KnownError) as refused:
        decisions.confirm(lead, logged[0].subject_id, "", profile="generic", now=NOW)
    assert refused.value.code == "decisions.row_without_id"


def test_accepted_numbers_are_entries_of_the_person_and_undone_as_one(
    lead: Store, logged: list[Logged], crm: Path
) -> None:
    inputs = read_store(Request(crm=(crm,)), lead, Progress())
    finding = found(lead, crm)
    made = decisions.accept_automatic(lead, finding.found, inputs.ids, now=NOW)
    assert [subject.id for subject, _ in made.entries] == [logged[0].subject_id]
    with lead.read() as view:
        state = view.state(Subject(SubjectKind.RECORD, logged[0].subject_id))
    assert (state.text("crm_id"), state.text("state")) == ("GD-1", "matched")
    assert decisions.accept_automatic(lead, finding.found, inputs.ids, now=NOW).entries == ()
    decisions.undo(lead, made, now=NOW)
    with lead.read() as view:
        state = view.state(Subject(SubjectKind.RECORD, logged[0].subject_id))
    assert (state.text("crm_id"), state.text("state")) == ("", "recorded")


def test_the_recording_of_the_call_goes_with_the_crm_number(
    lead: Store, logged: list[Logged], crm: Path, tmp_path: Path
) -> None:
    log = tmp_path / "calls.csv"
    log.write_text(
        "通话id,开始时间,接听时间,主叫号码,坐席,通话时长,录音文件\n"
        "c1,2026-11-21 08:59:50,2026-11-21 09:00:00,13123450001,8021,95,090000-8021.mp3\n",
        "utf-8",
    )
    request = Request(crm=(crm,), calls=(log,))
    inputs = read_store(request, lead, Progress())
    finding = compare(inputs, {}, now=NOW, progress=Progress())
    made = decisions.accept_automatic(lead, finding.found, inputs.ids, now=NOW)
    assert page(lead, filter_text="090000-8021").rows[0].subject_id == logged[0].subject_id
    decisions.undo(lead, made, now=NOW)
    assert page(lead, filter_text="090000-8021").rows == ()


def test_a_row_without_an_id_gives_no_crm_number(lead: Store, logged: list[Logged], tmp_path: Path) -> None:
    path = tmp_path / "crm.csv"
    path.write_text((HEADER + ROWS[0]).replace("工单编号,", "").replace("GD-1,", ""), "utf-8")
    inputs = read_store(Request(crm=(path,)), lead, Progress())
    finding = found(lead, path)
    assert finding.found.totals()["matched"] == 1
    assert decisions.accept_automatic(lead, finding.found, inputs.ids, now=NOW).entries == ()


def test_what_was_changed_since_is_not_undone(lead: Store, logged: list[Logged], crm: Path) -> None:
    inputs = read_store(Request(crm=(crm,)), lead, Progress())
    made = decisions.accept_automatic(lead, found(lead, crm).found, inputs.ids, now=NOW)
    with lead.change() as unit:
        unit.change(Subject(SubjectKind.RECORD, logged[0].subject_id), {"caller_name": "王先生"}, at=NOW)
    with pytest.raises(KnownError) as refused:
        decisions.undo(lead, made, now=NOW)
    assert refused.value.code == "decisions.changed_since"


def test_the_audit_names_the_record_of_a_decision(lead: Store, logged: list[Logged]) -> None:
    decisions.waive(lead, logged[1].subject_id, reason="测试来电", now=NOW)
    last = journal_parts(lead).audit[-1]
    assert (last.kind, last.subject, last.reason) == ("match_decision", str(logged[1].number), "测试来电")
