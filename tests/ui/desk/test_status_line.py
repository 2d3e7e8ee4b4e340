"""What the bottom line says of a real store: saved, refused, open, written by somebody else."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtTest import QSignalSpy

from desktop_app.domain.errors import KnownError
from desktop_app.domain.roles import Role
from desktop_app.services.records import log_record
from desktop_app.services.seats import seat_of
from desktop_app.services.steady_time import SteadyClock
from desktop_app.ui.capture.drafting import DraftKeeper
from desktop_app.ui.desk import status_line
from desktop_app.ui.desk.status_line import StatusLine
from tests.backgrounds import settle
from tests.hearsay import Hearsay, identity
from tests.refusing import no_room
from tests.ui.sessions import begin_session

CALL = {"kind": "enquiry", "caller_name": "王芳", "phone": "13123450001", "detail": "停水了"}


@pytest.fixture
def desk(qtbot, store, background, tmp_path, monkeypatch):
    monkeypatch.setattr(status_line, "LOOK_MILLISECONDS", 100)
    session = begin_session(qtbot, store, background, tmp_path, person=seat_of(store))
    window = session.shortcuts.parent()
    window.keeper = DraftKeeper(store, background, session.clock, window)
    window.line = StatusLine(session, window.keeper, window)
    window.session = session
    window.resize(1366, 30)
    window.show()
    settle(qtbot, background)
    return window


def test_it_says_first_that_everything_is_saved(qtbot, desk, background) -> None:
    assert desk.line.saved.text() == "本机还没有记录；保存后即加密存放"
    desk.keeper.edited(CALL)
    desk.keeper.save(CALL)
    qtbot.waitUntil(lambda: desk.line.saved.text() == "全部 1 条已保存在本机（加密）", timeout=10_000)
    assert (desk.line.saved.tone, desk.line.drafts.text()) == ("ok", "")
    assert desk.line.layout().itemAt(0).widget() is desk.line.saved
    settle(qtbot, background)


def test_refused_text_turns_it_amber_until_the_store_has_it(qtbot, desk, background) -> None:
    desk.keeper._retry_timer.setInterval(50)
    with no_room():
        desk.keeper.edited(CALL)
        qtbot.waitUntil(lambda: desk.line.saved.tone == "warn")
        assert desk.line.saved.text() == "1 条尚未存下，文字还在这里"
    qtbot.waitUntil(lambda: desk.line.saved.tone == "ok")
    settle(qtbot, background)


def test_drafts_beside_the_one_in_hand_are_counted(qtbot, desk, background) -> None:
    desk.keeper.edited(CALL)
    settle(qtbot, background)
    qtbot.wait(150)
    assert desk.line.drafts.text() == ""
    desk.keeper.park()
    qtbot.waitUntil(lambda: desk.line.drafts.text() == "另有草稿 1 条", timeout=10_000)
    settle(qtbot, background)


def test_what_is_written_beside_the_window_shows_within_moments(qtbot, desk, store, background) -> None:
    changed = QSignalSpy(desk.line.store_changed)
    log_record(store, {"phone": "13123450001"}, now=datetime.now(UTC) - timedelta(hours=1))
    qtbot.waitUntil(lambda: changed.count() == 1, timeout=10_000)
    assert desk.line.saved.text() == "全部 1 条已保存在本机（加密）"
    assert desk.line.to_complete.text() == "待补全 1 条"
    desk.keeper.edited(CALL)
    qtbot.wait(400)
    assert changed.count() == 1, "a draft is no record"
    settle(qtbot, background)


def test_a_receipt_shows_though_no_record_changed(qtbot, desk, store, background) -> None:
    changed, delivered = QSignalSpy(desk.line.store_changed), QSignalSpy(desk.line.delivery_changed)
    Hearsay(store).hears(identity("01", role=Role.LEAD))
    qtbot.waitUntil(lambda: delivered.count() == 1, timeout=10_000)
    assert changed.count() == 0
    settle(qtbot, background)


def test_a_store_that_cannot_be_read_is_told_once(qtbot, desk, background, monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise KnownError("store.damaged")

    monkeypatch.setattr(status_line, "standing_if_changed", refuse)
    told = desk.session.messages.problems
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(300)
    assert [problem.code for problem in told] == ["store.damaged"]


def test_the_clock_shows_the_site_s_time_to_the_minute(desk) -> None:
    moment = datetime.now(UTC) + timedelta(hours=8)
    assert desk.line.time.text() in {
        (moment - timedelta(minutes=late)).strftime("%Y-%m-%d %H:%M") for late in (0, 1)
    }
    assert 0 < desk.line._minute.interval() <= 60_020


def test_a_clock_that_was_set_is_told_beside_the_time(desk) -> None:
    wall, begun = datetime(2026, 12, 28, 4, 0, tzinfo=UTC), time.monotonic()
    moved = [timedelta()]
    clock = SteadyClock(lambda: wall + moved[0], lambda: time.monotonic() - begun)
    object.__setattr__(desk.session, "clock", clock)
    desk.line._show_time()
    assert (desk.line.time.text(), desk.line.time.toolTip()) == ("2026-12-28 12:00", "")
    moved[0] = timedelta(hours=-3)
    desk.line._show_time()
    assert desk.line.time.text() == "2026-12-28 12:00（电脑时钟被改过）"
    assert "拨慢了约 180 分钟" in desk.line.time.toolTip()
