from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.notice import Notice


def shown(qtbot, words) -> tuple[Notice, QLineEdit]:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    notice, field = Notice(words), QLineEdit()
    layout.addWidget(notice)
    layout.addWidget(field)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    notice.window_of_test = window  # keeps the window alive
    return notice, field


def test_a_message_takes_no_focus_and_renders_nothing(qtbot, words):
    notice, field = shown(qtbot, words)
    assert notice.isHidden()
    notice.tell("<b>已保存</b> 07-00042-5", "ok")
    assert notice.isVisible()
    assert field.hasFocus()
    label = next(one for one in notice.findChildren(PlainLabel) if "已保存" in one.text())
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert notice.accessibleName() == notice.text() == "<b>已保存</b> 07-00042-5"


def test_its_button_acts_and_a_new_message_has_its_own(qtbot, words):
    notice, _field = shown(qtbot, words)
    pressed: list[str] = []
    notice.tell("已保存", "ok", [("撤销", lambda: pressed.append("undo"))])
    notice.tell("磁盘已满", "urgent", [("打印", lambda: pressed.append("print"))])
    buttons = [one for one in notice.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in buttons] == ["打印"]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert pressed == ["print"]


def test_esc_and_the_cross_dismiss(qtbot, words):
    notice, _field = shown(qtbot, words)
    notice.tell("甲", "info", [("做", lambda: None)])
    button = next(one for one in notice.findChildren(QPushButton) if one.isVisible())
    with qtbot.waitSignal(notice.dismissed):
        qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert notice.isHidden()


def test_a_passing_message_goes_by_itself_and_not_with_the_time_of_the_one_before(qtbot, words):
    notice, _field = shown(qtbot, words)
    notice.tell("一会儿", "ok", seconds=0.05)
    notice.tell("要看到", "warn")
    qtbot.wait(120)
    assert notice.isVisible()
    with qtbot.waitSignal(notice.dismissed):
        notice.tell("一会儿", "ok", seconds=0.05)


def test_tab_comes_to_its_buttons_as_they_stand(qtbot, words):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    above, notice, below = QLineEdit(), Notice(words), QLineEdit()
    for part in (above, notice, below):
        layout.addWidget(part)
    window.show()
    window.activateWindow()
    above.setFocus()
    notice.tell("已导入", "ok", [("撤销", lambda: None), ("查看", lambda: None)])
    walked = []
    for _ in range(4):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        walked.append(window.focusWidget())
    assert [one.accessibleName() for one in walked[:2]] == ["撤销", "查看"]
    assert walked[2:] == [notice._close, below]
