"""Rows in memory as a table: a sound model, cells made only for what is on screen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table

MOST_MADE = 200


def test_the_model_is_sound_and_lazy(qtbot, qtmodeltester) -> None:
    made = []

    def cells(number: int) -> Sequence[Cell]:
        made.append(number)
        return (Cell(str(number)), Cell("已匹配", "check", "ok"))

    model = RowsModel(["编号", "状态"], cells)
    table = Table(model, "结果", (100, 0))
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    model.fill(range(10_000))
    table.go_to(9_000)
    qtbot.waitUntil(lambda: 9_000 in made)
    assert len(set(made)) < MOST_MADE
    model.remove(9_000)
    assert model.index(9_000, 0).data() == "9001"
    model.fill(range(3))
    model.replace(1, 7)
    assert model.index(1, 0).data() == "7"
    qtmodeltester.check(model)


def test_headings_are_passed_over(qtbot) -> None:
    model: RowsModel[str] = RowsModel([""], lambda text: (Cell(text, heading=text.isupper()),))
    table = Table(model, "查看", (0,), header=False)
    qtbot.addWidget(table)
    table.show()
    model.fill(["A", "b", "C", "d"])
    table.go_to(1)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current_row() == 3
    assert model.index(0, 0).flags() == Qt.ItemFlag.NoItemFlags
