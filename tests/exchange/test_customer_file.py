"""Lists of customers as other systems write them, read row by row."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import zone_of
from desktop_app.exchange.customer_columns import CustomerRow, guess
from desktop_app.exchange.customer_file import FIRST_ROWS, Look, Told, choose, look_at, rows_of

ZONE = zone_of("Asia/Shanghai")
SAMPLES = Path(__file__).parents[1] / "samples"


def read(path: Path) -> tuple[Look, list[CustomerRow], Told]:
    look, told = look_at(path, ZONE), Told()
    return look, list(rows_of(look, told)), told


@pytest.mark.parametrize("name", ["creme_contacts.xlsx", "creme_contacts.csv", "creme_contacts.semi.csv"])
def test_contacts_of_a_real_crm(name: str) -> None:
    look, rows, told = read(SAMPLES / "creme28" / name)
    fields = {column: field for column, field in look.mapping.items() if field}
    assert fields == {"Last name": "name", "First name": "given_name", "Phone": "phone"}
    assert not look.lacks
    named = {row.name: row.phones for row in rows}
    assert named["冯超"] == ("(010) 5550-3812",)
    assert named["Fulbert Creme"] == ()
    assert len(told.sha256) == 64


@pytest.mark.parametrize(
    ("columns", "mapping"),
    [
        (["姓名", "手机", "固定电话"], {"姓名": "name", "手机": "phone", "固定电话": "other_phone"}),
        (["手机", "电话", "业主"], {"手机": "phone", "电话": "other_phone", "业主": "name"}),
        (["Customer No.", "Mobile Phone", "Notes"], ["customer_no", "phone", "note"]),
        (["小区", "楼栋", "单元", "房号"], ["estate", "address", "address", "address"]),
        (["金额", "日期"], ["", ""]),
    ],
)
def test_columns_are_guessed(columns: list[str], mapping: dict[str, str] | list[str]) -> None:
    wanted = mapping if isinstance(mapping, dict) else dict(zip(columns, mapping, strict=True))
    assert guess(columns) == wanted


def test_what_a_row_says(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "导出时间：2026-11-20\n客户姓名,联系电话,备用电话,小区,楼栋,房号,VIP,备注,导出时间\n"
        "王 小明,13123450001、0571-55501001转801,1.31E+10,和平新村,3幢,1602,是,-,2026-11-20 18:00\n"
        "李娜,未知,+86 131 2345 0002,,,,金卡,凶狗,\n"
        "客户姓名,联系电话,备用电话,小区,楼栋,房号,VIP,备注,导出时间\n"
        "合计,2,,,,,,,\n",
        "utf-8",
    )
    look, rows, told = read(path)
    assert look.as_of == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    first, second = rows
    assert (first.row, first.name, first.phones) == (3, "王 小明", ("13123450001", "0571-55501001转801"))
    assert (first.no_phones, first.address, first.estate) == (("1.31E+10",), "3幢1602", "和平新村")
    assert (first.vip, first.note, second.vip, second.note) == ("VIP", "", "金卡", "凶狗")
    assert (second.phones, second.no_phones) == (("+86 131 2345 0002",), ())
    assert (told.totals, told.repeated_headers) == (1, 1)
    assert look.columns[0].samples[:2] == ("王 小明", "李娜")


def test_a_person_chooses_columns(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a,b\n13123450001,王喆\n", "utf-8")
    look = look_at(path, ZONE)
    assert look.lacks
    chosen = choose(look, {"a": "phone", "b": "name"})
    assert not chosen.lacks
    (row,) = rows_of(chosen, Told())
    assert (row.name, row.phones) == ("王喆", ("13123450001",))


def test_long_lists_on_several_sheets(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    for sheet, count in (("一区", FIRST_ROWS * 2), ("二区", 3)):
        page = book.create_sheet(sheet)
        page.append(["姓名", "电话"])
        for at in range(count):
            page.append([f"{sheet}{at}", 13123450000 + at])
    other = book.create_sheet("说明")
    other.append(["本表由系统导出"])
    path = tmp_path / "list.xlsx"
    book.save(path)
    look, rows, _ = read(path)
    assert len(rows) == FIRST_ROWS * 2 + 3
    assert (rows[-1].name, rows[-1].phones) == ("二区2", ("13123450002",))
    assert [note.code for note in look.notes] == ["sheet_not_read"]
    assert abs(look.rows - len(rows)) < 5


def test_a_file_that_changed_is_not_read_as_another(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,电话\n王喆,13123450001\n", "utf-8")
    look = look_at(path, ZONE)
    path.write_text("电话,姓名\n13123450001,王喆\n", "utf-8")
    with pytest.raises(KnownError) as refused:
        list(rows_of(look, Told()))
    assert refused.value.code == "customers.file_changed"


@pytest.mark.parametrize(
    "name", ["header_only_bom.csv", "ragged_rows.csv", "nul_bytes.csv", "gb18030_crlf.csv"]
)
def test_odd_files_are_read_or_refused(name: str) -> None:
    _, rows, _ = read(SAMPLES / "encodings" / name)
    assert all(isinstance(row.row, int) for row in rows)


def test_a_list_that_is_taken_away_while_it_is_read_has_its_sentence(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("客户姓名,联系电话\n王小明,13123450001\n", "utf-8")
    asked: list[None] = []

    def check() -> None:
        if threading.current_thread() is threading.main_thread():
            asked.append(None)
            if len(asked) == 2:  # the child has ended
                path.unlink()

    with pytest.raises(KnownError) as refused:
        look_at(path, ZONE, check)
    assert (refused.value.code, refused.value.details) == ("reading.not_found", {"file": "list.csv"})
