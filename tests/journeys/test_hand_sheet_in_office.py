"""Our sheet for a desk without this program, in a real spreadsheet program and back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.services.hand_table import judge, look_at
from desktop_app.services.hand_table_import import take_in
from desktop_app.services.hand_template import make_sheet
from desktop_app.services.progress import Progress
from desktop_app.services.records import template_rows
from desktop_app.words import LANGUAGES, Language, Words
from tests.office import IN_OFFICE, converted
from tests.stores import new_store

pytestmark = IN_OFFICE
CSV = "csv:Text - txt - csv (StarCalc):44,34,76"
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", CSV])
@pytest.mark.parametrize("language", LANGUAGES)
def test_filled_in_and_saved_by_another_program(tmp_path: Path, language: Language, kind: str) -> None:
    store = new_store(tmp_path / "store")
    source = tmp_path / "sheet.xlsx"
    numbers = make_sheet(store, source, 8, Words(language), for_whom="前台", now=NOW)
    book = load_workbook(source)
    rows = book.worksheets[0]
    for row in (2, 3):
        for column, value in (
            ("kind", "投诉" if language == "zh" else "complaint"),
            ("received_at", datetime(2026, 11, 22, 9, 30 + row)),  # noqa: DTZ001  a cell knows of no zone
            ("phone", "01055501234"),
            ("detail", "停水\n第二行"),
        ):
            rows.cell(row, TEMPLATE_COLUMNS.index(column) + 1).value = value
    book.save(source)
    (saved,) = converted(source, tmp_path / "out", kind)
    if kind == "xlsx":
        again = load_workbook(saved)
        rules = again.worksheets[0].data_validations.dataValidation
        lists = [rule for rule in rules if rule.type == "list"]
        assert len(lists) == 4
        assert {rule.errorStyle for rule in lists} == {"warning"}
        assert again.worksheets[2].sheet_state == "hidden"
    found = judge(store, look_at(store, saved, tmp_path, Progress()), Progress(), now=NOW)
    assert (len(found.rows), found.empty, found.seen.notes) == (2, 6, ())
    take_in(store, found, now=NOW, progress=Progress())
    first, second = template_rows(store)
    assert (first["number"], second["number"]) == (str(numbers[0]), str(numbers[1]))
    assert (first["kind"], first["phone"], first["detail"]) == ("complaint", "01055501234", "停水\n第二行")
    assert first["received_at"] == "2026-11-22T09:32:00+08:00"
    store.close()


def test_it_prints(tmp_path: Path) -> None:
    store = new_store(tmp_path / "store")
    source = tmp_path / "sheet.xlsx"
    make_sheet(store, source, 30, Words("zh"), for_whom="前台", now=NOW)
    (pdf,) = converted(source, tmp_path / "pdf", "pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
    store.close()
