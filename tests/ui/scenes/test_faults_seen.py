"""The look at windows sees what it is there to see."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.widgets.buttons import IconButton, SecondaryButton
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel
from tests.ui.scenes.faults_seen import faults_of, tab_faults


@pytest.fixture
def window(qtbot, qapp: QApplication) -> QWidget:
    apply_theme(qapp, "light")
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    return made


def seen(window: QWidget, *parts: QWidget, width: int = 400) -> list[str]:
    for part in parts:
        window.layout().addWidget(part)
    window.resize(width, 300)
    window.show()
    QApplication.processEvents()
    return faults_of(window)


def named(field: QWidget, name: str = "名") -> QWidget:
    field.setAccessibleName(name)
    return field


def test_a_good_window_has_no_fault(window):
    chips = ChipGroup([("a", "甲"), ("b", "乙")], name="选择")
    combo = Combo([("a", "甲")], name="类别")
    parts = (PlainLabel("说明"), named(QLineEdit()), chips, combo, SecondaryButton("存", "F9"))
    assert seen(window, *parts, IconButton("close", "关闭")) == []


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (lambda: QLineEdit(), "has no name"),
        (lambda: named(QLineEdit(), "号码(P)"), ""),
        (lambda: named(QLineEdit(), "号码(&P)"), "with its mnemonic"),
        (lambda: QLabel("x"), "might render"),
        (lambda: QPushButton("", None), "has no name"),
    ],
)
def test_names_and_plain_text(window, part, told):
    found = seen(window, part())
    assert bool(found) == bool(told)
    assert all(told in one for one in found)


def test_small_targets_and_cut_words(window):
    class Small(QAbstractButton):
        def paintEvent(self, event):
            """Nothing to see."""

    small = named(Small())
    small.setFixedHeight(18)
    narrow = PlainLabel("一行很长的文字放不下")
    narrow.setFixedWidth(40)
    low = PlainLabel("很长的文字" * 30, wrap=True)
    low.setFixedHeight(20)
    button = SecondaryButton("按钮上的文字")
    button.setFixedWidth(40)
    asking = named(QLineEdit())
    asking.setPlaceholderText("输入号码、姓名或者拼音首字母来筛选")
    asking.setFixedWidth(80)
    found = "\n".join(seen(window, small, narrow, low, button, asking))
    for told in ("×18", "cuts '一行", "is too low", "cuts '按钮", "cuts '输入"):
        assert told in found


def test_overlaps_and_what_hangs_outside(window):
    PlainLabel("压", window).setGeometry(0, 0, 200, 60)
    outside = PlainLabel("外", window)
    outside.setGeometry(390, 250, 200, 20)
    found = "\n".join(seen(window, PlainLabel("下"), PlainLabel("再下")))
    assert "lies over" in found
    assert "is outside" in found


def test_one_letter_for_two_fields(window):
    grid = FormGrid()
    grid.row("号码(&P)", QLineEdit())
    grid.row("地址(&P)", QLineEdit())
    window.layout().addLayout(grid)
    assert seen(window) == ["Alt+P means 2 things"]


def test_tab_comes_round_or_is_told_where_it_stays(window, qtbot):
    class Trap(QLineEdit):
        def event(self, event):
            if event.type() == event.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
                return True
            return super().event(event)

    first, second = named(QLineEdit()), named(QLineEdit())
    seen(window, first, second)
    window.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    assert tab_faults(window) == []
    trap = named(Trap())
    trap.setObjectName("trap")
    seen(window, trap)
    first.setFocus()
    assert "Tab stays in trap" in tab_faults(window)[0]


def test_a_stop_that_does_not_show_its_focus_is_told(window, qtbot):
    class Blank(QWidget):
        def paintEvent(self, event):
            """The same with the focus and without."""

    blank = named(Blank())
    blank.setObjectName("blank")
    blank.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    first = named(QLineEdit())
    seen(window, first, blank)
    window.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    assert tab_faults(window) == ["blank < QWidget looks the same with the focus"]


def test_a_picture_without_a_word_is_told(window):
    table = named(QTableView())
    model = QStandardItemModel(1, 2, table)
    for column, word in enumerate(("已保存", "")):
        item = QStandardItem(QIcon(QPixmap(8, 8)), "")
        item.setAccessibleText(word)
        model.setItem(0, column, item)
    table.setModel(model)
    assert [one for one in seen(window, table) if "picture" in one] == [
        "QTableView < QWidget has a picture without a word in column 1"
    ]


def test_what_scrolls_sideways_is_a_fault(window):
    area = QScrollArea()
    area.setWidgetResizable(True)
    page = QWidget()
    area.setWidget(page)
    assert seen(window, area) == []
    page.setMinimumWidth(600)
    assert any("scrolls sideways" in one for one in seen(window, area))
