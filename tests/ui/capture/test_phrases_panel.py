"""The phrases below the fields: what fits first, written by a click, never in the way of fields and calls."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.kinds import Kind
from desktop_app.domain.site_pack import Phrase, SitePack
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.services.records import log_record
from desktop_app.ui.widgets.offer_row import OfferRow
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import focused, go_on_to, write
from tests.ui.sessions import START

PACK = SitePack(
    Bilingual("演示"),
    Version("KF", "2026-03"),
    phrases=(
        *(Phrase(f"p{place}", Bilingual(f"第 {place} 句"), Bilingual("请稍等。")) for place in range(1, 7)),
        Phrase("bh", Bilingual("报编号"), Bilingual("编号是 {number}。"), ("urgent",)),
    ),
)


def opened(open_desk: Callable[..., Desk], size: tuple[int, int]) -> Desk:
    desk = open_desk(size=size)
    desk.session.shelf.pack = PACK
    desk.session.shelf.changed.emit()
    return desk


def rows(desk: Desk) -> list[OfferRow]:
    return [row for row in desk.form.fields.phrases.findChildren(OfferRow) if row.isVisible()]


def told(desk: Desk) -> list[str]:
    return [row.accessibleName() for row in rows(desk)]


def test_the_lower_half_of_an_empty_form_holds_the_phrases(open_desk: Callable[..., Desk]) -> None:
    desk = opened(open_desk, (860, 940))
    assert told(desk)[:2] == [";p1 第 1 句", ";p2 第 2 句"]
    assert len(rows(desk)) == 7
    assert all(row.focusPolicy() is Qt.FocusPolicy.NoFocus for row in rows(desk))


def test_what_fits_the_kind_comes_first(open_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = opened(open_desk, (860, 940))
    desk.form.set_kind(Kind.URGENT)
    qtbot.waitUntil(lambda: told(desk)[0] == ";bh 报编号", timeout=2000)


def test_a_click_writes_one_where_the_caret_is(open_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = opened(open_desk, (860, 940))
    go_on_to(qtbot, "detail")
    write(qtbot, "a")
    qtbot.mouseClick(rows(desk)[1], Qt.MouseButton.LeftButton)
    assert desk.field("detail").toPlainText() == "a请稍等。"
    assert focused() is desk.field("detail")


@pytest.mark.parametrize("size", [(806, 686), (860, 940)])
def test_the_calls_of_a_number_go_before(
    open_desk: Callable[..., Desk], qtbot: QtBot, size: tuple[int, int]
) -> None:
    desk = opened(open_desk, size)
    shown = len(rows(desk))
    for _ in range(2):
        values = {
            "kind": "enquiry",
            "phone": "13123450219",
            "received_at": START.isoformat(),
            "detail": "停水",
        }
        log_record(desk.session.store, values, now=START)
    write(qtbot, "13123450219")
    desk.settle(qtbot)
    calls = desk.field("caller_calls")
    assert calls.viewport().height() >= 2 * calls.verticalHeader().defaultSectionSize() - 4
    assert len(rows(desk)) < shown or size[1] == 940
    panel = desk.form.fields.phrases
    assert all(row.geometry().bottom() <= panel.height() for row in rows(desk))


@pytest.mark.parametrize("kind", list(Kind))
def test_where_only_the_fields_fit_nothing_else_is_shown(open_desk: Callable[..., Desk], kind: Kind) -> None:
    desk = opened(open_desk, (640, 434))
    desk.form.set_kind(kind)
    assert rows(desk) == []
    assert desk.form.fields.verticalScrollBar().maximum() == 0 or kind is not Kind.ENQUIRY


def test_the_notes_are_lower_only_for_the_sake_of_what_is_below(open_desk: Callable[..., Desk]) -> None:
    desk = opened(open_desk, (806, 686))
    assert 130 <= desk.field("detail").height() < 210
    assert len(rows(desk)) >= 3
    desk.form.set_kind(Kind.URGENT)
    assert rows(desk) == []
    desk.window.resize(860, 1000)
    desk.form.set_kind(Kind.ENQUIRY)
    assert desk.field("detail").maximumHeight() == 210
