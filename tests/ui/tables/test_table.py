import pytest
from PySide6.QtWidgets import QApplication, QHeaderView
from pytestqt.qtbot import QtBot

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


LONG = "恢复不了，报运营主管和中心经理，还没解决就决定下一步怎么办"


@pytest.fixture
def clocks(qtbot: QtBot) -> Table:
    model = RowsModel[str](["what", "state"], lambda text: (Cell(text), Cell("20:00")))
    model.fill(["短", LONG * 2, "短"])
    made = Table(model, "clocks", (0, 100), wrap=True)
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    QApplication.processEvents()
    return made


def heights(clocks: Table) -> list[int]:
    return [clocks.rowHeight(row) for row in range(clocks.model().rowCount())]


def test_a_row_is_as_high_as_its_words(clocks: Table) -> None:
    short, long, again = heights(clocks)
    assert (short == again, long > 2 * short) == (True, True)
    clocks.resize(1200, 300)
    QApplication.processEvents()
    assert heights(clocks)[1] < long


def test_a_countdown_measures_no_row(clocks: Table, qtbot: QtBot) -> None:
    model = clocks.model()
    assert isinstance(model, RowsModel)
    with qtbot.assertNotEmitted(clocks.fitted):
        model.replace(0, "长" * 3)
        QApplication.processEvents()
    with qtbot.waitSignal(clocks.fitted):
        model.fill([LONG * 2, "短"])
    short = heights(clocks)
    assert short[0] > 2 * short[1]
