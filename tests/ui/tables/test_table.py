import pytest
from PySide6.QtWidgets import QHeaderView

from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table

HEADINGS = ("Column in the file, as somebody called it", "No.", "What is read of it, in the end")


@pytest.fixture
def table(qtbot) -> Table:
    made = Table(RowsModel[str](HEADINGS, lambda row: [Cell(row)] * 3), "Columns", (60, 80, 0))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("width", [900, 200])
def test_a_heading_is_never_cut(table, width):
    table.resize(width, 200)
    header = table.horizontalHeader()
    for column, words in enumerate(HEADINGS):
        assert header.fontMetrics().horizontalAdvance(words) < header.sectionSize(column)
    stretches = header.sectionResizeMode(2) is QHeaderView.ResizeMode.Stretch
    assert stretches is (width == 900), "where there is no room for them the table scrolls"
    assert table.columnWidth(1) == 80


def test_a_low_table_keeps_two_rows(qtbot):
    rows = RowsModel[str]([""], lambda row: [Cell(row)])
    made = Table(rows, "Rows", (0,), header=False, low=True)
    qtbot.addWidget(made)
    rows.fill([str(number) for number in range(9)])
    assert 60 <= made.minimumSizeHint().height() < 90
    assert made.sizeHint().height() == made.minimumSizeHint().height()
