"""The charts over a real store: what they say when keys walk through them, and that they are drawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.records import log_record
from desktop_app.services.seats import seat_of
from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.background.messages import Messages
from desktop_app.ui.charts.axes import number_steps
from desktop_app.ui.charts.picture_panel import PicturePanel
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import apply_theme, current_tokens
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import Words
from tests.backgrounds import settle

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def panel(
    qtbot: QtBot, qapp: QApplication, store: Store, background: Background, tmp_path: Path
) -> PicturePanel:
    apply_theme(qapp, "light")
    window = QWidget()
    qtbot.addWidget(window)
    words = Words("zh")
    session = Session(
        store=store,
        person=seat_of(store),
        words=words,
        background=background,
        clock=lambda: NINE,
        preferences=Preferences(tmp_path / "window.ini"),
        shortcuts=Shortcuts(window),
        messages=Messages(words, Notice(words, window), background, data_folder=tmp_path),
    )
    panel = PicturePanel(session)
    qtbot.addWidget(panel)
    panel.resize(1100, 300)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def draw(panel: PicturePanel, qtbot: QtBot, background: Background, minutes: int = 60) -> None:
    panel.show_span(NINE, NINE + timedelta(minutes=minutes))
    settle(qtbot, background)


def told(panel: PicturePanel, name: str) -> str:
    label = panel.findChild(QLabel, f"read_{name}")
    assert label is not None
    return label.text()


def call(store: Store, minutes: int, **values: str) -> None:
    log_record(store, {"phone": "13123450002", **values}, now=NINE + timedelta(minutes=minutes))


def test_keys_read_the_bars(panel: PicturePanel, qtbot: QtBot, store: Store, background: Background) -> None:
    call(store, 1)
    call(store, 16, kind="urgent")
    call(store, 17)
    draw(panel, qtbot, background)
    qtbot.keyClick(panel.calls, Qt.Key.Key_Right)
    assert told(panel, "calls") == "09:00–09:15：1 条，紧急 0 条"
    qtbot.keyClick(panel.calls, Qt.Key.Key_Right)
    assert told(panel, "calls") == "09:15–09:30：2 条，紧急 1 条"
    assert panel.calls.accessibleDescription() == told(panel, "calls")
    qtbot.keyClick(panel.calls, Qt.Key.Key_End)
    assert told(panel, "calls") == "09:45–10:00：0 条，紧急 0 条"
    qtbot.keyClick(panel.calls, Qt.Key.Key_Home)
    assert told(panel, "calls").startswith("09:00")


def test_keys_read_what_burns_down(
    panel: PicturePanel, qtbot: QtBot, store: Store, background: Background
) -> None:
    call(store, 1)
    call(store, 16, callback_due="2026-03-02 11:00")
    draw(panel, qtbot, background)
    qtbot.keyClick(panel.open, Qt.Key.Key_End)
    assert told(panel, "open") == "10:00：待补录 2，未结承诺 1"
    for _ in range(2):
        qtbot.keyClick(panel.open, Qt.Key.Key_Left)
    assert told(panel, "open") == "09:01：待补录 1，未结承诺 0"


def test_an_empty_span_says_so_and_is_drawn(
    panel: PicturePanel, qtbot: QtBot, background: Background
) -> None:
    draw(panel, qtbot, background)
    said = [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]
    assert any(text.startswith("这段时间还没有记录") for text in said)
    assert not panel.grab().isNull()


def test_lines_differ_without_colour(
    panel: PicturePanel, qtbot: QtBot, store: Store, background: Background
) -> None:
    """A bar has hatching where calls are urgent: both its ink and its ground are there."""
    call(store, 1, kind="urgent")
    draw(panel, qtbot, background)
    image = panel.calls.grab().toImage()
    axes = panel.calls.axes()
    left, right = axes.x(NINE), axes.x(NINE + timedelta(minutes=15))
    middle = [
        image.pixelColor(x, int(axes.y(0)) - 20).name().upper() for x in range(int(left) + 8, int(right) - 8)
    ]
    assert current_tokens().surface in middle
    assert len(set(middle)) > 1


@pytest.mark.parametrize("highest", [0, 1, 3, 4, 5, 9, 17, 99, 100, 1234, 99_999])
def test_round_numbers_reach_the_highest(highest: int) -> None:
    steps = number_steps(highest)
    assert steps[0] == 0
    assert steps[-1] >= highest
    assert 2 <= len(steps) <= 7
    assert len({after - before for before, after in pairwise(steps)}) == 1
