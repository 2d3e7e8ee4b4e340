"""My records in a window of its own, over a real encrypted store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.services.records import Logged, save_draft, start_draft
from desktop_app.services.seats import seat_of
from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.records.my_records import MyRecords
from desktop_app.ui.session import Session
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.ui.sessions import begin_session
from tests.ui.typing.composing import settle as commit_text

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CALLS: list[dict[str, str]] = [
    {
        "kind": "enquiry",
        "channel": "phone",
        "caller_name": "王芳",
        "phone": "13123450001",
        "category": "query",
        "detail": "三幢停水何时恢复，物业电话一直打不通",
        "outcome": "answered",
        "crm_id": "C-2026-118",
    },
    {
        "kind": "complaint",
        "channel": "phone",
        "caller_name": "陈先生",
        "phone": "0571-5550 0012转801",
        "detail": "维修师傅约好周六上午来，等到下午也没有人，要求道歉并改约",
        "callback_due": "2026-03-02 09:30",
    },
    {
        "kind": "urgent",
        "channel": "phone",
        "caller_name": "李娜",
        "phone": "13123450003",
        "address": "五幢二单元电梯",
        "detail": "电梯困人，一位老人和一个孩子",
        "urgent_kind": "lift",
        "people_hurt": "yes",
        "chase_log": "09:42 已联系维保\n09:50 师傅已出发",
        "callback_due": "2026-03-02 11:30",
    },
    {"kind": "abnormal", "channel": "phone", "number_unknown": "yes", "detail": "接通后不说话，三十秒后挂断"},
    {"kind": "media", "channel": "phone", "caller_name": "赵敏", "phone": "13123450005", "outlet": "晚报"},
]


class Desk:
    """The panel in its window, and hands on it."""

    def __init__(self, qtbot, session: Session) -> None:
        self.qtbot = qtbot
        self.session = session
        self.window = session.shortcuts.parent()
        assert isinstance(self.window, QWidget)
        QVBoxLayout(self.window)
        self.panel = self.reopen()
        self.window.resize(546, 640)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.settle()

    def reopen(self) -> MyRecords:
        """Build the panel, anew after a lock."""
        self.panel = MyRecords(self.session)
        layout = self.window.layout()
        assert layout is not None
        layout.addWidget(self.panel)
        self.settle()
        return self.panel

    def settle(self) -> None:
        settle(self.qtbot, self.session.background)
        QApplication.processEvents()

    def rows(self) -> list[str]:
        model = self.panel.table.model()
        return [str(model.index(row, 3).data()) for row in range(model.rowCount())]

    def press(self, *keys, to: QWidget | None = None) -> None:
        for key in keys:
            self.qtbot.keyClick(
                to or QApplication.focusWidget() or self.window,
                *([key] if not isinstance(key, tuple) else key),
            )
        self.settle()

    def type(self, text: str) -> None:
        field = QApplication.focusWidget()
        assert field is not None
        if text.isascii():
            self.qtbot.keyClicks(field, text)
        else:
            commit_text(field, text)


@pytest.fixture
def words() -> Words:
    return Words("zh")


@pytest.fixture
def session(qtbot, store: Store, background: Background, words: Words, tmp_path: Path) -> Session:
    return begin_session(
        qtbot, store, background, tmp_path, words=words, person=seat_of(store), clock=lambda: NOW
    )


@pytest.fixture
def save(store: Store) -> Callable[..., Logged]:
    minutes = iter(range(1000))

    def saved(**texts: str) -> Logged:
        at = NOW - timedelta(minutes=40) + timedelta(minutes=next(minutes))
        draft = start_draft(store, dict(texts), now=at)
        return save_draft(store, draft.subject.id, dict(texts), now=at)

    return saved


@pytest.fixture
def day(save: Callable[..., Logged]) -> list[Logged]:
    return [save(**call) for call in CALLS]


@pytest.fixture
def desk(qtbot, session: Session, day: list[Logged]) -> Iterator[Desk]:
    opened = Desk(qtbot, session)
    yield opened
    opened.settle()
    assert session.messages.problems == []
