"""The shared folder and the stick, from the settings of a real window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton

from desktop_app.domain.identities import Identity
from desktop_app.domain.roles import Role
from desktop_app.policy import Policy
from desktop_app.services.pairing import accept, own
from desktop_app.ui.settings.delivery_card import DeliveryCard
from desktop_app.ui.widgets.labels import PlainLabel
from tests.posts import Post
from tests.ui.desk import desks
from tests.ui.desk.desks import Desk, make_store
from tests.ui.desk.desks import desk as desk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


@pytest.fixture
def lead(tmp_path: Path, share: Path) -> Iterator[Post]:
    post = Post(tmp_path, share, "01", Role.LEAD)
    yield post
    post.store.close()


def at_settings(desk: Desk) -> DeliveryCard:
    desk.press(Qt.Key.Key_Comma, CTRL)
    desk.waits(lambda: desk.window.workplace.place() == "settings")
    (card,) = desk.window.findChildren(DeliveryCard)
    return card


def accepts(desk: Desk, identity: Identity) -> None:
    session = desk.window._session
    accept(session.store, identity, now=datetime.now(UTC))


def shown(card: DeliveryCard, name: str) -> str:
    found = card.findChild(PlainLabel, name)
    assert found is not None
    return found.text()


def test_a_folder_is_chosen_tried_out_kept_and_given_up(desk: Desk, lead: Post, share: Path) -> None:
    card = at_settings(desk)
    assert shown(card, "handin_folder") == "共享文件夹：未设置"
    assert "还没有共享文件夹" in shown(card, "handin_lines")
    assert "还没有接受组长的密钥" in shown(card, "handin_lines")
    card.use(share)
    desk.waits(lambda: card.told() == "可以读写。其中有上交包和密钥文件 0 个。")
    assert shown(card, "handin_folder") == f"共享文件夹：{share}"
    assert desk.preferences.handin_folder == share
    for button in [*card.findChildren(QPushButton), *card.findChildren(QCheckBox)]:
        if button.isVisible():
            assert button.objectName()
            assert button.accessibleName()
            assert button.height() >= 24
    box = card.findChild(QCheckBox, "handin_automatic")
    assert isinstance(box, QCheckBox)
    box.click()
    desk.waits(lambda: "自动上交已关闭" in shown(card, "handin_lines"))
    assert not desk.preferences.handin_automatic
    accepts(desk, own(lead.store))
    desk.find("handin_exchange_now").click()
    desk.waits(lambda: len(list(share.glob("*.handin"))) == 1)
    desk.waits(lambda: "上次交换" in shown(card, "handin_lines"))
    box.click()
    desk.waits(lambda: "自动上交已关闭" not in shown(card, "handin_lines"))
    assert desk.preferences.handin_automatic
    desk.find("handin_clear").click()
    assert desk.preferences.handin_folder is None
    assert desk.find("handin_choose").hasFocus()
    assert not desk.find("handin_exchange_now").isEnabled()
    assert len(list(share.glob("*.handin"))) == 1, "what lies there stays"


def test_everything_goes_onto_a_stick_every_time(desk: Desk, lead: Post, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    card = at_settings(desk)
    card.use(tmp_path / "nothing here")
    desk.waits(lambda: "现在打不开" in card.told())
    assert desk.find("handin_test").isEnabled()
    card.clear()
    card.hand_in_to(stick)
    desk.waits(lambda: "现在打不开" in card.told())
    stick.mkdir()
    accepts(desk, own(lead.store))
    for _ in range(2):
        card.hand_in_to(stick)
        desk.waits(lambda: card.told().startswith("已放入 1 个上交包"))
        (file,) = stick.iterdir()
        file.unlink()
        desk.waits(lambda: desk.find("handin_to_stick").isEnabled())


def test_what_it_has_set_nobody_changes(qtbot, own_data_folder, share, monkeypatch) -> None:
    monkeypatch.setattr(desks, "Policy", lambda: Policy(handin_folder=share))
    make_store(own_data_folder / "store", own_data_folder)
    desk = Desk(qtbot, own_data_folder, own_data_folder / "store")
    desk.preferences.handin_folder = Path("/somewhere/else")
    desk.unlock()
    card = at_settings(desk)
    assert shown(card, "handin_folder") == f"共享文件夹：{share}（由运维统一设定）"
    assert not desk.sees("handin_choose")
    assert not desk.sees("handin_clear")
    card.findChild(QCheckBox, "handin_automatic").click()
    assert not desk.sees("handin_choose")
    desk.close()
