"""Hand records out of the template and out of tables that people made."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.exchange.hand_records import RecordsRead, read_records
from desktop_app.exchange.record_files import write_records
from desktop_app.words import Language, Words

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


def read(path: Path, text: str) -> RecordsRead:
    path.write_text(text, "utf-8")
    return read_records([path], None, ZONE)


def test_the_template_in_chinese_and_in_english(tmp_path: Path) -> None:
    english = read(
        tmp_path / "en.csv",
        "number,kind,channel,received_at,category,phone,callback_due\n"
        "07-00001-1,complaint,phone,2026-03-01T08:00:05+08:00,complaint,13123450001,2026-03-02\n"
        "07-00002-2,urgent,walk_in,2026-03-01T00:00:05Z,urgent,13123450002,\n",
    )
    chinese = read(
        tmp_path / "zh.csv",
        "编号,类型,渠道,来电时间,类别,来电号码,回电时限\n"
        "07-00001-1,投诉,电话,2026-03-01 08:00:05,投诉,13123450001,2026-03-02\n"
        "07-00002-2,紧急,到访,2026-03-01 08:00:05,紧急,13123450002,\n",
    )
    for one, other in zip(english.records, chinese.records, strict=True):
        assert replace(one, source=other.source) == other
    first = english.records[0]
    assert (first.kind, first.channel, first.category) == ("complaint", "phone", "complaint")
    assert first.received_at == datetime(2026, 3, 1, 0, 0, 5, tzinfo=UTC)
    assert first.callback_due == datetime(2026, 3, 2, 15, 59, tzinfo=UTC)


@pytest.mark.parametrize("end", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_our_export_writes_is_what_is_read(tmp_path: Path, end: str, language: Language) -> None:
    texts = ["=1+1", "'=1", "'x", "+1", "@SUM", "甲\n乙", "无", "-", "TRUE", "007", 'a,b;"c"', "𠮷👩", "#N/A"]
    rows = [
        {
            **dict.fromkeys(TEMPLATE_COLUMNS, ""),
            "number": f"07-0000{place}-1",
            "kind": "complaint",
            "channel": "phone",
            "category": "complaint",
            "received_at": "2026-03-01T08:00:05+08:00",
            "phone": "+8613123450001",
            "summary": text,
            "detail": text,
        }
        for place, text in enumerate(texts)
    ]
    path = tmp_path / f"records.{end}"
    write_records(path, rows, Words(language))
    found = read_records([path], None, ZONE).records
    assert [(each.number, each.summary, each.detail) for each in found] == [
        (row["number"], row["summary"], row["detail"]) for row in rows
    ]
    assert {(each.kind, each.channel, each.category, each.phone) for each in found} == {
        ("complaint", "phone", "complaint", "+8613123450001")
    }
    assert {each.received_at for each in found} == {datetime(2026, 3, 1, 0, 0, 5, tzinfo=UTC)}


def test_keys_are_unique_whatever_the_numbers(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", "编号,电话\n1,13123450001\n,13123450002\n1,13123450003\n")
    assert [each.key for each in found.records] == ["1", "a.csv:3", "1 (a.csv:4)"]
    assert [each.number for each in found.records] == ["1", "", "1"]
    (tmp_path / "b").mkdir()
    read(tmp_path / "b" / "a.csv", "编号,电话\n1,13123450001\n,13123450002\n1,13123450004\n")
    both = read_records([tmp_path / "a.csv", tmp_path / "b" / "a.csv"], None, ZONE)
    assert len({each.key for each in both.records}) == 6
    again = read_records([tmp_path / "a.csv", tmp_path / "a.csv"], None, ZONE)
    assert len(again.records) == 3
    assert "same_file" in {note.code for note in again.notes}


def test_a_date_column_beside_a_time_column(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", "编号,日期,时间,电话\n1,2026-03-01,8:05,1\n2,2026/3/1,上午9:10,2\n")
    assert [each.received_at for each in found.records] == [
        datetime(2026, 3, 1, 0, 5, tzinfo=UTC),
        datetime(2026, 3, 1, 1, 10, tzinfo=UTC),
    ]


def test_days_of_a_column_are_decided_together(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", "编号,来电时间\n1,3/1/2026 08:00\n2,25/1/2026 08:00\n")
    assert found.records[0].received_at == datetime(2026, 1, 3, tzinfo=UTC)
    unclear = read(tmp_path / "b.csv", "编号,来电时间\n1,3/1/2026 08:00\n2,4/1/2026 08:00\n")
    assert unclear.records[0].received_at is None
    assert "times_not_read" in {note.code for note in unclear.notes}


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as refused:
        read(tmp_path / "a.csv", "a,b\n1,2\n")
    assert refused.value.code == "reading.no_header"


def test_the_headers_of_work_orders(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text(
        "手工单号,工单类型,来电时间,来电号码,反映问题,工单内容\n"
        "07-00001-9,投诉,2026-03-01 08:00,13123450001,多收物业费,要求退还\n",
        "utf-8",
    )
    read = read_records([path], None, ZONE)
    (record,) = read.records
    assert (record.number, record.kind) == ("07-00001-9", "complaint")
    assert (record.summary, record.detail) == ("多收物业费", "要求退还")
    assert [note.code for note in read.notes] == []
