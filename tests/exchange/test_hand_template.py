"""The sheet for a desk without this program: its lists, its look, its print."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.domain.fields import FIELDS, TEMPLATE_COLUMNS
from desktop_app.domain.form_fields import FieldType
from desktop_app.exchange.hand_template import Sheet, sheet_names, write_template
from desktop_app.exchange.own_template import header, is_own
from desktop_app.words import LANGUAGES, Language, Words

NUMBERS = [f"07-{place:05d}-0" for place in range(1, 31)]
SHEET = Sheet("07", NUMBERS, "前台", "2026-11-22 09:00")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_offers_what_it_takes_and_lets_the_rest_in(tmp_path: Path, language: Language) -> None:
    words, path = Words(language), tmp_path / "sheet.xlsx"
    write_template(path, SHEET, words)
    book = load_workbook(path)
    rows, _, lists = book.worksheets
    heads = [cell.value for cell in rows[1]]
    assert heads == header(words)
    assert is_own(map(str, heads))
    spans = {rule: next(iter(rule.sqref.ranges)) for rule in rows.data_validations.dataValidation}
    rules = {span.min_col: rule for rule, span in spans.items()}
    assert sorted(rules) == list(range(1, len(TEMPLATE_COLUMNS) + 1))
    for place, column in enumerate(TEMPLATE_COLUMNS, 1):
        assert rules[place].prompt == words.say(f"table.hint.{column}")
        # A word that is not in the list is kept: saving never waits for a field.
        assert rules[place].errorStyle == "warning" or rules[place].type is None
        assert spans[rules[place]].max_row == len(NUMBERS) + 1
    kinds = rules[TEMPLATE_COLUMNS.index("kind") + 1].formula1
    place = kinds.split("$")[1]
    assert kinds.startswith(f"'{lists.title}'!")
    offered = [cell.value for cell in lists[place] if cell.value]
    assert offered[0] == ("咨询" if language == "zh" else "enquiry")
    assert {words.say("table.sheet.how"), lists.title} <= sheet_names()


def test_it_prints_on_a4_across_with_its_header_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write_template(path, SHEET, Words("zh"))
    rows = load_workbook(path).worksheets[0]
    assert (rows.page_setup.paperSize, rows.page_setup.orientation) == (9, "landscape")
    assert str(rows.print_title_rows).replace("$", "") == "1:1"
    assert rows.freeze_panes == "B2"
    formats = [cell.number_format for cell in rows[2]]
    moments = [FIELDS[column].type is FieldType.MOMENT for column in TEMPLATE_COLUMNS]
    # Typed as text a leading zero stays; typed as a time of day it becomes one.
    assert formats == ["yyyy-mm-dd hh:mm" if moment else "@" for moment in moments]
    assert NUMBERS[-1] in str(rows.oddFooter.left.text)
