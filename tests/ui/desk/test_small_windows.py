"""At the smallest size of the window nothing of the desk is cut, whatever the kind, the words and the zoom.

1093×520 is what a title bar and a task bar leave of 1366×768 at 125 % (DESK §5).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.kinds import Kind
from desktop_app.ui.theme.style import apply_theme
from desktop_app.words import Words
from tests.pseudo import PseudoWords
from tests.ui.desk.desks import Desk, make_store
from tests.ui.scenes.faults_seen import faults_of

SMALLEST = (1093, 520)
KEYS = dict(
    zip(Kind, (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6), strict=True)
)


@pytest.fixture(params=[("zh", Words), ("en", Words), ("en", PseudoWords)], ids=["zh", "en", "pseudo"])
def small(request, qapp: QApplication, qtbot: QtBot, own_data_folder: Path) -> Iterator[Desk]:
    language, speak = request.param
    make_store(own_data_folder / "store", own_data_folder)
    desk = Desk(qtbot, own_data_folder, own_data_folder / "store", language, speak=speak)
    desk.unlock()
    desk.window.resize(*SMALLEST)
    desk.waits(lambda: desk.focused() == "phone")
    yield desk
    desk.close()
    apply_theme(qapp, "light")


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_kind_of_the_form_fits(small: Desk, scale: float) -> None:
    small.window._zoom.choose(scale)
    small.window._zoom._told.hide()
    small.types("13123450001")
    found: dict[str, list[str]] = {}
    for kind, key in KEYS.items():
        small.press(key)
        found[kind.value] = rest(small)
        assert small.window.width() == SMALLEST[0]
        assert small.window.height() == SMALLEST[1]
        for name in ("save_next", "park", "phone"):
            assert whole(small, small.find(name)), (kind, name)
    assert {kind: faults for kind, faults in found.items() if faults} == {}


def rest(desk: Desk) -> list[str]:
    """Return what is wrong with the window once its layout has come to rest."""
    for _ in range(20):
        desk.qtbot.wait(10)
        if not faults_of(desk.window):
            break
    return faults_of(desk.window)


def whole(desk: Desk, widget: QWidget) -> bool:
    """Whether all of a widget can be seen."""
    return widget.visibleRegion().boundingRect() == widget.rect() and desk.window.rect().contains(
        QRect(widget.mapTo(desk.window, QPoint()), widget.size())
    )
