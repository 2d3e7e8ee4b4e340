"""Knowledge while somebody waits: found by two characters, read, noted on the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QToolButton

from desktop_app.domain.site_pack import Article
from desktop_app.domain.site_text import Span, Version
from desktop_app.services.record_view import view_record
from desktop_app.storage.store import Store
from desktop_app.ui.widgets.empty_state import EmptyState
from tests.ui.beside.packs import PACK, both
from tests.ui.beside.rooms import Room
from tests.ui.beside.test_playbook_panel import records
from tests.ui.capture.keyboard import CONTROL, focused, write
from tests.ui.typing.composing import compose, later

H = Qt.Key.Key_H
ARTICLES = (
    Article("stop", Version("ZS-08", "2.1", "周敏"), both("停水期间怎么答复"), both("恢复时间以公告为准。")),
    Article("fee", Version("ZS-02", "1.0"), both("物业费怎么缴"), both("公众号可以缴纳，不受系统影响。")),
    Article(
        "old",
        Version("ZS-01", "1.0"),
        both("停水通知（旧）"),
        both("已作废。"),
        span=Span(date(2025, 1, 1), date(2025, 12, 31)),
    ),
)


@pytest.fixture
def knowing(open_room) -> Room:  # type: ignore[no-untyped-def]
    room: Room = open_room(pack=replace(PACK, articles=ARTICLES))
    return room


def titles(room: Room) -> list[str]:
    room.settle()
    later(room.session)
    model = room.page.beside.knowledge.finder.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_two_characters_find_an_article_and_what_is_past_stays_away(knowing: Room) -> None:
    knowing.press(H, CONTROL)
    assert focused().objectName() == "knowledge_search"
    write(knowing.qtbot, "停水")
    assert titles(knowing) == ["停水期间怎么答复"]


def test_what_is_being_composed_is_searched_for_too(knowing: Room) -> None:
    knowing.press(H, CONTROL)
    compose(focused(), "缴纳")
    assert titles(knowing) == ["物业费怎么缴"]


def test_an_article_is_read_used_and_noted_on_the_record(knowing: Room, store: Store) -> None:
    write(knowing.qtbot, "13123450001")
    knowing.press(H, CONTROL)
    write(knowing.qtbot, "停水")
    titles(knowing)
    knowing.press(Qt.Key.Key_Return)
    assert focused().objectName() == "article_text"
    shown = [one.text() for one in knowing.page.beside.findChildren(QLabel) if one.isVisible()]
    assert "ZS-08 · 第 2.1 版 · 审定：周敏" in shown
    knowing.press(Qt.Key.Key_Return)
    knowing.press(Qt.Key.Key_Return)
    knowing.press(Qt.Key.Key_Escape)
    assert focused().objectName() == "articles"
    knowing.press(Qt.Key.Key_Escape)
    assert focused().objectName() == "phone"
    knowing.press(Qt.Key.Key_Return, CONTROL)
    knowing.settle()
    told = view_record(store, records(store)[0].subject_id).texts
    assert told["article"] == "ZS-08 2.1"


def test_who_approved_nothing_is_said_in_words(knowing: Room) -> None:
    knowing.press(H, CONTROL)
    write(knowing.qtbot, "缴纳")
    titles(knowing)
    knowing.press(Qt.Key.Key_Return)
    shown = [one.text() for one in knowing.page.beside.findChildren(QLabel) if one.isVisible()]
    assert "ZS-02 · 第 1.0 版 · 尚未审定" in shown


def test_an_article_goes_into_the_answer_behind_what_stands_there(knowing: Room) -> None:
    knowing.form.enter("answer", "先行告知。")
    knowing.press(H, CONTROL)
    write(knowing.qtbot, "停水")
    titles(knowing)
    knowing.press(Qt.Key.Key_Return)
    knowing.page.beside.knowledge.view.insert.click()
    assert knowing.form.text("answer") == "先行告知。\n恢复时间以公告为准。"
    assert knowing.form.text("article") == "ZS-08 2.1"


def test_nothing_found_says_what_to_do(knowing: Room) -> None:
    knowing.press(H, CONTROL)
    write(knowing.qtbot, "xyzzy")
    assert titles(knowing) == []
    shown = [one.text() for one in knowing.page.beside.knowledge.findChildren(QLabel) if one.isVisible()]
    assert any("登记回访" in one for one in shown)


def test_the_key_of_knowledge_leads_back_to_the_form_too(knowing: Room) -> None:
    knowing.press(H, CONTROL)
    knowing.press(H, CONTROL)
    assert focused().objectName() == "phone"
    assert knowing.sees("step_1")


def test_what_is_not_found_is_said_right_below_the_search(knowing: Room) -> None:
    knowing.press(H, CONTROL)
    write(knowing.qtbot, "zzzz")
    assert titles(knowing) == []
    panel = knowing.page.beside.knowledge.finder
    (said,) = [one for one in panel.findChildren(EmptyState) if one.isVisible()]
    assert not panel.list.isVisible()
    below = panel.field.mapTo(panel, panel.field.rect().bottomLeft()).y()
    assert below < panel.height() / 3
    assert said.mapTo(panel, said.rect().topLeft()).y() - below <= 8
    knowing.press(Qt.Key.Key_Backspace)
    (clear,) = [one for one in panel.field.findChildren(QToolButton) if one.isVisible()]
    assert panel.field.rect().contains(clear.geometry())
    assert abs(clear.geometry().center().y() - panel.field.rect().center().y()) <= 1


def test_the_next_call_is_searched_for_anew(knowing: Room) -> None:
    write(knowing.qtbot, "13123450001")
    knowing.press(H, CONTROL)
    write(knowing.qtbot, "停水")
    assert titles(knowing) == ["停水期间怎么答复"]
    knowing.press(Qt.Key.Key_Return)
    assert knowing.sees("article_text")
    knowing.press(Qt.Key.Key_Return, CONTROL)
    knowing.settle()
    assert not knowing.sees("article_text")
    assert knowing.page.beside.knowledge.finder.text() == ""
    knowing.press(H, CONTROL)
    assert len(titles(knowing)) == 2


def test_enter_before_the_answer_opens_what_is_asked_for_now(knowing: Room) -> None:
    knowing.press(H, CONTROL)
    write(knowing.qtbot, "停水")
    assert titles(knowing) == ["停水期间怎么答复"]
    finder = knowing.page.beside.knowledge.finder
    finder.field.setText("缴纳")  # asked, not answered: the loop did not turn
    finder.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))
    assert not knowing.sees("article_text"), "what an older question found was opened"
    knowing.settle()
    article = knowing.page.beside.knowledge.view.article
    assert article is not None
    assert article.key == "fee"


def test_nothing_is_searched_for_while_nobody_sees_it(knowing: Room) -> None:
    finder = knowing.page.beside.knowledge.finder
    asked: list[bool] = []
    finder.asked.connect(lambda: asked.append(True))
    knowing.page.beside.contacts.asked.connect(lambda: asked.append(True))
    knowing.press(Qt.Key.Key_F4)
    knowing.session.shelf.changed.emit()
    knowing.settle()
    assert asked == []
    knowing.press(H, CONTROL)
    assert asked == [True]
    assert len(titles(knowing)) == 2
