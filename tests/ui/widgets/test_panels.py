from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton

from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.pill import Pill
from desktop_app.ui.widgets.progress_panel import ProgressPanel


def test_a_pill_is_icon_word_and_colour_at_once(qtbot):
    pill = Pill("warn", "warning", "还缺：地址")
    qtbot.addWidget(pill)
    pill.show()
    before = pill.grab().toImage()
    pill.show_state("ok", "check", "已填齐")
    assert (pill.text(), pill.accessibleName(), pill.tone) == ("已填齐", "已填齐", "ok")
    assert pill.grab().toImage() != before


def test_progress_tells_its_step_and_can_be_stopped_once(qtbot, words):
    panel = ProgressPanel(words)
    qtbot.addWidget(panel)
    panel.show()
    bar, button = panel.findChild(QProgressBar), panel.findChild(QPushButton)
    panel.begin("读取文件")
    assert (bar.minimum(), bar.maximum()) == (0, 0)
    panel.show_step("比对", 30, 120)
    assert (bar.value(), bar.maximum()) == (30, 120)
    with qtbot.waitSignal(panel.cancelled):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isEnabled()
    panel.begin("再来")
    assert button.isEnabled()


def test_an_empty_list_says_what_to_do(qtbot):
    button = SecondaryButton("开始登记", "F2")
    empty = EmptyState("records", "还没有记录。", button)
    qtbot.addWidget(empty)
    empty.resize(300, 300)
    empty.show()
    assert button.isVisible()
    empty.say("没有符合条件的记录。")
