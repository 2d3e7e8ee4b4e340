"""What was written down comes out of every file as the same text, and nothing a caller said is ever run."""

import csv
import io
import json
import re
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.domain.kinds import Category, Channel, Kind
from desktop_app.domain.texts import clean
from desktop_app.exchange.record_files import write_records
from desktop_app.words import LANGUAGES, Language, Words

NASTY = (
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'x",
    "'=1",
    "''-1",
    "第一行\n第二行\r\n第三行",
    'a,b;c"d"',
    "\x00nul\x07",
    "𠮷田👩\u200d👧❤\ufe0f",
    "مرحبا \u202eevil",
    "x\ud800y\uffff",
    "_x0041_ _x000D_ __x0041__",
    "#N/A",
    " 空 格 ",
    "TRUE",
    "007",
    "1e5",
    "2026-03-01",
    "e\u0301",
    '{"a": 1}',
)
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.builds("{}{}".format, st.sampled_from(NASTY), st.sampled_from(NASTY)),
    st.text(st.characters(exclude_categories=()), max_size=30),
)
CODED = {"kind": Kind, "channel": Channel, "category": Category}
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            column: st.sampled_from([code.value for code in CODED[column]]) if column in CODED else TEXTS
            for column in TEMPLATE_COLUMNS
        }
    ),
    max_size=3,
)
EVERY_NASTY = [
    dict.fromkeys(TEMPLATE_COLUMNS, text) | {"kind": "urgent", "channel": "phone", "category": "repair"}
    for text in NASTY
]
Row = dict[str, str]


def written(suffix: str, rows: list[Row], language: Language = "en") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"records{suffix}"
        assert write_records(path, rows, Words(language)) == len(rows)
        assert [found.name for found in Path(folder).iterdir()] == [path.name]
        return path.read_bytes()


def expected(rows: list[Row]) -> list[list[str]]:
    return [[clean(row[column]).text for column in TEMPLATE_COLUMNS] for row in rows]


def sheet_rows(data: bytes, sheet: int = 0) -> list[list[str]]:
    """What Excel shows: openpyxl leaves the format's escapes (``_x0041_``) to its caller."""
    book = load_workbook(io.BytesIO(data))
    return [
        [
            re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), str(cell.value or ""))
            for cell in row
        ]
        for row in book.worksheets[sheet].iter_rows()
    ]


@given(ROWS)
@example(EVERY_NASTY)
def test_csv_gives_back_every_text(rows: list[Row]) -> None:
    data = written(".csv", rows)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *found = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    assert head == list(TEMPLATE_COLUMNS)
    for cells, texts in zip(found, expected(rows), strict=True):
        for column, cell, text in zip(TEMPLATE_COLUMNS, cells, texts, strict=True):
            assert cell in (text, f"'{text}")
            dialled = column in ("phone", "callback_phone") and re.fullmatch("[+][0-9 ()-]+", cell)
            assert dialled or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(ROWS)
@example(EVERY_NASTY)
def test_json_lines_give_back_every_text(rows: list[Row]) -> None:
    found = [json.loads(line) for line in written(".jsonl", rows).decode().split("\n")[:-1]]
    assert [list(line.values()) for line in found] == expected(rows)
    assert all(tuple(line) == TEMPLATE_COLUMNS for line in found)


@given(ROWS)
@example(EVERY_NASTY)
def test_workbook_gives_back_every_text_and_runs_none(rows: list[Row]) -> None:
    data = written(".xlsx", rows)
    head, *found = sheet_rows(data)
    assert head == list(TEMPLATE_COLUMNS)
    assert found == expected(rows)
    cells = [cell for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_a_dialled_number_is_written_as_it_is() -> None:
    rows = [
        {"phone": "+86 13123450001", "callback_phone": "+86(571)5550-0001", "caller_name": "+1"},
        {"phone": "+1+cmd", "callback_phone": "-1"},
    ]
    _, first, second = csv.reader(io.StringIO(written(".csv", rows).decode("utf-8-sig")))
    assert (first[6], first[7], first[5]) == ("+86 13123450001", "+86(571)5550-0001", "'+1")
    assert (second[6], second[7]) == ("'+1+cmd", "'-1")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx"])
def test_chinese_headers_and_values(suffix: str) -> None:
    row = {"kind": "abnormal", "channel": "walk_in", "category": "repair", "summary": "repair"}
    data = written(suffix, [row, {"kind": "别的", "category": "停水"}], "zh")
    if suffix == ".jsonl":
        lines = [json.loads(line) for line in data.decode().splitlines()]
        rows = [list(lines[0]), *(list(line.values()) for line in lines)]
    elif suffix == ".csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    else:
        rows = sheet_rows(data)
    assert rows[0][:8] == [
        "临时编号",
        "类型",
        "渠道",
        "来电时间",
        "结束时间",
        "客户姓名",
        "来电号码",
        "回访联系方式",
    ]
    assert [rows[1][index] for index in (1, 2, 10, 11)] == ["非正常", "到访", "报修", "repair"]
    assert [rows[2][index] for index in (1, 10)] == ["别的", "停水"]


def test_a_text_too_long_for_a_cell_is_marked_and_kept_whole() -> None:
    long = "".join(chr(0x4E00 + index % 20_000) for index in range(60_000))
    rows = [{"detail": "短"}, {"number": "07-00042-5", "detail": long, "summary": "𠮷" * 20_000}]
    data = written(".xlsx", rows)
    _, _, second = sheet_rows(data)
    assert second[0] == "07-00042-5"
    assert second[12].startswith(long[:10_000])
    assert "Long texts" in second[12]
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in second) <= 32_767
    whole: dict[str, str] = {}
    for row, field, _, text in sheet_rows(data, 1)[1:]:
        assert row == "3"
        whole[field] = whole.get(field, "") + text
    assert whole == {"summary": "𠮷" * 20_000, "detail": long}
    assert len(load_workbook(io.BytesIO(written(".xlsx", [{}]))).worksheets) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_rows_it_is_a_template_to_fill_in(language: Language) -> None:
    sheet = load_workbook(io.BytesIO(written(".xlsx", [], language))).worksheets[0]
    assert (sheet.max_row, sheet.max_column, sheet.freeze_panes) == (1, 18, "B2")
    assert sheet.page_setup.paperSize == 9
    offered = {
        str(rule.sqref)[0]: rule.formula1.strip('"').split(",")
        for rule in sheet.data_validations.dataValidation
    }
    words = Words(language)
    kinds = [words.say(f"kind.{kind}") if language == "zh" else kind.value for kind in Kind]
    channels = [words.say(f"channel.{code}") if language == "zh" else code.value for code in Channel]
    assert (offered["B"], offered["C"]) == (kinds, channels)
    # A number typed into the phone column keeps its leading zero.
    assert {sheet.column_dimensions[letter].number_format for letter in "GH"} == {"@"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("records.txt", "export.suffix"),
        ("records", "export.suffix"),
        ("records.xls", "export.suffix"),
        ("gone/records.csv", "writing.no_folder"),
        ("folder.csv", "writing.is_folder"),
        ("kept.csv", "writing.read_only"),
    ],
)
def test_what_cannot_be_written_is_told(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "kept.csv").write_text("kept")
    (tmp_path / "kept.csv").chmod(0o444)
    with pytest.raises(KnownError) as caught:
        write_records(tmp_path / name, [{"number": "1"}], Words("en"))
    assert caught.value.code == code
    for language in LANGUAGES:
        assert Path(name).name in Words(language).sentence(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.csv", "kept.csv"]
    assert (tmp_path / "kept.csv").read_text() == "kept"
