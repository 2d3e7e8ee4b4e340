import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.form_row import FormGrid, form_row
from desktop_app.ui.widgets.mnemonics import bare


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("号码(&P)", "号码"),
        ("&Phone", "Phone"),
        ("位置（楼栋）(&A)", "位置（楼栋）"),
        ("R&&D", "R&D"),
        ("没有", "没有"),
        ("第 n 次(&N)：", "第 n 次："),
    ],
)
def test_a_name_has_no_mnemonic(text, name):
    assert bare(text) == name


def test_alt_and_letter_reach_fields_and_chips(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    grid = FormGrid(window)
    phone, name, notes, chips = (
        QLineEdit(),
        QLineEdit(),
        QPlainTextEdit(),
        ChipGroup([("a", "甲"), ("b", "乙")]),
    )
    grid.pair("号码(&P)", phone, "称呼(&N)", name)
    grid.row("内容(&D)", notes)
    grid.row("回访(&B)", chips)
    chips.set_code("b")
    window.show()
    window.activateWindow()
    phone.setFocus()
    qtbot.waitUntil(phone.hasFocus)
    for key, reached in ((Qt.Key.Key_N, name), (Qt.Key.Key_D, notes), (Qt.Key.Key_P, phone)):
        qtbot.keyClick(window.focusWidget(), key, Qt.KeyboardModifier.AltModifier)
        assert window.focusWidget() is reached
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert window.focusWidget().text() == "乙"
    assert [one.accessibleName() for one in (phone, name, notes, chips)] == ["号码", "称呼", "内容", "回访"]


def test_labels_end_at_one_edge_and_fields_begin_at_one(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    grid = FormGrid(window)
    fields = [QLineEdit(), QLineEdit()]
    labels = [grid.row("号码(&P)", fields[0]), grid.row("第几次来电(&T)", fields[1])]
    window.show()
    assert len({label.geometry().right() for label in labels}) == 1
    assert len({field.x() for field in fields}) == 1
    assert all(label.alignment() & Qt.AlignmentFlag.AlignRight for label in labels)


def test_one_row_alone(qtbot):
    field = QLineEdit()
    row = form_row("&Phone", field)
    qtbot.addWidget(row)
    row.show()
    assert field.accessibleName() == "Phone"
    assert field.isVisible()
