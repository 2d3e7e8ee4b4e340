"""A sheet comes back: each row judged, saved once, and what is wrong with it said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from desktop_app.domain.entries import moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.numbers import Number
from desktop_app.exchange import hand_table as reading
from desktop_app.services.hand_table import Judged, Standing, judge, look_at
from desktop_app.services.hand_table_import import TakenIn, keep_bad_rows, table_sentence, take_in, undo, why
from desktop_app.services.hand_template import make_sheet
from desktop_app.services.number_blocks import blocks, give_back
from desktop_app.services.progress import Progress
from desktop_app.services.reconcile_preview import choose
from desktop_app.services.record_changes import correct
from desktop_app.services.records import log_record, start_draft, template_rows
from desktop_app.storage.accounting import account_numbers
from desktop_app.storage.store import Store
from desktop_app.words import LANGUAGES, Language, Words
from tests.stores import new_store

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
ZH = Words("zh")


@pytest.fixture
def sheet(store: Store, tmp_path: Path) -> Path:
    path = tmp_path / "sheet.xlsx"
    make_sheet(store, path, 6, ZH, for_whom="前台", now=NOW)
    return path


def fill(path: Path, *rows: dict[str, object], first: int = 2) -> None:
    book = load_workbook(path)
    for place, row in enumerate(rows, first):
        for column, value in row.items():
            book.worksheets[0].cell(place, TEMPLATE_COLUMNS.index(column) + 1).value = value
    book.save(path)


def judged(store: Store, path: Path) -> Judged:
    return judge(store, look_at(store, path, path.parent, Progress()), Progress(), now=NOW)


def imported(store: Store, path: Path) -> TakenIn:
    return take_in(store, judged(store, path), now=NOW, progress=Progress())


def codes(found: Judged) -> list[str]:
    return [row.problem.code if row.problem else row.standing.value for row in found.rows]


def typed(hour: int, minute: int) -> datetime:
    """Return what a cell holds in which a person typed a time: it knows of no zone."""
    return datetime(2026, 11, 22, hour, minute)  # noqa: DTZ001 - as a cell has it


def foreign(path: Path, *rows: str, head: str = "序号,来电时间,姓名,电话,内容") -> Path:
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return path


CALL = {"kind": "投诉", "received_at": "2026-11-22 09:30", "phone": "13123450001", "detail": "停水"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_goes_out_and_comes_back(store: Store, tmp_path: Path, language: Language) -> None:
    path, words = tmp_path / "sheet.xlsx", Words(language)
    numbers = make_sheet(store, path, 4, words, for_whom="前台", now=NOW)
    kind = "投诉" if language == "zh" else "complaint"
    fill(
        path,
        {**CALL, "kind": kind, "agent": "8030", "callback_due": typed(15, 0)},
        {"received_at": typed(9, 45), "caller_name": "周先生", "phone": 13123450002},
    )
    found = judged(store, path)
    assert (len(found.rows), found.empty) == (2, 2)
    assert [note.code for note in found.seen.notes] == []
    taken = imported(store, path)
    assert (len(taken.saved), taken.bad, taken.left, taken.known) == (2, (), 0, 0)
    first, second = template_rows(store)
    assert (first["number"], first["kind"], first["agent"]) == (str(numbers[0]), "complaint", "8030")
    assert first["callback_due"] == "2026-11-22T15:00:00+08:00"
    assert (second["phone"], second["received_at"]) == ("13123450002", "2026-11-22T09:45:00+08:00")
    assert (blocks(store)[0].used, blocks(store)[0].out) == (2, 2)
    with store.read() as view:
        (promise,) = view.states(SubjectKind.PROMISE)
        assert promise.text("due") == moment_text(datetime(2026, 11, 22, 7, 0, tzinfo=UTC))


def test_the_same_file_again_adds_nothing_and_a_changed_row_is_named(store: Store, sheet: Path) -> None:
    fill(sheet, CALL, {**CALL, "phone": "13123450002"})
    imported(store, sheet)
    again = imported(store, sheet)
    assert (len(again.saved), again.known, again.bad) == (0, 2, ())
    fill(sheet, {"detail": "停电"})
    found = judged(store, sheet)
    assert codes(found) == ["table.changed", "known"]
    assert imported(store, sheet).saved == ()
    assert [row["detail"] for row in template_rows(store)] == ["停水", "停水"]


def test_a_record_corrected_since_is_still_the_row_that_was_taken_in(store: Store, sheet: Path) -> None:
    fill(sheet, CALL)
    (saved,) = imported(store, sheet).saved
    other = foreign(sheet.parent / "other.csv", "1,2026-11-22 10:00,周先生,13123450003,漏水")
    (loose,) = imported(store, other).saved
    for one in (saved, loose):
        correct(store, one.logged.subject_id, {"detail": "更正过"}, reason="听录音", now=NOW)
    assert codes(judged(store, sheet)) == ["known"]
    assert codes(judged(store, other)) == ["known"]
    fill(sheet, {"detail": "更正过"})  # the desk corrected its sheet in the same way
    assert codes(judged(store, sheet)) == ["known"]


def test_what_is_unclear_is_kept_and_on_the_correction_list(store: Store, sheet: Path) -> None:
    fill(
        sheet,
        {**CALL, "received_at": "昨天下午", "channel": "信鸽", "category": "漏水"},
        {**CALL, "phone": "1.31E+10", "detail": "=1+1"},
    )
    found = judged(store, sheet)
    assert codes(found) == ["new", "new"]
    assert [one.code for one in found.rows[0].remarks] == ["table.word_kept", "table.time_kept"]
    assert {"received_at", "channel"} <= set(found.rows[0].missing)
    assert [one.code for one in found.rows[1].remarks] == ["table.phone_rounded"]
    assert "昨天下午" in table_sentence(found.rows[0].remarks[1], ZH)
    imported(store, sheet)
    rows = {row["phone"]: row for row in template_rows(store)}
    kept = rows["13123450001"]
    assert (kept["received_at"], kept["channel"], kept["category"]) == ("昨天下午", "信鸽", "漏水")
    assert codes(judged(store, sheet)) == ["known", "known"]


def test_numbers_that_are_not_of_this_station(store: Store, sheet: Path) -> None:
    own = log_record(store, {"phone": "13123450009"}, now=NOW).number
    draft = start_draft(store, {}, now=NOW).number
    fill(
        sheet,
        {**CALL, "number": str(Number("08", 3))},
        {**CALL, "number": str(Number("07", 3, drill=True))},
        {**CALL, "number": "07-00003-0"},
        {**CALL, "number": str(Number("07", 4711))},
        {**CALL, "number": str(own)},
        {**CALL, "number": str(draft)},
    )
    assert codes(judged(store, sheet)) == [
        "table.other_station",
        "table.drill",
        "table.bad_number",
        "table.not_reserved",
        "table.changed",
        "table.draft",
    ]


def test_numbers_are_read_as_people_and_programs_write_them(store: Store, sheet: Path) -> None:
    written = [str(Number("07", place)) for place in range(1, 5)]
    wide = written[0].translate({ord(digit): 0xFF10 + int(digit) for digit in "0123456789"})
    fill(
        sheet,
        {**CALL, "number": wide},
        {**CALL, "number": written[1].replace("-", "–")},
        {**CALL, "number": written[2].replace("-", " － ")},
        {**CALL, "number": f"  {written[3]}\n"},
    )
    assert [str(row.number) for row in judged(store, sheet).rows] == written


def test_one_number_twice(store: Store, sheet: Path) -> None:
    number = str(Number("07", 1))
    fill(sheet, CALL, {**CALL, "number": number}, {**CALL, "number": number, "detail": "别的事"})
    found = judged(store, sheet)
    assert codes(found) == ["new", "known", "table.number_twice"]
    assert found.rows[2].problem is not None
    assert found.rows[2].problem.details["row"] == 2
    assert len(imported(store, sheet).saved) == 1


def test_a_row_without_content(store: Store, sheet: Path) -> None:
    fill(sheet, {"kind": "投诉", "received_at": "2026-11-22 09:30"}, {"agent": "8030"}, {"summary": "有"})
    found = judged(store, sheet)
    assert (codes(found), found.empty) == (["table.empty", "new"], 4)


def test_a_number_that_was_given_back_is_taken_all_the_same(store: Store, sheet: Path) -> None:
    give_back(store, blocks(store)[0].id, reason="以为没用", now=NOW)
    fill(sheet, CALL)
    found = judged(store, sheet)
    assert [one.code for one in found.rows[0].remarks] == ["table.given_back"]
    assert len(imported(store, sheet).saved) == 1
    with store.read() as view:
        told = account_numbers(view, store.marks.highest())["07", False]
    assert (told.issued, told.records, told.unaccounted) == (1, 1, ())


def test_a_table_of_any_kind_gets_new_numbers_and_keeps_its_own(store: Store, tmp_path: Path) -> None:
    path = foreign(
        tmp_path / "a.csv",
        "A-1,2026-11-22 09:30,周先生,13123450001,停水",
        "A-2,2026-11-22 09:40,,13123450002,停电",
        ",2026-11-22 09:50,吴女士,13123450003,漏水",
        ",2026-11-22 09:50,吴女士,13123450003,漏水",
    )
    taken = imported(store, path)
    assert [str(one.logged.number) for one in taken.saved] == [str(Number("07", n)) for n in range(1, 5)]
    assert [row["paper_serial"] for row in template_rows(store)] == ["A-1", "A-2", "", ""]
    again = imported(store, path)
    assert (len(again.saved), again.known) == (0, 4)
    text = path.read_text("utf-8").replace("停电", "停电两次")
    path.write_text(text + ",2026-11-22 09:50,吴女士,13123450003,漏水\n", "utf-8")
    found = judged(store, path)
    # A third call like two others is a call; a row that was changed is not.
    assert codes(found) == ["known", "table.changed", "known", "known", "new"]
    next_day = foreign(tmp_path / "b.csv", "A-1,2026-11-23 08:00,郑先生,13123450008,门禁")
    assert codes(judged(store, next_day)) == ["new"]


def test_a_row_without_time_phone_or_serial_is_not_somebody_elses_call(store: Store, tmp_path: Path) -> None:
    log_record(store, {"caller_name": "王先生", "detail": "停水", "phone": "13123450001"}, now=NOW)
    path = foreign(tmp_path / "a.csv", "王先生,停水", head="姓名,内容")
    assert codes(judged(store, path)) == ["new"]
    imported(store, path)
    assert codes(judged(store, path)) == ["known"]


def test_a_form_number_beside_a_serial(store: Store, tmp_path: Path) -> None:
    path = foreign(tmp_path / "a.csv", "7,K-12,13123450001,停水", head="序号,纸单号,电话,内容")
    imported(store, path)
    assert template_rows(store)[0]["paper_serial"] == "7 / K-12"
    assert codes(judged(store, path)) == ["known"]


def test_columns_renamed_reordered_and_more_of_them(store: Store, sheet: Path) -> None:
    fill(sheet, CALL)
    book = load_workbook(sheet)
    rows = book.worksheets[0]
    rows.move_range("A1:A7", cols=20)
    rows["B1"], rows["U1"], rows["W1"] = "性质", "Our number", "心情"
    rows["W2"] = "急"
    book.save(sheet)
    seen = look_at(store, sheet, sheet.parent, Progress())
    assert "columns_not_known" in {note.code for note in seen.notes}
    mapped = choose(seen, {**seen.mapping, "Our number": "number", "性质": "kind"}, "Asia/Shanghai")
    found = judge(store, mapped, Progress(), now=NOW)
    assert (str(found.rows[0].number), found.rows[0].values["kind"]) == (str(Number("07", 1)), "complaint")
    assert codes(found) == ["new"]


def test_hidden_rows_merged_cells_formulas_and_lost_formats(store: Store, sheet: Path) -> None:
    fill(sheet, CALL, {**CALL, "phone": 13123450002.0}, {**CALL, "detail": "=A1&B1"}, CALL)
    book = load_workbook(sheet)
    rows = book.worksheets[0]
    rows.row_dimensions[2].hidden = True
    rows.merge_cells("L5:M5")
    book.save(sheet)
    found = judged(store, sheet)
    assert codes(found) == ["new"] * 4
    assert found.rows[1].values["phone"] == "13123450002"
    assert "formula_without_value" in {note.code for note in found.seen.notes}
    imported(store, sheet)
    assert len(template_rows(store)) == 4


def test_a_table_that_is_none(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "empty.xlsx"
    Workbook().save(empty)
    with pytest.raises(KnownError) as refused:
        look_at(store, empty, tmp_path, Progress())
    assert refused.value.code == "reading.empty"
    strange = foreign(tmp_path / "strange.csv", "1,2", head="a,b")
    assert (judged(store, strange).seen.lacks, judged(store, strange).rows) == (True, ())
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    many = foreign(tmp_path / "many.csv", *["1,2026-11-22 09:30,周,13123450001,停水"] * 3)
    with pytest.raises(KnownError) as refused:
        look_at(store, many, tmp_path, Progress())
    assert refused.value.code == "table.too_many_rows"


@pytest.mark.soak
def test_a_million_rows_are_refused(store: Store, tmp_path: Path) -> None:
    many = tmp_path / "many.csv"
    with many.open("w", encoding="utf-8") as file:
        file.write("编号,电话\n")
        file.writelines(f"{place},13123450001\n" for place in range(1_000_000))
    with pytest.raises(KnownError) as refused:
        look_at(store, many, tmp_path, Progress())
    assert refused.value.code == "reading.too_big"


def test_a_text_longer_than_a_record_holds_stays_behind_whole(store: Store, tmp_path: Path) -> None:
    path = foreign(tmp_path / "a.csv", f"1,2026-11-22 09:30,周,13123450001,{'长' * 70_000}")
    found = judged(store, path)
    assert codes(found) == ["table.too_long"]
    assert imported(store, path).saved == ()


@pytest.fixture
def stop_after() -> Callable[[int], Progress]:
    def make(batches: int) -> Progress:
        told: list[int] = []

        def listen(step: str, done: int, of: int) -> None:
            told.append(done)
            if len(told) > batches:
                progress.stop()

        progress = Progress(listen)
        return progress

    return make


def test_cancelled_it_goes_on_where_it_stopped(
    store: Store, tmp_path: Path, stop_after: Callable[[int], Progress]
) -> None:
    path = foreign(
        tmp_path / "a.csv", *[f"{n},2026-11-22 09:{n % 60:02},周,1312345{n:04},停水" for n in range(120)]
    )
    taken = take_in(store, judged(store, path), now=NOW, progress=stop_after(2))
    assert 0 < len(taken.saved) < 120
    assert len(taken.saved) + taken.left == 120
    rest = imported(store, path)
    assert (rest.known, len(rest.saved)) == (len(taken.saved), taken.left)
    assert len(template_rows(store)) == 120


def test_an_import_is_undone_and_its_numbers_are_accounted_for(store: Store, sheet: Path) -> None:
    fill(sheet, CALL, {**CALL, "phone": "13123450002"}, {**CALL, "phone": "13123450004", "number": None})
    taken = imported(store, sheet)
    changed = taken.saved[1].logged
    correct(store, changed.subject_id, {"detail": "更正过"}, reason="听录音", now=NOW)
    undone = undo(store, taken, now=NOW, progress=Progress())
    assert (undone.count, undone.kept) == (2, (str(changed.number),))
    assert [row["number"] for row in template_rows(store)] == [str(changed.number)]
    with store.read() as view:
        told = account_numbers(view, store.marks.highest())["07", False]
    assert (told.records, told.reserved, told.unaccounted) == (1, 5, ())
    assert codes(judged(store, sheet)) == ["new", "known", "new"]


def test_bad_rows_are_put_right_in_a_sheet_of_their_own(store: Store, sheet: Path, tmp_path: Path) -> None:
    fill(sheet, CALL, {**CALL, "number": "07-00002-0"}, {"kind": "投诉"})
    taken = imported(store, sheet)
    bad = tmp_path / "bad.xlsx"
    assert keep_bad_rows(bad, judged(store, sheet), taken.bad, ZH) == 2
    rows = load_workbook(bad).worksheets[0]
    assert rows["A1"].value == "哪里不对"
    assert rows["A2"].value == why(taken.bad[0], ZH)
    assert "07-00002-0" in str(rows["A2"].value)
    rows.parent.save(bad)
    book = load_workbook(bad)
    book.worksheets[0]["B2"] = str(Number("07", 2))
    book.worksheets[0]["N3"] = "补写的事项"
    book.save(bad)
    found = judged(store, bad)
    assert (codes(found), found.seen.notes) == (["new", "new"], ())
    assert len(imported(store, bad).saved) == 2
    with pytest.raises(KnownError) as refused:
        keep_bad_rows(tmp_path / "bad.csv", found, taken.bad, ZH)
    assert refused.value.code == "table.suffix"
    with pytest.raises(KnownError) as refused:
        keep_bad_rows(bad, found, taken.bad, ZH)
    assert refused.value.code == "table.there"


def test_a_number_used_meanwhile_stops_its_row_only(store: Store, sheet: Path) -> None:
    fill(sheet, CALL, {**CALL, "phone": "13123450002"}, {**CALL, "phone": "13123450003"})
    found = judged(store, sheet)
    log_record(store, {"phone": "13123450009", "number": str(Number("07", 2))}, now=NOW)
    taken = take_in(store, found, now=NOW, progress=Progress())
    assert [one.row for one in taken.saved] == [2, 4]
    assert [row.problem.code for row in taken.bad if row.problem] == ["log.number_used"]
    assert taken.bad[0].standing is Standing.BAD


def test_a_sheet_of_another_station_is_not_taken_in_here(sheet: Path, tmp_path: Path) -> None:
    fill(sheet, CALL)
    other = new_store(tmp_path / "other", station="08")
    assert codes(judged(other, sheet)) == ["table.other_station"]
    assert imported(other, sheet).saved == ()
    other.close()
