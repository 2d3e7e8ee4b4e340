"""Workbooks as programs and people make them, read through the parsing child."""

import io
from datetime import date, datetime, time
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.mapping import known_to_any
from desktop_app.exchange.tabular import Table, read_table
from tests.exchange import hostile

KNOWN = known_to_any("records", None)
NAIVE = datetime(2026, 3, 1, 8, 0, 5)  # noqa: DTZ001 - as a cell has it
NAMES = ["编号", "来电时间", "联系电话", "诉求"]


def saved(path: Path, *sheets: tuple[str, list[list[object]]], first: int = 1, left: int = 1) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        page = book.create_sheet(name)
        for number, row in enumerate(rows, first):
            for column, value in enumerate(row, left):
                page.cell(number, column, value)
    book.save(path)
    return path


def table(path: Path) -> Table:
    return read_table(path, KNOWN)


def codes(found: Table) -> dict[str, dict]:
    return {note.code: dict(note.details) for note in found.notes}


def test_values_read_as_a_person_typed_them(tmp_path: Path) -> None:
    values = [13123450001, 8613123450004.5, 7.0, True, NAIVE, date(2026, 3, 1)]
    path = saved(tmp_path / "t.xlsx", ("a", [[*NAMES, "e", "f", "g"], [*values, time(8, 5)]]))
    assert table(path).rows[0].cells == (
        "13123450001",
        "8613123450004.5",
        "7",
        "TRUE",
        "2026-03-01 08:00:05",
        "2026-03-01",
        "08:05:00",
    )


def test_a_long_id_keeps_its_last_digits(tmp_path: Path) -> None:
    rows = f'<row r="1">{hostile.cell("A1", "编号")}{hostile.cell("B1", "电话")}</row>'
    text = hostile.cell("B2", "6228480402564890018")
    rows += f'<row r="2"><c r="A2"><v>1234567890123456789</v></c>{text}</row>'
    path = tmp_path / "t.xlsx"
    path.write_bytes(hostile.with_sheet(hostile.sheet(rows)))
    assert table(path).rows[0].cells == ("1234567890123456789", "6228480402564890018")


def test_digits_that_a_spreadsheet_lost_are_told_and_none_is_invented(tmp_path: Path) -> None:
    found = table(saved(tmp_path / "t.xlsx", ("a", [NAMES, [1234567890123456789, "", "1", "x"]])))
    assert found.rows[0].cells[0] == "1234567890123457000"
    assert codes(found)["rounded_numbers"]["cells"] == "A2"


def test_formulas_without_a_value_are_told_and_keep_their_text(tmp_path: Path) -> None:
    rows = [NAMES, ["1", "", "13123450001", "=1+1"], ["2", "", "=A1&B1", "=1+1"]]
    for left in (1, 3):
        path = saved(tmp_path / "t.xlsx", ("a", rows), left=left)
        found = table(path)
        assert [row.cells[3] for row in found.rows] == ["=1+1", "=1+1"]
        assert codes(found)["formula_without_value"]["cells"] == ("D2, C3, D3" if left == 1 else "F2, E3, F3")


def test_error_cells_are_told(tmp_path: Path) -> None:
    found = table(saved(tmp_path / "t.xlsx", ("a", [NAMES, ["1", "#N/A", "13123450001", "x"]])))
    assert codes(found)["error_cells"]["cells"] == "B2"
    assert found.rows[0].cells[1] == ""


def test_a_cover_sheet_and_a_sheet_for_each_agent(tmp_path: Path) -> None:
    one, two = ["1", "", "13123450001", "x"], ["2", "", "13123450002", "y"]
    path = saved(
        tmp_path / "t.xlsx",
        ("封面", [["某项目"], ["制表", "李娜", "x", "y", "z"]]),
        ("李娜", [NAMES, one]),
        ("王芳", [NAMES, two]),
    )
    found = table(path)
    assert [row.cells for row in found.rows] == [tuple(one), tuple(two)]
    assert [str(row.source) for row in found.rows] == ["t.xlsx:2", "t.xlsx[王芳]:2"]
    assert codes(found)["sheet_not_read"]["sheet"] == "封面"


def test_a_hidden_sheet_is_told(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(NAMES)
    book.active.append(["1", "", "13123450001", "x"])
    book.create_sheet("old").sheet_state = "hidden"
    book.save(tmp_path / "t.xlsx")
    assert codes(table(tmp_path / "t.xlsx"))["hidden_sheet"]["sheet"] == "old"


def test_row_numbers_are_those_of_the_sheet(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", ("a", [NAMES, ["1", "", "13123450001", "x"]]), first=4, left=3)
    found = table(path)
    assert [row.source.row for row in found.rows] == [5]
    assert found.columns == tuple(NAMES)


def test_a_password_is_told(tmp_path: Path) -> None:
    plain = io.BytesIO(hostile.plain())
    locked = io.BytesIO()
    OOXMLFile(plain).encrypt("secret", locked)
    path = tmp_path / "t.xlsx"
    path.write_bytes(locked.getvalue())
    with pytest.raises(KnownError) as refused:
        table(path)
    assert refused.value.code == "reading.encrypted"


def test_the_content_decides_what_a_file_is(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(hostile.plain())
    assert table(path).columns == ("编号", "电话")
    path = tmp_path / "t.xlsx"
    path.write_text("编号,电话\n1,2\n", "utf-8")
    assert table(path).columns == ("编号", "电话")


def test_an_empty_workbook(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as refused:
        table(saved(tmp_path / "t.xlsx", ("a", []), ("b", [])))
    assert refused.value.code == "reading.empty"
