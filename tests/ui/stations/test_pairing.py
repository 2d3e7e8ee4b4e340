"""Stations that are made known to each other, and put aside again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.shared_files import replace_file
from desktop_app.services import pairing
from tests import hearsay
from tests.floor import Floor, pair
from tests.ui.stations.hands import (
    ALT,
    SEVEN,
    Open,
    calls,
    child,
    code_in,
    dialog,
    drop,
    handed_in,
)


def test_becoming_lead_puts_the_key_file_where_all_can_take_it(
    floor: Floor, open_page: Open, tmp_path: Path
) -> None:
    lead, station = floor.lead(), floor.desk("07")
    shared = tmp_path / "shared"
    shared.mkdir()
    opened = open_page(lead.store)
    opened.page.pairing.become_lead(shared)
    shown = dialog(opened)
    (file,) = shared.glob("*.fdkey")
    assert code_in(shown) == lead.identity.code
    opened.press(Qt.Key.Key_Escape)
    # The same file, dropped at the station's board, is accepted by its code.
    there = open_page(station.store)
    drop(there, file)
    asked = dialog(there)
    assert code_in(asked) == lead.identity.code
    there.press(Qt.Key.Key_Return)
    assert there.told.problems == []
    assert [row[0] for row in there.cells()] == ["01", "07"]


def test_a_share_that_hangs_holds_up_no_save(
    floor: Floor, open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, answered = floor.lead(), Event()

    def hang(file: Path, content: bytes) -> None:
        answered.wait()
        replace_file(file, content)

    monkeypatch.setattr(pairing, "replace_file", hang)
    opened = open_page(lead.store)
    opened.page.pairing.become_lead(tmp_path)
    opened.settle()
    saved: list[object] = []
    opened.background.change(lead.log, saved.append, opened.told.tell, owner=opened.page)
    try:
        opened.settle()
        assert len(saved) == 1
        assert QApplication.activeModalWidget() is None
    finally:
        answered.set()
    assert code_in(dialog(opened)) == lead.identity.code


def test_a_file_that_is_no_key_file_is_refused_with_a_sentence(
    floor: Floor, open_page: Open, tmp_path: Path
) -> None:
    strange = tmp_path / "strange.fdkey"
    strange.write_text("{}")
    opened = open_page(floor.lead().store)
    drop(opened, strange)
    opened.qtbot.waitUntil(lambda: bool(opened.told.problems))
    (problem,) = opened.told.problems
    assert isinstance(problem, KnownError)
    assert problem.code == "pairing.not_one"


def test_what_is_not_ours_is_put_aside_by_key_and_found_again(floor: Floor, open_page: Open) -> None:
    lead, station, file = handed_in(floor)
    lead.merge(file)
    opened = open_page(lead.store)
    opened.press(Qt.Key.Key_B, ALT)
    assert opened.told.problems == []
    assert "不是本单位的" in opened.told.said[-1]
    assert not opened.page.board.waiting.isVisible()
    assert opened.page.board.table.hasFocus()
    opened.page.board.waiting_filter.choose("declined")
    opened.settle()
    opened.page.board.waiting.setFocus()
    opened.settle()
    assert station.identity.code in opened.text()
    assert not opened.page.board.waiting_detail.decline.isVisible()
    opened.press(Qt.Key.Key_Y, ALT)
    assert calls(lead.store) == 2
    opened.press(Qt.Key.Key_Left, ALT)
    assert not opened.page.board.waiting_filter.isVisible()


def test_a_station_is_trusted_no_longer_for_a_reason_and_accepted_again(
    floor: Floor, open_page: Open
) -> None:
    lead, station = floor.lead(), floor.desk("07")
    pair(lead, station)
    opened = open_page(lead.store)
    opened.press(Qt.Key.Key_End)
    opened.press(Qt.Key.Key_B, ALT)
    asked = dialog(opened)
    opened.press(Qt.Key.Key_Return)
    assert asked.isVisible()  # no reason yet
    opened.types("lost")
    opened.press(Qt.Key.Key_Return)
    assert opened.told.problems == []
    opened.settle()
    assert opened.cells()[1][3] == "不再信任"
    assert "原因：lost" in opened.text()
    assert station.identity.code in opened.text()
    opened.page.window().activateWindow()
    opened.page.board.table.setFocus()
    opened.press(Qt.Key.Key_Y, ALT)
    assert opened.cells()[1][3] == "还没有收到过"


def test_two_keys_of_one_station_warn_of_each_other(floor: Floor, open_page: Open) -> None:
    lead = floor.lead()
    told = hearsay.Hearsay(lead.store)
    forged = replace(SEVEN, sign="ab" * 32)
    told.claims(SEVEN)
    told.claims(forged)
    opened = open_page(lead.store)
    assert opened.page.board.waiting.model().rowCount() == 2
    assert "两个密钥自称同一台" in opened.text()
    assert SEVEN.code in opened.text()
    assert forged.code in opened.text()


def test_an_agent_accepts_but_puts_nobody_aside(floor: Floor, open_page: Open) -> None:
    agent, lead = floor.desk("07"), floor.lead()
    hearsay.Hearsay(agent.store).claims(lead.identity)
    agent.accepts(floor.lead("02"))
    opened = open_page(agent.store)
    assert child(opened, "accept").isEnabled()
    assert not child(opened, "decline").isEnabled()
    assert "由组长或以上人员决定" in opened.text()
    opened.page.board.table.setFocus()
    opened.press(Qt.Key.Key_Home)
    assert not child(opened, "forget").isEnabled()
