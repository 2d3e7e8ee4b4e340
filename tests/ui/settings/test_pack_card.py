"""The site pack in the settings of a real window: chosen, looked at, used, gone back from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.roles import Role
from desktop_app.services.incidents import report_fault
from desktop_app.ui.settings.folder_line import FolderLine
from desktop_app.ui.settings.pack_card import SHIPPED, PackCard
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.labels import PlainLabel
from tests.ui.desk.desks import Desk, make_store
from tests.ui.desk.desks import desk as desk
from tests.written_packs import FILES, LADDERS, LEVELS, POWER, write_files

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def lead(qtbot: QtBot, own_data_folder: Path) -> Iterator[Desk]:
    make_store(own_data_folder / "store", own_data_folder, role=Role.LEAD)
    opened = Desk(qtbot, own_data_folder, own_data_folder / "store")
    opened.unlock()
    yield opened
    opened.close()


def at_settings(desk: Desk) -> PackCard:
    desk.waits(lambda: desk.window._session.shelf.loaded is not None)
    desk.press(Qt.Key.Key_Comma, CTRL)
    desk.waits(lambda: desk.window.workplace.place() == "settings")
    (card,) = desk.window.findChildren(PackCard)
    return card


def text(card: QWidget, name: str) -> str:
    found = card.findChild(PlainLabel, name)
    assert found is not None
    return found.text()


def use(desk: Desk, card: PackCard, path: Path) -> None:
    card.look_at(path)
    desk.waits(lambda: desk.sees("pack_use"))
    button = card.findChild(QPushButton, "pack_use")
    assert button is not None
    desk.qtbot.waitUntil(button.isEnabled)
    desk.qtbot.keyClick(button, Qt.Key.Key_Space)
    desk.waits(lambda: "已启用" in card.told())


def test_a_lead_looks_uses_and_goes_back(lead: Desk, tmp_path: Path) -> None:
    card = at_settings(lead)
    assert text(card, "pack_edition") == "YJ-00 · 版本 1.0"
    assert text(card, "pack_source") == "程序自带"
    card.look_at(write_files(tmp_path / "new", {}))
    lead.waits(lambda: lead.sees("pack_use"))
    assert (text(card, "look_edition"), text(card, "look_approved_by")) == ("A-1 · 版本 2", "主管")
    assert "联系人 1 项：新增 1（物业）" in text(card, "pack_changes")
    assert not lead.sees("pack_warning")
    use(lead, card, tmp_path / "new")
    lead.waits(lambda: text(card, "pack_edition") == "A-1 · 版本 2")
    assert text(card, "pack_source").startswith("李娜（工作站 07）于 ")
    earlier = card.findChild(Combo, "pack_earlier")
    assert earlier is not None
    lead.waits(earlier.isVisible)
    earlier.code_changed.emit(SHIPPED)
    lead.waits(lambda: text(card, "pack_edition") == "YJ-00 · 版本 1.0")
    assert text(card, "pack_source").startswith("李娜")


def test_a_pack_without_the_clocks_that_run_says_so(lead: Desk, tmp_path: Path) -> None:
    card = at_settings(lead)
    report_fault(
        lead.window._session.store, symptom="CRM 打不开", category="application", now=datetime.now(UTC)
    )
    card.look_at(write_files(tmp_path / "bare", {}))
    lead.waits(lambda: lead.sees("pack_warning"))
    assert "个时钟，这个资料包里没有" in text(card, "pack_warning")
    assert "通知系统运维" in text(card, "pack_warning")
    card.drop()
    # A pack without any clocks goes on with those of the program.
    card.look_at(write_files(tmp_path / "filled", {LADDERS: None, POWER: None, LEVELS: None}))
    lead.waits(lambda: lead.sees("pack_use"))
    assert not lead.sees("pack_warning")


def test_a_lead_is_told_where_the_files_lie_and_makes_an_own_pack_of_them(lead: Desk, tmp_path: Path) -> None:
    card = at_settings(lead)
    line = card.findChild(FolderLine, "pack_shipped_files")
    assert line is not None
    copy = line.findChild(QToolButton)
    assert copy is not None
    copy.click()
    folder = QGuiApplication.clipboard().text()
    assert folder in line.label.text()
    own = shutil.copytree(folder, tmp_path / "own", ignore=shutil.ignore_patterns("profiles"))
    head = own / "pack.toml"
    told = head.read_text("utf-8")
    assert 'version = "1.0"' in told
    head.write_text(told.replace('version = "1.0"', 'version = "1.1"'), "utf-8")
    use(lead, card, own)
    lead.waits(lambda: text(card, "pack_edition") == "YJ-00 · 版本 1.1")


def test_what_to_press_next_is_in_sight_in_a_low_window(lead: Desk, tmp_path: Path) -> None:
    lead.window.resize(1_100, 560)
    card = at_settings(lead)
    card.look_at(write_files(tmp_path / "new", {}))
    lead.waits(lambda: lead.sees("pack_use"))
    button = card.findChild(QPushButton, "pack_use")
    assert button is not None
    lead.waits(lambda: button.visibleRegion().boundingRect() == button.rect())


def test_a_mistake_is_a_sentence_and_nothing_changes(lead: Desk, tmp_path: Path) -> None:
    card = at_settings(lead)
    card.look_at(write_files(tmp_path / "bad", {"phrases.toml": "x"}))
    lead.waits(lambda: "phrases.toml" in card.told())
    assert not lead.sees("pack_use")
    assert text(card, "pack_edition") == "YJ-00 · 版本 1.0"


def test_warnings_of_the_same_version_and_of_a_later_day(lead: Desk, tmp_path: Path) -> None:
    card = at_settings(lead)
    use(lead, card, write_files(tmp_path / "a", {}))
    lead.waits(lambda: text(card, "pack_edition") == "A-1 · 版本 2")
    head = FILES["pack.toml"] + "effective = 2199-01-01\n"
    card.look_at(write_files(tmp_path / "b", {"pack.toml": head, "chips.toml": None}))
    lead.waits(lambda: lead.sees("pack_warning"))
    assert "版本仍是 2" in text(card, "pack_warning")
    assert "2199-01-01" in text(card, "pack_warning")
    use(lead, card, tmp_path / "b")
    lead.waits(lambda: "2199-01-01" in text(card, "pack_more"))
    assert text(card, "pack_effective") == "未注明", "the one before goes on"


def test_an_agent_sees_it_and_chooses_nothing(desk: Desk) -> None:
    card = at_settings(desk)
    assert text(card, "pack_edition") == "YJ-00 · 版本 1.0"
    assert not desk.sees("pack_folder")
    assert not desk.sees("pack_shipped_files")
