"""What we export, our own reader takes back as it was, in every kind of file and both languages."""

from __future__ import annotations

import tempfile
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.domain.kinds import Category, Channel, Kind
from desktop_app.domain.numbers import Number
from desktop_app.domain.reconciliation import HandRecord
from desktop_app.domain.texts import clean
from desktop_app.exchange.hand_records import read_records
from desktop_app.exchange.profiles import GENERIC, shipped
from desktop_app.exchange.record_files import write_records
from desktop_app.words import LANGUAGES, Language, Words

ZONE = ZoneInfo("Asia/Shanghai")
TIMES = ("received_at", "ended_at", "callback_due")
CODES = {"kind": Kind, "channel": Channel, "category": Category}
NOT_OURS = {"amount": "", "amount_channel": "", "recording": ""}
"""What a record has in the store and our template has no column for."""
NASTY = (
    "=1+1",
    "'x",
    "'=1",
    "''",
    "+1",
    "-1",
    "@a",
    "\t=1",
    "一\n二",
    "\x00",
    "𠮷",
    "👩\u200d👧",
    "\u202eevil",
    "_x0041_",
)
NOTHING = sorted(shipped(GENERIC).empty)
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.sampled_from(NOTHING),
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.builds("{}{}".format, st.sampled_from(NASTY), st.text(max_size=5)),
)
MOMENTS = st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1)).map(  # noqa: DTZ001  the zone follows
    lambda at: at.replace(microsecond=0, tzinfo=UTC).astimezone(ZONE).isoformat()
)
Row = dict[str, str]


def values(column: str) -> st.SearchStrategy[str]:
    if column in CODES:
        return st.sampled_from([code.value for code in CODES[column]])
    return MOMENTS if column in TIMES else TEXTS


ROW = st.fixed_dictionaries({column: values(column) for column in TEMPLATE_COLUMNS})
MOMENT = "2026-03-01T08:30:00+08:00"
PLAIN = {"kind": "urgent", "channel": "sms", "category": "repair"} | dict.fromkeys(TIMES, MOMENT)
EVERY_NASTY = [dict.fromkeys(TEMPLATE_COLUMNS, text) | PLAIN for text in NASTY]


def kept(column: str, text: str) -> str:
    """A text as the reader of our own template keeps it: trimmed, without invisible characters.

    Only a word for nothing in place of a number is none: it would claim that the matter is known.
    """
    short = clean(text.strip()).text.strip()
    return "" if column in ("number", "crm_id") and short in NOTHING else short


def told(record: HandRecord) -> dict[str, object]:
    return {field.name: getattr(record, field.name) for field in fields(record)} | {"key": "", "source": ""}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx"])
@given(rows=st.lists(ROW, min_size=8, max_size=25))
@example(rows=EVERY_NASTY)
@example(rows=[dict.fromkeys(TEMPLATE_COLUMNS, word) | PLAIN for word in NOTHING])
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_our_reader_takes_back_what_we_wrote(suffix: str, language: Language, rows: list[Row]) -> None:
    numbered = [row | {"number": str(Number("07", place))} for place, row in enumerate(rows, 1)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"records{suffix}"
        write_records(path, numbered, Words(language))
        found = read_records([path], None, ZONE)
    expected = []
    for row in numbered:
        texts = {name: kept(name, text) for name, text in row.items() if name not in (*TIMES, *CODES)}
        times = {name: datetime.fromisoformat(row[name]).astimezone(UTC) for name in TIMES}
        codes = {name: row[name] for name in CODES}
        expected.append({**NOT_OURS, **texts, **times, **codes, "key": "", "source": ""})
    assert [told(record) for record in found.records] == expected
    # Such texts look as if an encoding had lost something, which is told whoever wrote the file.
    lossy = any("\ufffd" in text or text.count("?") > 1 for row in rows for text in row.values())
    assert lossy or not found.notes


def read_back(path: Path, column: str) -> list[str]:
    found = read_records([path], None, ZONE)
    assert not found.notes
    return [str(getattr(record, column)) for record in found.records]


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_longer_than_a_cell_come_back_whole_also_when_the_rows_were_sorted(
    tmp_path: Path, language: Language
) -> None:
    alike = "停水" * 20_000
    texts = ["短", alike + "一", "𠮷_x0041_\n" * 6_000, "漏水" * 30_000, alike + "二"]
    path = tmp_path / "records.xlsx"
    write_records(
        path,
        [{"number": str(Number("07", row)), "detail": t} for row, t in enumerate(texts, 1)],
        Words(language),
    )
    assert read_back(path, "detail") == [text.strip() for text in texts]
    sheet = (book := load_workbook(path)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for row, values in enumerate(reversed(rows), 2):
        for place, value in enumerate(values, 1):
            sheet.cell(row, place).value = value
    book.save(path)
    assert read_back(path, "detail") == [text.strip() for text in reversed(texts)]


def test_a_broken_sheet_of_long_texts_is_named_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "records.xlsx"
    write_records(path, [{"number": str(Number("07", 1)), "detail": "漏水" * 30_000}], Words("zh"))
    book = load_workbook(path)
    book.worksheets[1].delete_rows(2)
    book.save(path)
    found = read_records([path], None, ZONE)
    assert [(note.code, note.details["sheet"]) for note in found.notes] == [("sheet_not_read", "长文本")]
    assert found.records[0].detail.startswith("漏水漏水")


def test_words_for_nothing_are_nothing_in_a_table_of_others(tmp_path: Path) -> None:
    path = tmp_path / "others.csv"
    path.write_text("临时编号,客户姓名,来电号码,事项内容\n1,无,/,-\n", encoding="utf-8")
    (record,) = read_records([path], None, ZONE).records
    assert (record.caller_name, record.phone, record.detail) == ("", "", "-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_headers_are_the_first_that_the_reader_looks_for(language: Language) -> None:
    names = shipped(GENERIC).columns["records"]
    for column in TEMPLATE_COLUMNS:
        assert names[column][0] == column
        assert language == "en" or names[column][1] == Words("zh").say(f"field.{column}")
