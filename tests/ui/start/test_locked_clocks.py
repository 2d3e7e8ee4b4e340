"""Behind the lock screen clocks go on: they ring at the moment, and the screen says what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.ringing import DueKind, DueTime, Ring
from desktop_app.domain.site_text import Bilingual
from desktop_app.ui.background.background import Background
from desktop_app.ui.start import due_panel
from desktop_app.ui.start.due_panel import DuePanel
from desktop_app.ui.start.locked_clocks import LockedClocks
from desktop_app.ui.widgets.pill import Pill
from desktop_app.words import Words

NOON = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
BEIJING = timezone(timedelta(hours=8))


def clock(minutes: float, title: str = "组长报主管") -> DueTime:
    return DueTime(f"c{minutes}", DueKind.CLOCK, NOON + timedelta(minutes=minutes), Bilingual(title), "G07-1")


class Wall:
    """A locked desk, and what rings at it."""

    def __init__(self, background: Background, *times: DueTime) -> None:
        self.now = NOON
        self.window = QWidget()
        self.clocks = LockedClocks(times, lambda: self.now, background, self.window)
        self.rung: list[tuple[str, bool]] = []
        self.clocks.rang.connect(self._heard)
        self.panel = DuePanel(self.clocks, Words("zh"), BEIJING, self.window)
        self.window.show()

    def at(self, minutes: float) -> list[tuple[str, bool]]:
        self.now, self.rung = NOON + timedelta(minutes=minutes), []
        self.clocks.look()
        return self.rung

    def said(self) -> list[str]:
        return [
            one.text()
            for one in self.panel.findChildren(QLabel)
            if one.isVisibleTo(self.panel) and one.text() and self.panel.isVisibleTo(self.window)
        ]

    def _heard(self, ring: Ring) -> None:
        self.rung.append((ring.time.key, ring.late))


@pytest.fixture
def beeps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append("beep"))
    return heard


def test_it_rings_behind_the_lock_screen(qtbot: QtBot, background: Background, beeps: list[str]) -> None:
    wall = Wall(background, clock(5), clock(10), clock(-1))
    assert wall.at(2.9) == []
    assert (wall.at(3), beeps) == ([("c5", False)], [])
    assert (wall.at(5), beeps) == ([("c5", True)], ["beep"])
    assert wall.at(6) == []
    # The PC slept through both moments.
    assert (wall.at(60), beeps) == ([("c10", True)], ["beep", "beep"])
    wall.clocks.stop()
    assert wall.at(90) == []


def test_it_looks_by_itself_at_the_moment(qtbot: QtBot, background: Background, beeps: list[str]) -> None:
    wall = Wall(background, DueTime("soon", DueKind.CLOCK, NOON + timedelta(minutes=2, milliseconds=300)))
    wall.now = NOON + timedelta(milliseconds=300)
    qtbot.waitUntil(lambda: wall.rung == [("soon", False)], timeout=3000)
    wall.clocks.stop()


def test_the_screen_says_what_is_due(
    qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch, beeps: list[str]
) -> None:
    told: list[str] = []
    monkeypatch.setattr(due_panel, "announce", lambda _widget, text: told.append(text))
    wall = Wall(
        background,
        clock(5),
        clock(45, "告知等候的客户"),
        DueTime("p", DueKind.CALL_BACK, NOON + timedelta(minutes=20)),
        clock(43_200, "录像保存满 30 天"),
    )
    wall.at(3)
    title, *rows = wall.said()
    assert title == "到期的和一小时内到期的"
    assert rows == [
        "12:05 到期",
        "组长报主管",
        "12:20 到期",
        "有一个答应过的回访",
        "12:45 到期",
        "告知等候的客户",
    ]
    wall.at(5)
    assert wall.said()[1] == "现在到期"
    assert [one.tone for one in wall.panel.findChildren(Pill)][:2] == ["urgent", "quiet"]
    wall.at(8.5)
    assert wall.said()[1] == "已超 3 分钟"
    wall.at(125)
    assert wall.said()[1] == "已超 2 小时 0 分"
    assert told[:2] == ["还有约 2 分钟到期：组长报主管", "现在到期：组长报主管"]
    wall.clocks.stop()


def test_more_than_fits_is_counted(qtbot: QtBot, background: Background) -> None:
    wall = Wall(background, *(clock(-one) for one in range(1, 9)))
    assert wall.said()[-1] == "另有 4 项，解锁后查看"
    assert len([one for one in wall.said() if one.startswith("已超")]) == 4
    wall.clocks.stop()


def test_incidents_are_told_apart(qtbot: QtBot, background: Background) -> None:
    wall = Wall(background, clock(5), replace(clock(8), number="G07-2"))
    assert [one for one in wall.said() if "G07" in one] == ["组长报主管 · G07-1", "组长报主管 · G07-2"]
    wall.clocks.stop()


def test_nothing_due_says_nothing(qtbot: QtBot, background: Background) -> None:
    wall = Wall(background, clock(61))
    assert wall.said() == []
    wall.at(1)
    assert wall.said()[1] == "13:01 到期"
    wall.clocks.stop()
