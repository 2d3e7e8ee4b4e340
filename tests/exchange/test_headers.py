"""The header of tables as people make them."""

import pytest

from desktop_app.exchange import profiles
from desktop_app.exchange.headers import headed, plain_header
from desktop_app.exchange.mapping import known_to_any
from desktop_app.exchange.sheets import Sheet, Span

KNOWN = known_to_any("records", None)
DATA = ["07-00001-1", "王喆", "13123450001", "停水"]
NAMES = ["编号", "来电人", "联系电话", "诉求"]


def sheet(*rows: list[str], merged: tuple[Span, ...] = ()) -> Sheet:
    return Sheet("s", [(number, row) for number, row in enumerate(rows, 1) if any(row)], list(merged))


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ([NAMES, DATA], 2),
        ([["某项目客服记录"], [], NAMES, DATA], 4),
        ([["某项目客服记录"], ["制表人", "李娜", "日期", "2026-03-01"], NAMES, DATA], 4),
        ([NAMES, DATA, ["合计", "", "", "1"]], 2),
        ([NAMES, DATA, ["小计:"], ["总计", "1"]], 2),
        ([NAMES, DATA, NAMES], 2),
        ([["编号 *", "来电人(必填)", "联系 电话", "诉求【客户】"], DATA], 2),
        ([["Number", "Caller Name", "PHONE", "summary"], DATA], 2),
    ],
)
def test_header_and_data_are_found(rows: list[list[str]], first: int) -> None:
    found = headed(sheet(*rows), KNOWN)
    assert [number for number, _ in found.rows] == [first]
    assert found.known == 4


def test_two_rows_of_header_with_a_merged_group() -> None:
    merged = (Span(0, 1, 0, 2), Span(0, 0, 1, 0), Span(0, 3, 1, 3))
    rows = (["编号", "来电信息", "", "诉求"], ["", "来电人", "联系电话", ""], DATA)
    found = headed(sheet(*rows, merged=merged), KNOWN)
    assert found.columns == ("编号", "来电人", "联系电话", "诉求")
    assert [number for number, _ in found.rows] == [3]


def test_two_rows_of_header_without_any_merge() -> None:
    found = headed(sheet(["编号", "", "", "诉求"], ["", "来电人", "联系电话"], DATA), KNOWN)
    assert found.columns == ("编号", "来电人", "联系电话", "诉求")


def test_a_first_record_that_reads_like_a_header_stays_a_record() -> None:
    rows = (["编号", "渠道", "类别", "诉求"], ["甲", "电话", "类别", "咨询电话"])
    found = headed(sheet(*rows), KNOWN)
    assert found.columns == ("编号", "渠道", "类别", "诉求")
    assert len(found.rows) == 1


def test_unknown_headers_are_found_by_their_shape() -> None:
    found = headed(sheet(["title"], ["aa", "bb", "cc"], ["1", "13123450001", "x"]), KNOWN)
    assert found.columns == ("aa", "bb", "cc")


def test_names_are_unique_and_none_is_empty() -> None:
    found = headed(sheet(["编号", "来电人", "来电人", "", "诉求"], ["1", "a", "b", "c", "d", "e"]), KNOWN)
    assert found.columns == ("编号", "来电人", "来电人 [2]", "#4", "诉求", "#6")
    assert {note.code for note in found.notes} == {"repeated_column", "rows_too_wide"}


def test_a_record_of_a_total_is_no_total_row() -> None:
    found = headed(sheet(NAMES, ["1", "总计", "13123450001", "合计金额不对"]), KNOWN)
    assert len(found.rows) == 1


def test_plain_headers() -> None:
    same = {
        plain_header(text)
        for text in ("联系电话", " 联系 电话 *", "联系电话(必填)", "联系电话:", "联系\n电话")
    }
    assert same == {"联系电话"}
    assert plain_header("#") == "#"
    assert plain_header("(必填)") != ""


def test_no_name_serves_two_fields_of_one_system() -> None:
    """A header at the head of two fields' lists would go to either by chance."""
    for name in profiles.names():
        for table in profiles.shipped(name).columns.values():
            first = [plain_header(names[0]) for field, names in table.items() if names and field != "other"]
            assert len(first) == len(set(first)), name
