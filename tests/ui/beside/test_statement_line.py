"""The statement for media beside the form: only for media calls, with its spokesperson and version."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt

from desktop_app.domain.kinds import Kind
from desktop_app.domain.outage_options import AnnouncementType
from desktop_app.domain.roles import Role
from desktop_app.services.announcements import (
    approve,
    draft_announcement,
    publish,
    statement_in_force,
    withdraw_announcement,
)
from desktop_app.services.incidents import report_fault
from desktop_app.storage.store import Store
from desktop_app.ui.widgets.labels import PlainLabel
from tests.stores import author
from tests.ui.beside.rooms import Room

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
WORDS = {"text_zh": "情况正在处理。", "text_en": "We are at work on it.", "spokesperson": "中心经理 周敏"}


def say(store: Store) -> str:
    """Let a centre manager approve a statement of an incident, and return its id."""
    manager = replace(store, author=author("9001", Role.CENTRE_MANAGER))
    fault = report_fault(store, symptom="大面积停电", now=NOW).incident
    said, _ = draft_announcement(manager, fault, AnnouncementType.STATEMENT, WORDS, now=NOW)
    approve(manager, said, now=NOW)
    assert statement_in_force(store) is None, "approved and not in use yet"
    publish(manager, said, [], now=NOW)
    return said


def label(room: Room, name: str) -> str:
    found = room.find(name)
    assert isinstance(found, PlainLabel)
    return found.text()


def test_a_media_call_shows_who_says_what(room: Room) -> None:
    said = say(room.session.store)
    line = room.page.beside.statement
    line.refresh()
    room.settle()
    assert not room.sees("statement"), "an enquiry"
    room.press(Qt.Key.Key_F6)
    assert room.form.kind is Kind.MEDIA
    assert label(room, "statement") == "统一口径 · 发言人 中心经理 周敏 · N07-260302-1 第 1 版"
    assert "情况正在处理。" in label(room, "statement_text")
    assert not line.take.isVisible(), "nobody was authorised to answer"
    room.form.enter("manager_told_at", "2026-03-02 10:05")
    room.form.enter("authorised", "yes")
    room.settle()
    line.take.click()
    assert room.form.text("spokesperson") == "中心经理 周敏"
    assert room.form.text("approved_wording") == "N07-260302-1 第 1 版"
    manager = replace(room.session.store, author=author("9001", Role.CENTRE_MANAGER))
    withdraw_announcement(manager, said, reason="有新口径", now=NOW)
    line.refresh()
    room.settle()
    assert not room.sees("statement")
