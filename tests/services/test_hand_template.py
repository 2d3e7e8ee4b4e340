"""A sheet is made of reserved numbers; what cannot be written reserves none."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.domain.errors import KnownError
from desktop_app.services import hand_template
from desktop_app.services.hand_template import make_sheet
from desktop_app.services.number_blocks import blocks
from desktop_app.storage.store import Store
from desktop_app.words import LANGUAGES, Language, Words

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_rows_carry_the_numbers_of_a_block(store: Store, tmp_path: Path, language: Language) -> None:
    words, path = Words(language), tmp_path / "sheet.xlsx"
    numbers = make_sheet(store, path, 20, words, for_whom="=前台", now=NOW)
    rows, notes, lists = load_workbook(path).worksheets
    assert [cell.value for cell in rows["A"][1:]] == [str(number) for number in numbers]
    assert lists.sheet_state == "hidden"
    assert blocks(store)[0].first == numbers[0]
    said = "\n".join(str(cell.value) for cell in notes["A"] if cell.value)
    assert "=前台" in said
    assert str(numbers[0]) in said
    assert "2026-11-22 09:00" in said
    assert not [
        cell for sheet in (rows, notes, lists) for row in sheet for cell in row if cell.data_type == "f"
    ]


def test_what_cannot_be_written_reserves_nothing(store: Store, tmp_path: Path) -> None:
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(b"somebody's work")
    for path, code in (
        (filled, "table.there"),
        (tmp_path / "sheet.csv", "table.suffix"),
        (tmp_path / "nowhere" / "sheet.xlsx", "writing.no_folder"),
    ):
        with pytest.raises(KnownError) as refused:
            make_sheet(store, path, 5, Words("zh"), for_whom="", now=NOW)
        assert refused.value.code == code
    assert blocks(store) == []
    assert filled.read_bytes() == b"somebody's work"


def test_numbers_of_a_sheet_that_was_not_written_are_given_back(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_told: object) -> None:
        raise KnownError("writing.failed", file="sheet.xlsx", problem="disk full")

    monkeypatch.setattr(hand_template, "write_template", full)
    with pytest.raises(KnownError):
        make_sheet(store, tmp_path / "sheet.xlsx", 5, Words("zh"), for_whom="", now=NOW)
    (block,) = blocks(store)
    assert (block.out, block.skipped) == (0, 5)
