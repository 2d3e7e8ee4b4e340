"""The strip says as much as there is room for; whose desk it is comes before the keys."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.desk.top_strip import PLACES, TopStrip
from desktop_app.ui.widgets.labels import ElidedLabel
from desktop_app.words import Words
from tests.ui.sessions import begin_session, show_page


@pytest.mark.parametrize(
    ("width", "words", "hints"), [(1900, True, True), (1093, True, False), (560, False, False)]
)
def test_keys_go_first_and_words_next(
    qtbot: QtBot, store: Store, background: Background, tmp_path, width: int, words: bool, hints: bool
) -> None:
    session = begin_session(qtbot, store, background, tmp_path, words=Words("en"))
    strip = show_page(qtbot, TopStrip, session, (width, 60))
    buttons = [strip.findChild(QPushButton, f"go_{place}") for place in PLACES]
    assert {bool(button.text()) for button in buttons} == {words}
    assert {bool(button.keys()) for button in buttons} == {hints}
    assert all(button.accessibleName() for button in buttons)
    assert all(button.toolTip() for button in buttons) is not hints
    if words:
        qtbot.waitUntil(lambda: not strip.findChild(ElidedLabel).is_elided())
    strip.window().resize(1900, 60)
    assert all(button.text() and button.keys() for button in buttons)


def test_the_list_of_customers_belongs_to_the_settings(
    qtbot: QtBot, store: Store, background: Background, tmp_path
) -> None:
    strip = show_page(qtbot, TopStrip, begin_session(qtbot, store, background, tmp_path), (1366, 60))
    for place in ("desk", "customers", "settings"):
        strip.show_place(place)
        marked = [name for name in PLACES if strip.findChild(QPushButton, f"go_{name}").isChecked()]
        assert marked == ["settings" if place == "customers" else place]
