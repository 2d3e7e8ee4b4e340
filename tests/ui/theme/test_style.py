import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.theme.sheet import style_sheet
from desktop_app.ui.theme.style import apply_theme, current_tokens, scaled
from desktop_app.ui.theme.tokens import DARK, LIGHT
from desktop_app.ui.widgets.labels import PlainLabel


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication):
    yield
    apply_theme(qapp, "light")


@pytest.mark.parametrize(("theme", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_a_theme_dresses_the_program(qapp: QApplication, theme, tokens):
    assert apply_theme(qapp, theme) is tokens
    assert current_tokens() is tokens
    assert qapp.style().objectName().lower() in ("fusion", "")
    assert qapp.palette().text().color().name().upper() == tokens.text
    assert tokens.accent in qapp.styleSheet()


def test_the_theme_of_the_system_is_one_of_both(qapp: QApplication):
    assert apply_theme(qapp, "system") in (LIGHT, DARK)
    assert qapp.property("desk_theme") == "system"


@pytest.mark.parametrize("scale", [0.9, 1.0, 1.15, 1.5])
def test_zoom_scales_text_and_lengths(qapp: QApplication, scale):
    apply_theme(qapp, "light", scale)
    assert qapp.font().pixelSize() == round(14 * scale)
    assert scaled(100) == pytest.approx(100 * scale, abs=4)


def test_no_text_is_below_12_pixels():
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", style_sheet(LIGHT))]
    assert sizes
    assert min(sizes) >= 12


def test_the_style_sheet_has_no_gaps(qtbot, qapp: QApplication):
    """A rule that Qt cannot parse would be a Qt warning, and that fails a test."""
    assert "$" not in style_sheet(DARK)
    apply_theme(qapp, "dark")
    window = QWidget()
    qtbot.addWidget(window)
    window.show()


def test_the_focus_ring_is_two_pixels_of_accent_and_moves_nothing(qtbot, qapp: QApplication):
    apply_theme(qapp, "light")
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    fields = [QLineEdit(), QComboBox(), QPushButton("x")]
    for field in fields:
        layout.addWidget(field)
    window.show()
    for field in fields:
        other = next(one for one in fields if one is not field)
        other.setFocus()
        without = field.grab().toImage()
        hint, height = field.sizeHint(), field.height()
        field.setFocus()
        qtbot.waitUntil(lambda field=field: field.hasFocus())
        ring = field.grab().toImage()
        middle = field.height() // 2
        assert [ring.pixelColor(x, middle).name().upper() for x in (0, 1)] == [LIGHT.accent] * 2
        assert without.pixelColor(0, middle).name().upper() == LIGHT.field_border
        assert (field.sizeHint().height(), field.height()) == (hint.height(), height)


def test_labels_change_colour_with_the_theme(qtbot, qapp: QApplication):
    apply_theme(qapp, "light")
    label = PlainLabel("超时", tone="urgent")
    qtbot.addWidget(label)
    label.show()
    assert _uses(label, LIGHT.urgent)
    apply_theme(qapp, "dark")
    assert _uses(label, DARK.urgent)


def _uses(label: PlainLabel, colour: str) -> bool:
    image = label.grab().toImage()
    return any(
        image.pixelColor(x, y).name().upper() == colour
        for x in range(image.width())
        for y in range(image.height())
    )


@pytest.mark.parametrize(
    ("policy", "room"), [(Qt.FocusPolicy.StrongFocus, 2), (Qt.FocusPolicy.NoFocus, 0)], ids=["stop", "none"]
)
def test_what_scrolls_keeps_its_content_clear_of_the_ring(qapp: QApplication, qtbot, policy, room):
    apply_theme(qapp, "light")
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setFocusPolicy(policy)
    area.resize(200, 100)
    area.show()
    around = area.viewport().geometry()
    assert (around.left(), around.top(), 200 - around.right() - 1) == (room, room, room)
