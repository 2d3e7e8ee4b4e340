"""Customers looked up by keys at the form: found, taken, confirmed, left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.services.records import log_record
from desktop_app.storage.store import Store
from desktop_app.ui.capture.look_up_row import LookUpRow, fitting
from tests.known_customers import know_customers
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import CONTROL, focused, go_on_to, press, write
from tests.ui.capture.looking import (
    desk as desk,
)
from tests.ui.capture.looking import (
    foot,
    held_back,
    look,
    paused,
    rows,
    settled,
    values,
)
from tests.ui.capture.looking import (
    known as known,
)
from tests.ui.capture.looking import (
    said as said,
)
from tests.ui.sessions import START
from tests.ui.typing.composing import compose, later


def test_a_known_caller_is_found_by_the_last_digits_and_taken_by_enter(
    desk: Desk, qtbot: QtBot, said: list[str]
) -> None:
    look(desk, qtbot, "0219")
    assert rows(desk) == ["1312 345 0219, 陈女士, 翠湖苑 3-2-1602"]
    assert focused().objectName() == "phone"
    assert "昨天 23:03" in foot(desk)
    press(qtbot, Qt.Key.Key_Return)
    assert rows(desk) == []
    told = values(desk)
    assert (told["phone"], told["caller_name"], told["address"]) == (
        "13123450219",
        "陈女士",
        "翠湖苑 3-2-1602",
    )
    assert (told["customer_no"], told["snapshot_as_of"]) == ("K100", "2026-03-19 23:03:12")
    assert "important" not in told
    assert focused().objectName() == "category"
    assert any("1" in one for one in said)


def test_a_single_exact_number_is_announced(desk: Desk, qtbot: QtBot, said: list[str]) -> None:
    look(desk, qtbot, "131 2345 0219")
    assert said == ["1312 345 0219, 陈女士, 翠湖苑 3-2-1602。按 Enter 带入。"]


def test_initials_are_found_while_they_are_composed(desk: Desk, qtbot: QtBot) -> None:
    go_on_to(qtbot, "caller_name")
    compose(focused(), "cns")
    settled(desk, qtbot)
    assert rows(desk) == ["1312 345 0219, 陈女士, 翠湖苑 3-2-1602"]
    # This Enter belongs to the input method; the next one takes.
    press(qtbot, Qt.Key.Key_Return)
    assert (focused().objectName(), focused().full_text()) == ("caller_name", "cns")
    settled(desk, qtbot)
    later(desk.session)
    press(qtbot, Qt.Key.Key_Return)
    told = values(desk)
    assert (told["caller_name"], told["address"]) == ("陈女士", "翠湖苑 3-2-1602")
    # Nobody said that the stored number is the one that calls.
    assert "phone" not in told


def test_the_foot_tells_what_enter_does_now(desk: Desk, qtbot: QtBot) -> None:
    look(desk, qtbot, "0219")
    assert foot(desk) == "客户快照：昨天 23:03 · Enter 带入 · ↑↓ 换一位 · Esc 关闭", (
        "the only one is chosen already"
    )
    go_on_to(qtbot, "caller_name")
    look(desk, qtbot, "陈女士")
    assert "· ↓ 选一位" in foot(desk)
    press(qtbot, Qt.Key.Key_Down)
    assert "· Enter 带入" in foot(desk)
    told, last = (
        desk.field("look_up_foot"),
        [row for row in desk.window.findChildren(LookUpRow) if row.isVisible()][-1],
    )
    assert last.mapTo(desk.window, last.rect().bottomLeft()).y() < told.mapTo(desk.window, QPoint()).y()
    assert desk.form.caller.looking_up.popup.rect().contains(last.geometry())


def test_the_second_of_several_is_chosen_by_arrow_and_by_mouse(desk: Desk, qtbot: QtBot) -> None:
    look(desk, qtbot, "1312345")
    assert len(rows(desk)) == 3
    names = [row.split(", ")[1] for row in rows(desk)]
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Return)
    assert values(desk)["caller_name"] == names[1]
    go_on_to(qtbot, "address")
    look(desk, qtbot, "栖里")
    shown = [row for row in desk.window.findChildren(LookUpRow) if row.isVisible()]
    qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    assert values(desk)["customer_no"] == "K102"


def test_whoever_types_on_takes_nobody_of_what_was_typed_before(desk: Desk, qtbot: QtBot) -> None:
    """Faster than the answer: the pop-up still shows whose number begins so; the caller is none of them."""
    look(desk, qtbot, "1312345")
    assert len(rows(desk)) == 3
    write(qtbot, "0077")
    press(qtbot, Qt.Key.Key_Return)
    settled(desk, qtbot)
    told = values(desk)
    assert told["phone"] == "13123450077"
    assert "caller_name" not in told
    assert focused().objectName() != "phone"


def test_whom_an_arrow_chose_stays_chosen_when_an_answer_comes(desk: Desk, qtbot: QtBot) -> None:
    look(desk, qtbot, "131234")
    names = [row.split(", ")[1] for row in rows(desk)]
    write(qtbot, "5")
    press(qtbot, Qt.Key.Key_Down)
    settled(desk, qtbot)
    press(qtbot, Qt.Key.Key_Return)
    assert values(desk)["caller_name"] == names[1]


def test_the_row_chosen_stays_when_the_input_method_tells_nothing_new(desk: Desk, qtbot: QtBot) -> None:
    look(desk, qtbot, "1312345")
    names = [row.split(", ")[1] for row in rows(desk)]
    press(qtbot, Qt.Key.Key_Down)
    compose(focused(), "")
    settled(desk, qtbot)
    press(qtbot, Qt.Key.Key_Return)
    assert values(desk)["caller_name"] == names[1]


def test_esc_closes_the_pop_up_only(desk: Desk, qtbot: QtBot) -> None:
    look(desk, qtbot, "1312345")
    assert rows(desk)
    press(qtbot, Qt.Key.Key_Escape)
    assert rows(desk) == []
    assert (focused().objectName(), values(desk)["phone"]) == ("phone", "1312345")
    press(qtbot, Qt.Key.Key_Escape)
    assert values(desk)["phone"] == "1312345"
    look(desk, qtbot, "0")
    assert rows(desk)


def test_tab_goes_on_and_takes_nobody(desk: Desk, qtbot: QtBot) -> None:
    look(desk, qtbot, "13123450219")
    press(qtbot, Qt.Key.Key_Tab)
    assert rows(desk) == []
    assert "caller_name" not in values(desk)


def test_a_name_as_it_is_typed_is_meant_as_it_stands(desk: Desk, qtbot: QtBot) -> None:
    """Enter goes on to the next field; only an arrow chooses somebody of that name."""
    go_on_to(qtbot, "caller_name")
    look(desk, qtbot, "陈女士")
    assert len(rows(desk)) == 1
    later(desk.session)
    press(qtbot, Qt.Key.Key_Return)
    assert focused().objectName() == "address"
    assert "customer_no" not in values(desk)
    press(qtbot, Qt.Key.Key_Backtab)
    press(qtbot, Qt.Key.Key_End)
    press(qtbot, Qt.Key.Key_Backspace)
    settled(desk, qtbot)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert (values(desk)["caller_name"], values(desk)["customer_no"]) == ("陈女士", "K100")


def test_an_answer_to_what_is_no_longer_typed_is_dropped(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first answer is late: by then the field says something else, and that is asked next."""
    asked, answer = held_back(monkeypatch)
    write(qtbot, "1312345")
    qtbot.waitUntil(lambda: asked == ["1312345"], timeout=5000)
    focused().selectAll()
    write(qtbot, "0219")
    paused(desk, qtbot)
    answer.set()
    seen = []
    qtbot.waitUntil(lambda: bool(seen.append(tuple(rows(desk))) or rows(desk)), timeout=5000)
    assert set(seen) == {(), ("1312 345 0219, 陈女士, 翠湖苑 3-2-1602",)}
    assert asked == ["1312345", "0219"]


def test_an_answer_after_the_field_was_left_shows_nothing(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answer = held_back(monkeypatch)
    write(qtbot, "13123450219")
    qtbot.waitUntil(lambda: asked == ["13123450219"], timeout=5000)
    go_on_to(qtbot, "caller_name")
    answer.set()
    settled(desk, qtbot)
    assert rows(desk) == []


def test_what_to_mind_stands_beside_the_name(desk: Desk, qtbot: QtBot) -> None:
    complaint = log_record(
        desk.session.store, {"kind": "complaint", "phone": "13123450219", "detail": "噪音"}, now=START
    )
    log_record(desk.session.store, {"kind": "enquiry", "phone": "01055501004", "detail": "停水"}, now=START)
    look(desk, qtbot, "1312345")
    told = {row.split(", ")[1]: row.split(", ")[-1] for row in rows(desk)}
    assert told == {"陈女士": f"投诉 {complaint.number} 未结", "沈国强": "VIP", "何小姐": "家有大狗"}
    focused().selectAll()
    look(desk, qtbot, "01055501004")
    assert rows(desk)[0].split(", ")[-1] == "今天第 2 次 · 上次 10:03 咨询"


def test_an_old_snapshot_is_warned_of(desk: Desk, qtbot: QtBot) -> None:
    desk.clock.go_on(days=8)
    look(desk, qtbot, "0219")
    assert "9 天" in foot(desk)
    assert desk.field("look_up_foot").property("tone") == "warn"


def test_without_a_snapshot_that_is_said_once_below_the_fields(
    store: Store, open_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = open_desk()

    def told() -> bool:
        labels = (one for one in desk.window.findChildren(QLabel) if one.isVisible())
        return any("还没有客户快照" in one.text() for one in labels)

    popup = desk.form.caller.looking_up.popup
    assert not told()
    look(desk, qtbot, "1312345")
    assert told()
    assert not popup.isVisible()
    press(qtbot, Qt.Key.Key_Return)
    assert values(desk)["phone"] == "1312345"
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    desk.settle(qtbot)
    for text in ("01055501004", "陈女"):
        look(desk, qtbot, text)
        go_on_to(qtbot, "caller_name")
        assert not told()
        assert not popup.isVisible()


def test_an_internal_number_is_meant_as_it_stands(desk: Desk, qtbot: QtBot) -> None:
    """Somebody called from extension 0219 before; it also is how a customer's number ends."""
    log_record(desk.session.store, {"kind": "enquiry", "phone": "0219", "detail": "停水"}, now=START)
    look(desk, qtbot, "0219")
    assert len(rows(desk)) == 1
    press(qtbot, Qt.Key.Key_Return)
    assert values(desk)["phone"] == "0219"
    assert "customer_no" not in values(desk)
    assert focused().objectName() != "phone"


def test_the_pop_up_stays_inside_a_low_form(
    known: Store, open_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    many = tuple((f"K{n}", f"陈{n}", (f"1312345{n:04}",), "云栖里", "", "") for n in range(20))
    know_customers(known, as_of=START, people=many)
    desk = open_desk(size=(806, 420))
    go_on_to(qtbot, "address")
    look(desk, qtbot, "云栖")
    popup = desk.form.caller.looking_up.popup
    assert 1 <= popup.count <= 8
    assert desk.form.rect().contains(popup.geometry())


@pytest.mark.parametrize(
    ("shown", "matched", "place"),
    [
        ("1312 345 0219", "13123", (0, 6)),
        ("1312 345 0219", "0219", (9, 13)),
        ("0571-5550 1001", "57155", (1, 7)),
        ("陈女士", "女", (1, 2)),
        ("River Road", "ROAD", (6, 10)),
        ("陈女士", "王", (0, 0)),
        ("陈女士", "", (0, 0)),
        ("İstanbul", "stan", (0, 0)),
    ],
)
def test_the_part_that_fits_is_found_whatever_separates_it(
    shown: str, matched: str, place: tuple[int, int]
) -> None:
    assert fitting(shown, matched) == place


def test_the_foot_is_whole_below_the_name_in_english(
    known: Store, open_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = open_desk(language="en")
    go_on_to(qtbot, "caller_name")
    look(desk, qtbot, "陈女士")
    assert foot(desk).endswith("Esc closes")
    assert not desk.field("look_up_foot").is_elided()
    popup = desk.form.caller.looking_up.popup
    assert desk.form.rect().contains(popup.geometry())
