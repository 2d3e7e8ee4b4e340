from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.fitting_area import FittingArea


def test_it_asks_for_all_of_its_page_and_shows_what_has_the_focus(qtbot):
    page = QWidget()
    column = QVBoxLayout(page)
    lines = [LineEdit() for _ in range(30)]
    for line in lines:
        column.addWidget(line)
    area = FittingArea(page)
    qtbot.addWidget(area)
    assert area.sizeHint().height() == page.sizeHint().height() + 2 * area.frameWidth()
    area.resize(300, 200)
    area.show()
    area.activateWindow()
    assert page.height() > 700
    lines[-1].setFocus()
    qtbot.waitUntil(lines[-1].hasFocus)
    place = lines[-1].mapTo(area, lines[-1].rect().center())
    assert area.rect().contains(place), "a field that is gone to is brought into sight"
