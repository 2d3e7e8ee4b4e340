"""The reconciliation workbook: its sums, its safety, its words, its hand-over."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import msoffcrypto
import pytest
from openpyxl import Workbook, load_workbook

from desktop_app.domain.reconciliation import (
    CrmResult,
    CrmStatus,
    Reason,
    Reconciliation,
    RecordResult,
    RecordStatus,
)
from desktop_app.exchange.workbook import write_workbook
from desktop_app.words import LANGUAGES, Language, Words
from tests.exchange.findings import about, crm_row, every_status, hand_record, journal_parts
from tests.exchange.formulas import value_of

ZH = Words("zh")
EMPTY = Reconciliation((), (), (), crm_read=False, calls_read=False)
LOCK = "应急2026"
NASTY = (
    "=1+1",
    '=HYPERLINK("http://x.invalid","x")',
    "+86 131 2345 0001",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=",
    "#N/A",
    "TRUE",
    "0012",
    "nul\x00 vt\x0b esc\x1b",
    "lone \ud800 and \udfff",
    "\ufffe\uffff",
    "_x0041_",
    "喆𠮷·买买提",
    " leading and trailing ",
    "<b>&amp;</b>",
)


def written(folder: Path, found: Reconciliation, language: Language = "zh", **more: object) -> Workbook:
    path = folder / f"{language}.xlsx"
    write_workbook(path, found, about(), Words(language), **more)
    return load_workbook(path)


def checks(book: Workbook) -> list[tuple[object, object, object, object]]:
    """Every line of the front sheet that has a check: label, live, number when written, check."""
    sheet = book.worksheets[0]
    lines = []
    for row in sheet.iter_rows():
        for label, live, value, check in zip(row, row[1:], row[2:], row[3:], strict=False):
            if isinstance(check.value, str) and check.value.startswith("=IF("):
                formulas = (live.value, value.value, check.value)
                lines.append((label.value, *(value_of(book, sheet.title, formula) for formula in formulas)))
    return lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_live_count_is_what_was_found(tmp_path: Path, language: Language) -> None:
    words = Words(language)
    lines = checks(written(tmp_path, every_status(), language, journal=journal_parts()))
    assert len(lines) == 7 + 10 + 5 + 4 + 5 + 6 + 5
    assert {check for *_, check in lines} == {words.say("workbook.check_good")}
    assert all(live == value for _, live, value, _ in lines)


def test_programs_that_do_not_calculate_see_the_results(tmp_path: Path) -> None:
    book = written(tmp_path, every_status(), "en", journal=journal_parts())
    front, shown = book.worksheets[0], load_workbook(tmp_path / "en.xlsx", data_only=True).worksheets[0]
    formulas = [cell for row in front.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) == 2 * (7 + 10 + 5 + 4 + 5 + 6 + 5)
    for cell in formulas:
        assert shown[cell.coordinate].value == value_of(book, front.title, cell.value)


def paid() -> Reconciliation:
    """Amounts in three ways, one of them not the CRM's, one that the CRM has none of, one not back-filled."""
    told = (
        ("cash", "120.00", "120.00"),
        ("wechat", "80.50", "8.50"),
        ("", "15.00", "0.00"),
        ("cash", "9.99", ""),
    )
    records, rows = [], []
    for index, (way, amount, theirs) in enumerate(told):
        record = hand_record(index, amount=amount, amount_channel=way)
        status = RecordStatus.MATCHED if theirs else RecordStatus.TO_BACKFILL
        records.append(RecordResult(record, status, f"CRM-{index}" if theirs else ""))
        if theirs:
            rows.append(CrmResult(crm_row(index, amount=theirs), CrmStatus.HAS_RECORD, f"r{index}"))
    return Reconciliation(tuple(records), tuple(rows), (), crm_read=True, calls_read=False)


def test_amounts_are_summed_by_way_and_held_against_the_crm(tmp_path: Path) -> None:
    book = written(tmp_path, paid())
    lines = {label: (live, value, check) for label, live, value, check in checks(book)}
    for label, amount in (
        ("代收合计", 225.49),
        ("现金", 129.99),
        ("微信", 80.5),
        ("未记收款方式", 15.0),
        ("其中 CRM 的金额", 128.5),
        ("与 CRM 的差额", 87.0),
    ):
        live, value, check = lines[label]
        assert (round(live, 2), value, check) == (amount, amount, ZH.say("workbook.check_good")), label
    sheet = book["手工记录"]
    head = [cell.value for cell in sheet[1]]
    place = head.index("代收金额")
    assert head[place : place + 3] == ["代收金额", "收款方式", "CRM金额"]
    assert [cell.value for cell in sheet[3]][place : place + 3] == [80.5, "微信", 8.5]
    book = written(tmp_path, every_status(), "en")
    assert "Amounts taken (yuan)" not in str([cell.value for row in book.worksheets[0] for cell in row])


def test_digits_kept_as_text_get_no_mark(tmp_path: Path) -> None:
    written(tmp_path, every_status(), "en")
    with zipfile.ZipFile(tmp_path / "en.xlsx") as parts:
        records = parts.read("xl/worksheets/sheet2.xml").decode()
    assert '<ignoredError sqref="A2:AD17" numberStoredAsText="1"/>' in records


def test_a_changed_status_is_noticed(tmp_path: Path) -> None:
    words = Words("en")
    book = written(tmp_path, every_status(), "en")
    book["Records"]["B2"].value = "gone"
    bad = [label for label, *_, check in checks(book) if check == words.say("workbook.check_bad")]
    assert bad == ["Matched", "Sum of the terms"]


def test_nothing_read_cannot_be_checked(tmp_path: Path) -> None:
    book = written(tmp_path, EMPTY, "en")
    texts = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert sum(str(text).startswith("— Not checkable") for text in texts) == 4
    assert any("No CRM export was read" in str(text) for text in texts)
    assert all(live == value == 0 for _, live, value, _ in checks(book))


def test_texts_of_others_stay_texts(tmp_path: Path) -> None:
    records = tuple(
        RecordResult(
            hand_record(
                index, caller_name=text, phone=text, summary=text, detail=text, number=text, kind=text
            ),
            status,
        )
        for index, text in enumerate(NASTY)
        for status in (RecordStatus.TO_BACKFILL,)
    )
    book = written(tmp_path, replace(EMPTY, records=records))
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type in ("f", "e", "b")], sheet.title
    shown = [cell.value for cell in book["手工记录"]["F"]][1:]
    assert shown[:6] == ["=1+1", NASTY[1], "+86 131 2345 0001", "-2", "@SUM(A1)", "\t=1"]
    assert shown[8:11] == ["#N/A", "TRUE", "0012"]
    assert shown[11] == "nul␀ vt␋ esc␛"
    assert shown[14] == "_x005F_x0041_"
    assert shown[16] == " leading and trailing "


@pytest.mark.parametrize("text", ["长" * 40_000 + "完", "𠮷" * 20_000 + "完", "_x0041" * 7_000 + "_完"])
def test_long_texts_are_kept_whole(tmp_path: Path, text: str) -> None:
    result = RecordResult(hand_record(1, detail=text), RecordStatus.MATCHED)
    book = written(tmp_path, replace(EMPTY, records=(result,)))
    cell = str(book["手工记录"]["K2"].value)
    assert cell.endswith(Words("zh").say("workbook.long_text", sheet="长文本"))
    rows = list(book["长文本"].iter_rows(min_row=2, values_only=True))
    assert "".join(str(row[4]) for row in rows).replace("_x005F_", "_") == text
    assert rows[0][:4] == ("手工记录", 2, Words("zh").say("field.detail"), 1)
    for sheet in book.worksheets:
        for line in sheet.iter_rows(values_only=True):
            assert all(len(str(value).encode("utf-16-le")) // 2 <= 32_767 for value in line)


def test_times_are_true_times_of_the_site(tmp_path: Path) -> None:
    book = written(tmp_path, every_status())
    cell = book["手工记录"]["D2"]
    assert cell.is_date
    assert str(cell.value) == "2026-11-21 12:00:00"
    assert book["手工记录"]["G2"].data_type == "s"


def test_the_offset_is_applied_to_what_is_shown(tmp_path: Path) -> None:
    book = written(tmp_path, replace(every_status(), crm_offset_hours=8, calls_offset_hours=-1))
    words = Words("zh")
    row = {cell.value: book["CRM 记录"][f"{cell.column_letter}3"] for cell in book["CRM 记录"][1]}
    assert row["CRM编号"].value == "CRM-0"
    assert str(row[words.say("workbook.column.created_at")].value) == "2026-11-22 01:00:00"
    assert str(book["全部来电"]["D2"].value) == "2026-11-21 11:00:00"
    assert str(book["漏记来电"]["B2"].value) == "2026-11-21 13:30:00"


def test_undecided_without_a_candidate_is_listed(tmp_path: Path) -> None:
    reasons = (Reason("claimed_twice", 0.0),)
    result = RecordResult(hand_record(1), RecordStatus.AMBIGUOUS, "CRM-1", reasons=reasons)
    book = written(tmp_path, replace(EMPTY, records=(result,)), "en")
    row = [cell.value for cell in book["To decide"][2]]
    assert row[:2] == ["07-00001-0", "CRM-1"]
    assert Words("en").say("reason.claimed_twice") in row
    assert {check for *_, check in checks(book)} == {"✓ Agrees"}


def test_both_lines_of_a_cell_show(tmp_path: Path) -> None:
    book = written(tmp_path, every_status())
    sheet = book["手工记录"]
    assert "\n" in sheet["J4"].value
    assert sheet["J4"].alignment.wrap_text
    assert sheet.row_dimensions[4].height >= 2 * 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_can_be_worked_with(tmp_path: Path, language: Language) -> None:
    book = written(tmp_path, every_status(), language, journal=journal_parts())
    words = Words(language)
    for sheet in book.worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert "&P" in sheet.oddFooter.center.text
    undecided = book[words.say("workbook.sheet.undecided")]
    headings = [cell.value for cell in undecided[1]]
    assert undecided.freeze_panes == "C2"
    assert undecided.auto_filter.ref.startswith("A1:")
    assert undecided.print_title_rows == "$1:$1"
    assert undecided.column_dimensions["Q"].hidden
    assert [cell.value for cell in undecided["Q"]][1:] == ["r5", "r5", "r13", "r13"]
    (choices,) = undecided.data_validations.dataValidation
    offered = choices.formula1.strip('"').split(",")
    assert [words.code_of("workbook.decision", word) for word in offered] == ["accept", "reject", "waive"]
    letter = re.sub(r"\d.*", "", str(choices.sqref))
    assert undecided[f"{letter}1"].value == words.say("workbook.column.decision")
    assert all(headings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_language_throughout(tmp_path: Path, language: Language) -> None:
    book = written(tmp_path, EMPTY, language)
    headings = [str(cell.value) for sheet in book.worksheets[1:-1] for cell in sheet[1]] + book.sheetnames
    chinese = [heading for heading in headings if re.search("[\u4e00-\u9fff]", heading)]
    assert len(chinese) == (0 if language == "en" else len(headings) - headings.count("CRM"))


def test_a_password_locks_the_file(tmp_path: Path) -> None:
    path = tmp_path / "锁.xlsx"
    write_workbook(path, every_status(), about(), Words("zh"), password=LOCK)
    assert not path.read_bytes().startswith(b"PK")
    plain = io.BytesIO()
    with path.open("rb") as sealed:
        office = msoffcrypto.OfficeFile(sealed)
        office.load_key(password=LOCK)
        office.decrypt(plain)
    assert load_workbook(plain).sheetnames[0] == "总览"
