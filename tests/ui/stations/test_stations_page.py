"""A lead at the stations board, by keys: accepts a code, merges, waives, and sees what is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.domain.roles import Role
from desktop_app.storage.store import Store
from desktop_app.ui.stations import stations_page
from tests import hearsay
from tests.floor import NOW, Floor, pair
from tests.ui.stations.hands import (
    ALT,
    SEVEN,
    Open,
    calls,
    child,
    dialog,
    drop,
    handed_in,
)

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_hand_in_waits_until_its_code_is_compared_and_accepted_by_key(
    floor: Floor, open_page: Open
) -> None:
    lead, station, file = handed_in(floor)
    opened = open_page(lead.store)
    drop(opened, file)
    assert "待核对的工作站：07" in opened.text()
    assert calls(lead.store) == 0
    opened.press(Qt.Key.Key_Left, ALT)
    assert opened.page.board.waiting.hasFocus()
    assert station.identity.code in opened.text()
    opened.press(Qt.Key.Key_Y, ALT)
    assert opened.told.problems == []
    assert calls(lead.store) == 2
    assert "账目齐全" in opened.text()
    opened.press(Qt.Key.Key_Left, ALT)
    assert not opened.page.board.waiting.isVisible()
    assert [row[0] for row in opened.cells()] == ["01", "07"]


def test_whoever_comes_back_begins_at_what_came_meanwhile_and_a_receipt_follows_the_merge(
    floor: Floor, open_page: Open
) -> None:
    lead, _, file = handed_in(floor)
    opened = open_page(lead.store)
    assert opened.page.board.table.hasFocus()
    opened.page.hide()
    lead.merge(file)
    opened.page.show()
    opened.page.refresh()  # as the window does when the store changed: two readings are under way
    opened.page.setFocus()
    opened.settle()
    assert opened.page.board.waiting.hasFocus()
    held: list[int] = []
    opened.page.accepted.connect(lambda: held.append(calls(lead.store)))
    opened.press(Qt.Key.Key_Y, ALT)
    assert held == [2]


def test_what_is_not_accepted_goes_on_waiting(floor: Floor, open_page: Open) -> None:
    lead, _, file = handed_in(floor)
    lead.merge(file)
    opened = open_page(lead.store)
    assert opened.page.board.waiting.hasFocus()
    opened.press(Qt.Key.Key_N, ALT)
    assert opened.page.board.table.hasFocus()
    assert opened.page.board.waiting.isVisible()
    # The key that accepts does nothing while the panel is about a station.
    opened.press(Qt.Key.Key_Y, ALT)
    assert calls(lead.store) == 0


def test_every_file_of_a_merge_is_told_with_its_sentence(
    floor: Floor, open_page: Open, tmp_path: Path
) -> None:
    lead, station = floor.lead(), floor.desk("07")
    pair(lead, station)
    station.log_many(3)
    file = station.hand_in(lead)
    cut = tmp_path / "cut.handin"
    cut.write_bytes(file.read_bytes()[:-40])
    opened = open_page(lead.store)
    drop(opened, file, cut)
    view = opened.page.result
    shown = [
        [str(view.table.model().index(row, column).data() or "") for column in range(4)] for row in range(2)
    ]
    # Each call is a record and what came with it; the bundle has them all.
    assert shown[0][:3] == [file.name, "07", "已合并"]
    assert int(shown[0][3]) >= 3
    assert shown[1][0] == "cut.handin"
    assert shown[1][2] == "未收下"
    opened.press(Qt.Key.Key_Down)
    assert "cut.handin" in view.why.text()
    assert calls(lead.store) == 3
    drop(opened, file)
    assert "已有 1 个" in view.summary.text()


def test_a_merge_is_stopped_and_what_was_taken_stays(
    floor: Floor, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, station, other = floor.lead(), floor.desk("07"), floor.desk("08")
    pair(lead, station, other)
    station.log_many(1)
    other.log_many(1)
    files = [station.hand_in(lead), other.hand_in(lead)]
    opened = open_page(lead.store)
    really = stations_page.merge_bundles

    def stopped_after_the_first(store: Store, some: list[Path], **how: object) -> object:
        really(store, some[:1], **how)
        opened.page._panel.cancel()
        return really(store, some[1:], **how)

    monkeypatch.setattr(stations_page, "merge_bundles", stopped_after_the_first)
    opened.page.merge(files)
    assert opened.page.busy
    assert not child(opened, "stations_merge").isEnabled()
    opened.settle()
    assert not opened.page.busy
    assert opened.told.problems == []
    assert "已停止" in opened.told.said[-1]
    assert calls(lead.store) == 1
    monkeypatch.undo()
    drop(opened, *files)
    assert calls(lead.store) == 2


def test_missing_numbers_are_waived_with_a_reason_and_undone(floor: Floor, open_page: Open) -> None:
    lead = floor.lead()
    told = hearsay.Hearsay(lead.store)
    told.knows(SEVEN)
    told.writes(SEVEN, [1, 2])
    told.hears(SEVEN, highest=5)
    opened = open_page(lead.store)
    opened.press(Qt.Key.Key_End)
    assert opened.cells()[1][3] == "缺编号 3–5"
    opened.press(Qt.Key.Key_W, ALT)
    asked = dialog(opened)
    opened.press(Qt.Key.Key_Return)
    assert asked.isVisible()  # no reason yet
    opened.types("lost")
    asked.findChild(QWidget, "waive_numbers").setFocus()
    opened.press(Qt.Key.Key_A, CTRL)
    opened.types("3-4, 9")
    opened.press(Qt.Key.Key_Return, CTRL)
    assert asked.isVisible()  # 9 is not missing
    opened.press(Qt.Key.Key_A, CTRL)
    opened.types("3-4")
    opened.press(Qt.Key.Key_Return, CTRL)
    assert not asked.isVisible()
    assert opened.cells()[1][3] == "缺编号 5"
    assert "已核销 2 个" in opened.told.said[-1]
    opened.page.window().activateWindow()
    opened.page.board.table.setFocus()
    opened.press(Qt.Key.Key_Z, ALT)
    assert opened.cells()[1][3] == "缺编号 3–5"


def test_clash_skew_and_silence_are_named(floor: Floor, open_page: Open) -> None:
    lead = floor.lead()
    told = hearsay.Hearsay(lead.store)
    other = hearsay.identity("07", "孙丽", store="another")
    late = hearsay.identity("09", "周静")
    for who in (SEVEN, other, late):
        told.knows(who)
    told.hears(SEVEN, highest=4, at=NOW - timedelta(minutes=2))
    told.hears(other, highest=3)
    told.hears(late, at=NOW - timedelta(minutes=25), made=NOW - timedelta(minutes=20))
    opened = open_page(lead.store)
    rows = {row[1]: row for row in opened.cells()}
    assert rows["王芳"][3].startswith("站号与孙丽重复")
    assert rows["王芳"][2] == "2 分钟前 · 共享文件夹"
    assert rows["周静"][2:4] == ["已 25 分钟没有消息", "时钟至少快 5 分钟"]
    opened.press(Qt.Key.Key_End)
    assert "请到工作站 09 校准系统时间" in opened.text()
    opened.press(Qt.Key.Key_Up)
    assert "07-00001-9 至 07-00003-5" in opened.text()


def test_an_agent_is_told_what_only_leads_may(floor: Floor, open_page: Open) -> None:
    opened = open_page(floor.desk("07").store)
    assert "在“设置”（Ctrl+,）里选共享文件夹" in opened.text()
    assert not child(opened, "become_lead").isEnabled()
    assert "须由组长或以上人员登录" in opened.text()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_day_says_what_to_do(floor: Floor, open_page: Open, language: str) -> None:
    lead = floor.desk("01", Role.LEAD)
    opened = open_page(lead.store, language)
    assert ("成为组长…" if language == "zh" else "Become lead…") in opened.text()
    opened.press(Qt.Key.Key_Tab)
    button = child(opened, "stations_own")
    assert isinstance(button, QPushButton)
    button.setFocus()
    opened.press(Qt.Key.Key_Return)
    assert lead.identity.code in opened.text()
    assert opened.page.board.table.hasFocus()


def test_roles_taken_are_a_view_of_their_own(floor: Floor, open_page: Open) -> None:
    lead = floor.lead()
    hearsay.Hearsay(lead.store).writes(SEVEN, [1], role=Role.CENTRE_MANAGER, actor="9999")
    opened = open_page(lead.store)
    button = child(opened, "stations_roles")
    assert isinstance(button, QPushButton)
    assert button.text().endswith("1")
    button.click()
    opened.settle()
    view = opened.page.roles
    assert view.beyond.model().rowCount() == 1
    assert view.beyond.model().index(0, 4).data() == "07-00001-9"
    opened.press(Qt.Key.Key_Left, ALT)
    assert opened.page.board.isVisible()


def test_every_key_of_the_board_has_its_words(floor: Floor, open_page: Open) -> None:
    opened = open_page(floor.lead().store)
    table = opened.page._session.shortcuts.table()
    assert [code for code, _ in table if not opened.page._session.words.has(f"window.keys.{code}")] == []
