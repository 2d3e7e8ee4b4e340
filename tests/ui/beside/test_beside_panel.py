"""Steps come first in what stands beside the form, and nothing moves while they are ticked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.site_pack import Phrase, Step
from desktop_app.storage.store import Store
from tests.ui.beside.packs import ENQUIRY, PACK, both
from tests.ui.beside.rooms import Room
from tests.ui.beside.test_playbook_panel import records
from tests.ui.capture.keyboard import CONTROL, write
from tests.ui.scenes.faults_seen import faults_of

LONG = "您好，这里是客户服务中心，系统正在维护，我先为您手工登记，恢复以后马上给您回电话，请您放心。"
NINE = replace(
    ENQUIRY,
    steps=tuple(
        Step(f"step_{place}", both(f"第 {place} 步"), both(LONG if place in (3, 7) else "请稍等。"))
        for place in range(1, 10)
    ),
)
CALM = tuple(
    Phrase(f"aq{place}", both("安抚"), both(f"{place}，让您着急了，非常抱歉。{LONG}"), ("angry",))
    for place in range(3)
)
CROWDED = replace(
    PACK,
    playbooks=(NINE, replace(ENQUIRY, key="other")),
    contacts=PACK.contacts * 6,
    phrases=CALM,
    articles=(),
)


def tops(room: Room) -> list[tuple[int, int]]:
    """Return where everything around the steps begins and how high it is."""
    page = room.page
    parts: list[QWidget] = [page.beside, page.beside.playbook, page.records]
    parts += [page.beside.contacts, page.beside.knowledge]
    return [
        (one.mapTo(room.window, one.rect().topLeft()).y(), one.height()) for one in parts if one.isVisible()
    ]


@pytest.mark.parametrize("size", [(1366, 690), (1920, 1000)])
def test_all_steps_are_seen_and_nothing_around_them_moves(
    open_room: Callable[..., Room], size: tuple[int, int]
) -> None:
    room = open_room(size=size, pack=CROWDED)
    room.form.enter("phone", "13123450001")  # with it the greeting of the day goes
    room.settle()
    QApplication.processEvents()
    before = tops(room)
    for place in range(1, 10):
        last = room.find("step_9").parentWidget()
        assert last is not None
        assert last.visibleRegion().boundingRect() == last.rect()
        room.alt(place)
        QApplication.processEvents()
        assert tops(room) == before, place


@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_a_low_window_a_mood_cuts_neither_the_number_nor_its_own_sentence(
    open_room: Callable[..., Room], language: str
) -> None:
    room = open_room(size=(1093, 434), language=language, pack=replace(PACK, phrases=CALM))
    room.press(Qt.Key.Key_F4)
    room.form.enter("mood", "angry")
    room.settle()
    room.qtbot.wait(50)
    assert faults_of(room.window) == []


def test_an_open_record_has_more_height_in_a_low_window(open_room: Callable[..., Room], store: Store) -> None:
    room = open_room(size=(1093, 434), pack=CROWDED)
    room.settle()
    low = room.page.records.height()
    write(room.qtbot, "13123450001")
    room.press(Qt.Key.Key_Return, CONTROL)
    room.settle()
    room.page.records.open(records(store)[0].subject_id)
    room.settle()
    room.qtbot.waitUntil(lambda: room.page.records.height() > low)
    room.page.records.record.closed.emit()
    room.qtbot.waitUntil(lambda: room.page.records.height() == low)


@pytest.mark.parametrize("title", ["咨询", "系统故障期间的咨询和查询，缴费和报修也在内，长到写不下"])
def test_the_title_of_the_steps_comes_before_the_hint(open_room: Callable[..., Room], title: str) -> None:
    named = replace(ENQUIRY, title=both(title))
    room = open_room(size=(1366, 690), pack=replace(PACK, playbooks=(named,)))
    room.settle()
    panel = room.page.beside.playbook
    assert panel._title.text() == title
    assert panel._hint.isHidden() == (len(title) > 10)
    assert panel._hint.isHidden() or not panel._title.is_elided()
