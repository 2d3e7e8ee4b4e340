"""The workbook in a real spreadsheet program: it opens, calculates what we calculated, and prints."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.exchange.workbook import write_workbook
from desktop_app.words import LANGUAGES, Language, Words
from tests.exchange.findings import about, every_status, journal_parts
from tests.office import IN_OFFICE, converted

ALL_SHEETS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

pytestmark = IN_OFFICE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_formula_gives_our_number(tmp_path: Path, language: Language) -> None:
    words, source = Words(language), tmp_path / "book.xlsx"
    write_workbook(source, every_status(), about(), words, journal=journal_parts())
    # Saved again the formulas have no results, so that the program has to calculate.
    load_workbook(source).save(source)
    (saved,) = converted(source, tmp_path / "xlsx", "xlsx")
    front = load_workbook(saved, data_only=True).worksheets[0]
    good, bad = words.say("workbook.check_good"), words.say("workbook.check_bad")
    checks = [cell for row in front.iter_rows() for cell in row if cell.value in (good, bad)]
    assert len(checks) == 7 + 10 + 5 + 4 + 5 + 6 + 5
    for check in checks:
        live, value = (front.cell(check.row, check.column - step).value for step in (2, 1))
        assert (live, check.value) == (value, good), check.coordinate


def test_each_sheet_comes_out_as_text(tmp_path: Path) -> None:
    source = tmp_path / "book.xlsx"
    write_workbook(source, every_status(), about(), Words("en"), journal=journal_parts())
    sheets = {
        path.stem.split("-", 1)[1]: path for path in converted(source, tmp_path / "csv", ALL_SHEETS_CSV)
    }
    assert set(sheets) == set(load_workbook(source).sheetnames)
    with sheets["Records"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + 16
    assert rows[1][6] == "13123450000"
    with sheets["Audit"].open(encoding="utf-8", newline="") as file:
        assert "=1+1" in list(csv.reader(file))[1]


def test_it_prints(tmp_path: Path) -> None:
    source = tmp_path / "book.xlsx"
    write_workbook(source, every_status(), about(), Words("zh"))
    (pdf,) = converted(source, tmp_path / "pdf", "pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
