import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from desktop_app.paths import resources
from desktop_app.ui.theme.tokens import LIGHT
from desktop_app.ui.widgets.icons import app_icon, icon, names, pixmap


def test_every_icon_draws_itself_in_the_colour_asked_for():
    assert len(names()) > 30
    for name in names():
        image = pixmap(name, LIGHT.urgent, 24, 1.0).toImage()
        seen = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
        drawn = [colour for colour in seen if colour.alpha() > 200]
        assert len(drawn) > 10, name
        assert all(colour.red() > colour.green() + 60 for colour in drawn), name


def test_an_icon_is_sharp_on_a_dense_screen():
    assert pixmap("save", LIGHT.text, 18, 2.0).size() == QSize(36, 36)


def test_an_icon_that_there_is_not_is_a_bug():
    with pytest.raises(KeyError):
        pixmap("no-such-icon", LIGHT.text)


def test_a_disabled_icon_is_grey():
    made = icon("lock", LIGHT.accent)
    assert made.pixmap(18, QIcon.Mode.Disabled).toImage() != made.pixmap(18, QIcon.Mode.Normal).toImage()


def test_the_program_has_an_icon_for_the_taskbar_and_the_packages():
    assert not app_icon().pixmap(64, 64).isNull()
    assert (resources() / "icons" / "fallback-desk.png").read_bytes().startswith(b"\x89PNG")


def test_an_icon_is_made_once_for_each_look_it_has():
    first = icon("lock", LIGHT.accent)
    assert icon("lock", LIGHT.accent) is first
    assert icon("lock", LIGHT.urgent) is not first
    assert icon("lock", LIGHT.accent, 24) is not first
