"""The sentence of the day, while nothing is typed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLabel

from desktop_app.domain.site_pack import Greeting
from desktop_app.domain.site_text import Span
from tests.ui.beside.packs import PACK, both
from tests.ui.beside.rooms import Room
from tests.ui.capture.keyboard import write

FESTIVE = Greeting("festive", both("新春快乐，请讲。"), Span(date(2026, 3, 20), date(2026, 3, 20)))
PAST = Greeting("past", both("元宵快乐，请讲。"), Span(date(2026, 3, 1), date(2026, 3, 19)))
USUAL = Greeting("usual", both("您好，请讲。"))


def test_the_day_has_its_own_sentence_until_something_is_typed(open_room: Callable[..., Room]) -> None:
    room = open_room(pack=replace(PACK, greetings=(USUAL, PAST, FESTIVE)))
    line = room.find("greeting")
    assert isinstance(line, QLabel)
    assert line.text() == "新春快乐，请讲。"
    write(room.qtbot, "1")
    assert not line.isVisible()
    room.page.capture.form.clear()
    assert line.isVisible()
    room.clock.go_on(days=1)
    room.page.capture.form.clear()
    assert line.text() == "您好，请讲。"
