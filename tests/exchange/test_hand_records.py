"""Hand records out of the template and out of tables that people made."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.hand_records import read_records

SAMPLES = Path(__file__).parents[1] / "samples"
ZONE = ZoneInfo("Asia/Shanghai")


FIVE = [
    ("WS01-000001", "王喆", "13123450001", datetime(2026, 3, 1, 0, 0, 5, tzinfo=UTC)),
    ("WS01-000002", "李㛃", "010-55500002", datetime(2026, 3, 1, 0, 3, tzinfo=UTC)),
    ("WS01-000003", "𠮷田", "+86 131 2345 0003", datetime(2026, 3, 1, 0, 5, 59, tzinfo=UTC)),
    ("WS01-000004", "O’Neil", "1312345000４", datetime(2026, 3, 1, 0, 7, tzinfo=UTC)),
    ("WS01-000005", "", "anonymous", datetime(2026, 3, 1, 0, 9, tzinfo=UTC)),
]
SAID = ['停水,请尽快\n第二行"引号"', "困梯;3号楼", "=1+1", "@SUM(A1)", "前导制表符"]


@pytest.mark.parametrize(
    "name",
    [
        "utf8_bom_crlf.csv",
        "utf8_nobom_crlf.csv",
        "gb18030_crlf.csv",
        "utf16le_bom_tab.txt",
        "semicolon_utf8.csv",
        "excel_sep_line.csv",
        "nul_bytes.csv",
        "ragged_rows.csv",
        "merged_two_row_header_total_row.xlsx",
    ],
)
def test_the_same_five_records_in_every_encoding(name: str) -> None:
    read = read_records([SAMPLES / "encodings" / name], None, ZONE)
    found = [(each.number, each.caller_name, each.phone, each.received_at) for each in read.records[:5]]
    assert found == FIVE
    said = [each.summary for each in read.records[:5]]
    # The sample's NUL stands before 困 and took the place of 梯.
    assert said == [*SAID[:1], "困;3号楼", *SAID[2:]] if name == "nul_bytes.csv" else said == SAID
    assert len(read.records) == (7 if name == "ragged_rows.csv" else 5)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("big5_lossy.csv", "reading.lost_characters"),
        ("unterminated_quote.csv", "reading.unterminated"),
        ("empty.csv", "reading.empty"),
    ],
)
def test_what_cannot_be_read_right_is_refused_in_one_sentence(name: str, code: str) -> None:
    with pytest.raises(KnownError) as refused:
        read_records([SAMPLES / "encodings" / name], None, ZONE)
    assert refused.value.code == code


def test_header_only_holds_no_records() -> None:
    assert read_records([SAMPLES / "encodings" / "header_only_bom.csv"], None, ZONE).records == ()
